/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_check_serial.c - a serial device must be there and be free. */
#include "config.h"

#include "tests/support/checkcase.h"

#define SERIAL_PRESENT &hd_check_serial_present
#define SERIAL_FREE &hd_check_serial_free

static void absent(struct check_case *c) { c->serials[0].state = HD_SERIAL_ABSENT; }
static void outside(struct check_case *c) { c->serials[0].state = HD_SERIAL_BAD_PATH; }
static void file(struct check_case *c) { c->serials[0].state = HD_SERIAL_NOT_CHAR; }

static void hidden(struct check_case *c)
{
	c->serials[0].state = HD_SERIAL_UNKNOWN;
	c->serials[0].problem = "Permission denied";
}

static void console(struct check_case *c)
{
	c->serials[0].console = (struct hd_console){ .tty = "ttyS1", .source = "proc/consoles" };
}

static void console_that_can_stop(struct check_case *c)
{
	console(c);
	c->serials[0].console.can_stop = true;
}

static void locked(struct check_case *c)
{
	c->serials[0].lock = "run/lock/LCK..ttyS1";
	c->serials[0].lock_pid = 77;
}

static void locked_and_open(struct check_case *c)
{
	locked(c);
	c->holders[0] = (struct hd_holder){ .node = &c->serials[0].node, .pid = 77, .command = "minicom" };
	c->serials[0].node.name = "/dev/ttyS1";
	c->serials[0].node.subsystem = "tty";
	c->serials[0].holders = (struct hd_holders){ .holders = c->holders, .n = 1 };
}

static void locked_by_nobody(struct check_case *c)
{
	locked(c);
	c->serials[0].lock_pid = 0;
}

static void stale(struct check_case *c)
{
	locked(c);
	c->serials[0].lock_is_stale = true;
}

static void login(struct check_case *c)
{
	c->holders[0] = (struct hd_holder){ .node = &c->serials[0].node, .pid = 500,
					    .command = "agetty",
					    .unit = "serial-getty@ttyS1.service" };
	c->serials[0].node.name = "/dev/ttyS1";
	c->serials[0].node.subsystem = "tty";
	c->serials[0].holders = (struct hd_holders){ .holders = c->holders, .n = 1 };
}

/* Its QEMU has the node open; what ends that is the guest's end. */
static void of_a_guest(struct check_case *c)
{
	login(c);
	c->devices[0].guest = "other";
	c->serials[0].guest = c->devices;
}

static void of_the_guest_itself(struct check_case *c)
{
	login(c);
	c->named[0].path = "/dev/ttyS1";
	c->own_devices[0].dev = (struct hd_hostdev){ .kind = HD_DEVICE_SERIAL,
						     .path = "/dev/ttyS1" };
	c->facts.guests.n_own_devices = 1;
}

static const struct check_row rows[] = {
	{ "there", SERIAL_PRESENT, NULL, HD_PASS, 0, "/dev/ttyS1 is ttyS1", NULL },
	{ "not there", SERIAL_PRESENT, absent, HD_FAIL, HD_ERROR, "/dev/ttyS1 does not exist",
	  "line 50" },
	{ "elsewhere", SERIAL_PRESENT, outside, HD_FAIL, HD_ERROR, "not a path below /dev", NULL },
	{ "a file", SERIAL_PRESENT, file, HD_FAIL, HD_ERROR, "not a character device", NULL },
	{ "not readable", SERIAL_PRESENT, hidden, HD_UNKNOWN, HD_ERROR, "Permission denied", NULL },
	{ "unused", SERIAL_FREE, NULL, HD_PASS, 0, "nothing uses ttyS1", NULL },
	{ "absent", SERIAL_FREE, absent, HD_SKIP, 0, NULL, NULL },
	{ "the console", SERIAL_FREE, console, HD_FAIL, HD_ERROR,
	  "proc/consoles: the kernel writes its messages to ttyS1", "remove console=ttyS1 from" },
	{ "a console to be stopped", SERIAL_FREE, console_that_can_stop, HD_FAIL, HD_ERROR,
	  "ttyS1", "`echo N > /sys/class/tty/ttyS1/console`" },
	{ "locked", SERIAL_FREE, locked, HD_FAIL, HD_ERROR,
	  "run/lock/LCK..ttyS1 is the lock of process 77",
	  "look whether process 77 uses ttyS1; if not: `rm -f /run/lock/LCK..ttyS1`" },
	{ "locked, by a program that has it open", SERIAL_FREE, locked_and_open, HD_FAIL, HD_ERROR,
	  "run/lock/LCK..ttyS1 is the lock of process 77",
	  "`kill 77`; then `rm -f /run/lock/LCK..ttyS1`" },
	{ "locked, not said by whom", SERIAL_FREE, locked_by_nobody, HD_UNKNOWN, HD_ERROR,
	  "does not name", "`rm -f /run/lock/LCK..ttyS1`" },
	{ "a dead one's lock", SERIAL_FREE, stale, HD_FAIL, HD_NOTE, "no longer exists",
	  "`rm -f /run/lock/LCK..ttyS1`" },
	{ "login", SERIAL_FREE, login, HD_FAIL, HD_ERROR,
	  "/dev/ttyS1: open by agetty (pid 500, serial-getty@ttyS1.service)",
	  "`systemctl stop serial-getty@ttyS1.service`" },
	{ "its own", SERIAL_FREE, of_the_guest_itself, HD_PASS, 0, "this guest", NULL },
	{ "another guest's", SERIAL_FREE, of_a_guest, HD_FAIL, HD_ERROR,
	  "the running guest \"other\" has ttyS1", "`virsh shutdown other`" },
};

int main(void)
{
	return check_rows_run(rows, HD_ARRAY_SIZE(rows));
}
