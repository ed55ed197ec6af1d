/* SPDX-License-Identifier: GPL-2.0-or-later */
/* memory.c - the host's NUMA nodes and huge pages. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/host/memory.h"

#define NODES "sys/devices/system/node"
#define POOLS "sys/kernel/mm/hugepages"
#define POOL_NAME "hugepages-"

static bool size_of(const char *name, uint64_t *ret)
{
	char *end;

	if (!hd_text_starts_with(name, POOL_NAME))
		return false;
	*ret = strtoull(name + strlen(POOL_NAME), &end, 10);
	return *ret && !strcmp(end, "kB");
}

static uint64_t number(const struct hd_sysroot *root, const char *dir, const char *pool,
		       const char *file)
{
	uint64_t value;

	return hd_sysroot_u64(root, &value, "%s/%s/%s", dir, pool, file) < 0 ? 0 : value;
}

/* The pools of directory DIR, which are NODE's. */
static void read_pools(struct hd_memory *memory, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *dir, int node)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, "%s", dir);

	for (ssize_t i = 0; i < n; i++) {
		struct hd_page_pool *pool;
		uint64_t size, more, surplus;

		if (!size_of(names[i], &size))
			continue;
		pool = hd_append(arena, &memory->pools, &memory->n_pools, sizeof(*pool));
		pool->node = node;
		pool->size_kib = size;
		pool->total = number(root, dir, names[i], "nr_hugepages");
		pool->free = number(root, dir, names[i], "free_hugepages");
		if (node != HD_ALL_NODES)
			continue;
		more = number(root, dir, names[i], "nr_overcommit_hugepages");
		surplus = number(root, dir, names[i], "surplus_hugepages");
		pool->reserved = number(root, dir, names[i], "resv_hugepages");
		pool->overcommit = more > surplus ? more - surplus : 0;
	}
}

static int by_id(const void *a, const void *b)
{
	const struct hd_numa_node *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static int by_size_and_node(const void *a, const void *b)
{
	const struct hd_page_pool *x = a, *y = b;
	int order = (x->size_kib > y->size_kib) - (x->size_kib < y->size_kib);

	return order ? order : (x->node > y->node) - (x->node < y->node);
}

/* "Node 0 MemTotal:   16318 kB" (fs/proc/meminfo.c, drivers/base/node.c). */
static uint64_t meminfo(struct hd_arena *arena, const char *text, const char *key)
{
	const char *line;

	while ((line = hd_text_next_line(arena, &text))) {
		const char *at = strstr(line, key);

		if (at && (at == line || at[-1] == ' ') && at[strlen(key)] == ':')
			return strtoull(at + strlen(key) + 1, NULL, 10);
	}
	return 0;
}

static void read_nodes(struct hd_memory *memory, const struct hd_sysroot *root,
		       struct hd_arena *arena)
{
	const char *const *names = NULL;
	ssize_t n = hd_sysroot_names(root, arena, &names, NODES);

	for (ssize_t i = 0; i < n; i++) {
		struct hd_numa_node *node;
		const char *text;
		uint64_t id;

		if (!hd_text_starts_with(names[i], "node") || !hd_text_u64(names[i] + 4, &id) ||
		    id > 4095)
			continue;
		node = hd_append(arena, &memory->nodes, &memory->n_nodes, sizeof(*node));
		node->id = (int)id;
		if (hd_sysroot_text(root, arena, &node->cpus, NODES "/%s/cpulist", names[i]) < 0)
			node->cpus = "";
		if (hd_sysroot_text(root, arena, &text, NODES "/%s/meminfo", names[i]) > 0)
			node->total_kib = meminfo(arena, text, "MemTotal");
	}
	HD_SORT(memory->nodes, memory->n_nodes, by_id);
}

void hd_memory_read(struct hd_memory *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena)
{
	const char *text;

	*ret = (struct hd_memory){ 0 };
	if (hd_sysroot_text(root, arena, &text, "proc/meminfo") > 0) {
		ret->default_kib = meminfo(arena, text, "Hugepagesize");
		ret->total_kib = meminfo(arena, text, "MemTotal");
		ret->available_kib = meminfo(arena, text, "MemAvailable");
	}
	read_nodes(ret, root, arena);
	read_pools(ret, root, arena, POOLS, HD_ALL_NODES);
	for (size_t i = 0; i < ret->n_nodes; i++)
		read_pools(ret, root, arena,
			   hd_printf(arena, NODES "/node%d/hugepages", ret->nodes[i].id),
			   ret->nodes[i].id);
	HD_SORT(ret->pools, ret->n_pools, by_size_and_node);
}

const struct hd_page_pool *hd_memory_pool(const struct hd_memory *memory, uint64_t size_kib,
					  int node)
{
	for (size_t i = 0; i < memory->n_pools; i++)
		if (memory->pools[i].size_kib == size_kib && memory->pools[i].node == node)
			return &memory->pools[i];
	return NULL;
}
