/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pages_per_node.h - how many huge pages each NUMA node gets, so that guests have theirs.
 *
 * Never fewer than there are: others may have set them up.
 */
#pragma once

#include "domain/guest_pages.h"
#include "facts/host/memory.h"

/* The pages of one size and one node (HD_ALL_NODES on a host without nodes). */
struct hd_page_share {
	int node;
	uint64_t size_kib;
	uint64_t total;		/* that there are */
	uint64_t add;		/* that are missing */
	bool is_asked;		/* a need may take pages from here */
};

struct hd_page_shares {
	struct hd_page_share *items;	/* by size, then by node */
	size_t n;
};

/*
 * Spreads what NEEDS miss over the nodes that they name, evenly; those without
 * nodes take what the others leave.  COUNTS_USED: pages in use serve a need as well
 * (a size for the host as a whole), else only free ones.
 * -EOPNOTSUPP: the host has no pages of this size; -ENODEV: it has none of the nodes;
 * -ENOSPC: the host or one node has too little memory; ERR has the figures.
 */
int hd_page_shares_make(struct hd_page_shares *ret, struct hd_arena *arena,
			const struct hd_page_needs *needs, const struct hd_memory *memory,
			bool counts_used, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 6) _must_check_;
