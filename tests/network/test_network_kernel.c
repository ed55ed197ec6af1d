/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_network_kernel.c - what does the kernel report about a network that we created?
 *
 * In a network namespace of the test's own, made by ip(8): skipped where one of
 * them is missing.
 */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "facts/network/network_rtnl.h"
#include "facts/network/network_stack.h"
#include "facts/network/network_tables.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

extern char **environ;

static struct hd_arena arena;
static struct hd_sysroot live = { .fd = -1 };

/* A line for the shell; its status. */
static int shell(const char *line)
{
	char *argv[] = { strdup("sh"), strdup("-c"), strdup(line), NULL };
	int status = -1, rc;
	pid_t pid;

	rc = posix_spawnp(&pid, "sh", NULL, NULL, argv, environ);
	if (rc == 0 && waitpid(pid, &status, 0) != pid)
		status = -1;
	for (size_t i = 0; argv[i]; i++)
		free(argv[i]);
	return rc != 0 ? -1 : WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void must(const char *line)
{
	if (shell(line) != 0)
		fail_msg("\"%s\" fails", line);
}

/* One interface with a cable, and an address in 192.0.2.0/24. */
static int make_network(void **state)
{
	struct hd_error err;

	(void)state;
	if (unshare(CLONE_NEWNET) < 0 ||
	    shell("exec 2>/dev/null; ip link set lo up && ip link add v0 type veth peer name v1 &&"
		  "ip link set v0 up && ip link set v1 up && ip addr add 192.0.2.7/24 dev v0 &&"
		  "ip -6 addr add 2001:db8::7/64 dev v0 nodad") != 0)
		return 0;
	if (hd_sysroot_open(&live, "/", &err) < 0)
		live.fd = -1;
	return 0;
}

static int forget(void **state)
{
	(void)state;
	hd_sysroot_close(&live);
	hd_arena_done(&arena);
	return 0;
}

static void needs_network(void)
{
	if (live.fd < 0)
		skip();
}

/* Each route as "TEXT | REMEDY"; the interface that is given up is v0. */
static const char *routes_text(void)
{
	static const char *const names[] = { "v0" };
	struct hd_net_tables tables = { .is_read = false };
	const char *text = "";

	assert_int_equal(hd_net_routes_of_kernel(&tables, &arena, hd_now_ms() + PATIENT_MS), 0);
	for (size_t i = 0; i < tables.n_routes; i++)
		text = hd_printf(&arena, "%s%s | %s\n", text,
				 hd_route_text(&arena, &tables.routes[i], "v0"),
				 hd_route_remedy(&arena, &tables.routes[i], names, 1));
	return text;
}

static const struct route_row {
	const char *name, *make, *want, *left;
} routes[] = {
	{ "none", "true", "", NULL },
	{ "main", "ip route add default via 192.0.2.1 dev v0",
	  "default route of table main via 192.0.2.1 | "
	  "ip route del default via 192.0.2.1 dev v0\n", "" },
	{ "not to the world", "ip route add 10.0.0.0/8 via 192.0.2.1 && "
	  "ip route add unreachable default metric 9", "", NULL },
	{ "another table", "ip route add default via 192.0.2.1 table 100 metric 50 tos 0x10",
	  "default route of table 100 via 192.0.2.1 | "
	  "ip route del default via 192.0.2.1 dev v0 table 100 tos 0x10 metric 50\n", "" },
	{ "two with different metrics", "ip route add default via 192.0.2.1 metric 50 && "
	  "ip route add default via 192.0.2.1 metric 60",
	  "default route of table main via 192.0.2.1 | "
	  "ip route del default via 192.0.2.1 dev v0 metric 50\n"
	  "default route of table main via 192.0.2.1 | "
	  "ip route del default via 192.0.2.1 dev v0 metric 60\n", "" },
	{ "without a gateway", "ip route add default dev v0 table 1000",
	  "default route of table 1000 | ip route del default dev v0 table 1000\n", "" },
	{ "half of the world", "ip route add 128.0.0.0/1 via 192.0.2.1",
	  "route to 128.0.0.0/1 of table main via 192.0.2.1 | "
	  "ip route del 128.0.0.0/1 via 192.0.2.1 dev v0\n", "" },
	{ "one of two nexthops", "ip addr add 198.51.100.7/24 dev v1 && ip route add default "
	  "nexthop via 192.0.2.1 dev v0 nexthop via 198.51.100.1 dev v1 weight 3",
	  "default route of table main via 192.0.2.1 | "
	  "ip route replace default via 198.51.100.1 dev v1\n",
	  "default route of table main | ip route replace default via 198.51.100.1 dev v1\n" },
	{ "one of three nexthops", "ip addr add 198.51.100.7/24 dev v1; ip route add default table 7 "
	  "nexthop via 192.0.2.1 dev v0 nexthop via 198.51.100.1 dev v1 weight 3 "
	  "nexthop via 198.51.100.9 dev v1 onlink",
	  "default route of table 7 via 192.0.2.1 | ip route replace default table 7 "
	  "nexthop via 198.51.100.1 dev v1 weight 3 nexthop via 198.51.100.9 dev v1 onlink\n",
	  NULL },
	{ "both nexthops", "ip route add default "
	  "nexthop via 192.0.2.1 dev v0 weight 2 nexthop via 192.0.2.2 dev v0",
	  "default route of table main via 192.0.2.1 | ip route del default "
	  "nexthop via 192.0.2.1 dev v0 nexthop via 192.0.2.2 dev v0\n", "" },
	{ "a gateway of IPv6", "ip -4 route add default via inet6 fe80::1 dev v0",
	  "default route of table main via inet6 fe80::1 | "
	  "ip -4 route del default via inet6 fe80::1 dev v0\n", "" },
	{ "a nexthop object", "ip nexthop add id 5 via 192.0.2.1 dev v0 && "
	  "ip route add default nhid 5 table 100",
	  "default route of table 100 via 192.0.2.1 | ip route del default nhid 5 table 100\n",
	  "" },
	{ "a group of objects, named alone", "sysctl -qw net.ipv4.nexthop_compat_mode=0 && "
	  "ip nexthop add id 5 via 192.0.2.1 dev v0 && ip nexthop add id 6 via 192.0.2.2 dev v0 && "
	  "ip nexthop add id 10 group 5/6 && ip route add default nhid 10",
	  "default route of table main via 192.0.2.1 | ip route del default nhid 10\n", "" },
	{ "IPv6", "ip -6 route add default via 2001:db8::1",
	  "IPv6 default route of table main via 2001:db8::1 | "
	  "ip -6 route del default via 2001:db8::1 dev v0 metric 1024\n", "" },
	{ "IPv6 from one network, to all that is assigned",
	  "ip -6 route add 2000::/3 from 2001:db8:5::/48 via 2001:db8::1 dev v0 table 9",
	  "IPv6 route to 2000::/3 from 2001:db8:5::/48 of table 9 via 2001:db8::1 | ip -6 route "
	  "del 2000::/3 from 2001:db8:5::/48 via 2001:db8::1 dev v0 table 9 metric 1024\n", "" },
};

/* What is said of the route; and what is said when its command was run. */
static void route_row(void **state)
{
	const struct route_row *row = *state;
	const char *text, *line;

	needs_network();
	if (shell(hd_printf(&arena, "{ %s; } 2>/dev/null", row->make)) != 0)
		skip();
	text = routes_text();
	assert_string_equal(text, row->want);
	while (row->left && *text) {
		line = strstr(text, " | ") + 3;
		text = strchr(line, '\n') + 1;
		must(hd_strndup(&arena, line, (size_t)(text - line)));
	}
	if (row->left && !row->left[0])
		assert_string_equal(routes_text(), row->left);
	else if (row->left)
		assert_null(strstr(routes_text(), "192.0.2.1"));
}

/* Only where nothing leads to the world, and nothing else leads anywhere. */
static void only_way(void **state)
{
	struct hd_net_tables tables = { .is_read = false };

	(void)state;
	needs_network();
	must("ip route add 10.0.0.0/8 via 192.0.2.1 && ip addr add 198.51.100.7/24 dev v1");
	assert_int_equal(hd_net_routes_of_kernel(&tables, &arena, hd_now_ms() + PATIENT_MS), 0);
	assert_true(hd_net_is_only_way(&tables, "v0"));
	assert_false(hd_net_is_only_way(&tables, "v1"));
	assert_string_equal(hd_route_text(&arena, &tables.narrow[0], "v0"),
			    "route to 10.0.0.0/8 of table main via 192.0.2.1");
	must("ip route add 172.16.0.0/12 via 198.51.100.1 dev v1");
	assert_int_equal(hd_net_routes_of_kernel(&tables, &arena, hd_now_ms() + PATIENT_MS), 0);
	assert_false(hd_net_is_only_way(&tables, "v0"));
	must("ip route del 172.16.0.0/12 && ip route add default via 198.51.100.1");
	assert_int_equal(hd_net_routes_of_kernel(&tables, &arena, hd_now_ms() + PATIENT_MS), 0);
	assert_false(hd_net_is_only_way(&tables, "v0"));
}

static void addresses(void **state)
{
	struct hd_net_tables tables = { .is_read = false };
	const char *text = "";

	(void)state;
	needs_network();
	assert_int_equal(hd_net_addresses_of_kernel(&tables, &arena, hd_now_ms() + PATIENT_MS), 0);
	for (size_t i = 0; i < tables.n_addresses; i++)
		if (!tables.addresses[i].is_link_local)
			text = hd_printf(&arena, "%s%s %s\n", text,
					 tables.addresses[i].interface,
					 tables.addresses[i].text);
	assert_string_equal(text, "lo 127.0.0.1/8\nv0 192.0.2.7/24\nlo ::1/128\n"
				  "v0 2001:db8::7/64\n");
}

/* Which way to the servers that a table of mounts names, whatever is mounted here. */
static void mounts(void **state)
{
	struct hd_net_tables tables = { .is_read = false };
	struct fake_host host;

	(void)state;
	needs_network();
	fake_host_make(&host);
	fake_file(&host, "proc/self/mountinfo",
		  "30 1 8:1 / / rw - ext4 /dev/sda1 rw,addr=192.0.2.9\n"
		  "31 30 0:40 / /home\\040x rw - nfs4 srv:/home rw,vers=4.2,addr=192.0.2.9\n"
		  "32 30 0:41 / /six rw - cifs //srv/x rw,addr=2001:db8::9,port=445\n"
		  "33 30 0:42 / /own rw - nfs srv:/y rw,addr=192.0.2.7\n"
		  "34 30 0:43 / /far rw - nfs srv:/z rw,addr=203.0.113.1\n"
		  "35 30 0:44 / /bad rw - nfs srv:/z rw,addr=nonsense\n");
	fake_file(&host, "proc/1/mountinfo",
		  "36 30 0:45 / /of-the-first rw - nfs srv:/w rw,addr=192.0.2.8\n");
	assert_int_equal(hd_net_mounts_read(&tables, &host.root, &arena, hd_now_ms() + PATIENT_MS), 0);
	assert_int_equal(tables.n_mounts, 4);
	assert_string_equal(tables.mounts[3].target, "/of-the-first");
	assert_string_equal(tables.mounts[0].target, "/home x");
	assert_string_equal(tables.mounts[0].interface, "v0");
	assert_string_equal(tables.mounts[1].server, "2001:db8::9");
	assert_string_equal(tables.mounts[1].interface, "v0");
	assert_string_equal(tables.mounts[2].interface, "lo");
	fake_host_remove(&host);
}

static void kinds(void **state)
{
	(void)state;
	needs_network();
	assert_string_equal(hd_net_kind(&live, &arena, "v0"), "veth");
	assert_string_equal(hd_net_kind(&live, &arena, "nothing"), "");
	if (shell("ip link add br9 type bridge 2>/dev/null") != 0)
		skip();
	assert_string_equal(hd_net_kind(&live, &arena, "br9"), "bridge");
	/* Whatever Open vSwitch this machine has, v0 is not one of its ports. */
	assert_string_equal(hd_net_ovs_remedy(&live, &arena, "v0"), "ovs-vsctl del-port v0");
}

static void ignore(void *data, const struct nlmsghdr *message)
{
	(void)data;
	(void)message;
}

/* A question that the kernel does not answer, and one that it does not know. */
static void no_answer(void **state)
{
	struct { struct nlmsghdr head; char body[64]; } request = {
		.head = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_MAX + 20 },
	};
	struct nlmsghdr silent = { .nlmsg_len = sizeof(silent), .nlmsg_type = NLMSG_NOOP,
				   .nlmsg_flags = NLM_F_DUMP };
	struct hd_rtnl rtnl;

	(void)state;
	assert_int_equal(hd_rtnl_open(&rtnl, NETLINK_ROUTE, hd_now_ms() + 100), 0);
	assert_int_equal(hd_rtnl_ask(&rtnl, &silent, ignore, NULL), -ETIMEDOUT);
	rtnl.deadline = hd_now_ms() + PATIENT_MS;
	assert_true(hd_rtnl_ask(&rtnl, &request.head, ignore, NULL) < 0);
	hd_rtnl_close(&rtnl);
}

