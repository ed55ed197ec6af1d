/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_network.c - what depends on the interfaces of a function? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "facts/network/network.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define V4_HEAD "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
#define V4(name, to, flags, mask) \
	name "\t" to "\t010200C0\t" flags "\t0\t0\t0\t" mask "\t0\t0\t0\n"
#define ON_LINK(name, to, mask) name "\t" to "\t00000000\t0001\t0\t0\t0\t" mask "\t0\t0\t0\n"
#define ZERO "00000000000000000000000000000000"
#define V6(name, to, length, flags) \
	to " " length " " ZERO " 00 fe800000000000000000000000000002 00000400 00000002 " \
	"00000000 " flags "     " name "\n"
#define UP(name) { "sys/class/net/" name "/flags", "0x1003\n" }
#define DOWN(name) { "sys/class/net/" name "/flags", "0x1002\n" }
#define ON_TOP(lower, upper) { "sys/class/net/" lower "/upper_" upper "/x", "" }
#define MASTER(lower, name) { "sys/class/net/" lower "/master", "->../" name }
#define TRIE(address) \
	{ "proc/net/fib_trie", "Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 0.0.0.0\n" \
	  "        /0 universe UNICAST\n     |-- " address "\n        /32 host LOCAL\n" \
	  "Local:\n     |-- " address "\n        /32 host LOCAL\n" }
#define TCP_HEAD "  sl  local_address rem_address   st tx_queue rx_queue\n"
/* 192.0.2.7 and 192.0.2.9. */
#define TCP(local, peer, state) "   0: 070200C0:" local " 090200C0:" peer " " state " 00000000\n"
#define NET_192_0_2 ON_LINK("eth0", "000200C0", "00FFFFFF")

#define V4_DEFAULT "default route of table main via 192.0.2.1 (proc/net/route)"
#define V6_DEFAULT "IPv6 default route of table main via fe80::2 (proc/net/ipv6_route)"
#define BRIDGE_PORT "port of bridge br0 (sys/class/net/eth0/master) | ip link set eth0 nomaster\n"

