/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hugepages_enough.c - are there enough huge pages for the guest, and on which nodes of the host? */
#include "config.h"

#include <inttypes.h>

#include "base/ranges.h"
#include "base/text.h"
#include "check/checks.h"
#include "check/remedy.h"
#include "domain/guest_pages.h"

#define GIB_IN_KIB (1024 * 1024)
#define NODES "sys/devices/system/node"

/* Free pages in the host's nodes, at most as many as the whole host has unreserved. */
static uint64_t free_for(const struct hd_memory *memory, const struct hd_page_need *need)
{
	const struct hd_page_pool *all = hd_memory_pool(memory, need->size_kib, HD_ALL_NODES);
	uint64_t limit = all && all->free > all->reserved ? all->free - all->reserved : 0;
	uint64_t sum = 0;

	if (!need->nodes || !memory->n_nodes)
		return limit;
	for (size_t i = 0; i < memory->n_pools; i++) {
		const struct hd_page_pool *pool = &memory->pools[i];

		if (pool->node != HD_ALL_NODES && pool->size_kib == need->size_kib &&
		    hd_ranges_has(need->nodes, (unsigned)pool->node))
			sum += pool->free;
	}
	return sum < limit ? sum : limit;
}

/* The host's node on which missing pages should be allocated: the first of the set. */
static int node_of(const struct hd_memory *memory, const struct hd_page_need *need)
{
	for (size_t i = 0; need->nodes && i < memory->n_nodes; i++)
		if (hd_ranges_has(need->nodes, (unsigned)memory->nodes[i].id))
			return memory->nodes[i].id;
	return HD_ALL_NODES;
}

static const char *remedy_pages(const struct hd_subject *s, const struct hd_page_need *need,
				uint64_t missing)
{
	const struct hd_memory *memory = &s->facts->memory;
	int node = node_of(memory, need);
	const struct hd_page_pool *pool = hd_memory_pool(memory, need->size_kib, node);
	uint64_t total = (pool ? pool->total : 0) + missing;
	const char *dir = node == HD_ALL_NODES ?
		"/sys/kernel/mm" : hd_printf(s->arena, "/sys/devices/system/node/node%d", node);
	const char *now = hd_printf(
		s->arena, "echo %" PRIu64 " > %s/hugepages/hugepages-%" PRIu64 "kB/nr_hugepages",
		total, dir, need->size_kib);

	if (node == HD_ALL_NODES && need->size_kib == memory->default_kib)
		now = hd_printf(s->arena, "sysctl -w vm.nr_hugepages=%" PRIu64, total);
	if (need->size_kib < GIB_IN_KIB)
		return now;
	return hd_printf(s->arena, "%s; if memory is too fragmented for it, %s", now,
			 hd_remedy_add_parameter(
				 s->arena, &s->facts->host,
				 hd_printf(s->arena, "hugepagesz=%" PRIu64 "G hugepages=%s%" PRIu64,
					   need->size_kib / GIB_IN_KIB,
					   node == HD_ALL_NODES ? "" :
					   hd_printf(s->arena, "%d:", node), total)));
}

static const char *where(const struct hd_subject *s, const struct hd_page_need *need)
{
	return need->nodes ? hd_printf(s->arena, "the host's NUMA nodes %s have",
				       hd_text_printable(s->arena, need->nodes, 80)) :
			     "the host has";
}

static enum hd_verdict judge_need(const struct hd_subject *s, struct hd_result *ret,
				  const struct hd_page_need *need)
{
	const struct hd_page_pool *all =
		hd_memory_pool(&s->facts->memory, need->size_kib, HD_ALL_NODES);
	uint64_t has = free_for(&s->facts->memory, need);

	if (!all) {
		ret->remedy = "use a <page size=> that `ls /sys/kernel/mm/hugepages` shows";
		return hd_tell(s, ret, HD_FAIL,
			       "sys/kernel/mm/hugepages has no pages of %" PRIu64 " KiB: "
			       "this processor or kernel does not support the size", need->size_kib);
	}
	if (has >= need->pages)
		return HD_PASS;
	ret->remedy = remedy_pages(s, need, need->pages - has);
	if (has + all->overcommit >= need->pages)
		ret->severity = HD_WARNING;
	return hd_tell(s, ret, HD_FAIL,
		       "the guest needs %" PRIu64 " pages of %" PRIu64 " KiB and %s %" PRIu64
		       " free%s", need->pages, need->size_kib, where(s, need), has,
		       ret->severity == HD_WARNING ? "; the kernel may add the rest while "
						     "there is memory "
						     "(nr_overcommit_hugepages)" : "");
}

static enum hd_verdict are_enough(const struct hd_subject *s, struct hd_result *ret)
{
	struct hd_page_needs needs = { 0 };

	if (!s->request->wants_hugepages)
		return HD_SKIP;
	hd_page_needs_add(&needs, s->arena, s->request, s->facts->memory.default_kib, 0);
	for (size_t i = 0; i < needs.n; i++)
		if (judge_need(s, ret, &needs.items[i]) == HD_FAIL)
			return HD_FAIL;
	return HD_PASS;
}

const struct hd_check hd_check_hugepages = {
	.id = "hugepages",
	.scope = HD_SCOPE_GUEST,
	.severity = HD_ERROR,
	.title = "the huge pages that the guest asks for are free",
	.remedy = "`sysctl -w vm.nr_hugepages=N`, where N is large enough for this guest too",
	.doc = "A guest with <memoryBacking><hugepages/> gets all its memory in huge pages "
	       "when it starts; if they are not free, QEMU stops with \"unable to map "
	       "backing store for guest RAM\". They are counted for each page size, and "
	       "for the host's NUMA nodes to which <numatune> binds the guest: free pages "
	       "of one node do not serve another. Pages of 2 MiB can be allocated at any "
	       "time if memory is not fragmented; those of 1 GiB rarely after boot. "
	       "Source: sys/kernel/mm/hugepages and the pools of each node below "
	       "sys/devices/system/node.",
	.run = are_enough,
};

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
		ret->remedy = hd_printf(arena, "if guests are bound to it: `echo N > /" NODES "/node%d/hugepages/"
			"hugepages-%" PRIu64 "kB/nr_hugepages`%s", pool->node, pool->size_kib,
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
	.remedy = "`echo N > /sys/devices/system/node/nodeK/hugepages/hugepages-2048kB/nr_hugepages` "
		  "for each node that guests are bound to",
	.doc = "Huge pages belong to a NUMA node. vm.nr_hugepages and the kernel's "
	       "parameter spread them over all nodes that have room; a write to one node's "
	       "pool does not. A guest that is bound to a node without free huge pages "
	       "does not start. The check is skipped where no huge pages are configured at "
	       "all. Source: sys/devices/system/node.",
	.run = are_everywhere,
};