/* Another namespace with a process in it. */
static pid_t start_other(void)
{
	int ends[2];
	pid_t pid;
	char byte;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		if (unshare(CLONE_NEWNET) == 0 && write(ends[1], "x", 1) == 1)
			pause();
		_exit(1);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	return pid;
}

static const struct hd_net_elsewhere *find(const struct hd_net_elsewheres *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (!strcmp(all->items[i].name, name))
			return &all->items[i];
	return NULL;
}

static void elsewhere(void **state)
{
	struct hd_net_elsewheres found = { .n = 0 };
	const struct hd_net_elsewhere *item;
	unsigned index = if_nametoindex("v0");
	pid_t other;

	(void)state;
	needs_network();
	if (shell("ip link add link v0 name mvt9 type macvlan 2>/dev/null") != 0)
		skip();
	other = start_other();
	must(hd_printf(&arena, "ip link set mvt9 netns %d", (int)other));
	assert_int_equal(hd_net_elsewhere_read(&found, &live, &arena, hd_now_ms() + PATIENT_MS), 0);
	assert_int_equal(if_nametoindex("v0"), index);
	item = find(&found, "mvt9");
	if (!item) {
		fail_msg("mvt9 is not found");
		return;
	}
	assert_int_equal(item->lower, index);
	assert_string_equal(item->kind, "macvlan");
	assert_string_equal(item->enter, hd_printf(&arena, "nsenter -t %d -n", (int)other));
	assert_non_null(strstr(item->where, hd_printf(&arena, "(pid %d)", (int)other)));
	must(hd_printf(&arena, "%s ip link del mvt9", item->enter));
	found.n = 0;
	assert_int_equal(hd_net_elsewhere_read(&found, &live, &arena, hd_now_ms() + PATIENT_MS), 0);
	assert_null(find(&found, "mvt9"));
	assert_int_equal(hd_net_elsewhere_read(&found, &live, &arena, hd_now_ms()), -ETIMEDOUT);
	kill(other, SIGKILL);
	assert_int_equal(waitpid(other, NULL, 0), other);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test_setup_teardown(only_way, make_network, forget),
		cmocka_unit_test_setup_teardown(addresses, make_network, forget),
		cmocka_unit_test_setup_teardown(mounts, make_network, forget),
		cmocka_unit_test_setup_teardown(kinds, make_network, forget),
		cmocka_unit_test_setup_teardown(no_answer, make_network, forget),
		cmocka_unit_test_setup_teardown(elsewhere, make_network, forget),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(routes) + HD_ARRAY_SIZE(others)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(routes); i++)
		tests[i] = (struct CMUnitTest){ .name = routes[i].name, .test_func = route_row,
						.setup_func = make_network,
						.teardown_func = forget,
						.initial_state = (void *)&routes[i] };
	memcpy(tests + HD_ARRAY_SIZE(routes), others, sizeof(others));
	return cmocka_run_group_tests_name("network_kernel", tests, NULL, NULL);
}
