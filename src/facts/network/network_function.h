/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_function.h - uses of a function that no interface of ours shows.  Part of network.c. */
#pragma once

#include "facts/network/network.h"

/* Appends what other namespaces have of FN's interfaces. */
void hd_net_add_elsewhere(struct hd_network *network, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_pci_fn *fn,
			  const struct hd_net_tables *tables) _nonnull_(1, 2, 3, 4, 5);

/* Appends FN's virtual functions that a guest, or an interface that is up, uses. */
void hd_net_add_vfs(struct hd_network *network, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_pci_fn *fn) _nonnull_(1, 2, 3, 4);
