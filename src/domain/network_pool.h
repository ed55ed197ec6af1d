/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_pool.h - is a libvirt network a pool of functions, and of which?
 *
 * <forward mode='hostdev'> with <address type='pci'> of each function, or <pf
 * dev=> whose virtual functions they are (libvirt docs/formatnetwork.rst).  The
 * status file of an active network has both.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"

#define HD_POOL_MAX 1024	/* functions of one pool */

struct hd_net_pool {
	const char *name;		/* of the network, as written, or NULL */
	bool is_pool;			/* forward mode hostdev */
	const char *pf;			/* an interface's name, as written, or NULL */
	struct hd_pci_addr *addrs;
	size_t n_addrs;
};

/* A <network>, or a <networkstatus> with one in it.  0, -EINVAL or -E2BIG with ERR. */
int hd_net_pool_parse(struct hd_net_pool *ret, struct hd_arena *arena, const char *xml,
		      size_t length, struct hd_error *err) _nonnull_(1, 2, 3, 5) _must_check_;
