/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_routes_files.c - which routes to the world do the files of /proc/net have?
 *
 * The two files are tables of words, with hexadecimal numbers without "0x"
 * (Linux net/ipv4/fib_trie.c, fib_route_seq_show: the main table only;
 * net/ipv6/route.c, rt6_info_route): only where the words are and how they are
 * read differs.
 */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/route.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/network/network_tables.h"

#define MAX_WORDS 16
#define IPV6_ANY "00000000000000000000000000000000"

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

static size_t split(struct hd_arena *arena, const char *line,
		    const char *words[MAX_WORDS])
{
	size_t n = 0;

	while (n < MAX_WORDS) {
		size_t length;

		line += strspn(line, " \t");
		length = strcspn(line, " \t");
		if (!length)
			break;
		words[n++] = hd_strndup(arena, line, length);
		line += length;
	}
	return n;
}

static bool is_usable_default(const struct table *table, struct hd_arena *arena,
			      const char *const words[MAX_WORDS])
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
	uint8_t bytes[16] = { 0 };
	uint32_t word;

	if (!hex[strspn(hex, "0")])
		return NULL;
	if (family == AF_INET) {
		word = (uint32_t)strtoul(hex, NULL, 16);
		memcpy(bytes, &word, sizeof(word));
		return hd_net_address_text(arena, family, bytes);
	}
	for (size_t i = 0; i < sizeof(bytes) && strlen(hex) >= 2 * (i + 1); i++)
		bytes[i] = (uint8_t)strtoul(hd_strndup(arena, hex + 2 * i, 2), NULL, 16);
	return hd_net_address_text(arena, family, bytes);
}

static void add(struct hd_net_tables *ret, struct hd_arena *arena, const struct table *table,
		const char *const words[MAX_WORDS])
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
	const char *text, *line, *words[MAX_WORDS];
	ssize_t length = hd_sysroot_text(root, arena, &text, "%s", table->path);

	if (length == -ENOENT)
		return 0;
	if (length < 0)
		return hd_fail(err, (int)length, "cannot read %s: %s", table->path,
			       strerror((int)-length));
	while ((line = hd_text_next_line(arena, &text)))
		if (split(arena, line, words) >= table->n_words &&
		    is_usable_default(table, arena, words))
			add(ret, arena, table, words);
	return 0;
}

int hd_net_routes_of_files(struct hd_net_tables *ret, const struct hd_sysroot *root,
			   struct hd_arena *arena, struct hd_error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < HD_ARRAY_SIZE(tables); i++)
		rc = read_table(ret, &tables[i], root, arena, err);
	return rc;
}
