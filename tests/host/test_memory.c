/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_memory.c - huge pages of the host and of each node. */
#include "config.h"

#include "facts/host/memory.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define POOLS "sys/kernel/mm/hugepages/"
#define NODES "sys/devices/system/node/"

static void pools_are_read(void **state)
{
	struct fake_host host;
	struct hd_memory memory;
	const struct hd_page_pool *pool;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, "proc/meminfo", "MemTotal: 1 kB\nHugepagesize:       2048 kB\n");
	fake_file(&host, POOLS "hugepages-1048576kB/nr_hugepages", "4\n");
	fake_file(&host, POOLS "hugepages-2048kB/nr_hugepages", "10\n");
	fake_file(&host, POOLS "hugepages-2048kB/free_hugepages", "9\n");
	fake_file(&host, POOLS "hugepages-2048kB/resv_hugepages", "2\n");
	fake_file(&host, POOLS "hugepages-2048kB/nr_overcommit_hugepages", "7\n");
	fake_file(&host, POOLS "hugepages-2048kB/surplus_hugepages", "3\n");
	fake_file(&host, POOLS "hugepages-0kB/nr_hugepages", "1\n");
	fake_file(&host, POOLS "strange/nr_hugepages", "1\n");
	fake_file(&host, NODES "node10/cpulist", "8-15\n");
	fake_file(&host, NODES "node2/cpulist", "0-7\n");
	fake_file(&host, NODES "node2/hugepages/hugepages-2048kB/nr_hugepages", "10\n");
	fake_file(&host, NODES "online", "2,10\n");
	hd_memory_read(&memory, &host.root, &host.arena);
	assert_int_equal(memory.default_kib, 2048);
	assert_int_equal(memory.n_nodes, 2);
	assert_int_equal(memory.nodes[0].id, 2);
	assert_string_equal(memory.nodes[1].cpus, "8-15");
	assert_int_equal(memory.n_pools, 3);
	pool = hd_memory_pool(&memory, 2048, HD_ALL_NODES);
	assert_non_null(pool);
	assert_int_equal(pool->free, 9);
	assert_int_equal(pool->reserved, 2);
	assert_int_equal(pool->overcommit, 4);
	assert_non_null(hd_memory_pool(&memory, 2048, 2));
	assert_null(hd_memory_pool(&memory, 2048, 10));
	assert_non_null(hd_memory_pool(&memory, 1048576, HD_ALL_NODES));
	fake_host_remove(&host);
}

static void nothing_is_there(void **state)
{
	struct fake_host host;
	struct hd_memory memory;

	(void)state;
	fake_host_make(&host);
	hd_memory_read(&memory, &host.root, &host.arena);
	assert_int_equal(memory.n_pools, 0);
	assert_int_equal(memory.n_nodes, 0);
	assert_int_equal(memory.default_kib, 0);
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pools_are_read),
		cmocka_unit_test(nothing_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
