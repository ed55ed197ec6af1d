/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_nexthops.h - where routes go next.  Part of network_routes_kernel.c. */
#pragma once

#include "facts/network/network_rtnl.h"
#include "facts/network/network_tables.h"

/*
 * Appends a hop by the interface with index OIF; none if it is gone, or is lo; sets the
 * route's error if that cannot be told.
 */
void hd_route_add_hop(struct hd_route *route, struct hd_arena *arena, uint32_t oif,
		      const char *via, unsigned weight, bool is_onlink) _nonnull_(1, 2);

/* Gives the routes to the world that have a nexthop object alone its hops (RTM_GETNEXTHOP). */
int hd_net_resolve_nexthops(struct hd_net_tables *tables, struct hd_arena *arena,
			    struct hd_rtnl *rtnl) _nonnull_(1, 2, 3) _must_check_;
