/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * modules.h - kernel modules: what modprobe would do, and what is loaded at boot.
 *
 * The files are read here and not by libkmod: it says neither which file
 * forbids a module nor can it judge a captured host (it reads the running
 * kernel's command line in any case), and its libraries would cost each
 * start of a guest more than all other facts together.
 */
#pragma once


#include "base/arena.h"
#include "base/sysroot.h"

enum hd_module_state {
	HD_MODULE_LOADED,
	HD_MODULE_BUILTIN,
	HD_MODULE_LOADABLE,
	HD_MODULE_BLACKLISTED,		/* not loaded, and modprobe -b would not */
	HD_MODULE_MISSING,		/* not in the running kernel's modules */
	HD_MODULE_NO_TREE,		/* lib/modules/RELEASE is gone: upgraded, not rebooted */
};

enum hd_vfio_module {
	HD_MODULE_VFIO,
	HD_MODULE_VFIO_IOMMU_TYPE1,
	HD_MODULE_VFIO_PCI,
	HD_VFIO_MODULE_MAX
};

extern const char *const hd_vfio_module_names[HD_VFIO_MODULE_MAX];

/* "proc/sys/kernel/osrelease", or NULL if it is not a plain name. */
const char *hd_release_read(const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2);

/* Who forbids module NAME: a file of modprobe.d, "kernel command line", or NULL. */
const char *hd_module_blacklisted_by(const struct hd_sysroot *root, struct hd_arena *arena,
				     const char *name) _nonnull_(1, 2, 3);

/*
 * A module's boolean parameter: of the loaded module by sysfs; else what
 * loading it would set, by the command line and modprobe.d (0 if they do not
 * name it).  1, 0, or -1 for what cannot be read or understood.
 */
int hd_module_bool(const struct hd_sysroot *root, struct hd_arena *arena, const char *module,
		   const char *parameter) _nonnull_(1, 2, 3, 4);

/*
 * What PARAMETER of MODULE is set to when it is loaded, and by which file
 * ("proc/cmdline", "etc/modprobe.d/vfio.conf"); NULL: by none.  ARENA owns both.
 */
const char *hd_module_option(const struct hd_sysroot *root, struct hd_arena *arena,
			     const char *module, const char *parameter, const char **ret_path)
	_nonnull_(1, 2, 3, 4, 5);

/*
 * Parameters of the loaded MODULE that have another value than the boot files would give it:
 * "modeset=Y, which etc/modprobe.d/nvidia.conf sets to 0", or NULL.  Whether one that no file names
 * has its default is not known.
 */
const char *hd_module_set_by_hand(const struct hd_sysroot *root, struct hd_arena *arena,
				  const char *module) _nonnull_(1, 2, 3);

/*
 * Which VFIO modules the files of modules-load.d(5) and Debian's etc/modules name, and the
 * first file that names vfio_virqfd (or NULL); all files but one, if BUT is not NULL.
 */
const char *hd_boot_modules_read(const struct hd_sysroot *root, struct hd_arena *arena,
				 const char *but, const char **ret_virqfd)
	_nonnull_(1, 2, 4) _returns_nonnull_;

/* State of one module; *ret_by gets who blacklists it if it is HD_MODULE_BLACKLISTED. */
enum hd_module_state hd_module_state(const struct hd_sysroot *root, struct hd_arena *arena,
				     const char *release, const char *name,
				     const char **ret_by) _nonnull_(1, 2, 3, 4, 5);