static const struct row {
	const char *name;
	struct { const char *path, *text; } files[16];
	const char *v4, *v6;
	bool is_up;
	const char *uses;	/* "CHAIN | USE | REMEDY\n"; a warning begins with "W " */
} rows[] = {
	{ "down and alone", { DOWN("eth0") }, "", "", false, "" },
	{ "up, no default route", { UP("eth0") }, NET_192_0_2,
	  V6("eth0", "fd000000000000000000000000000000", "40", "00000001"), true, "" },
	{ "IPv4 default route", { UP("eth0") }, V4("eth0", "00000000", "0003", "00000000"), "",
	  true, "eth0 | " V4_DEFAULT " | ip route del default via 192.0.2.1 dev eth0\n" },
	{ "IPv6 default route", { UP("eth0") }, "", V6("eth0", ZERO, "00", "00000003"), true,
	  "eth0 | " V6_DEFAULT " | ip -6 route del default via fe80::2 dev eth0 metric 1024\n" },
	{ "a default route that refuses", { UP("eth0") },
	  V4("eth0", "00000000", "0203", "00000000"), V6("eth0", ZERO, "00", "00200201"),
	  true, "" },
	{ "a default route that is down", { UP("eth0") },
	  V4("eth0", "00000000", "0002", "00000000"), V6("eth0", ZERO, "00", "00000002"),
	  true, "" },
	{ "another interface has it", { UP("eth0") },
	  V4("eth1", "00000000", "0003", "00000000") V4("eth00", "00000000", "0003", "00000000"),
	  V6("lo", ZERO, "00", "00000003"), true, "" },
	{ "without a gateway", { UP("eth0") }, ON_LINK("eth0", "00000000", "00000000"), "", true,
	  "eth0 | default route of table main (proc/net/route) | ip route del default dev eth0\n" },
	{ "a bridge on top has it", { UP("eth0"), ON_TOP("eth0", "br0"), UP("br0"),
	  MASTER("eth0", "br0"), { "sys/class/net/br0/bridge/x", "" } },
	  V4("br0", "00000000", "0003", "00000000"), "", true,
	  "eth0 -> br0 | " V4_DEFAULT " | -\neth0 -> br0 | " BRIDGE_PORT },
	{ "a master without an upper link", { UP("eth0"), MASTER("eth0", "br0"),
	  { "sys/class/net/br0/bridge/x", "" } }, "", "", true, "eth0 -> br0 | " BRIDGE_PORT },
	{ "bond, VLAN and bridge", { UP("eth0"), ON_TOP("eth0", "bond0"),
	  MASTER("eth0", "bond0"), { "sys/class/net/bond0/bonding/x", "" },
	  ON_TOP("bond0", "bond0.5"), ON_TOP("bond0", "a"), ON_TOP("bond0.5", "br5") },
	  "", V6("br5", ZERO, "00", "00000003"), true,
	  "eth0 -> bond0 -> bond0.5 -> br5 | " V6_DEFAULT " | -\n"
	  "eth0 -> bond0 | slave of bond bond0 (sys/class/net/eth0/master) | "
	  "ip link set eth0 nomaster\n" },
	{ "on itself and on a VLAN", { UP("eth0"), ON_TOP("eth0", "eth0.5"),
	  { "proc/net/vlan/eth0.5", "" } },
	  V4("eth0.5", "00000000", "0003", "00000000") V4("eth0", "00000000", "0003", "00000000"),
	  "", true,
	  "eth0 | " V4_DEFAULT " | ip route del default via 192.0.2.1 dev eth0\n"
	  "eth0 -> eth0.5 | " V4_DEFAULT " | -\n"
	  "eth0 -> eth0.5 | carries VLAN interface eth0.5 (sys/class/net/eth0/upper_eth0.5) | "
	  "ip link del eth0.5\n" },
	{ "macvtap and Open vSwitch", { UP("eth0"), ON_TOP("eth0", "macvtap0"),
	  { "sys/class/net/macvtap0/uevent", "INTERFACE=macvtap0\nDEVTYPE=macvtap\n" },
	  ON_TOP("eth0", "ovs-system"), MASTER("eth0", "ovs-system"), ON_TOP("ovs-system", "t") },
	  "", "", true,
	  "eth0 -> macvtap0 | carries macvtap interface macvtap0 "
	  "(sys/class/net/eth0/upper_macvtap0) | ip link del macvtap0\n"
	  "eth0 -> ovs-system | port of Open vSwitch ovs-system (sys/class/net/eth0/master) | "
	  "ovs-vsctl del-port eth0\n" },
	{ "kinds that nobody knows", { UP("eth0"), ON_TOP("eth0", "x"), ON_TOP("eth0", "y"),
	  MASTER("eth0", "y"), ON_TOP("eth0", "ib"), { "sys/class/net/ib/type", "32\n" } },
	  "", "", true,
	  "eth0 -> ib | carries IPoIB interface ib (sys/class/net/eth0/upper_ib) | "
	  "ip link del ib\n"
	  "eth0 -> x | carries interface x (sys/class/net/eth0/upper_x) | ip link del x\n"
	  "eth0 -> y | member of y (sys/class/net/eth0/master) | ip link set eth0 nomaster\n" },
	{ "a circle ends", { UP("eth0"), ON_TOP("eth0", "a"), ON_TOP("a", "b"),
	  ON_TOP("b", "eth0"), ON_TOP("b", "a") }, "", "", true,
	  "eth0 -> a | carries interface a (sys/class/net/eth0/upper_a) | ip link del a\n" },
	{ "names that a shell would run", { UP("eth0"), ON_TOP("eth0", "$(id)"),
	  ON_TOP("eth0", "-a"), ON_TOP("eth0", "'") }, "", "", true,
	  "eth0 -> $(id) | carries interface $(id) (sys/class/net/eth0/upper_$(id)) | "
	  "ip link del '$(id)'\n"
	  "eth0 -> ' | carries interface ' (sys/class/net/eth0/upper_') | "
	  "ip link del ''\\'''\n"
	  "eth0 -> -a | carries interface -a (sys/class/net/eth0/upper_-a) | ip link del '-a'\n" },
	{ "addresses", { UP("eth0"), TRIE("192.0.2.7"), { "proc/net/if_inet6",
	  "20010db8000000000000000000000001 02 40 00 80     eth0\n"
	  "20010db8000000000000000000000002 02 40 00 80     eth1\n"
	  "fe80000000000000505400fffe1ab001 02 40 20 80     eth0\n" } }, NET_192_0_2, "", true,
	  "W eth0 | is up with address 192.0.2.7/24, 2001:db8::1/64 "
	  "(proc/net/fib_trie, if_inet6) | ip addr flush dev eth0\n" },
	{ "addresses of one that is down", { DOWN("eth0"), TRIE("192.0.2.7") }, NET_192_0_2, "",
	  false, "" },
	{ "another's address", { UP("eth0"), TRIE("192.0.3.7") }, NET_192_0_2, "", true, "" },
	{ "the administrator's SSH", { UP("eth0"), TRIE("192.0.2.7"), { "proc/net/tcp",
	  TCP_HEAD TCP("0016", "D431", "01") } }, NET_192_0_2, "", true,
	  "eth0 | carries SSH's connection from 192.0.2.9 port 22 (proc/net/tcp) | "
	  "ss -K dst 192.0.2.9:54321 sport = :22\n"
	  "W eth0 | is up with address 192.0.2.7/24 (proc/net/fib_trie, if_inet6) | "
	  "ip addr flush dev eth0\n" },
	{ "SSH on a port of its own, by IPv6", { DOWN("eth0"), { "etc/ssh/sshd_config",
	  "# Port 1\nport = 2222\n" }, { "etc/ssh/sshd_config.d/a.conf",
	  "ListenAddress [::]:2223\n" }, { "proc/net/if_inet6",
	  "20010db8000000000000000000000001 02 40 00 80     eth0\n" }, { "proc/net/tcp6", TCP_HEAD
	  "   0: B80D0120000000000000000001000000:08AE B80D0120000000000000000009000000:0001 01\n"
	  "   1: B80D0120000000000000000001000000:08AF B80D0120000000000000000009000000:0001 01\n"
	  } }, "", "", false,
	  "eth0 | carries SSH's connection from 2001:db8::9 port 2222 (proc/net/tcp6) | "
	  "ss -K dst '[2001:db8::9]:1' sport = :2222\n"
	  "eth0 | carries SSH's connection from 2001:db8::9 port 2223 (proc/net/tcp6) | "
	  "ss -K dst '[2001:db8::9]:1' sport = :2223\n" },
	{ "IPv4 through a socket of IPv6", { DOWN("eth0"), TRIE("192.0.2.7"), { "proc/net/tcp6",
	  "0: 0000000000000000FFFF0000070200C0:0016 0000000000000000FFFF0000090200C0:0001 01\n"
	  } }, NET_192_0_2, "", false,
	  "eth0 | carries SSH's connection from 192.0.2.9 port 22 (proc/net/tcp6) | "
	  "ss -K dst 192.0.2.9:1 sport = :22\n" },
	{ "storage by network", { DOWN("eth0"), TRIE("192.0.2.7"), { "proc/net/tcp",
	  TCP("D431", "0CBC", "01") } }, NET_192_0_2, "", false,
	  "eth0 | carries iSCSI's connection to 192.0.2.9 port 3260 (proc/net/tcp) | "
	  "ss -K dst 192.0.2.9:3260 sport = :54321\n" },
	{ "connections that do not count", { DOWN("eth0"), TRIE("192.0.2.7"), { "proc/net/tcp",
	  TCP_HEAD TCP("0016", "D431", "06") TCP("D431", "0016", "01") TCP("0CBC", "D431", "01")
	  "   0: 070200C0:0016 070200C0:D431 01\n   0: 0100007F:0016 0100007F:D431 01\n"
	  "   0: 070200C0 01\n:\n\n   0: 70200C0:0016 090200C0:0001 01\n" } }, NET_192_0_2, "",
	  false, "" },
	{ "SSH to a bridge's address", { UP("eth0"), MASTER("eth0", "br0"), TRIE("192.0.2.7"),
	  { "sys/class/net/br0/bridge/x", "" }, { "proc/net/tcp", TCP("0016", "D431", "01") } },
	  ON_LINK("br0", "000200C0", "00FFFFFF"), "", true,
	  "eth0 -> br0 | carries SSH's connection from 192.0.2.9 port 22 (proc/net/tcp) | -\n"
	  "eth0 -> br0 | " BRIDGE_PORT },
	{ "flags that are not a number count as up", { { "sys/class/net/eth0/flags", "?\n" } },
	  "", "", true, "" },
	{ "route flags that are not a number count", { UP("eth0") },
	  V4("eth0", "00000000", "zz", "00000000"), "", true,
	  "eth0 | " V4_DEFAULT " | ip route del default via 192.0.2.1 dev eth0\n" },
	{ "short lines are not routes", { UP("eth0") }, "eth0\t00000000\n\n", "x\n", true, "" },
	{ "in another namespace", { { "sys/x", "" } }, "", "", false, "" },
};

