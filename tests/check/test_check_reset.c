/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_reset.c - which functions work once per boot. */
#include "config.h"

#include "tests/support/checkcase.h"

#define RESET &hd_check_reset_works

static void bus(struct check_case *c) { c->fns[0].fn.reset_method = "bus"; }
static void bus_with_sibling(struct check_case *c)
{
	bus(c);
	check_case_add(c, 1, 0x040300, "snd_hda_intel");
}
static void bus_with_kept(struct check_case *c)
{
	bus_with_sibling(c);
	c->request.policy.keep_companions = true;
}
static void bus_with_unbound(struct check_case *c)
{
	bus(c);
	check_case_add(c, 1, 0x040300, NULL);
}
static void bus_with_asked(struct check_case *c)
{
	bus_with_unbound(c);
	check_case_ask(c, 1);
}
static void bus_with_other_bus(struct check_case *c)
{
	bus_with_unbound(c);
	c->fns[1].fn.addr.bus = 2;
}
static void bus_with_other_domain(struct check_case *c)
{
	bus_with_unbound(c);
	c->fns[1].fn.addr.domain = 1;
}
static void bus_with_absent(struct check_case *c)
{
	bus_with_unbound(c);
	c->fns[1].fn.is_present = false;
}
static void bus_with_bridge(struct check_case *c)
{
	bus_with_unbound(c);
	c->fns[1].fn.header_type = 1;
}
static void empty(struct check_case *c) { c->fns[0].fn.reset_method = ""; }
static void hidden(struct check_case *c)
{
	c->fns[0].fn.reset_method = NULL;
	c->fns[0].fn.has_reset_method_file = false;
}
static void old_kernel(struct check_case *c)
{
	hidden(c);
	c->facts.host.kernel_major = 5;
	c->facts.host.kernel_minor = 14;
}

static void first_kernel(struct check_case *c)
{
	old_kernel(c);
	c->facts.host.kernel_minor = 15;
}
static void ancient_kernel(struct check_case *c)
{
	old_kernel(c);
	c->facts.host.kernel_major = 4;
	c->facts.host.kernel_minor = 19;
}

static const struct check_row rows[] = {
	{ "flr", RESET, NULL, HD_PASS, 0, "reads flr bus", NULL },
	{ "bus, alone", RESET, bus, HD_PASS, 0, NULL, NULL },
	{ "bus, sibling goes too", RESET, bus_with_sibling, HD_PASS, 0, NULL, NULL },
	{ "bus, sibling asked", RESET, bus_with_asked, HD_PASS, 0, NULL, NULL },
	{ "bus, sibling unbound", RESET, bus_with_unbound, HD_FAIL, HD_WARNING,
	  "0000:01:00.1 on the same bus", "pass 0000:01:00.1" },
	{ "bus, on another bus", RESET, bus_with_other_bus, HD_PASS, 0, NULL, NULL },
	{ "bus, in another domain", RESET, bus_with_other_domain, HD_PASS, 0, NULL, NULL },
	{ "bus, sibling absent", RESET, bus_with_absent, HD_PASS, 0, NULL, NULL },
	{ "bus, sibling a bridge", RESET, bus_with_bridge, HD_PASS, 0, NULL, NULL },
	{ "bus, sibling kept", RESET, bus_with_kept, HD_FAIL, HD_WARNING, "once per boot", NULL },
	{ "empty", RESET, empty, HD_FAIL, HD_WARNING, "reset_method is empty", "vendor-reset" },
	{ "hidden", RESET, hidden, HD_FAIL, HD_WARNING, "reset_method does not exist", NULL },
	{ "hidden, 5.15", RESET, first_kernel, HD_FAIL, HD_WARNING, "does not exist", NULL },
	{ "ancient kernel", RESET, ancient_kernel, HD_SKIP, 0, NULL, NULL },
	{ "old kernel", RESET, old_kernel, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
