/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_routes_kernel.c - which routes to the world does the kernel have, in all tables?
 *
 * A dump without a filter lists every table of the family (rtnetlink(7); Linux
 * net/ipv4/fib_frontend.c inet_dump_fib, net/ipv6/ip6_fib.c inet6_dump_fib).
 * Full tables of the Internet have a million routes: each is looked at and
 * forgotten, but for those to at least half of the world and some with a gateway.
 */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "facts/network/network_nexthops.h"
#include "facts/network/network_rtnl.h"
#include "facts/network/network_tables.h"

#define MAX_ROUTES 4096
#define MAX_NARROW 256
#define WIDEST_V4 1		/* 0/1 and 128/1: how VPNs step in front of the default */
#define WIDEST_V6 3		/* 2000::/3: all that is assigned */

struct listing {
	struct hd_net_tables *tables;
	struct hd_arena *arena;
	int rc;
};

static size_t address_size(int family)
{
	return family == AF_INET6 ? 16 : 4;
}

/* RTA_GATEWAY, or RTA_VIA: a gateway of the other family (RFC 5549). */
static const char *via_of(struct hd_arena *arena, int family, struct hd_rtnl_attrs attrs)
{
	const struct rtattr *gateway = hd_rtnl_find(attrs, RTA_GATEWAY, address_size(family));
	const struct rtattr *via = hd_rtnl_find(attrs, RTA_VIA, sizeof(struct rtvia) + 4);
	struct rtvia head;

	if (gateway)
		return hd_net_address_text(arena, family, RTA_DATA(gateway));
	if (!via)
		return NULL;
	memcpy(&head, RTA_DATA(via), sizeof(head));
	if (RTA_PAYLOAD(via) < sizeof(head) + address_size(head.rtvia_family))
		return NULL;
	return hd_printf(arena, "%s %s", head.rtvia_family == AF_INET6 ? "inet6" : "inet",
			 hd_net_address_text(arena, head.rtvia_family,
					     (const char *)RTA_DATA(via) + sizeof(head)));
}

static void add_hops(struct hd_route *route, struct hd_arena *arena, struct hd_rtnl_attrs attrs,
		     unsigned flags)
{
	struct hd_rtnl_attrs many = hd_rtnl_nested(hd_rtnl_find(attrs, RTA_MULTIPATH, 0));
	const struct rtnexthop *hop = many.start;
	int left = (int)many.length;

	if (hd_rtnl_find(attrs, RTA_OIF, sizeof(uint32_t)))
		hd_route_add_hop(route, arena, hd_rtnl_u32(attrs, RTA_OIF),
			via_of(arena, route->family, attrs), 1, flags & RTNH_F_ONLINK);
	while (left >= (int)sizeof(*hop) && RTNH_OK(hop, left)) {
		/* Not by RTNH_DATA and RTNH_NEXT, which lose the alignment that rtnetlink keeps. */
		struct hd_rtnl_attrs inner = { (const void *)(hop + 1),
					       hop->rtnh_len - RTNH_LENGTH(0) };

		hd_route_add_hop(route, arena, (uint32_t)hop->rtnh_ifindex,
			via_of(arena, route->family, inner), hop->rtnh_hops + 1u,
			hop->rtnh_flags & RTNH_F_ONLINK);
		left -= (int)RTNH_ALIGN(hop->rtnh_len);
		hop = (const void *)((const char *)hop + RTNH_ALIGN(hop->rtnh_len));
	}
}

/* A prefix of LENGTH bits; the attribute is missing for zero. */
static const char *prefix_text(struct hd_arena *arena, int family, const struct rtattr *attr,
			       unsigned length)
{
	static const uint8_t zero[16];
	const void *bytes = attr ? RTA_DATA(attr) : zero;

	return hd_printf(arena, "%s/%u", hd_net_address_text(arena, family, bytes), length);
}

static bool is_in_use(const struct rtmsg *head)
{
	return head->rtm_type == RTN_UNICAST && !(head->rtm_flags & RTM_F_CLONED) &&
	       (head->rtm_family == AF_INET || head->rtm_family == AF_INET6);
}

static bool is_wide(const struct rtmsg *head)
{
	return head->rtm_dst_len <= (head->rtm_family == AF_INET6 ? WIDEST_V6 : WIDEST_V4);
}

