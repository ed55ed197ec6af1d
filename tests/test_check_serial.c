/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_serial.c - a serial device must be there and be free. */
#include "config.h"

#include "tests/support/checkcase.h"

#define SERIAL_PRESENT &hd_check_serial_present

static void absent(struct check_case *c) { c->serials[0].state = HD_SERIAL_ABSENT; }
static void outside(struct check_case *c) { c->serials[0].state = HD_SERIAL_BAD_PATH; }
static void file(struct check_case *c) { c->serials[0].state = HD_SERIAL_NOT_CHAR; }

static void hidden(struct check_case *c)
{
	c->serials[0].state = HD_SERIAL_UNKNOWN;
	c->serials[0].problem = "Permission denied";
}

static const struct check_row rows[] = {
	{ "there", SERIAL_PRESENT, NULL, HD_PASS, 0, "/dev/ttyS1 is ttyS1", NULL },
	{ "not there", SERIAL_PRESENT, absent, HD_FAIL, HD_ERROR, "/dev/ttyS1 does not exist",
	  "line 50" },
	{ "elsewhere", SERIAL_PRESENT, outside, HD_FAIL, HD_ERROR, "not a path below /dev", NULL },
	{ "a file", SERIAL_PRESENT, file, HD_FAIL, HD_ERROR, "not a character device", NULL },
	{ "not readable", SERIAL_PRESENT, hidden, HD_UNKNOWN, HD_ERROR, "Permission denied", NULL },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
