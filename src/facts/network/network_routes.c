/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_routes.c - a route as text: what it is, and the command that ends it. */
#include "config.h"

#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "base/text.h"
#include "facts/network/network_tables.h"

bool hd_route_uses(const struct hd_route *route, const char *interface)
{
	for (size_t i = 0; i < route->n_hops; i++)
		if (!strcmp(route->hops[i].interface, interface))
			return true;
	return false;
}

const char *hd_net_address_text(struct hd_arena *arena, int family, const void *bytes)
{
	char text[INET6_ADDRSTRLEN];

	if (!inet_ntop(family, bytes, text, sizeof(text)))
		return "?";
	return hd_strdup(arena, text);
}

bool hd_net_is_only_way(const struct hd_net_tables *tables, const char *interface)
{
	if (tables->n_routes || !tables->n_narrow)
		return false;
	for (size_t i = 0; i < tables->n_narrow; i++)
		for (size_t k = 0; k < tables->narrow[i].n_hops; k++)
			if (strcmp(tables->narrow[i].hops[k].interface, interface) != 0)
				return false;
	return hd_route_uses(&tables->narrow[0], interface);
}

static const char *table_name(struct hd_arena *arena, unsigned table)
{
	if (table == RT_TABLE_MAIN)
		return "main";
	if (table == RT_TABLE_DEFAULT)
		return "default";
	return hd_printf(arena, "%u", table);
}

static const struct hd_hop *hop_through(const struct hd_route *route, const char *interface)
{
	for (size_t i = 0; i < route->n_hops; i++)
		if (!strcmp(route->hops[i].interface, interface))
			return &route->hops[i];
	return NULL;
}

const char *hd_route_text(struct hd_arena *arena, const struct hd_route *route,
			  const char *interface)
{
	const struct hd_hop *hop = hop_through(route, interface);
	bool is_default = !strcmp(route->to, "default");

	return hd_printf(arena, "%s%s%s%s%s of table %s%s%s",
			 route->family == AF_INET6 ? "IPv6 " : "",
			 is_default ? "default route" : "route to ", is_default ? "" : route->to,
			 route->from ? " from " : "", route->from ? route->from : "",
			 table_name(arena, route->table), hop && hop->via ? " via " : "",
			 hop && hop->via ? hop->via : "");
}

/* What tells this route from others of the same destination. */
static const char *selector(struct hd_arena *arena, const struct hd_route *route)
{
	const char *text = "";

	if (route->table != RT_TABLE_MAIN)
		text = hd_printf(arena, " table %s", table_name(arena, route->table));
	if (route->tos)
		text = hd_printf(arena, "%s tos 0x%02x", text, route->tos);
	if (route->metric)
		text = hd_printf(arena, "%s metric %u", text, route->metric);
	return text;
}

static const char *hop_text(struct hd_arena *arena, const struct hd_hop *hop, bool has_weight)
{
	const char *text = hd_printf(arena, "%s%s%sdev %s", hop->via ? "via " : "",
				     hop->via ? hop->via : "", hop->via ? " " : "",
				     hd_shell_word(arena, hop->interface));

	if (has_weight && hop->weight > 1)
		text = hd_printf(arena, "%s weight %u", text, hop->weight);
	return hop->is_onlink ? hd_printf(arena, "%s onlink", text) : text;
}

static bool is_among(const char *name, const char *const *names, size_t n_names)
{
	for (size_t i = 0; i < n_names; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

/* The hops that are (or are not) among the names: " via A dev X", or " nexthop ..." for many. */
static const char *hops_text(struct hd_arena *arena, const struct hd_route *route,
			     const char *const *names, size_t n_names, bool among)
{
	const char *text = NULL, *single = NULL;
	size_t n = 0;

	for (size_t i = 0; i < route->n_hops; i++) {
		const struct hd_hop *hop = &route->hops[i];

		if (is_among(hop->interface, names, n_names) != among)
			continue;
		single = hd_printf(arena, " %s", hop_text(arena, hop, false));
		text = hd_printf(arena, "%s nexthop %s", text ? text : "",
				 hop_text(arena, hop, !among));
		n++;
	}
	return n == 1 ? single : text;
}

/* ip(8) takes the family from the first address that it reads, be it a gateway's. */
static const char *command_of(const struct hd_route *route)
{
	if (route->family == AF_INET6)
		return "ip -6";
	for (size_t i = 0; i < route->n_hops; i++)
		if (route->hops[i].via && strchr(route->hops[i].via, ' '))
			return "ip -4";
	return "ip";
}

const char *hd_route_remedy(struct hd_arena *arena, const struct hd_route *route,
			    const char *const *names, size_t n_names)
{
	const char *ip = command_of(route);
	const char *to = route->to, *ours, *others;

	if (route->from)
		to = hd_printf(arena, "%s from %s", to, route->from);
	if (route->nexthop)
		return hd_printf(arena, "%s route del %s nhid %u%s", ip, to, route->nexthop,
				 selector(arena, route));
	ours = hops_text(arena, route, names, n_names, true);
	others = hops_text(arena, route, names, n_names, false);
	if (others)
		return hd_printf(arena, "%s route replace %s%s%s", ip, to,
				 selector(arena, route), others);
	return hd_printf(arena, "%s route del %s%s%s", ip, to, ours ? ours : "",
			 selector(arena, route));
}
