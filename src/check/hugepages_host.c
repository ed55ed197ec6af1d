/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hugepages_host.c - which of the host's NUMA nodes have huge pages? */
#include "config.h"

#include <inttypes.h>

#include "check/checks.h"

#define GIB_IN_KIB (1024 * 1024)
#define NODES "sys/devices/system/node"

struct pools {
	const char *with, *without;
};

/* "2 MiB" */
static const char *size_of(struct hd_arena *arena, const struct hd_page_pool *pool)
{
	if (pool->size_kib % GIB_IN_KIB == 0)
		return hd_printf(arena, "%" PRIu64 " GiB", pool->size_kib / GIB_IN_KIB);
	if (pool->size_kib % 1024 == 0)
		return hd_printf(arena, "%" PRIu64 " MiB", pool->size_kib / 1024);
	return hd_printf(arena, "%" PRIu64 " KiB", pool->size_kib);
}

/* Does it belong to a configured size, and to a node if the host has nodes? */
static bool counts(const struct hd_memory *memory, const struct hd_page_pool *pool)
{
	const struct hd_page_pool *all = hd_memory_pool(memory, pool->size_kib, HD_ALL_NODES);

	return all && all->total && (pool->node != HD_ALL_NODES || !memory->n_nodes);
}

static void add_with(struct pools *pools, struct hd_arena *arena,
		     const struct hd_page_pool *pool)
{
	const char *who = pool->node == HD_ALL_NODES ?
			  "" : hd_printf(arena, "node %d has ", pool->node);

	hd_join(arena, &pools->with, "%s%" PRIu64 " pages of %s (%" PRIu64 " free)", who,
		pool->total, size_of(arena, pool), pool->free);
}

static void add_without(struct pools *pools, struct hd_arena *arena,
			const struct hd_page_pool *pool, struct hd_result *ret)
{
	if (!pools->without)
		ret->remedy = hd_printf(arena, "if guests are bound to it: echo N > /" NODES "/node%d/hugepages/"
			"hugepages-%" PRIu64 "kB/nr_hugepages%s", pool->node, pool->size_kib,
			pool->size_kib < GIB_IN_KIB ? "" :
			", soon after boot: later the memory is fragmented");
	hd_join(arena, &pools->without, "node %d has none of %s", pool->node,
		size_of(arena, pool));
}

static enum hd_verdict are_everywhere(const struct hd_subject *s, struct hd_result *ret)
{
	const struct hd_setup *setup = s->facts->setup;
	struct pools pools = { 0 };

	for (size_t i = 0; setup && i < setup->memory.n_pools; i++) {
		const struct hd_page_pool *pool = &setup->memory.pools[i];

		if (!counts(&setup->memory, pool))
			continue;
		if (pool->total)
			add_with(&pools, s->arena, pool);
		else
			add_without(&pools, s->arena, pool, ret);
	}
	if (!pools.with)
		return HD_SKIP;
	return hd_tell(s, ret, pools.without ? HD_FAIL : HD_PASS, "%s: %s%s%s",
		       setup->memory.n_nodes ? NODES : "sys/kernel/mm/hugepages", pools.with,
		       pools.without ? ", but " : "", pools.without ? pools.without : "");
}

const struct hd_check hd_check_hugepages_on_each_node = {
	.id = "hugepages-on-each-node",
	.scope = HD_SCOPE_HOST,
	.severity = HD_NOTE,
	.title = "if one NUMA node has huge pages, all have",
	.remedy = "echo N > /sys/devices/system/node/nodeK/hugepages/hugepages-2048kB/nr_hugepages "
		  "for each node that guests are bound to",
	.doc = "Huge pages belong to a NUMA node. vm.nr_hugepages and the kernel's "
	       "parameter spread them over all nodes that have room; a write to one node's "
	       "pool does not. A guest that is bound to a node without free huge pages "
	       "does not start. The check is skipped where no huge pages are configured at "
	       "all. Source: sys/devices/system/node.",
	.run = are_everywhere,
};
