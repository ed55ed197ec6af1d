/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_routes_kernel.c - which routes to the world does the kernel have, in all tables?
 *
 * A dump without a filter lists every table of the family (rtnetlink(7); Linux
 * net/ipv4/fib_frontend.c inet_dump_fib, net/ipv6/ip6_fib.c inet6_dump_fib).
 * Full tables of the Internet have a million routes: each is looked at and
 * forgotten, only those to at least half of the world are kept.  Where
 * net.ipv4.nexthop_compat_mode is off, a route names its nexthop object only.
 */
#include "config.h"

#include <errno.h>
#include <linux/nexthop.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "facts/network_rtnl.h"
#include "facts/network_tables.h"

#define MAX_ROUTES 4096
#define MAX_HOPS 256
#define MAX_OBJECTS 4096
#define WIDEST_V4 1		/* 0/1 and 128/1: how VPNs step in front of the default */
#define WIDEST_V6 3		/* 2000::/3: all that is assigned */

struct nexthop {
	uint32_t id, oif;
	const char *via;
	bool is_onlink;
	uint32_t members[MAX_HOPS];
	size_t n_members;
};

struct listing {
	struct hd_net_tables *tables;
	struct hd_arena *arena;
	struct nexthop *objects;
	size_t n_objects;
};

static const char *name_of(struct hd_arena *arena, uint32_t index)
{
	char name[IF_NAMESIZE];

	/* It went away since: nothing can be below it any more. */
	if (!index || !if_indextoname(index, name))
		return NULL;
	return hd_strdup(arena, name);
}

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

static void add_hop(struct hd_route *route, struct hd_arena *arena, uint32_t oif,
		    const char *via, unsigned weight, bool is_onlink)
{
	const char *name = name_of(arena, oif);

	if (name && strcmp(name, "lo") != 0 && route->n_hops < MAX_HOPS)
		*(struct hd_hop *)hd_append(arena, &route->hops, &route->n_hops,
					    sizeof(*route->hops)) =
			(struct hd_hop){ name, via, weight, is_onlink };
}

