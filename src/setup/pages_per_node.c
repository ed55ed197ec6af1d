/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pages_per_node.c - how many huge pages each NUMA node gets, so that guests have theirs. */
#include "config.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/ranges.h"
#include "base/text.h"
#include "setup/pages_per_node.h"

#define MAX_SHOWN 80

/* What a host needs of its memory itself, at least. */
#define KEPT_PERCENT 5

/* What of each share is free for the needs that are still to come. */
struct spread {
	struct hd_page_shares *shares;
	uint64_t *left;
	const struct hd_memory *memory;
};

static bool serves(const struct hd_page_share *share, const struct hd_page_need *need)
{
	return share->size_kib == need->size_kib &&
	       (!need->nodes || share->node == HD_ALL_NODES ||
		hd_ranges_has(need->nodes, (unsigned)share->node));
}

static bool has_size(const struct hd_page_shares *shares, uint64_t size_kib)
{
	for (size_t i = 0; i < shares->n; i++)
		if (shares->items[i].size_kib == size_kib)
			return true;
	return false;
}

/* The pools of this size: one for each node, or the only one of a host without nodes. */
static void add_size(struct hd_page_shares *shares, struct hd_arena *arena,
		     const struct hd_memory *memory, uint64_t size_kib)
{
	for (size_t i = 0; i < memory->n_pools; i++) {
		const struct hd_page_pool *pool = &memory->pools[i];
		struct hd_page_share *share;

		if (pool->size_kib != size_kib ||
		    (pool->node == HD_ALL_NODES) != !memory->n_nodes)
			continue;
		share = hd_append(arena, &shares->items, &shares->n, sizeof(*share));
		share->node = pool->node;
		share->size_kib = size_kib;
		share->total = pool->total;
	}
}

/* Promised pages are counted as free, though only for all nodes together. */
static void take_promised(const struct spread *spread, uint64_t size_kib)
{
	const struct hd_page_pool *all = hd_memory_pool(spread->memory, size_kib, HD_ALL_NODES);
	uint64_t promised = all ? all->reserved : 0;

	for (size_t i = 0; i < spread->shares->n && promised; i++) {
		uint64_t *left = &spread->left[i];
		uint64_t taken = *left < promised ? *left : promised;

		if (spread->shares->items[i].size_kib != size_kib)
			continue;
		*left -= taken;
		promised -= taken;
	}
}

static int find_shares(struct spread *ret, struct hd_arena *arena,
		       const struct hd_page_needs *needs, bool counts_used, struct hd_error *err)
{
	for (size_t i = 0; i < needs->n; i++) {
		uint64_t size = needs->items[i].size_kib;

		if (has_size(ret->shares, size))
			continue;
		add_size(ret->shares, arena, ret->memory, size);
		if (!has_size(ret->shares, size))
			return hd_fail(err, -EOPNOTSUPP, "the host has no huge pages of %" PRIu64
				       " KiB: /sys/kernel/mm/hugepages shows the sizes "
				       "that its processor and kernel support", size);
	}
	ret->left = hd_alloc(arena, (ret->shares->n + 1) * sizeof(*ret->left));
	for (size_t i = 0; i < ret->shares->n; i++) {
		const struct hd_page_share *share = &ret->shares->items[i];
		const struct hd_page_pool *pool =
			hd_memory_pool(ret->memory, share->size_kib, share->node);

		ret->left[i] = counts_used ? pool->total : pool->free;
	}
	for (size_t i = 0; !counts_used && i < ret->shares->n; i++)
		if (!i || ret->shares->items[i].size_kib != ret->shares->items[i - 1].size_kib)
			take_promised(ret, ret->shares->items[i].size_kib);
	return 0;
}