static void make_files(struct fake_host *host, const struct row *row)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(row->files) && row->files[i].path; i++)
		if (strncmp(row->files[i].text, "->", 2) == 0)
			fake_link(host, row->files[i].path, row->files[i].text + 2);
		else
			fake_file(host, row->files[i].path, row->files[i].text);
	fake_file(host, "proc/net/route", hd_printf(&host->arena, V4_HEAD "%s", row->v4));
	fake_file(host, "proc/net/ipv6_route", row->v6);
}

static const char *uses_text(struct hd_arena *arena, const struct hd_network *network)
{
	const char *text = "";

	for (size_t i = 0; i < network->n_uses; i++)
		text = hd_printf(arena, "%s%s%s | %s | %s\n", text,
				 network->uses[i].is_warning ? "W " : "",
				 network->uses[i].chain, network->uses[i].use,
				 network->uses[i].remedy ? network->uses[i].remedy : "-");
	return text;
}

static void test_row(void **state)
{
	static const char *const names[] = { "eth0" };
	const struct row *row = *state;
	struct hd_pci_fn fn = { .is_present = true, .netdevs = names, .n_netdevs = 1 };
	struct hd_net_tables tables = { .is_read = false };
	struct hd_network network;
	struct fake_host host;
	struct hd_error err;

	fake_host_make(&host);
	make_files(&host, row);
	assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn, &tables, &err),
			 0);
	assert_int_equal(network.n_netdevs, 1);
	assert_string_equal(network.netdevs[0].name, "eth0");
	assert_int_equal(network.netdevs[0].is_up, row->is_up);
	assert_string_equal(uses_text(&host.arena, &network), row->uses);
	assert_int_equal(hd_network_is_needed(&network),
			 row->uses[0] && strncmp(row->uses, "W ", 2) != 0);
	fake_host_remove(&host);
}

