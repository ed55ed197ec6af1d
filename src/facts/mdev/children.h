/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * children.h - the devices that a function's driver makes of it, for others to have.
 *
 * They go with the driver.  Source: the function's directory in sysfs (mediated
 * devices, Documentation/driver-api/vfio-mediated-device.rst; virtfn links).
 */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"
#include "facts/pci/pci.h"

struct hd_child {
	bool is_vf;		/* a virtual function; else a mediated device */
	const char *name;	/* UUID in lower case, or "0000:03:10.0" */
	const char *type;	/* of a mediated device: "i915-GVTg_V5_4"; NULL unknown */
	const char *busy;	/* who has it open by VFIO, or why that cannot be told; or NULL */
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
