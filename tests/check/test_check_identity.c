/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_identity.c - pins that agree, differ, or cannot be compared. */
#include "config.h"

#include "tests/support/checkcase.h"

#define IDENTITY &hd_check_device_identity

static void pin(struct check_case *c)
{
	c->request.policy.n_pins = 1;
	c->pins[0] = (struct hd_pin){ { .bus = 1 }, 0x1b36, 0x0010, 0x1af4, 0x1100, "S1", NULL };
	c->fns[0].fn.serial = "S1";
}

static void other_vendor(struct check_case *c)
{
	pin(c);
	c->pins[0].vendor = 0x144d;
}

static void other_subsystem(struct check_case *c)
{
	pin(c);
	c->pins[0].subsystem_device = 1;
	c->pins[0].device = 2;
}

static void other_serial(struct check_case *c)
{
	pin(c);
	c->fns[0].fn.serial = "S2\033[1m";
}

static void no_serial(struct check_case *c)
{
	pin(c);
	c->fns[0].fn.serial = NULL;
	c->fns[0].fn.driver = "vfio-pci";
}

static void slot(struct check_case *c)
{
	pin(c);
	c->pins[0].path = "pci0000:00/1c.0/00.0";
	c->fns[0].fn.path = "sys/devices/pci0000:00/0000:00:1c.0/0000:05:00.0";
}

static void other_slot(struct check_case *c)
{
	slot(c);
	c->fns[0].fn.path = "sys/devices/pci0000:00/0000:00:1d.0/0000:01:00.0";
}

static void unknown_slot(struct check_case *c)
{
	slot(c);
	c->fns[0].fn.path = "sys/bus/pci/devices/0000:01:00.0";
}

static void only_vendor(struct check_case *c)
{
	pin(c);
	c->pins[0] = (struct hd_pin){ { .bus = 1 }, 0x1b36, -1, -1, -1, NULL, NULL };
}

static const struct check_row rows[] = {
	{ "no pin", IDENTITY, NULL, HD_SKIP, 0, NULL, NULL },
	{ "equal", IDENTITY, pin, HD_PASS, 0, NULL, NULL },
	{ "partly pinned", IDENTITY, only_vendor, HD_PASS, 0, NULL, NULL },
	{ "vendor", IDENTITY, other_vendor, HD_FAIL, HD_ERROR,
	  "vendor reads 0x1b36, but the guest pins 0x144d", NULL },
	{ "two", IDENTITY, other_subsystem, HD_FAIL, HD_ERROR,
	  "device reads 0x0010, but the guest pins 0x0002; subsystem_device reads", NULL },
	{ "serial", IDENTITY, other_serial, HD_FAIL, HD_ERROR, "\"S2?[1m\", but", NULL },
	{ "slot, whatever its bus is numbered", IDENTITY, slot, HD_PASS, 0, NULL, NULL },
	{ "slot", IDENTITY, other_slot, HD_FAIL, HD_ERROR,
	  "it is at \"pci0000:00/1d.0/00.0\", but the guest pins \"pci0000:00/1c.0/00.0\"", NULL },
	{ "slot unknown", IDENTITY, unknown_slot, HD_PASS, 0, NULL, NULL },
	{ "serial unknown", IDENTITY, no_serial, HD_UNKNOWN, HD_ERROR, "on vfio-pci",
	  "hostdevctl reattach 0000:01:00.0" },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
