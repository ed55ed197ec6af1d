/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_network.c - what depends on the interfaces of a function? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "facts/network.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define V4_HEAD "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
#define V4(name, to, flags, mask) \
	name "\t" to "\t010200C0\t" flags "\t0\t0\t0\t" mask "\t0\t0\t0\n"
#define ZERO "00000000000000000000000000000000"
#define V6(name, to, length, flags) \
	to " " length " " ZERO " 00 " ZERO " 00000400 00000002 00000000 " flags "     " name "\n"
#define UP(name) { "sys/class/net/" name "/flags", "0x1003\n" }
#define DOWN(name) { "sys/class/net/" name "/flags", "0x1002\n" }
#define ON_TOP(lower, upper) { "sys/class/net/" lower "/upper_" upper "/x", "" }

static const struct row {
	const char *name;
	struct { const char *path, *text; } files[16];
	const char *v4, *v6;
	bool is_up;
	const char *via, *chain;
} rows[] = {
	{ "down and alone", { DOWN("eth0") }, "", "", false, NULL, "eth0" },
	{ "up, no default route", { UP("eth0") },
	  V4("eth0", "000200C0", "0001", "00FFFFFF"),
	  V6("eth0", "fd000000000000000000000000000000", "40", "00000001"),
	  true, NULL, "eth0" },
	{ "IPv4 default route", { UP("eth0") }, V4("eth0", "00000000", "0003", "00000000"), "",
	  true, "eth0", "eth0" },
	{ "IPv6 default route", { UP("eth0") }, "", V6("eth0", ZERO, "00", "00000003"),
	  true, "eth0", "eth0" },
	{ "a default route that refuses", { UP("eth0") },
	  V4("eth0", "00000000", "0203", "00000000"), V6("eth0", ZERO, "00", "00200201"),
	  true, NULL, "eth0" },
	{ "a default route that is down", { UP("eth0") },
	  V4("eth0", "00000000", "0002", "00000000"), V6("eth0", ZERO, "00", "00000002"),
	  true, NULL, "eth0" },
	{ "half of the world is not the default", { UP("eth0") },
	  V4("eth0", "00000000", "0003", "00000080"), V6("eth0", ZERO, "01", "00000003"),
	  true, NULL, "eth0" },
	{ "another interface has it", { UP("eth0") },
	  V4("eth1", "00000000", "0003", "00000000") V4("eth00", "00000000", "0003", "00000000"),
	  V6("lo", ZERO, "00", "00000003"), true, NULL, "eth0" },
	{ "a bridge on top has it", { UP("eth0"), ON_TOP("eth0", "br0"), UP("br0") },
	  V4("br0", "00000000", "0003", "00000000"), "", true, "br0", "eth0 -> br0" },
	{ "bond, VLAN and bridge", { UP("eth0"), ON_TOP("eth0", "bond0"),
	  ON_TOP("bond0", "bond0.5"), ON_TOP("bond0", "a"), ON_TOP("bond0.5", "br5") },
	  "", V6("br5", ZERO, "00", "00000003"), true, "br5",
	  "eth0 -> bond0 -> bond0.5 -> br5" },
	{ "the first in the chain counts", { UP("eth0"), ON_TOP("eth0", "br0") },
	  V4("br0", "00000000", "0003", "00000000") V4("eth0", "00000000", "0003", "00000000"),
	  "", true, "eth0", "eth0" },
	{ "stacked, no default route", { UP("eth0"), ON_TOP("eth0", "macvtap0"),
	  ON_TOP("eth0", "ovs-system"), ON_TOP("ovs-system", "t") }, "", "", true, NULL,
	  "eth0 -> ovs-system -> t" },
	{ "a circle ends", { UP("eth0"), ON_TOP("eth0", "a"), ON_TOP("a", "b"),
	  ON_TOP("b", "eth0"), ON_TOP("b", "a") }, "", "", true, NULL, "eth0 -> a -> b" },
	{ "flags that are no number count as up", { { "sys/class/net/eth0/flags", "?\n" } },
	  "", "", true, NULL, "eth0" },
	{ "route flags that are no number count", { UP("eth0") },
	  V4("eth0", "00000000", "zz", "00000000"), "", true, "eth0", "eth0" },
	{ "short lines are no routes", { UP("eth0") }, "eth0\t00000000\n\n", "x\n", true, NULL,
	  "eth0" },
	{ "in another namespace", { { "sys/x", "" } }, "", "", false, NULL, "eth0" },
};

static void make_files(struct fake_host *host, const struct row *row)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++)
		fake_file(host, row->files[i].path, row->files[i].text);
	fake_file(host, "proc/net/route", hd_printf(&host->arena, V4_HEAD "%s", row->v4));
	fake_file(host, "proc/net/ipv6_route", row->v6);
}

static void test_row(void **state)
{
	static const char *const names[] = { "eth0" };
	const struct row *row = *state;
	struct hd_pci_fn fn = { .is_present = true, .netdevs = names, .n_netdevs = 1 };
	struct hd_network network;
	struct fake_host host;
	struct hd_error err;

	fake_host_make(&host);
	make_files(&host, row);
	assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn, &err), 0);
	assert_int_equal(network.n_netdevs, 1);
	assert_string_equal(network.netdevs[0].name, "eth0");
	assert_int_equal(network.netdevs[0].is_up, row->is_up);
	assert_string_equal(network.netdevs[0].chain, row->chain);
	if (row->via)
		assert_string_equal(network.netdevs[0].default_route_via, row->via);
	else
		assert_null(network.netdevs[0].default_route_via);
	fake_host_remove(&host);
}

/* A host without routes files (no IPv6, a sparse capture), and hostile names. */
static void test_sparse(void **state)
{
	static const char *const names[] = { "eth0", "../../etc", "" };
	struct hd_pci_fn fn = { .is_present = true, .netdevs = names, .n_netdevs = 3 };
	struct hd_network network;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, "sys/class/net/eth0/flags", "0x1003\n");
	fake_file(&host, "sys/class/net/eth0/upper_a\033b/x", "");
	assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn, &err), 0);
	assert_int_equal(network.n_netdevs, 3);
	assert_true(network.netdevs[0].is_up);
	assert_string_equal(network.netdevs[0].chain, "eth0 -> a?b");
	assert_false(network.netdevs[1].is_up);
	assert_string_equal(network.netdevs[1].chain, "../../etc");
	fake_host_remove(&host);
}

static void test_unreadable(void **state)
{
	static const char *const names[] = { "eth0" };
	struct hd_pci_fn fn = { .is_present = true, .netdevs = names, .n_netdevs = 1 };
	struct hd_network network = { .n_netdevs = 9 };
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	fake_dir(&host, "proc/net/route");
	assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn, &err), -EISDIR);
	assert_non_null(strstr(err.text, "proc/net/route"));
	assert_int_equal(network.n_netdevs, 9);
	fn.n_netdevs = 0;
	assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn, &err), 0);
	assert_int_equal(network.n_netdevs, 0);
	fake_host_remove(&host);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_sparse),
		cmocka_unit_test(test_unreadable),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(others)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_row,
						.initial_state = (void *)&rows[i] };
	memcpy(tests + HD_ARRAY_SIZE(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("network", tests, NULL, NULL);
}
