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

/* NVIDIA's vGPU on an SR-IOV function, without mdev (kernels from 6.8 on). */
struct hd_vgpu {
	bool is_there;			/* the function has nvidia/current_vgpu_type */
	bool is_unknown;		/* which cannot be read */
	unsigned type;			/* 0: none is set */
	const char *creatable;		/* "557 GRID A40-2Q, 558 ..." or NULL */
};

void hd_vgpu_read(struct hd_vgpu *ret, const struct hd_sysroot *root,
		  struct hd_arena *arena, const struct hd_pci_fn *fn) _nonnull_(1, 2, 3, 4);
