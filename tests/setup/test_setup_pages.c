/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_setup_pages.c - how many huge pages each node gets, and who asks for them. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "setup/pages_per_node.h"
#include "tests/support/unit.h"

#define GIB (1024 * 1024)	/* in KiB */
#define MIB2 2048

static struct hd_page_pool pools[] = {
	{ HD_ALL_NODES, MIB2, 30, 20, 4, 0 },
	{ 0, MIB2, 20, 10, 0, 0 },
	{ 1, MIB2, 10, 10, 0, 0 },
};
static struct hd_numa_node nodes[] = {
	{ .id = 0, .cpus = "0-3", .total_kib = 8 * GIB },
	{ .id = 1, .cpus = "4-7", .total_kib = 8 * GIB },
};
static const struct hd_memory two_nodes = {
	.pools = pools, .n_pools = 3, .nodes = nodes, .n_nodes = 2,
	.default_kib = MIB2, .total_kib = 16 * GIB,
};
static const struct hd_memory no_nodes = { .pools = pools, .n_pools = 1, .total_kib = 16 * GIB };

static const struct row {
	const char *name;
	struct hd_page_need needs[2];
	size_t n;
	const struct hd_memory *memory;
	bool counts_used;
	int rc;
	uint64_t add[2];
	const char *says;
} rows[] = {
	/* 20 are free, 4 of them promised, taken off the first node. */
	{ "enough", { { MIB2, 16, NULL } }, 1, &two_nodes, false, 0, { 0, 0 }, NULL },
	{ "both nodes", { { MIB2, 19, NULL } }, 1, &two_nodes, false, 0, { 2, 1 }, NULL },
	{ "one node", { { MIB2, 19, "1" } }, 1, &two_nodes, false, 0, { 0, 9 }, NULL },
	{ "named first", { { MIB2, 12, NULL }, { MIB2, 10, "1" } }, 2, &two_nodes, false, 0,
	  { 3, 3 }, NULL },
	{ "used ones count", { { MIB2, 30, NULL } }, 1, &two_nodes, true, 0, { 0, 0 }, NULL },
	{ "no nodes", { { MIB2, 20, "0" } }, 1, &no_nodes, false, 0, { 4, 0 }, NULL },
	{ "no such node", { { MIB2, 20, "5" } }, 1, &two_nodes, false, -ENODEV, { 0, 0 },
	  "no NUMA node 5" },
	{ "no such size", { { 4096, 1, NULL } }, 1, &two_nodes, false, -EOPNOTSUPP, { 0, 0 },
	  "no huge pages of 4096 KiB" },
	{ "all of a node", { { MIB2, 4096, "1" } }, 1, &two_nodes, false, -ENOSPC, { 0, 0 },
	  "NUMA node 1 has 8192 MiB of memory, and 8192 MiB of it would be huge pages" },
	{ "all of the host", { { MIB2, 8192, NULL } }, 1, &no_nodes, false, -ENOSPC, { 0, 0 },
	  "the host has 16384 MiB" },
	{ "overflow", { { MIB2, UINT64_MAX / 4, NULL } }, 1, &two_nodes, false, -ENOSPC, { 0, 0 },
	  "more than any host has" },
};

static void shares(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const struct row *row = &rows[i];
		struct hd_page_need needs[2] = { row->needs[0], row->needs[1] };
		const struct hd_page_needs all = { needs, row->n };
		struct hd_page_shares shares = { 0 };
		struct hd_arena arena = { 0 };
		struct hd_error err = { 0 };
		int rc = hd_page_shares_make(&shares, &arena, &all, row->memory, row->counts_used,
					     &err);

		if (rc != row->rc)
			fail_msg("%s: %d, not %d: %s", row->name, rc, row->rc, err.text);
		for (size_t k = 0; rc == 0 && k < shares.n; k++)
			if (shares.items[k].add != row->add[k])
				fail_msg("%s: share %zu gets %lu", row->name, k,
					 (unsigned long)shares.items[k].add);
		if (row->says && !strstr(err.text, row->says))
			fail_msg("%s: %s", row->name, err.text);
		hd_arena_done(&arena);
	}
}

static void a_guest_that_does_not_ask(void **state)
{
	struct hd_cell cells[] = {
		{ .id = 0, .memory_kib = GIB, .host_nodes = "0" },
		{ .id = 1, .memory_kib = GIB, .host_nodes = NULL },
	};
	struct hd_hugepages page = { .size_kib = GIB, .nodeset = "1" };
	struct hd_request request = {
		.cells = cells, .n_cells = 2, .numa_nodeset = "1",
		.hugepages = &page, .n_hugepages = 1, .wants_hugepages = true,
	};
	struct hd_page_needs needs = { 0 };
	struct hd_arena arena = { 0 };

	(void)state;
	hd_page_needs_add(&needs, &arena, &request, MIB2, MIB2);
	assert_int_equal(needs.n, 2);
	assert_int_equal(needs.items[0].pages, 512);
	assert_string_equal(needs.items[0].nodes, "0");
	assert_int_equal(needs.items[1].size_kib, GIB);
	assert_int_equal(needs.items[1].pages, 1);
	assert_string_equal(needs.items[1].nodes, "1");
	needs.n = 0;
	hd_page_needs_add(&needs, &arena, &request, MIB2, 0);
	assert_int_equal(needs.n, 1);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares),
		cmocka_unit_test(a_guest_that_does_not_ask),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
