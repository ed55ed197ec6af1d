/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pci_list.c - which PCI functions the host has; its cost grows with the host. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "facts/pci/pci.h"

static int by_address(const void *a, const void *b)
{
	return hd_pci_addr_compare(a, b);
}

int hd_pci_addresses(const struct hd_sysroot *root, struct hd_arena *arena,
		     struct hd_pci_addr **ret, size_t *ret_n, struct hd_error *err)
{
	struct hd_pci_addr *addrs = NULL, addr;
	const char *const *names = NULL;
	size_t n = 0;
	ssize_t n_names = hd_sysroot_names(root, arena, &names, HD_SYS_PCI);

	if (n_names < 0 && n_names != -ENOENT)
		return hd_fail(err, (int)n_names, "cannot read " HD_SYS_PCI ": %s",
			       strerror((int)-n_names));
	for (ssize_t i = 0; i < n_names; i++)
		if (hd_pci_addr_parse(names[i], &addr))
			*(struct hd_pci_addr *)hd_append(arena, &addrs, &n, sizeof(addr)) = addr;
	if (n)
		qsort(addrs, n, sizeof(*addrs), by_address);
	*ret = addrs;
	*ret_n = n;
	return 0;
}
