/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * memory.h - the host's NUMA nodes and huge pages.
 *
 * Source: sys/devices/system/node and sys/kernel/mm/hugepages (Linux
 * Documentation/admin-guide/mm/hugetlbpage.rst).
 */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "base/sysroot.h"

#define HD_ALL_NODES (-1)

/* Huge pages of one size, of one node or of all together. */
struct hd_page_pool {
	int node;		/* or HD_ALL_NODES */
	uint64_t size_kib, total, free;
	/* Of all nodes together alone: promised to others and not taken yet; how many
	   the kernel may make beyond total while there is memory. */
	uint64_t reserved, overcommit;
};

struct hd_numa_node {
	int id;
	const char *cpus;	/* "0-7,16-23" */
	uint64_t total_kib;	/* MemTotal of its meminfo, 0 if it says none */
};

struct hd_memory {
	struct hd_page_pool *pools;	/* by size, then by node, HD_ALL_NODES first */
	size_t n_pools;
	struct hd_numa_node *nodes;	/* sorted by id; empty without NUMA in sysfs */
	size_t n_nodes;
	/* Hugepagesize, MemTotal, MemAvailable of proc/meminfo, 0 if it says none. */
	uint64_t default_kib, total_kib, available_kib;
};

/* What cannot be read is not there. */
void hd_memory_read(struct hd_memory *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena) _nonnull_(1, 2, 3);

/* The pool, or NULL. */
const struct hd_page_pool *hd_memory_pool(const struct hd_memory *memory, uint64_t size_kib,
					  int node) _nonnull_(1);
