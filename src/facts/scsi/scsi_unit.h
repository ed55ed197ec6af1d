/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * scsi_unit.h - the logical units (LUNs) of the host: disks, tapes, drives, enclosures.
 *
 * Source: sys/class/scsi_device (Linux drivers/scsi/scsi_sysfs.c), which has one for each
 * unit behind any SCSI host: SAS, Fibre Channel, iSCSI, SATA (libata), USB storage, virtio.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/scsiaddr.h"
#include "base/sysroot.h"

#define HD_SYS_SCSI "sys/class/scsi_device"

/*
 * Bytes of a wwid: "t10." and a designator of at most 255 bytes (T10 SPC-5, 7.7.6), of each of which the kernel
 * makes up to four (Linux drivers/scsi/scsi_lib.c, scsi_vpd_lun_id).
 */
#define HD_SCSI_WWID_MAX 1024

/* Peripheral device types (T10 SPC-5, table 139); what no row lists has no name. */
enum hd_scsi_type {
	HD_SCSI_DISK = 0x00,
	HD_SCSI_TAPE = 0x01,
	HD_SCSI_OPTICAL = 0x05,
	HD_SCSI_MEMORY = 0x07,		/* magneto-optical disks */
	HD_SCSI_CHANGER = 0x08,
	HD_SCSI_ENCLOSURE = 0x0d,
	HD_SCSI_REDUCED_DISK = 0x0e,
	HD_SCSI_ZONED_DISK = 0x14,
	HD_SCSI_UNKNOWN = 0x1f,
};

struct hd_scsi_unit {
	struct hd_scsi_addr addr;
	const char *path;		/* "sys/devices/.../target2:0:0/2:0:0:0" */
	int type;			/* of enum hd_scsi_type, or another one; -1: unknown */
	const char *vendor, *model, *revision;	/* printable, or NULL */
	const char *wwid;		/* what no other unit has, as the kernel writes it: not always
					   printable.  NULL: it has none, or one above HD_SCSI_WWID_MAX */
	const char *driver;		/* "sd", "sr", "st", "ch", "ses"; NULL: none */
	const char *block;		/* "sda"; NULL: it has none */
	const char *generic;		/* "sg0", the node that QEMU opens; NULL: the module sg is missing */
	const char *other;		/* "st0", "sch0"; or NULL */
};

/*
 * The unit called NAME ("2:0:0:0"), which comes from sysfs or hd_scsi_addr_format().  Returns 0,
 * -ENOENT: the host has none; or another negative errno: it could not be read.
 */
int hd_scsi_unit_read(struct hd_scsi_unit *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *name) _nonnull_(1, 2, 3, 4) _must_check_;

/*
 * The units of the host whose wwid is WWID, in the order of their names: more than one if it is reached by
 * several paths.  Returns how many; one that cannot be read is not among them.
 */
size_t hd_scsi_units_find(struct hd_scsi_unit **ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *wwid) _nonnull_(1, 2, 3, 4);

/* The nodes of the unit below /dev, its block device first, the generic one last; returns how many. */
size_t hd_scsi_unit_nodes(const char *ret[static 3], struct hd_arena *arena,
			  const struct hd_scsi_unit *unit) _nonnull_(1, 2, 3);
