/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network.h - the interfaces of a PCI function and what depends on them.
 *
 * Source: sys/class/net/IFACE (flags, master, upper_*), and what the host's
 * network lives on (network_tables.h).  All texts are printable.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "facts/network/network_tables.h"
#include "facts/pci/pci.h"

struct hd_netdev {
	const char *name;
	bool is_up;		/* IFF_UP */
};

/* What somebody does with an interface, explained along the chain from it to its end. */
struct hd_net_use {
	const char *chain;	/* "eth0 -> bond0 -> br0" */
	const char *use;	/* "default route of table main via 10.0.2.2 (RTM_GETROUTE)" */
	const char *remedy;	/* the command that ends it; NULL if another use's does */
	const char *before;	/* what a person has to see to before the command, or NULL */
	bool is_warning;	/* shown, but not a reason to refuse */
};

struct hd_network {
	struct hd_netdev *netdevs;
	size_t n_netdevs;
	struct hd_net_use *uses;
	size_t n_uses;
	const char *unknown;	/* why some use may not be listed, or NULL */
	const char *unknown_remedy;	/* what to do about it, or NULL: the usual */
};

/*
 * What depends on the interfaces of FN.  TABLES, zeroed at first, are read when
 * the first function with an interface needs them.
 */
int hd_network_read(struct hd_network *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_pci_fn *fn,
		    struct hd_net_tables *tables, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5, 6) _must_check_;

/* The same for the interfaces below any device's directory in sysfs: a USB device. */
int hd_network_read_below(struct hd_network *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *path,
			  struct hd_net_tables *tables, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5, 6) _must_check_;

/* Does the host need it, as far as is known? */
bool hd_network_is_needed(const struct hd_network *network) _nonnull_(1);
