/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_routes.c - a route as text: what it is, and the command that ends it. */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/route.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/network/network_tables.h"

#define IPV6_ANY "00000000000000000000000000000000"

static const struct hd_hop *hop_through(const struct hd_route *route, const char *interface)
{
	for (size_t i = 0; i < route->n_hops; i++)
		if (!strcmp(route->hops[i].interface, interface))
			return &route->hops[i];
	return NULL;
}

bool hd_route_uses(const struct hd_route *route, const char *interface)
{
	return hop_through(route, interface);
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

/* The hops that are (or are not) among the names: " via A dev X", or " nexthop ..." for many. */
static const char *hops_text(struct hd_arena *arena, const struct hd_route *route,
			     const char *const *names, size_t n_names, bool among)
{
	const char *text = NULL, *single = NULL;
	size_t n = 0;

	for (size_t i = 0; i < route->n_hops; i++) {
		const struct hd_hop *hop = &route->hops[i];

		if (hd_text_is_any(hop->interface, names, n_names) != among)
			continue;
		single = hd_printf(arena, " %s", hop_text(arena, hop, false));
		text = hd_printf(arena, "%s nexthop %s", text ? text : "",
				 hop_text(arena, hop, !among));
		n++;
	}
	return n == 1 ? single : text;
}

/* ip(8) takes the family from the first address that it reads, even from a gateway's. */
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

/*
 * Which routes to the world do the files of /proc/net have?
 *
 * The two files are tables of words, with hexadecimal numbers without "0x"
 * (Linux net/ipv4/fib_trie.c, fib_route_seq_show: the main table only;
 * net/ipv6/route.c, rt6_info_route): only where the words are and how they are
 * read differs.
 */

struct table {
	const char *path;
	int family;
	size_t n_words;			/* at least, in a line that is a route */
	size_t interface, flags, gateway, metric;	/* which word is it */
	int metric_base;
	struct { size_t word; const char *text; } is_default[2];
};

static const struct table tables[] = {
	{ "proc/net/route", AF_INET, 8, 0, 3, 2, 6, 10,
	  { { 1, "00000000" }, { 7, "00000000" } } },
	{ "proc/net/ipv6_route", AF_INET6, 10, 9, 8, 4, 5, 16,
	  { { 0, IPV6_ANY }, { 1, "00" } } },
};

size_t hd_net_words(struct hd_arena *arena, const char *line, const char *words[HD_NET_WORDS])
{
	size_t n = 0;

	for (line += strspn(line, " \t"); *line && n < HD_NET_WORDS; line += strspn(line, " \t")) {
		size_t length = strcspn(line, " \t");

		words[n++] = hd_strndup(arena, line, length);
		line += length;
	}
	return n;
}

bool hd_net_inet6_bytes(const char *hex, uint8_t ret[static 16])
{
	char digits[3] = "";

	if (strspn(hex, "0123456789abcdefABCDEF") != 32 || hex[32])
		return false;
	for (size_t i = 0; i < 16; i++) {
		memcpy(digits, hex + 2 * i, 2);
		ret[i] = (uint8_t)strtoul(digits, NULL, 16);
	}
	return true;
}

int hd_net_file_text(const char **ret, const struct hd_sysroot *root, struct hd_arena *arena,
		     const char *path, struct hd_error *err)
{
	ssize_t length = hd_sysroot_text(root, arena, ret, "%s", path);

	if (length == -ENOENT)
		*ret = NULL;
	if (length >= 0 || length == -ENOENT)
		return 0;
	return hd_fail(err, (int)length, "cannot read %s: %s", path, strerror((int)-length));
}

static bool is_usable_default(const struct table *table, struct hd_arena *arena,
			      const char *const words[HD_NET_WORDS])
{
	uint64_t flags;

	for (size_t i = 0; i < HD_ARRAY_SIZE(table->is_default); i++)
		if (strcmp(words[table->is_default[i].word], table->is_default[i].text))
			return false;
	if (!strcmp(words[table->interface], "lo"))
		return false;
	/* A route whose flags make no sense is taken for one that counts. */
	if (!hd_text_u64(hd_printf(arena, "0x%s", words[table->flags]), &flags))
		return true;
	return (flags & RTF_UP) && !(flags & RTF_REJECT);
}

/* An IPv4 address is one number of this machine, an IPv6 address sixteen bytes. */
static const char *gateway_of(struct hd_arena *arena, int family, const char *hex)
{
	uint32_t word = (uint32_t)strtoul(hex, NULL, 16);
	uint8_t bytes[16] = { 0 };

	if (!hex[strspn(hex, "0")])
		return NULL;
	if (family == AF_INET)
		memcpy(bytes, &word, sizeof(word));
	else if (!hd_net_inet6_bytes(hex, bytes))
		return NULL;
	return hd_net_address_text(arena, family, bytes);
}

static void add_route(struct hd_net_tables *ret, struct hd_arena *arena, const struct table *table,
		      const char *const words[HD_NET_WORDS])
{
	struct hd_route *route =
		hd_append(arena, &ret->routes, &ret->n_routes, sizeof(*route));
	struct hd_hop *hop =
		hd_append(arena, &route->hops, &route->n_hops, sizeof(*hop));

	route->family = table->family;
	route->source = table->path;
	route->to = "default";
	route->table = RT_TABLE_MAIN;
	route->metric = (unsigned)strtoul(words[table->metric], NULL, table->metric_base);
	hop->interface = words[table->interface];
	hop->via = gateway_of(arena, table->family, words[table->gateway]);
	hop->weight = 1;
}

static int read_table(struct hd_net_tables *ret, const struct table *table,
		      const struct hd_sysroot *root, struct hd_arena *arena,
		      struct hd_error *err)
{
	const char *text, *line, *words[HD_NET_WORDS];
	int rc = hd_net_file_text(&text, root, arena, table->path, err);

	while (rc == 0 && text && (line = hd_text_next_line(arena, &text)))
		if (hd_net_words(arena, line, words) >= table->n_words &&
		    is_usable_default(table, arena, words))
			add_route(ret, arena, table, words);
	return rc;
}

int hd_net_routes_of_files(struct hd_net_tables *ret, const struct hd_sysroot *root,
			   struct hd_arena *arena, struct hd_error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < HD_ARRAY_SIZE(tables); i++)
		rc = read_table(ret, &tables[i], root, arena, err);
	return rc;
}
