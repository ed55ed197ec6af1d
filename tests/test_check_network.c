/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_network.c - the card of the default route stays. */
#include "config.h"

#include "tests/support/checkcase.h"

#define NET_FREE &hd_check_network_free

static void card(struct check_case *c)
{
	c->fns[0].fn.class = 0x020000;
	c->netdevs[0] = (struct hd_netdev){ "eth0", true, NULL, "eth0 -> br0" };
	c->netdevs[1] = (struct hd_netdev){ "eth1", true, NULL, "eth1" };
	c->fns[0].network = (struct hd_network){ c->netdevs, 2 };
}

static void default_route(struct check_case *c)
{
	card(c);
	c->netdevs[0].default_route_via = "br0";
}

static void second_port(struct check_case *c)
{
	card(c);
	c->netdevs[1].default_route_via = "eth1";
}

static void on_vfio(struct check_case *c)
{
	default_route(c);
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}

static const struct check_row rows[] = {
	{ "no card", NET_FREE, NULL, HD_SKIP, 0, NULL, NULL },
	{ "merely up", NET_FREE, card, HD_PASS, 0, "eth0", NULL },
	{ "below a bridge", NET_FREE, default_route, HD_FAIL, HD_ERROR,
	  "eth0 -> br0: proc/net/route has the default route on br0", "<hd:allow" },
	{ "second port", NET_FREE, second_port, HD_FAIL, HD_ERROR, "eth1: ", NULL },
	{ "on VFIO", NET_FREE, on_vfio, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
