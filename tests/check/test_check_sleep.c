/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_sleep.c - are guests prepared before the host sleeps? */
#include "config.h"

#include "tests/support/checkcase.h"

#define HANDLED &hd_check_sleep_handled

static void can_sleep(struct check_case *c) { c->facts.sleep.states = "freeze mem disk"; }

static void masked(struct check_case *c)
{
	can_sleep(c);
	c->facts.sleep.masked_by = "etc/systemd/system/sleep.target";
}
static void refused(struct check_case *c)
{
	can_sleep(c);
	c->facts.sleep_policy = HD_SLEEP_REFUSED;
	c->facts.sleep.has_unit = true;
}
static void without_unit(struct check_case *c)
{
	refused(c);
	c->facts.sleep.has_unit = false;
}
static void with_unit_alone(struct check_case *c)
{
	refused(c);
	c->facts.sleep_policy = HD_SLEEP_IGNORED;
}

static const struct check_row rows[] = {
	{ "the kernel cannot", HANDLED, NULL, HD_SKIP, HD_NOTE, NULL, NULL },
	{ "it can", HANDLED, can_sleep, HD_FAIL, HD_NOTE, "sys/power/state reads freeze mem disk",
	  "set guests = auto" },
	{ "a server that does not", HANDLED, masked, HD_PASS, HD_NOTE, "is masked", NULL },
	{ "it is refused", HANDLED, refused, HD_PASS, HD_NOTE, "guests is refuse", NULL },
	{ "nobody prepares them", HANDLED, without_unit, HD_FAIL, HD_WARNING, "does not exist",
	  "systemctl enable hostdevctl-sleep.service" },
	{ "the unit does nothing", HANDLED, with_unit_alone, HD_FAIL, HD_NOTE, "is ignore", NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