static void add_hops(struct hd_route *route, struct hd_arena *arena, struct hd_rtnl_attrs attrs,
		     unsigned flags)
{
	struct hd_rtnl_attrs many = hd_rtnl_nested(hd_rtnl_find(attrs, RTA_MULTIPATH, 0));
	const struct rtnexthop *hop = many.start;
	int left = (int)many.length;

	if (hd_rtnl_find(attrs, RTA_OIF, sizeof(uint32_t)))
		add_hop(route, arena, hd_rtnl_u32(attrs, RTA_OIF),
			via_of(arena, route->family, attrs), 1, flags & RTNH_F_ONLINK);
	while (left >= (int)sizeof(*hop) && RTNH_OK(hop, left)) {
		struct hd_rtnl_attrs inner = { RTNH_DATA(hop),
					       hop->rtnh_len - RTNH_LENGTH(0) };

		add_hop(route, arena, (uint32_t)hop->rtnh_ifindex,
			via_of(arena, route->family, inner), hop->rtnh_hops + 1u,
			hop->rtnh_flags & RTNH_F_ONLINK);
		left -= (int)RTNH_ALIGN(hop->rtnh_len);
		hop = RTNH_NEXT(hop);
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

static bool is_wide(const struct rtmsg *head)
{
	return head->rtm_type == RTN_UNICAST && !(head->rtm_flags & RTM_F_CLONED) &&
	       ((head->rtm_family == AF_INET && head->rtm_dst_len <= WIDEST_V4) ||
		(head->rtm_family == AF_INET6 && head->rtm_dst_len <= WIDEST_V6));
}

static void take_route(void *data, const struct nlmsghdr *message)
{
	struct listing *listing = data;
	struct hd_rtnl_attrs attrs = hd_rtnl_attrs(message, sizeof(struct rtmsg));
	struct hd_net_tables *tables = listing->tables;
	struct hd_route *route;
	struct rtmsg head;
	size_t size;

	if (message->nlmsg_type != RTM_NEWROUTE || !attrs.start)
		return;
	memcpy(&head, NLMSG_DATA(message), sizeof(head));
	if (!is_wide(&head) || tables->n_routes >= MAX_ROUTES)
		return;
	size = address_size(head.rtm_family);
	route = hd_append(listing->arena, &tables->routes, &tables->n_routes, sizeof(*route));
	route->family = head.rtm_family;
	route->source = "RTM_GETROUTE";
	route->to = "default";
	if (head.rtm_dst_len)
		route->to = prefix_text(listing->arena, route->family,
					hd_rtnl_find(attrs, RTA_DST, size), head.rtm_dst_len);
	if (head.rtm_src_len)
		route->from = prefix_text(listing->arena, route->family,
					  hd_rtnl_find(attrs, RTA_SRC, size), head.rtm_src_len);
	route->table = hd_rtnl_u32(attrs, RTA_TABLE);
	if (!route->table)
		route->table = head.rtm_table;
	route->metric = hd_rtnl_u32(attrs, RTA_PRIORITY);
	route->tos = head.rtm_tos;
	route->nexthop = hd_rtnl_u32(attrs, RTA_NH_ID);
	add_hops(route, listing->arena, attrs, head.rtm_flags);
}

static void take_members(struct nexthop *object, const struct rtattr *attr)
{
	struct hd_rtnl_attrs group = hd_rtnl_nested(attr);

	for (size_t at = 0; at + sizeof(struct nexthop_grp) <= group.length &&
			    object->n_members < MAX_HOPS;
	     at += sizeof(struct nexthop_grp)) {
		struct nexthop_grp member;

		memcpy(&member, (const char *)group.start + at, sizeof(member));
		object->members[object->n_members++] = member.id;
	}
}

static void take_nexthop(void *data, const struct nlmsghdr *message)
{
	struct listing *listing = data;
	struct hd_rtnl_attrs attrs = hd_rtnl_attrs(message, sizeof(struct nhmsg));
	const struct rtattr *gateway;
	struct nexthop *object;
	struct nhmsg head;

	if (message->nlmsg_type != RTM_NEWNEXTHOP || !attrs.start ||
	    listing->n_objects >= MAX_OBJECTS)
		return;
	memcpy(&head, NLMSG_DATA(message), sizeof(head));
	object = hd_append(listing->arena, &listing->objects, &listing->n_objects,
			   sizeof(*object));
	object->id = hd_rtnl_u32(attrs, NHA_ID);
	object->oif = hd_rtnl_u32(attrs, NHA_OIF);
	object->is_onlink = head.nh_flags & RTNH_F_ONLINK;
	gateway = hd_rtnl_find(attrs, NHA_GATEWAY, address_size(head.nh_family));
	if (gateway)
		object->via = hd_net_address_text(listing->arena, head.nh_family,
						  RTA_DATA(gateway));
	take_members(object, hd_rtnl_find(attrs, NHA_GROUP, 0));
}

static const struct nexthop *find_object(const struct listing *listing, uint32_t id)
{
	for (size_t i = 0; i < listing->n_objects; i++)
		if (listing->objects[i].id == id)
			return &listing->objects[i];
	return NULL;
}

/* A group's members are no groups (Documentation: ip-nexthop(8)). */
static void resolve(struct listing *listing, struct hd_route *route)
{
	const struct nexthop *object = find_object(listing, route->nexthop);

	if (!object)
		return;
	add_hop(route, listing->arena, object->oif, object->via, 1, object->is_onlink);
	for (size_t i = 0; i < object->n_members; i++) {
		const struct nexthop *member = find_object(listing, object->members[i]);

		if (member)
			add_hop(route, listing->arena, member->oif, member->via, 1,
				member->is_onlink);
	}
}

static bool lacks_hops(const struct hd_route *route)
{
	return route->nexthop && !route->n_hops;
}

static int resolve_objects(struct listing *listing, struct hd_rtnl *rtnl)
{
	struct { struct nlmsghdr head; struct nhmsg body; } request = {
		.head = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETNEXTHOP,
			  .nlmsg_flags = NLM_F_DUMP },
	};
	struct hd_net_tables *tables = listing->tables;
	size_t i = 0;
	int rc;

	while (i < tables->n_routes && !lacks_hops(&tables->routes[i]))
		i++;
	if (i == tables->n_routes)
		return 0;
	rc = hd_rtnl_ask(rtnl, &request.head, take_nexthop, listing);
	for (; rc == 0 && i < tables->n_routes; i++)
		if (lacks_hops(&tables->routes[i]))
			resolve(listing, &tables->routes[i]);
	return rc;
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

	tables->n_routes = 0;
	if (rc == 0)
		rc = list_family(&listing, &rtnl, AF_INET);
	if (rc == 0)
		rc = list_family(&listing, &rtnl, AF_INET6);
	if (rc == 0)
		rc = resolve_objects(&listing, &rtnl);
	return rc;
}
