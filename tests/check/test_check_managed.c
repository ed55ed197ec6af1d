/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_managed.c - what libvirt would not give back. */
#include "config.h"

#include "tests/support/checkcase.h"

#define MANAGED &hd_check_managed_conflict

static void managed(struct check_case *c) { c->hostdevs[0].managed = true; }
static void on_vfio(struct check_case *c)
{
	c->fns[0].fn.driver = "vfio-pci";
	c->fns[0].fn.driver_kind = HD_DRIVER_VFIO;
}
static void both(struct check_case *c)
{
	managed(c);
	on_vfio(c);
}
static void runs(struct check_case *c)
{
	both(c);
	c->facts.guests.own = &c->fns[0].fn.addr;
	c->facts.guests.n_own = 1;
}
static void nobody_asks(struct check_case *c)
{
	both(c);
	c->request.n_hostdevs = 0;
}

static const struct check_row rows[] = {
	{ "not managed", MANAGED, on_vfio, HD_SKIP, 0, NULL, NULL },
	{ "managed", MANAGED, managed, HD_PASS, 0, NULL, NULL },
	{ "managed, on VFIO", MANAGED, both, HD_FAIL, HD_WARNING, "0000:01:00.0/driver is already vfio-pci",
	  "hostdevctl reattach 0000:01:00.0" },
	{ "managed, and the guest runs", MANAGED, runs, HD_PASS, 0, "by this guest", NULL },
	{ "no guest", MANAGED, nobody_asks, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
