/* SPDX-License-Identifier: GPL-2.0-or-later */
/* network_tables.c - what this host's network lives on, read once for all functions. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "facts/host/namespaces.h"
#include "facts/network/network_tables.h"

#define DEADLINE_MS 5000	/* for a full routing table of the Internet, with room */
#define ATTEMPTS 3		/* at a list that changes while it is read */

static const struct question {
	const char *name;
	int (*of_kernel)(struct hd_net_tables *tables, struct hd_arena *arena,
			 int64_t deadline);
	int (*of_files)(struct hd_net_tables *tables, const struct hd_sysroot *root,
			struct hd_arena *arena, struct hd_error *err);
} questions[] = {
	{ "the routes (RTM_GETROUTE)", hd_net_routes_of_kernel, hd_net_routes_of_files },
	{ "the addresses (RTM_GETADDR)", hd_net_addresses_of_kernel,
	  hd_net_addresses_of_files },
};

/* What the kernel does not tell is in use: the reason is kept. */
static void ask_kernel(struct hd_net_tables *tables, struct hd_arena *arena,
		       const struct question *question)
{
	int64_t deadline = hd_now_ms() + DEADLINE_MS;
	int rc = -EAGAIN;

	for (int i = 0; rc == -EAGAIN && i < ATTEMPTS; i++)
		rc = question->of_kernel(tables, arena, deadline);
	if (rc < 0 && !tables->unknown)
		tables->unknown = hd_printf(arena, "the kernel does not tell %s: %s",
					    question->name, strerror(-rc));
}

static void note_unknown(struct hd_net_tables *tables, struct hd_arena *arena,
			 const char *what, int rc)
{
	if (rc < 0 && !tables->unknown)
		tables->unknown = hd_printf(arena, "%s: %s", what, strerror(-rc));
}

/* What no file tells: the way to a server, and what containers have of our network. */
static void look_further(struct hd_net_tables *tables, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	int64_t deadline = hd_now_ms() + DEADLINE_MS;

	note_unknown(tables, arena, "the way to the servers of mounts cannot be told",
		     hd_net_mounts_read(tables, root, arena, deadline));
	note_unknown(tables, arena, "other network namespaces cannot be looked into",
		     hd_net_elsewhere_read(&tables->elsewhere, root, arena, deadline));
}

static int read_all(struct hd_net_tables *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, struct hd_error *err)
{
	ret->unknown = hd_hidden_network(root, arena);
	if (ret->unknown)
		ret->unknown_remedy = HD_ON_THE_HOST;
	for (size_t i = 0; i < HD_ARRAY_SIZE(questions); i++) {
		int rc = 0;

		if (root->is_live)
			ask_kernel(ret, arena, &questions[i]);
		else
			rc = questions[i].of_files(ret, root, arena, err);
		if (rc < 0)
			return rc;
	}
	if (root->is_live)
		look_further(ret, root, arena);
	return hd_net_connections_read(ret, root, arena, err);
}

/* They are read for the first function that needs them: what cannot be is unknown to all. */
int hd_net_tables_read(struct hd_net_tables *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, struct hd_error *err)
{
	struct hd_sysroot_trouble trouble;
	int rc;

	if (ret->is_read)
		return 0;
	trouble = hd_sysroot_watch(root);
	rc = read_all(ret, root, arena, err);
	trouble = hd_sysroot_unwatch(root, &trouble);
	if (trouble.error)
		note_unknown(ret, arena, hd_strdup(arena, trouble.path), -trouble.error);
	ret->is_read = rc == 0;
	return rc;
}
