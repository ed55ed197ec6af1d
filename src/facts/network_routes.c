/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * network_routes.c - which interfaces does a default route leave by?
 *
 * The two files are tables of words, with hexadecimal numbers without "0x"
 * (Linux net/ipv4/fib_trie.c, fib_route_seq_show; net/ipv6/route.c,
 * rt6_info_route): only where the words are and how they must begin differs.
 */
#include "config.h"

#include <errno.h>
#include <net/route.h>
#include <string.h>

#include "base/text.h"
#include "facts/network_routes.h"

#define MAX_WORDS 16
#define IPV6_ANY "00000000000000000000000000000000"

struct table {
	const char *path;
	size_t n_words;			/* at least, in a line that is a route */
	size_t interface, flags;	/* which word is it */
	struct { size_t word; const char *text; } is_default[2];
};

static const struct table tables[] = {
	{ "proc/net/route", 8, 0, 3, { { 1, "00000000" }, { 7, "00000000" } } },
	{ "proc/net/ipv6_route", 10, 9, 8, { { 0, IPV6_ANY }, { 1, "00" } } },
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

static int read_table(struct hd_default_routes *routes, const struct table *table,
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
	while ((line = hd_text_next_line(arena, &text))) {
		if (split(arena, line, words) < table->n_words ||
		    !is_usable_default(table, arena, words))
			continue;
		*(const char **)hd_append(arena, &routes->interfaces, &routes->n,
					  sizeof(*routes->interfaces)) =
			words[table->interface];
	}
	return 0;
}

int hd_default_routes_read(struct hd_default_routes *ret, const struct hd_sysroot *root,
			   struct hd_arena *arena, struct hd_error *err)
{
	struct hd_default_routes routes = { .n = 0 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(tables); i++) {
		int rc = read_table(&routes, &tables[i], root, arena, err);

		if (rc < 0)
			return rc;
	}
	*ret = routes;
	return 0;
}

bool hd_default_routes_have(const struct hd_default_routes *routes, const char *interface)
{
	for (size_t i = 0; i < routes->n; i++)
		if (!strcmp(routes->interfaces[i], interface))
			return true;
	return false;
}