/* First the free pages; the rest is added in equal parts, and the first nodes get the odd ones. */
static int serve_need(const struct spread *spread, struct hd_arena *arena,
		      const struct hd_page_need *need, struct hd_error *err)
{
	uint64_t missing = need->pages, n = 0;

	for (size_t i = 0; i < spread->shares->n; i++) {
		uint64_t *left = &spread->left[i];
		uint64_t taken = *left < missing ? *left : missing;

		if (!serves(&spread->shares->items[i], need))
			continue;
		n++;
		spread->shares->items[i].is_asked = true;
		*left -= taken;
		missing -= taken;
	}
	if (!n)
		return hd_fail(err, -ENODEV, "the host has no NUMA node %s",
			       hd_text_printable(arena, need->nodes ? need->nodes : "", MAX_SHOWN));
	for (size_t i = 0; i < spread->shares->n && missing; i++) {
		uint64_t part = missing / n + (missing % n != 0);

		if (!serves(&spread->shares->items[i], need))
			continue;
		spread->shares->items[i].add += part;
		missing -= part;
		n--;
	}
	return 0;
}

/* Of a node, or of all for HD_ALL_NODES: what is there, and what would be added. */
static void sum_up(const struct spread *spread, int node, uint64_t *ret_all, uint64_t *ret_new)
{
	*ret_all = *ret_new = 0;
	for (size_t i = 0; i < spread->shares->n; i++) {
		const struct hd_page_share *share = &spread->shares->items[i];

		if (node != HD_ALL_NODES && share->node != node)
			continue;
		*ret_all += (share->total + share->add) * share->size_kib;
		*ret_new += share->add * share->size_kib;
	}
}

static int check_room(const struct spread *spread, int node, uint64_t has_kib,
		      struct hd_error *err)
{
	char where[32] = "the host";
	uint64_t all, new;

	sum_up(spread, node, &all, &new);
	if (!new || !has_kib || all <= has_kib / 100 * (100 - KEPT_PERCENT))
		return 0;
	if (node != HD_ALL_NODES)
		(void)snprintf(where, sizeof(where), "NUMA node %d", node);
	return hd_fail(err, -ENOSPC, "%s has %" PRIu64 " MiB of memory, and %" PRIu64 " "
		       "MiB of it would be huge pages: at least %d %% must stay with the host", where,
		       has_kib / 1024, all / 1024, KEPT_PERCENT);
}

/* Sizes beyond any host would overflow the sums. */
static int check_numbers(const struct hd_page_needs *needs, struct hd_error *err)
{
	for (size_t i = 0; i < needs->n; i++) {
		const struct hd_page_need *need = &needs->items[i];

		if (need->pages > (UINT64_MAX >> 16) / need->size_kib)
			return hd_fail(err, -ENOSPC, "%" PRIu64 " huge pages of %" PRIu64
				       " KiB are more than any host has", need->pages,
				       need->size_kib);
	}
	return 0;
}

/* Those that name nodes have the first choice. */
static int serve_all(const struct spread *spread, struct hd_arena *arena,
		     const struct hd_page_needs *needs, struct hd_error *err)
{
	for (size_t i = 0; i < 2 * needs->n; i++) {
		const struct hd_page_need *need = &needs->items[i % needs->n];
		int rc = 0;

		if ((i < needs->n) == (need->nodes != NULL))
			rc = serve_need(spread, arena, need, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

int hd_page_shares_make(struct hd_page_shares *ret, struct hd_arena *arena,
			const struct hd_page_needs *needs, const struct hd_memory *memory,
			bool counts_used, struct hd_error *err)
{
	struct hd_page_shares shares = { 0 };
	struct spread spread = { .shares = &shares, .memory = memory };
	int rc = check_numbers(needs, err);

	if (rc == 0)
		rc = find_shares(&spread, arena, needs, counts_used, err);
	if (rc == 0)
		rc = serve_all(&spread, arena, needs, err);
	if (rc == 0)
		rc = check_room(&spread, HD_ALL_NODES, memory->total_kib, err);
	for (size_t i = 0; rc == 0 && i < memory->n_nodes; i++)
		rc = check_room(&spread, memory->nodes[i].id, memory->nodes[i].total_kib, err);
	if (rc == 0)
		*ret = shares;
	return rc;
}
