/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network.h - the interfaces of a PCI function and what depends on them.
 *
 * Source: sys/class/net/IFACE/upper_* and flags, proc/net/route and
 * proc/net/ipv6_route of the initial network namespace.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "facts/pci.h"

struct hd_netdev {
	const char *name;
	bool is_up;			/* IFF_UP */
	const char *default_route_via;	/* the interface at the top of the chain that has a
					   default route (itself, its bridge, bond, VLAN), or NULL */
	const char *chain;		/* "eth0 -> br0"; the name alone if nothing is on top */
};

struct hd_network {
	struct hd_netdev *netdevs;
	size_t n_netdevs;
};

int hd_network_read(struct hd_network *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_pci_fn *fn, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* The same for the interfaces below any device's directory in sysfs: a USB device. */
int hd_network_read_below(struct hd_network *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *path, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;
