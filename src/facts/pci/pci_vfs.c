/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pci_vfs.c - the virtual functions that a PCI function has now. */
#include "config.h"

#include "facts/pci/pci_vfs.h"

void hd_pci_vfs_read(struct hd_pci_addr **ret, size_t *ret_n, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_pci_fn *fn)
{
	*ret = NULL;
	*ret_n = 0;
	for (int i = 0; i < fn->sriov_numvfs && i < HD_PCI_VFS_MAX; i++) {
		struct hd_pci_addr addr;
		const char *name;

		if (hd_sysroot_link_base(root, arena, &name, HD_SYS_PCI "/%s/virtfn%d", fn->name,
					 i) == 0 && hd_pci_addr_parse(name, &addr))
			HD_APPEND(arena, ret, ret_n) = addr;
	}
}
