/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * udev_rules.h - the rules of udev(7) that prepare one PCI function at boot.
 *
 * They match the address, vendor and device: addresses move when cards are added, and
 * another card at this address must never be taken.  Each function and purpose has its own
 * file, so that each can be removed alone.
 */
#pragma once

#include "facts/pci/pci.h"

/* "etc/udev/rules.d/70-hostdevctl-PURPOSE-0000:03:00.0.rules"; PURPOSE "vfs" or "bind". */
const char *hd_udev_rule_path(struct hd_arena *arena, const char *purpose, const char *fn_name)
	_nonnull_(1, 2, 3) _returns_nonnull_;

/*
 * N virtual functions as soon as a driver has the function, unless it has some.
 * IS_PROBED: the host's drivers take them.
 */
const char *hd_udev_rule_vfs(struct hd_arena *arena, const struct hd_pci_fn *fn, unsigned n,
			     bool is_probed) _nonnull_(1, 2) _returns_nonnull_;

/*
 * DRIVER (of VFIO) instead of the one that matches.  PROGRAM (hostdevctl) takes it,
 * after its checks, from a driver that has it already: one that is built in, or
 * came with the initial file system.
 */
const char *hd_udev_rule_bind(struct hd_arena *arena, const struct hd_pci_fn *fn,
			      const char *driver, const char *program)
	_nonnull_(1, 2, 3, 4) _returns_nonnull_;