static bool has_gateway(struct hd_rtnl_attrs attrs)
{
	return hd_rtnl_find(attrs, RTA_GATEWAY, 4) || hd_rtnl_find(attrs, RTA_VIA, 4) ||
	       hd_rtnl_find(attrs, RTA_MULTIPATH, 0) || hd_rtnl_find(attrs, RTA_NH_ID, 4);
}

/* Room for the route where it is of interest, or NULL. */
static struct hd_route *new_route(struct listing *listing, const struct rtmsg *head,
				  struct hd_rtnl_attrs attrs)
{
	struct hd_net_tables *tables = listing->tables;

	if (is_wide(head) && tables->n_routes < MAX_ROUTES)
		return hd_append(listing->arena, &tables->routes, &tables->n_routes,
				 sizeof(*tables->routes));
	if (is_wide(head))
		listing->rc = -E2BIG;
	if (!is_wide(head) && has_gateway(attrs) && tables->n_narrow < MAX_NARROW)
		return hd_append(listing->arena, &tables->narrow, &tables->n_narrow,
				 sizeof(*tables->narrow));
	return NULL;
}

static void fill(struct hd_route *route, struct hd_arena *arena, const struct rtmsg *head,
		 struct hd_rtnl_attrs attrs)
{
	size_t size = address_size(head->rtm_family);

	route->family = head->rtm_family;
	route->source = "RTM_GETROUTE";
	route->to = "default";
	if (head->rtm_dst_len)
		route->to = prefix_text(arena, route->family, hd_rtnl_find(attrs, RTA_DST, size),
					head->rtm_dst_len);
	if (head->rtm_src_len)
		route->from = prefix_text(arena, route->family,
					  hd_rtnl_find(attrs, RTA_SRC, size), head->rtm_src_len);
	route->table = hd_rtnl_u32(attrs, RTA_TABLE);
	if (!route->table)
		route->table = head->rtm_table;
	route->metric = hd_rtnl_u32(attrs, RTA_PRIORITY);
	route->tos = head->rtm_tos;
	route->nexthop = hd_rtnl_u32(attrs, RTA_NH_ID);
	add_hops(route, arena, attrs, head->rtm_flags);
}

static void take_route(void *data, const struct nlmsghdr *message)
{
	struct listing *listing = data;
	struct hd_rtnl_attrs attrs = hd_rtnl_attrs(message, sizeof(struct rtmsg));
	struct hd_route *route;
	struct rtmsg head;

	if (message->nlmsg_type != RTM_NEWROUTE || !attrs.start)
		return;
	memcpy(&head, NLMSG_DATA(message), sizeof(head));
	if (!is_in_use(&head))
		return;
	route = new_route(listing, &head, attrs);
	if (route)
		fill(route, listing->arena, &head, attrs);
}

static int list_family(struct listing *listing, struct hd_rtnl *rtnl, uint8_t family)
{
	struct { struct nlmsghdr head; struct rtmsg body; } request = {
		.head = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETROUTE,
			  .nlmsg_flags = NLM_F_DUMP },
		.body = { .rtm_family = family },
	};

	return hd_rtnl_ask(rtnl, &request.head, take_route, listing);
}

int hd_net_routes_of_kernel(struct hd_net_tables *tables, struct hd_arena *arena,
			    int64_t deadline)
{
	struct listing listing = { .tables = tables, .arena = arena };
	_cleanup_(hd_rtnl_close) struct hd_rtnl rtnl = { .fd = -1 };
	int rc = hd_rtnl_open(&rtnl, NETLINK_ROUTE, deadline);

	tables->n_routes = tables->n_narrow = 0;
	if (rc == 0)
		rc = list_family(&listing, &rtnl, AF_INET);
	if (rc == 0)
		rc = list_family(&listing, &rtnl, AF_INET6);
	if (rc == 0)
		rc = hd_net_resolve_nexthops(tables, arena, &rtnl);
	if (rc == 0)
		rc = listing.rc;
	for (size_t i = 0; rc == 0 && i < tables->n_routes; i++)
		rc = tables->routes[i].error;
	for (size_t i = 0; rc == 0 && i < tables->n_narrow; i++)
		rc = tables->narrow[i].error;
	return rc;
}