/* A host without routes files (no IPv6, a sparse capture), and hostile names. */
static void test_sparse(void **state)
{
	static const char *const names[] = { "eth0", "../../etc", "" };
	struct hd_pci_fn fn = { .is_present = true, .netdevs = names, .n_netdevs = 3 };
	struct hd_net_tables tables = { .is_read = false };
	struct hd_network network;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, "sys/class/net/eth0/flags", "0x1003\n");
	fake_file(&host, "sys/class/net/eth0/upper_a\033b/x", "");
	assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn, &tables, &err),
			 0);
	assert_int_equal(network.n_netdevs, 3);
	assert_true(network.netdevs[0].is_up);
	assert_int_equal(network.n_uses, 1);
	assert_string_equal(network.uses[0].chain, "eth0 -> a?b");
	assert_string_equal(network.uses[0].remedy, "ip link del 'a?b'");
	assert_false(network.netdevs[1].is_up);
	fake_host_remove(&host);
}

static void test_unreadable(void **state)
{
	static const char *const names[] = { "eth0" };
	static const char *const files[] = { "proc/net/route", "proc/net/fib_trie",
					     "proc/net/tcp6" };
	struct hd_network network = { .n_netdevs = 9 };
	struct hd_error err;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(files); i++) {
		struct hd_pci_fn fn = { .is_present = true, .netdevs = names, .n_netdevs = 1 };
		struct hd_net_tables tables = { .is_read = false };
		struct fake_host host;

		fake_host_make(&host);
		fake_dir(&host, files[i]);
		assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn,
						 &tables, &err), -EISDIR);
		assert_non_null(strstr(err.text, files[i]));
		assert_int_equal(network.n_netdevs, 9);
		fake_host_remove(&host);
	}
}

/* Functions without interfaces do not ask for the host's tables. */
static void test_none(void **state)
{
	struct hd_pci_fn fn = { .is_present = true };
	struct hd_net_tables tables = { .is_read = false };
	struct hd_network network;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	fake_dir(&host, "proc/net/route");
	assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn, &tables, &err),
			 0);
	assert_int_equal(network.n_netdevs, 0);
	assert_false(tables.is_read);
	fake_host_remove(&host);
}

/* A card whose interface is in a container, as a captured tree shows it. */
static void test_hidden(void **state)
{
	struct hd_pci_fn fn = { .is_present = true, .path = "sys/devices/x/0000:01:00.0",
				.class = 0x020000, .hides_netdevs = true };
	struct hd_net_tables tables = { .is_read = false };
	struct hd_network network;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn, &tables, &err),
			 0);
	assert_int_equal(network.n_netdevs, 0);
	assert_string_equal(uses_text(&host.arena, &network),
			    "an interface | is in another network namespace "
			    "(sys/devices/x/0000:01:00.0/net has one that is not visible "
			    "here) | -\n");
	assert_non_null(strstr(network.uses[0].before, "`lsns -t net`"));
	assert_true(hd_network_is_needed(&network));
	fake_host_remove(&host);
}

