/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_pages.h - what else sets the number of huge pages at boot. */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

/*
 * The file of sysctl.d(5) that sets vm.nr_hugepages, "etc/sysctl.d/50-vm.conf", the
 * first of them in its directory's order; NULL: none.
 */
const char *hd_boot_pages_sysctl(const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2);
