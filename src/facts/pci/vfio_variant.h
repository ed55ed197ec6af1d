/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * vfio_variant.h - the VFIO drivers that the running kernel's modules offer.
 *
 * The table is read once and serves all functions of a request.
 */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

#define HD_VFIO_ALIAS_FIELDS 7

/* "alias vfio_pci:v000015B3d0000101Esv*sd*bc*sc*i* mlx5_vfio_pci", in parts; NULL is "*". */
struct hd_vfio_alias {
	const char *fields[HD_VFIO_ALIAS_FIELDS];
	const char *module;
};

struct hd_vfio_aliases {
	struct hd_vfio_alias *items;	/* in the order of the file */
	size_t n;
};

/* Empty if lib/modules/RELEASE/modules.alias cannot be read. */
void hd_vfio_aliases_read(struct hd_vfio_aliases *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *release) _nonnull_(1, 2, 3, 4);

/*
 * The VFIO driver that fits a function best, as libvirt 10 finds it
 * (virPCIDeviceFindBestVFIOVariant): of the aliases that match MODALIAS the one with the
 * fewest wildcards; "vfio-pci" when none matches.  The name is the module's, with '_' as the
 * file has it.
 */
const char *hd_vfio_aliases_best(const struct hd_vfio_aliases *aliases,
				 struct hd_arena *arena, const char *modalias)
	_nonnull_(1, 2, 3) _returns_nonnull_;

/*
 * The driver's name as sysfs has it, of a module's name: an existing
 * sys/bus/pci/drivers/NAME as given, with '-' or with '_' (libvirt's
 * virPCIDeviceFindDriver); "vfio-pci" for vfio_pci; else the module's own
 * name, which is what a driver is called that says nothing else.
 */
const char *hd_vfio_driver_name(const struct hd_sysroot *root, struct hd_arena *arena,
				const char *module) _nonnull_(1, 2, 3) _returns_nonnull_;