/* Anybody can open connections: they do not hide the administrator's, which is the last. */
static void test_many_connections(void **state)
{
	struct hd_net_tables tables = { .is_read = false };
	struct fake_host host;
	struct hd_error err;
	const char *text = "  sl  local_address rem_address   st\n";

	(void)state;
	fake_host_make(&host);
	for (unsigned i = 0; i < 256; i++)
		text = hd_printf(&host.arena, "%s %u: 0F02000A:%04X 0202000A:0801 01 0\n", text, i,
				 40000 + i);
	fake_file(&host, "proc/net/tcp", text);
	assert_int_equal(hd_net_tables_read(&tables, &host.root, &host.arena, &err), 0);
	assert_null(tables.unknown);
	fake_file(&host, "proc/net/tcp",
		  hd_printf(&host.arena, "%s 256: 0F02000B:0016 0202000A:D431 01 0\n", text));
	tables = (struct hd_net_tables){ .is_read = false };
	assert_int_equal(hd_net_tables_read(&tables, &host.root, &host.arena, &err), 0);
	assert_non_null(tables.unknown);
	fake_host_remove(&host);
}

#define PF "0000:01:00.0"
#define VF(n) "0000:01:10." #n
#define ZERO_VFS "echo 0 > /sys/bus/pci/devices/" PF "/sriov_numvfs"

/*
 * Virtual functions: idle, with an interface down, up, in a container, on VFIO, and passed
 * to a guest by a kernel that has no vfio-dev/.
 */
static void test_vfs(void **state)
{
	static const char *const vfs[] = { VF(0), VF(1), VF(2), VF(3), VF(4), VF(5) };
	struct hd_pci_fn fn = { .is_present = true, .path = "sys/bus/pci/devices/" PF,
				.name = PF, .class = 0x020000, .sriov_numvfs = 6 };
	struct hd_net_tables tables = { .is_read = false };
	struct hd_network network;
	struct fake_host host;
	struct hd_error err;

	(void)state;
	fake_host_make(&host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(vfs); i++) {
		fake_link(&host, hd_printf(&host.arena, "%s/virtfn%zu", fn.path, i),
			  hd_printf(&host.arena, "../%s", vfs[i]));
		fake_dir(&host, hd_printf(&host.arena, "sys/bus/pci/devices/%s", vfs[i]));
	}
	fake_dir(&host, "sys/bus/pci/devices/" VF(1) "/net/down");
	fake_dir(&host, "sys/bus/pci/devices/" VF(2) "/net/up");
	fake_dir(&host, "sys/bus/pci/devices/" VF(3) "/net");
	fake_dir(&host, "sys/bus/pci/devices/" VF(4) "/vfio-dev/vfio0");
	fake_link(&host, "sys/bus/pci/devices/" VF(5) "/driver", "../../drivers/vfio-pci");
	fake_link(&host, "sys/bus/pci/devices/" VF(5) "/iommu_group", "../../17");
	fake_link(&host, "proc/812/fd/3", "/dev/vfio/17");
	fake_file(&host, "sys/class/net/down/flags", "0x1002\n");
	fake_file(&host, "sys/class/net/up/flags", "0x1003\n");
	assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn, &tables, &err),
			 0);
	assert_string_equal(
		uses_text(&host.arena, &network),
		"virtual function " VF(2) " | has interface up, which is up "
		"(sys/class/net/up/flags) | " ZERO_VFS "\n"
		"virtual function " VF(3) " | has an interface in another network namespace | "
		ZERO_VFS "\nvirtual function " VF(5) " | is passed to ? (pid 812) | "
		ZERO_VFS "\n");
	fn.class = 0x010802;
	assert_int_equal(hd_network_read(&network, &host.root, &host.arena, &fn, &tables, &err),
			 0);
	assert_int_equal(network.n_uses, 0);
	fake_host_remove(&host);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_sparse),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_vfs),
		cmocka_unit_test(test_many_connections),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(others)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = test_row,
						.initial_state = (void *)&rows[i] };
	memcpy(tests + HD_ARRAY_SIZE(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("network", tests, NULL, NULL);
}
