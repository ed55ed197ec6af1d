/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hugepages_enough.c - are there enough huge pages for the guest, where it wants them? */
#include "config.h"

#include <inttypes.h>

#include "base/ranges.h"
#include "base/text.h"
#include "check/checks.h"
#include "check/remedy.h"
#include "domain/guest_pages.h"

#define GIB_IN_KIB (1024 * 1024)

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

static const char *mend(const struct hd_subject *s, const struct hd_page_need *need, uint64_t missing)
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
	ret->remedy = mend(s, need, need->pages - has);
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
	.remedy = "sysctl -w vm.nr_hugepages=N, where N is large enough for this guest too",
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
