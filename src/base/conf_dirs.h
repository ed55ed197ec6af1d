/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * conf_dirs.h - the files of modprobe.d(5), modules-load.d(5) and sysctl.d(5).
 *
 * A file in an earlier directory replaces one of the same name in a later
 * one: etc, run, usr/local/lib, usr/lib, lib.
 */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

/* Paths of the "*.conf" files of directory NAME ("modprobe.d"), sorted by file name. */
void hd_conf_files(const struct hd_sysroot *root, struct hd_arena *arena, const char *name,
		   const char *const **ret, size_t *ret_n) _nonnull_(1, 2, 3, 4, 5);

/*
 * The file of sysctl.d(5) that sets vm.nr_hugepages, "etc/sysctl.d/50-vm.conf", the
 * first of them in its directory's order; NULL: none.
 */
const char *hd_conf_sysctl_pages(const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2);
