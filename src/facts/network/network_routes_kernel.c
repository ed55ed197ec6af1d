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
#include <linux/nexthop.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "facts/network/network_rtnl.h"
#include "facts/network/network_tables.h"

#define MAX_HOPS 256
#define MAX_OBJECTS 4096
#define MAX_ROUTES 4096
#define MAX_NARROW 256
#define WIDEST_V4 1		/* 0/1 and 128/1: how VPNs step in front of the default */
#define WIDEST_V6 3		/* 2000::/3: all that is assigned */

struct nexthop {
	uint32_t id, oif;
	const char *via;
	bool is_onlink;
	uint32_t members[MAX_HOPS];
	size_t n_members;
};

struct object_listing {
	struct hd_arena *arena;
	struct nexthop *objects;
	size_t n_objects;
	int rc;
};

/*
 * Appends a hop by the interface with index OIF; none if it is gone, or is lo; sets the
 * route's error if that is unknown.
 */
static void add_hop(struct hd_route *route, struct hd_arena *arena, uint32_t oif,
			  const char *via, unsigned weight, bool is_onlink)
{
	char name[IF_NAMESIZE];
	int rc = hd_rtnl_ifname(oif, name);

	/* It went away since: nothing can be below it any more. */
	if (rc == 0 || (rc > 0 && !strcmp(name, "lo")))
		return;
	if (rc > 0 && route->n_hops >= MAX_HOPS)
		rc = -E2BIG;
	if (rc < 0)
		route->error = rc;
	else
		hd_push(arena, &route->hops, &route->n_hops,
			(struct hd_hop){ hd_strdup(arena, name), via, weight, is_onlink });
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
	struct object_listing *listing = data;
	struct hd_rtnl_attrs attrs = hd_rtnl_attrs(message, sizeof(struct nhmsg));
	const struct rtattr *gateway;
	struct nexthop *object;
	struct nhmsg head;

	if (message->nlmsg_type != RTM_NEWNEXTHOP || !attrs.start)
		return;
	if (listing->n_objects >= MAX_OBJECTS) {
		listing->rc = -E2BIG;
		return;
	}
	memcpy(&head, NLMSG_DATA(message), sizeof(head));
	object = hd_append(listing->arena, &listing->objects, &listing->n_objects,
			   sizeof(*object));
	object->id = hd_rtnl_u32(attrs, NHA_ID);
	object->oif = hd_rtnl_u32(attrs, NHA_OIF);
	object->is_onlink = head.nh_flags & RTNH_F_ONLINK;
	gateway = hd_rtnl_find(attrs, NHA_GATEWAY, head.nh_family == AF_INET6 ? 16 : 4);
	if (gateway)
		object->via = hd_net_address_text(listing->arena, head.nh_family,
						  RTA_DATA(gateway));
	take_members(object, hd_rtnl_find(attrs, NHA_GROUP, 0));
}

static const struct nexthop *find_object(const struct object_listing *listing, uint32_t id)
{
	for (size_t i = 0; i < listing->n_objects; i++)
		if (listing->objects[i].id == id)
			return &listing->objects[i];
	return NULL;
}

/* A group's members are not groups (Documentation: ip-nexthop(8)). */
static void resolve_nexthop(struct object_listing *listing, struct hd_route *route)
{
	const struct nexthop *object = find_object(listing, route->nexthop);

	if (object)
		add_hop(route, listing->arena, object->oif, object->via, 1,
			object->is_onlink);
	for (size_t i = 0; object && i < object->n_members; i++) {
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

/*
 * Gives the routes to the world that have a nexthop object alone its hops (RTM_GETNEXTHOP).
 * With net.ipv4.nexthop_compat_mode off, the object's id is all that a route has
 * (Linux net/ipv4/fib_semantics.c, fib_dump_info): its ways are listed apart.
 */
static int resolve_nexthops(struct hd_net_tables *tables, struct hd_arena *arena,
				struct hd_rtnl *rtnl)
{
	struct object_listing listing = { .arena = arena };
	size_t i = 0;
	int rc;

	while (i < tables->n_routes && !lacks_hops(&tables->routes[i]))
		i++;
	if (i == tables->n_routes)
		return 0;
	rc = hd_rtnl_list(rtnl, RTM_GETNEXTHOP, AF_UNSPEC, sizeof(struct nhmsg), take_nexthop,
			  &listing);
	if (rc == 0)
		rc = listing.rc;
	for (; rc == 0 && i < tables->n_routes; i++)
		if (lacks_hops(&tables->routes[i]))
			resolve_nexthop(&listing, &tables->routes[i]);
	return rc;
}

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
		add_hop(route, arena, hd_rtnl_u32(attrs, RTA_OIF),
			via_of(arena, route->family, attrs), 1, flags & RTNH_F_ONLINK);
	while (left >= (int)sizeof(*hop) && RTNH_OK(hop, left)) {
		/* Not by RTNH_DATA and RTNH_NEXT, which lose the alignment that rtnetlink keeps. */
		struct hd_rtnl_attrs inner = { (const void *)(hop + 1),
					       hop->rtnh_len - RTNH_LENGTH(0) };

		add_hop(route, arena, (uint32_t)hop->rtnh_ifindex,
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

static void fill_route(struct hd_route *route, struct hd_arena *arena, const struct rtmsg *head,
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
		fill_route(route, listing->arena, &head, attrs);
}

int hd_net_routes_of_kernel(struct hd_net_tables *tables, struct hd_arena *arena,
			    int64_t deadline)
{
	static const uint8_t families[] = { AF_INET, AF_INET6 };
	struct listing listing = { .tables = tables, .arena = arena };
	_cleanup_(hd_rtnl_close) struct hd_rtnl rtnl = { .fd = -1 };
	int rc = hd_rtnl_open(&rtnl, NETLINK_ROUTE, deadline);

	tables->n_routes = tables->n_narrow = 0;
	for (size_t i = 0; rc == 0 && i < HD_ARRAY_SIZE(families); i++)
		rc = hd_rtnl_list(&rtnl, RTM_GETROUTE, families[i], sizeof(struct rtmsg),
				  take_route, &listing);
	if (rc == 0)
		rc = resolve_nexthops(tables, arena, &rtnl);
	if (rc == 0)
		rc = listing.rc;
	for (size_t i = 0; rc == 0 && i < tables->n_routes; i++)
		rc = tables->routes[i].error;
	for (size_t i = 0; rc == 0 && i < tables->n_narrow; i++)
		rc = tables->narrow[i].error;
	return rc;
}
