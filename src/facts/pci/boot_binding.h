/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_binding.h - does something bind this function to a driver at each boot? */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/sysroot.h"

/*
 * A rule of udev, ours or another's, that has its address ("0000:01:00.0") and may give it a driver, or
 * driverctl's file.
 * What binds by ids (vfio-pci.ids) sets no driver_override, and is not looked for.
 */
bool hd_pci_is_bound_at_boot(const struct hd_sysroot *root, struct hd_arena *arena, const char *addr)
	_nonnull_(1, 2, 3);
