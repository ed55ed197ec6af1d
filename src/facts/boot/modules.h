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

#include "facts/host/host.h"

/* "proc/sys/kernel/osrelease", or NULL if it is no plain name. */
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
 * Which VFIO modules the files of modules-load.d(5) and Debian's etc/modules name, and the
 * first file that names vfio_virqfd (or NULL); all files but one, if BUT is not NULL.
 */
const char *hd_boot_modules_read(const struct hd_sysroot *root, struct hd_arena *arena,
				 const char *but, const char **ret_virqfd)
	_nonnull_(1, 2, 4) _returns_nonnull_;
