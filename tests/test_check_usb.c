/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_usb.c - a USB device must be there, be the only one meant, and be free. */
#include "config.h"

#include "tests/support/checkcase.h"

#define PRESENT &hd_check_usb_present
#define UNAMBIGUOUS &hd_check_usb_unambiguous

static void absent(struct check_case *c) { c->usbs[0].n_matches = 0; }

static void optional(struct check_case *c)
{
	absent(c);
	c->named[0].is_optional = true;
}

static void by_number(struct check_case *c)
{
	absent(c);
	c->named[0].usb_bus = 1;
	c->named[0].usb_device = 9;
}

static void two(struct check_case *c)
{
	c->usb_devs[3] = (struct hd_usb_dev){ .port = "1-4", .bus = 1, .device = 6,
					      .vendor = 0x46f4, .product = 1 };
	c->usb_matches[1] = &c->usb_devs[3];
	c->usbs[0].n_matches = 2;
}

static const struct check_row rows[] = {
	{ "there", PRESENT, NULL, HD_PASS, 0,
	  "1-2 (bus 1 device 3, QEMU USB HARDDRIVE, serial 1-0000)", NULL },
	{ "not there", PRESENT, absent, HD_FAIL, HD_ERROR, "no device", "virsh edit 'win11'" },
	{ "not needed", PRESENT, optional, HD_FAIL, HD_NOTE, "startupPolicy", "nothing is needed" },
	{ "another number", PRESENT, by_number, HD_FAIL, HD_ERROR, "number changes", "lsusb" },
	{ "one", UNAMBIGUOUS, NULL, HD_PASS, 0, NULL, NULL },
	{ "two of a model", UNAMBIGUOUS, two, HD_FAIL, HD_ERROR,
	  "2 devices in sys/bus/usb/devices are 46f4:0001: 1-2 (bus 1 device 3, QEMU USB "
	  "HARDDRIVE, serial 1-0000); 1-4 (bus 1 device 6)",
	  "<address bus='1' device='3'/> for 1-2" },
	{ "none", UNAMBIGUOUS, absent, HD_SKIP, 0, NULL, NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
