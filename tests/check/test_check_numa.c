/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_numa.c - huge pages, NUMA nodes and locked memory, judged for a guest. */
#include "config.h"

#include "tests/support/checkcase.h"

#define PAGES &hd_check_hugepages
#define EACH &hd_check_hugepages_on_each_node
#define NEAR &hd_check_numa_near
#define LOCK &hd_check_memlock

#define GIB (1024 * 1024)	/* in KiB */

static void wants(struct check_case *c)
{
	c->request.wants_hugepages = true;
	c->request.n_hugepages = 1;
}
static void wants_more(struct check_case *c)
{
	wants(c);
	c->request.memory_kib = 3 * GIB;
}
static void wants_odd(struct check_case *c)
{
	wants(c);
	c->request.memory_kib = 2 * GIB + 1;
}
static void promised(struct check_case *c)
{
	wants_more(c);
	c->request.memory_kib = 2 * GIB;
	c->pools[0].reserved = 1;
}
static void overcommitted(struct check_case *c)
{
	wants_more(c);
	c->pools[0].overcommit = 512;
}
static void overcommitted_too_little(struct check_case *c)
{
	wants_more(c);
	c->pools[0].overcommit = 511;
}
static void wants_one_gib(struct check_case *c)
{
	wants(c);
	c->pages[0].size_kib = GIB;
}
static void one_gib_pool(struct check_case *c)
{
	wants_one_gib(c);
	c->request.memory_kib = 4 * GIB;
	c->pools[3] = (struct hd_page_pool){ HD_ALL_NODES, GIB, 3, 3, 0, 0 };
	c->facts.memory.n_pools = 4;
}
static void on_node_1(struct check_case *c)
{
	wants(c);
	c->request.numa_nodeset = "1";
	c->pools[2].free = 500;
}
static void on_node_0(struct check_case *c)
{
	on_node_1(c);
	c->request.numa_nodeset = "0";
}
static void prefers_node_1(struct check_case *c)
{
	on_node_1(c);
	c->request.numa_is_wish = true;
}
static void one_gib_on_node_1(struct check_case *c)
{
	one_gib_pool(c);
	c->request.numa_nodeset = "1";
}
static void cells(struct check_case *c, const char *host_nodes)
{
	wants(c);
	c->cells[0] = (struct hd_cell){ 0, GIB, "0" };
	c->cells[1] = (struct hd_cell){ 1, GIB, host_nodes };
	c->request.memory_kib = 2 * GIB;
	c->request.n_cells = 2;
}
static void spread_cells(struct check_case *c) { cells(c, "1"); }
static void crowded_cells(struct check_case *c) { cells(c, "0"); }
static void one_cell_of_two(struct check_case *c)
{
	crowded_cells(c);
	c->pages[0].nodeset = "1";	/* the other has ordinary memory */
}

static void uneven(struct check_case *c)
{
	c->pools[2].total = c->pools[2].free = 0;
}
static void none(struct check_case *c)
{
	for (int i = 0; i < 3; i++)
		c->pools[i].total = c->pools[i].free = 0;
}
static void one_node(struct check_case *c)
{
	c->setup.memory.n_pools = 1;
	c->setup.memory.n_nodes = 0;
}
static void no_setup(struct check_case *c) { c->facts.setup = NULL; }

static void memory_far(struct check_case *c)
{
	c->fns[0].fn.numa_node = 1;
	c->request.numa_nodeset = "0";
}
static void memory_near(struct check_case *c)
{
	memory_far(c);
	c->request.numa_nodeset = "0-1";
}
static void vcpus(struct check_case *c, const char *first, const char *second)
{
	c->pins_of_vcpus[0] = first;
	c->pins_of_vcpus[1] = second;
	c->request.n_vcpu_pins = 2;
}
static void vcpus_far(struct check_case *c) { vcpus(c, "8", "9-11"); }
static void vcpus_of_both(struct check_case *c) { vcpus(c, "8", "7"); }
static void emulator_far(struct check_case *c) { c->request.emulator_pin = "8-15"; }
static void no_node(struct check_case *c)
{
	vcpus_far(c);
	c->fns[0].fn.numa_node = -1;
}
static void single_node(struct check_case *c)
{
	vcpus_far(c);
	c->facts.memory.n_nodes = 1;
}

static void cannot_raise(struct check_case *c) { c->facts.daemon.may_raise_limits = false; }
static void unlimited(struct check_case *c)
{
	cannot_raise(c);
	c->facts.daemon.memlock = UINT64_MAX;
}
static void just_enough(struct check_case *c)
{
	cannot_raise(c);
	c->facts.daemon.memlock = 2ull << 30;
}
static void a_byte_short(struct check_case *c)
{
	just_enough(c);
	c->facts.daemon.memlock--;
}
static void no_daemon(struct check_case *c)
{
	cannot_raise(c);
	c->facts.daemon.pid = 0;
}

