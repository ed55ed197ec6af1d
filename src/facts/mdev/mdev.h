/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mdev.h - the mediated device of a UUID, and the vendor's own vGPU on a VF.
 *
 * Source: sys/bus/mdev/devices (Documentation/driver-api/vfio-mediated-device)
 * and mdevctl's definitions, etc/mdevctl.d/PARENT/UUID (JSON).
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "domain/request.h"
#include "facts/holders/holders.h"
#include "facts/pci/pci.h"

#define HD_SYS_MDEV "sys/bus/mdev/devices"
#define HD_MDEVCTL "etc/mdevctl.d"

struct hd_mdev_facts {
	const struct hd_hostdev *hostdev;
	const char *name;		/* "mdev UUID" */
	bool exists;
	const char *device_api;		/* "vfio-pci"; NULL if it does not exist or say */
	struct hd_node *nodes;		/* of VFIO */
	size_t n_nodes;
	struct hd_holders holders;	/* who has one of these open */
	const char *busy;		/* the kernel says that its group is open, or cannot be
					   asked; NULL: it is not */
	const char *parent;		/* where mdevctl has it defined, printable, or NULL */
	const char *type;		/* its type there, printable, or NULL */
	int available;			/* instances left of that type; -1 unknown */
};

/* Reads one; what cannot be read is said in the members. */
void hd_mdev_read(struct hd_mdev_facts *ret, const struct hd_sysroot *root,
		  struct hd_arena *arena, const struct hd_hostdev *hostdev)
	_nonnull_(1, 2, 3, 4);

/* How its driver calls the type of UUID: "GRID T4-1Q", as it is; NULL: it does not say. */
const char *hd_mdev_type_name(const struct hd_sysroot *root, struct hd_arena *arena,
			      const char *uuid) _nonnull_(1, 2, 3);

/* NVIDIA's vGPU on an SR-IOV function, without mdev (kernels from 6.8 on). */
struct hd_vgpu {
	bool is_there;			/* the function has nvidia/current_vgpu_type */
	bool is_unknown;		/* which cannot be read */
	unsigned type;			/* 0: none is set */
	const char *creatable;		/* "557 GRID A40-2Q, 558 ..." or NULL */
};

void hd_vgpu_read(struct hd_vgpu *ret, const struct hd_sysroot *root,
		  struct hd_arena *arena, const struct hd_pci_fn *fn) _nonnull_(1, 2, 3, 4);

/*
 * The devices that a function's driver makes of it, for others to have; they go with the
 * driver.  Source: the function's directory in sysfs (mediated devices, virtfn links).
 */
struct hd_child {
	bool is_vf;		/* a virtual function; else a mediated device */
	const char *name;	/* UUID in lower case, or "0000:03:10.0" */
	const char *type;	/* of a mediated device: "i915-GVTg_V5_4"; NULL unknown */
	const char *busy;	/* who has it open by VFIO, or why that is unknown; or NULL */
};

struct hd_children {
	struct hd_child *items;		/* the first HD_CHILDREN_MAX of them */
	size_t n;
	const char *unknown;		/* why not all of them are known, or NULL */
};

#define HD_CHILDREN_MAX 256

/* What of FN, which is on a host driver, others may have.  What cannot be read is said. */
void hd_children_read(struct hd_children *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const struct hd_pci_fn *fn)
	_nonnull_(1, 2, 3, 4);
