/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pools.c - which networks are pools of functions, and of which? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "domain/network_pool.h"
#include "facts/facts.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define VF0 "0000:05:10.0"
#define VF1 "0000:05:10.2"
#define PF "0000:05:00.0"
#define ADDRESS(slot, function) "<address type='pci' domain='0' bus='5' slot='" slot \
				"' function='" function "'/>"
#define NETWORK(name, inside) "<network><name>" name "</name>" inside "</network>"
#define HOSTDEV(inside) "<forward mode='hostdev' managed='yes'>" inside "</forward>"
#define RUN "run/libvirt/network/"
#define ETC "etc/libvirt/qemu/networks/"

static void make_pf(struct fake_host *host)
{
	const char *path;

	fake_pci_add(host, &(struct fake_pci){ .addr = PF, .class = 0x020000, .group = 5,
					       .driver = "igb" });
	fake_pci_add(host, &(struct fake_pci){ .addr = VF0, .class = 0x020000, .group = 6 });
	fake_pci_add(host, &(struct fake_pci){ .addr = VF1, .class = 0x020000, .group = 7 });
	path = fake_pci_path(host, PF);
	fake_link(host, hd_printf(&host->arena, "%s/virtfn0", path), "../" VF0);
	fake_link(host, hd_printf(&host->arena, "%s/virtfn1", path), "../" VF1);
	fake_file(host, hd_printf(&host->arena, "%s/net/eth0/flags", path), "0x1003\n");
	fake_link(host, hd_printf(&host->arena, "%s/net/eth0/device", path), "../..");
	fake_link(host, "sys/class/net/eth0",
		  hd_printf(&host->arena, "../../../%s/net/eth0", path));
}

static const struct row {
	const char *name;
	struct { const char *path, *text; } files[3];
	const char *want;	/* "SOURCE: ADDRESS ..." or "" */
} rows[] = {
	{ "no file", { { ETC "x", "" } }, "" },
	{ "a network that is none", { { ETC "pool.xml", NETWORK("pool", "<forward mode='nat'/>") } },
	  "" },
	{ "addresses", { { ETC "pool.xml", NETWORK("pool", HOSTDEV(ADDRESS("0x10", "0x2"))) } },
	  ETC "pool.xml: " VF1 },
	{ "a parent", { { ETC "pool.xml", NETWORK("pool", HOSTDEV("<pf dev='eth0'/>")) } },
	  ETC "pool.xml: " VF0 " " VF1 },
	{ "an active network",
	  { { ETC "pool.xml", NETWORK("pool", HOSTDEV("<pf dev='eth0'/>")) },
	    { RUN "pool.xml", "<networkstatus>" NETWORK("pool", HOSTDEV(
		"<pf dev='eth0'/>" ADDRESS("0x10", "0x0"))) "</networkstatus>" } },
	  RUN "pool.xml: " VF0 },
	{ "by name, not by file", { { ETC "other.xml", NETWORK("pool", HOSTDEV(ADDRESS("16", "0"))) },
				    { ETC "pool.xml", NETWORK("other", HOSTDEV("")) } },
	  ETC "other.xml: " VF0 },
	{ "a parent that is a path",
	  { { ETC "pool.xml", NETWORK("pool", HOSTDEV("<pf dev='../net/eth0'/>")) } },
	  ETC "pool.xml:" },
	{ "what is not there is not shown",
	  { { ETC "pool.xml", NETWORK("pool", HOSTDEV(ADDRESS("0x1f", "0x7"))) } },
	  ETC "pool.xml:" },
	{ "a broken file", { { ETC "a.xml", "<network" },
			     { ETC "pool.xml", NETWORK("pool", HOSTDEV("")) } }, ETC "pool.xml:" },
	{ "a bad address",
	  { { ETC "pool.xml", NETWORK("pool", HOSTDEV(ADDRESS("0x99", "0"))) } }, "" },
};

static const char *describe(struct fake_host *host, const struct hd_facts *facts)
{
	const char *text;

	if (!facts->n_pools)
		return "";
	assert_int_equal(facts->n_pools, 1);
	text = hd_printf(&host->arena, "%s:", facts->pools->source);
	for (size_t i = 0; i < facts->pools->n_fns; i++)
		text = hd_printf(&host->arena, "%s %s", text, facts->pools->fns[i].fn.name);
	return text;
}

static void run_row(void **state)
{
	static const char *const networks[] = { "pool", "pool", "default" };
	const struct hd_facts_query query = { .guest_uuid = "", .want = HD_WANT_GUESTS,
					      .networks = networks, .n_networks = 3 };
	const struct row *row = *state;
	struct hd_facts facts;
	struct fake_host host;
	struct hd_error err;

	fake_host_make(&host);
	make_pf(&host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++)
		fake_file(&host, row->files[i].path, row->files[i].text);
	assert_int_equal(hd_facts_collect(&facts, &host.root, &host.arena, &query, &err), 0);
	assert_string_equal(describe(&host, &facts), row->want);
	hd_facts_close(&facts);
	fake_host_remove(&host);
}

static void bad_documents(void **state)
{
	static const char *const texts[] = { "", "<domain/>", "<networkstatus/>", "<network",
					     "<!DOCTYPE x><network/>" };
	struct hd_net_pool pool = { .pf = "untouched" };
	struct hd_arena arena = { 0 };
	struct hd_error err;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(texts); i++)
		assert_int_equal(hd_net_pool_parse(&pool, &arena, texts[i], strlen(texts[i]), &err),
				 -EINVAL);
	assert_string_equal(pool.pf, "untouched");
	hd_arena_done(&arena);
}

#define N_ROWS HD_ARRAY_SIZE(rows)

int main(void)
{
	struct CMUnitTest tests[N_ROWS + 1] = { [N_ROWS] = cmocka_unit_test(bad_documents) };

	for (size_t i = 0; i < N_ROWS; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = run_row,
						.initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
