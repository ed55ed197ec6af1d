/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_topology.c - places in the guest where drivers do and do not work. */
#include "config.h"

#include "tests/support/checkcase.h"

#define TOPOLOGY &hd_check_guest_topology

static void place(struct hd_hostdev *dev, unsigned bus, unsigned slot, unsigned fn, bool multi)
{
	dev->guest = (struct hd_guest_addr){
		true, { 0, (uint8_t)bus, (uint8_t)slot, (uint8_t)fn }, multi
	};
}

static void pair(struct check_case *c)
{
	check_case_add(c, 1, 0x040300, NULL);
	place(&c->hostdevs[0], 1, 0, 0, true);
	place(check_case_ask(c, 1), 1, 0, 1, false);
}

static void not_multifunction(struct check_case *c)
{
	pair(c);
	c->hostdevs[0].guest.multifunction = false;
}

static void two_slots(struct check_case *c)
{
	pair(c);
	place(&c->hostdevs[1], 2, 0, 0, false);
}

static void no_zero(struct check_case *c) { place(&c->hostdevs[0], 1, 0, 1, false); }
static void root_bus(struct check_case *c) { place(&c->hostdevs[0], 0, 5, 0, false); }

static void igd(struct check_case *c)
{
	place(&c->hostdevs[0], 0, 2, 0, false);
	c->fns[0].fn.vendor = 0x8086;
	c->fns[0].fn.class = 0x030000;
}

static void i440fx(struct check_case *c)
{
	root_bus(c);
	c->request.machine = "pc-i440fx-7.2";
}

static void large(struct check_case *c) { c->fns[0].fn.bar_bytes = UINT64_C(48) << 30; }
static void large_enough(struct check_case *c) { c->fns[0].fn.bar_bytes = UINT64_C(32) << 30; }

static const struct check_row rows[] = {
	{ "no address", TOPOLOGY, NULL, HD_PASS, 0, NULL, NULL },
	{ "one slot", TOPOLOGY, pair, HD_PASS, 0, NULL, NULL },
	{ "no multifunction", TOPOLOGY, not_multifunction, HD_FAIL, HD_WARNING,
	  "0000:01:00.0 and 0000:01:00.1 share a slot", "multifunction='on'" },
	{ "two slots", TOPOLOGY, two_slots, HD_FAIL, HD_WARNING, "are in two slots", NULL },
	{ "no function 0", TOPOLOGY, no_zero, HD_FAIL, HD_WARNING, "the guest's 0000:01:00.1", NULL },
	{ "root bus", TOPOLOGY, root_bus, HD_FAIL, HD_WARNING, "on the root bus", "pcie-root-port" },
	{ "Intel graphics", TOPOLOGY, igd, HD_PASS, 0, NULL, NULL },
	{ "i440fx", TOPOLOGY, i440fx, HD_PASS, 0, NULL, NULL },
	{ "window", TOPOLOGY, large, HD_FAIL, HD_WARNING, "48 GiB",
	  "<pcihole64 unit='GiB'>96</pcihole64>" },
	{ "window, just", TOPOLOGY, large_enough, HD_PASS, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
