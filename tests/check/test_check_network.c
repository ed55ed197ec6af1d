/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_network.c - an interface that somebody needs stays. */
#include "config.h"

#include "tests/support/checkcase.h"

#define NET_FREE &hd_check_network_free

static void card(struct check_case *c)
{
	c->fns[0].fn.class = 0x020000;
	c->netdevs[0] = (struct hd_netdev){ "eth0", true };
	c->netdevs[1] = (struct hd_netdev){ "eth1", true };
	c->fns[0].network = (struct hd_network){ .netdevs = c->netdevs, .n_netdevs = 1,
							.uses = c->net_uses };
}

static void use(struct check_case *c, struct hd_net_use with)
{
	c->net_uses[c->fns[0].network.n_uses++] = with;
}

static void two_ports(struct check_case *c)
{
	card(c);
	c->fns[0].network.n_netdevs = 2;
}

static void address(struct check_case *c)
{
	card(c);
	use(c, (struct hd_net_use){ "eth0", "is up with address 192.0.2.7/24 (RTM_GETADDR)",
				    "ip addr flush dev eth0", NULL, true });
}

/* A default route on top of a bridge: the bridge's command ends it. */
static void bridged_route(struct check_case *c)
{
	address(c);
	use(c, (struct hd_net_use){ "eth0 -> br0", "default route (RTM_GETROUTE)", NULL,
				    "connect in another way first", false });
	use(c, (struct hd_net_use){ "eth0 -> br0", "port of bridge br0",
				    "ip link set eth0 nomaster", NULL, false });
}

/* Commands that begin alike, and one that two uses share. */
static void two_vlans(struct check_case *c)
{
	card(c);
	use(c, (struct hd_net_use){ "eth0 -> eth0.55", "a", "ip link del eth0.55", NULL, false });
	use(c, (struct hd_net_use){ "eth0 -> eth0.5", "b", "ip link del eth0.5", NULL, false });
	use(c, (struct hd_net_use){ "eth0 -> eth0.5", "b", "ip link del eth0.5", NULL, false });
}

static void no_command(struct check_case *c)
{
	card(c);
	use(c, (struct hd_net_use){ "eth0", "somewhere", NULL, "look for it", false });
}

static void nothing_known(struct check_case *c)
{
	card(c);
	c->fns[0].network.unknown = "the kernel does not report the routes (RTM_GETROUTE): x";
}

static void in_container(struct check_case *c)
{
	nothing_known(c);
	c->fns[0].network.unknown_remedy = "run it on the host";
}

static void half_known(struct check_case *c)
{
	address(c);
	c->fns[0].network.unknown = "the kernel does not report";
}

static void on_vfio(struct check_case *c)
{
	bridged_route(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static const struct check_row rows[] = {
	{ "no card", NET_FREE, NULL, HD_SKIP, 0, NULL, NULL },
	{ "nothing on it", NET_FREE, card, HD_PASS, 0, "nothing uses eth0", NULL },
	{ "nothing on either port", NET_FREE, two_ports, HD_PASS, 0,
	  "nothing uses eth0 and its other interfaces", NULL },
	{ "merely up with an address", NET_FREE, address, HD_FAIL, HD_WARNING,
	  "0000:01:00.0 -> eth0 -> is up with address 192.0.2.7/24 (RTM_GETADDR)",
	  "`ip addr flush dev eth0`" },
	{ "below a bridge", NET_FREE, bridged_route, HD_FAIL, HD_ERROR,
	  "0000:01:00.0 -> eth0 -> br0 -> default route (RTM_GETROUTE); "
	  "0000:01:00.0 -> eth0 -> br0 -> port of bridge br0",
	  "connect in another way first, then `ip link set eth0 nomaster`" },
	{ "each command once", NET_FREE, two_vlans, HD_FAIL, HD_ERROR, "eth0.55 -> a; ",
	  "`ip link del eth0.55`; `ip link del eth0.5`" },
	{ "without a command", NET_FREE, no_command, HD_FAIL, HD_ERROR, "somewhere",
	  "look for it" },
	{ "in a container", NET_FREE, in_container, HD_UNKNOWN, HD_ERROR, "does not report",
	  "run it on the host" },
	{ "the kernel is silent", NET_FREE, nothing_known, HD_UNKNOWN, HD_ERROR,
	  "the kernel does not report the routes", "ip route show table all" },
	{ "an address and silence", NET_FREE, half_known, HD_FAIL, HD_ERROR,
	  "the kernel does not report", "ip route show table all" },
	{ "on VFIO", NET_FREE, on_vfio, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
