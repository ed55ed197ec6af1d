/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pci_vfs.h - the virtual functions that a PCI function has now. */
#pragma once

#include "facts/pci/pci.h"

#define HD_PCI_VFS_MAX 65535	/* TotalVFs has 16 bits (PCI Express 9.3.3.6) */

/* By their number; a link (virtfn0 ...) that leads nowhere is left out. */
void hd_pci_vfs_read(struct hd_pci_addr **ret, size_t *ret_n, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_pci_fn *fn)
	_nonnull_(1, 2, 3, 4, 5);
