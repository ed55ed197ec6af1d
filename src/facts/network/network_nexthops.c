/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_nexthops.c - by which interfaces does a route leave that names a nexthop object?
 *
 * With net.ipv4.nexthop_compat_mode off, the object's id is all that a route has
 * (Linux net/ipv4/fib_semantics.c, fib_dump_info): its ways are listed apart.
 */
#include "config.h"

#include <errno.h>
#include <linux/nexthop.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "facts/network/network_nexthops.h"

#define MAX_HOPS 256
#define MAX_OBJECTS 4096

struct nexthop {
	uint32_t id, oif;
	const char *via;
	bool is_onlink;
	uint32_t members[MAX_HOPS];
	size_t n_members;
};

struct listing {
	struct hd_arena *arena;
	struct nexthop *objects;
	size_t n_objects;
	int rc;
};

void hd_route_add_hop(struct hd_route *route, struct hd_arena *arena, uint32_t oif,
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
		*(struct hd_hop *)hd_append(arena, &route->hops, &route->n_hops,
					    sizeof(*route->hops)) =
			(struct hd_hop){ hd_strdup(arena, name), via, weight, is_onlink };
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

	if (object)
		hd_route_add_hop(route, listing->arena, object->oif, object->via, 1,
			object->is_onlink);
	for (size_t i = 0; object && i < object->n_members; i++) {
		const struct nexthop *member = find_object(listing, object->members[i]);

		if (member)
			hd_route_add_hop(route, listing->arena, member->oif, member->via, 1,
				member->is_onlink);
	}
}

static bool lacks_hops(const struct hd_route *route)
{
	return route->nexthop && !route->n_hops;
}

int hd_net_resolve_nexthops(struct hd_net_tables *tables, struct hd_arena *arena,
			    struct hd_rtnl *rtnl)
{
	struct listing listing = { .arena = arena };
	struct { struct nlmsghdr head; struct nhmsg body; } request = {
		.head = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETNEXTHOP,
			  .nlmsg_flags = NLM_F_DUMP },
	};
	size_t i = 0;
	int rc;

	while (i < tables->n_routes && !lacks_hops(&tables->routes[i]))
		i++;
	if (i == tables->n_routes)
		return 0;
	rc = hd_rtnl_ask(rtnl, &request.head, take_nexthop, &listing);
	if (rc == 0)
		rc = listing.rc;
	for (; rc == 0 && i < tables->n_routes; i++)
		if (lacks_hops(&tables->routes[i]))
			resolve(&listing, &tables->routes[i]);
	return rc;
}