static const struct check_row rows[] = {
	{ "not wanted", PAGES, NULL, HD_SKIP, 0, NULL, NULL },
	{ "enough", PAGES, wants, HD_PASS, 0, NULL, NULL },
	{ "too few", PAGES, wants_more, HD_FAIL, HD_ERROR,
	  "needs 1536 pages of 2048 KiB and the host has 1024 free", "sysctl -w vm.nr_hugepages=1536" },
	{ "rounded up", PAGES, wants_odd, HD_FAIL, HD_ERROR, "1025 pages", "nr_hugepages=1025" },
	{ "promised to others", PAGES, promised, HD_FAIL, HD_ERROR, "has 1023 free", NULL },
	{ "overcommit", PAGES, overcommitted, HD_FAIL, HD_WARNING, "nr_overcommit_hugepages", NULL },
	{ "too little overcommit", PAGES, overcommitted_too_little, HD_FAIL, HD_ERROR, NULL, NULL },
	{ "unknown size", PAGES, wants_one_gib, HD_FAIL, HD_ERROR, "no pages of 1048576 KiB",
	  "ls /sys/kernel/mm/hugepages" },
	{ "1 GiB", PAGES, one_gib_pool, HD_FAIL, HD_ERROR, "needs 4 pages",
	  "add hugepagesz=1G hugepages=4 to GRUB_CMDLINE_LINUX" },
	{ "1 GiB on a node", PAGES, one_gib_on_node_1, HD_FAIL, HD_ERROR, "nodes 1 have 0 free",
	  "hugepages=1:4" },
	{ "node short", PAGES, on_node_1, HD_FAIL, HD_ERROR, "NUMA nodes 1 have 500 free",
	  "echo 524 > /sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages" },
	{ "other node", PAGES, on_node_0, HD_PASS, 0, NULL, NULL },
	{ "preferred node", PAGES, prefers_node_1, HD_PASS, 0, NULL, NULL },
	{ "cells on both nodes", PAGES, spread_cells, HD_PASS, 0, NULL, NULL },
	{ "cells on one node", PAGES, crowded_cells, HD_FAIL, HD_ERROR,
	  "1024 pages of 2048 KiB and the host's NUMA nodes 0 have 512", NULL },
	{ "one cell in huge pages", PAGES, one_cell_of_two, HD_PASS, 0, NULL, NULL },

	{ "even", EACH, NULL, HD_PASS, 0,
	  "sys/devices/system/node: node 0 has 512 pages of 2 MiB (512 free); node 1", NULL },
	{ "uneven", EACH, uneven, HD_FAIL, HD_NOTE, "node 1 has none of 2 MiB", "nr_hugepages" },
	{ "none", EACH, none, HD_SKIP, 0, NULL, NULL },
	{ "no NUMA", EACH, one_node, HD_PASS, 0, "1024 pages of 2 MiB", NULL },
	{ "not asked", EACH, no_setup, HD_SKIP, 0, NULL, NULL },

	{ "untied guest", NEAR, NULL, HD_PASS, 0, "numa_node reads 0", NULL },
	{ "memory far", NEAR, memory_far, HD_FAIL, HD_WARNING,
	  "numa_node reads 1 (processors 8-15), but <numatune> keeps the guest's memory to node 0",
	  "pin the guest's processors to 8-15" },
	{ "memory on both", NEAR, memory_near, HD_PASS, 0, NULL, NULL },
	{ "processors far", NEAR, vcpus_far, HD_FAIL, HD_WARNING, "no <vcpupin> names", NULL },
	{ "one near", NEAR, vcpus_of_both, HD_PASS, 0, NULL, NULL },
	{ "emulator far", NEAR, emulator_far, HD_FAIL, HD_NOTE, "<emulatorpin>", NULL },
	{ "no node", NEAR, no_node, HD_SKIP, 0, NULL, NULL },
	{ "one node", NEAR, single_node, HD_SKIP, 0, NULL, NULL },

	{ "may raise", LOCK, NULL, HD_PASS, 0, "CAP_SYS_RESOURCE", NULL },
	{ "may not", LOCK, cannot_raise, HD_FAIL, HD_WARNING, "may lock 8388608 and cannot raise that",
	  "LimitMEMLOCK=infinity" },
	{ "unlimited", LOCK, unlimited, HD_PASS, 0, "limits", NULL },
	{ "just enough", LOCK, just_enough, HD_PASS, 0, NULL, NULL },
	{ "a byte short", LOCK, a_byte_short, HD_FAIL, HD_WARNING, "2147483648 bytes", NULL },
	{ "no daemon", LOCK, no_daemon, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
