/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_serial.c - what is at the path of a <serial type='dev'>? */
#include "config.h"

#include <string.h>

#include "facts/serial/serial.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static const struct row {
	const char *path;
	enum hd_serial_state state;
	const char *tty;
} rows[] = {
	{ "/dev/ttyS1", HD_SERIAL_THERE, "ttyS1" },
	{ "/dev/serial/by-id/usb-A", HD_SERIAL_THERE, "ttyUSB0" },
	{ "/dev/absolute", HD_SERIAL_THERE, "ttyUSB0" },
	{ "/dev/ttyS9", HD_SERIAL_ABSENT, NULL },
	{ "/dev/loop", HD_SERIAL_ABSENT, NULL },
	{ "/dev/../etc/passwd", HD_SERIAL_BAD_PATH, NULL },
	{ "/dev/serial/..", HD_SERIAL_BAD_PATH, NULL },
	{ "/dev/", HD_SERIAL_BAD_PATH, NULL },
	{ "dev/ttyS1", HD_SERIAL_BAD_PATH, NULL },
	{ "/tmp/ttyS1", HD_SERIAL_BAD_PATH, NULL },
	{ "", HD_SERIAL_BAD_PATH, NULL },
	{ NULL, HD_SERIAL_BAD_PATH, NULL },
};

static void captured_tree(void **state)
{
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	fake_dir(&host, "sys/class/tty/ttyS1");
	fake_dir(&host, "sys/class/tty/ttyUSB0");
	fake_file(&host, "dev/ttyS1", "");
	fake_link(&host, "dev/serial/by-id/usb-A", "../../ttyUSB0");
	fake_link(&host, "dev/absolute", "/dev/ttyUSB0");
	fake_link(&host, "dev/loop", "loop");
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const struct hd_hostdev dev = { .path = rows[i].path };
		struct hd_serial_facts serial;

		hd_serial_read_facts(&serial, &host.root, &host.arena, &dev);
		assert_int_equal(serial.state, rows[i].state);
		if (rows[i].tty)
			assert_string_equal(serial.tty, rows[i].tty);
		else
			assert_null(serial.tty);
	}
	fake_host_remove(&host);
}

#define TTY "sys/class/tty/ttyS1"
#define ACTIVE "sys/class/tty/console/active"
#define LOCK "run/lock/LCK..ttyS1"

static const struct uses {
	const char *name;
	struct { const char *path, *text; } files[4];
	const char *console, *lock;
	long pid;
	bool is_stale, can_stop;
} uses[] = {
	{ .name = "nothing", .files = { { TTY "/dev", "4:65" } } },
	{ .name = "another console", .files = { { ACTIVE, "tty0 ttyS0\n" } } },
	{ .name = "the console", .files = { { ACTIVE, "tty0 ttyS1\n" }, { TTY "/console", "Y" } },
	  .console = ACTIVE, .can_stop = true },
	{ .name = "a second one", .console = "proc/consoles",
	  .files = { { ACTIVE, "tty0\n" },
		     { "proc/consoles", "tty0 -WU (E) 4:1\nttyS1   -W- (E p a) 4:65\n" } } },
	{ .name = "a longer name", .files = { { "proc/consoles", "ttyS10   -W- (E)\n" } } },
	{ .name = "only the boot says it", .files = { { "proc/cmdline", "ro console=ttyS1,9600\n" } },
	  .console = "proc/cmdline" },
	{ .name = "the kernel knows better",
	  .files = { { "proc/cmdline", "console=ttyS1\n" }, { ACTIVE, "tty0\n" } } },
	{ .name = "a lock", .files = { { LOCK, "       812\n" }, { "proc/812/comm", "minicom\n" } },
	  .lock = LOCK, .pid = 812 },
	{ .name = "a dead one's lock", .files = { { LOCK, "812" } }, .lock = LOCK, .pid = 812,
	  .is_stale = true },
	{ .name = "the old folder", .files = { { "var/lock/LCK..ttyS1", "812\n" } },
	  .lock = "var/lock/LCK..ttyS1", .pid = 812, .is_stale = true },
	{ .name = "a number as bytes", .files = { { LOCK, "\x2c\x03\x01\x01" } }, .lock = LOCK },
	{ .name = "no number", .files = { { LOCK, "minicom\n" } }, .lock = LOCK },
	{ .name = "nothing in it", .files = { { LOCK, "" } }, .lock = LOCK },
	{ .name = "a link to elsewhere", .files = { { LOCK, "->/etc/passwd" } }, .lock = LOCK },
	{ .name = "a folder", .files = { { LOCK "/x", "" } }, .lock = LOCK },
};

static void uses_of_a_tty(void **state)
{
	static const struct hd_hostdev dev = { .path = "/dev/ttyS1" };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(uses); i++) {
		struct fake_host host;
		struct hd_serial_facts serial;

		fake_host_make(&host);
		fake_dir(&host, TTY);
		for (size_t k = 0; k < 4 && uses[i].files[k].path; k++)
			if (!strncmp(uses[i].files[k].text, "->", 2))
				fake_link(&host, uses[i].files[k].path, uses[i].files[k].text + 2);
			else
				fake_file(&host, uses[i].files[k].path, uses[i].files[k].text);
		hd_serial_read_facts(&serial, &host.root, &host.arena, &dev);
		hd_serial_read_uses(&serial, &host.root, &host.arena);
		print_message("%s\n", uses[i].name);
		assert_string_equal(serial.console.source ? serial.console.source : "",
				    uses[i].console ? uses[i].console : "");
		assert_string_equal(serial.lock ? serial.lock : "",
				    uses[i].lock ? uses[i].lock : "");
		assert_int_equal(serial.lock_pid, uses[i].pid);
		assert_int_equal(serial.lock_is_stale, uses[i].is_stale);
		assert_int_equal(serial.console.can_stop, uses[i].can_stop);
		fake_host_remove(&host);
	}
}

/* Two paths, one device. */
static void device_of_a_guest(void **state)
{
	static const struct hd_hostdev dev = { .path = "/dev/ttyS1" };
	struct hd_guest_device devices[] = {
		{ .guest = "a", .dev = { .kind = HD_DEVICE_USB, .path = "/dev/ttyS1" } },
		{ .guest = "b", .dev = { .kind = HD_DEVICE_SERIAL, .path = "/dev/ttyS2" } },
		{ .guest = "c", .dev = { .kind = HD_DEVICE_SERIAL, .path = "/dev/by-id/x" } },
	};
	const struct hd_guests guests = { .devices = devices, .n_devices = 3 };
	struct fake_host host;
	struct hd_serial_facts serial;

	(void)state;
	fake_host_make(&host);
	fake_dir(&host, TTY);
	fake_dir(&host, "sys/class/tty/ttyS2");
	fake_link(&host, "dev/by-id/x", "../ttyS1");
	hd_serial_read_facts(&serial, &host.root, &host.arena, &dev);
	hd_serial_find_guest(&serial, &host.root, &host.arena, &guests);
	assert_ptr_equal(serial.guest, &devices[2]);
	fake_host_remove(&host);
}

/* /dev/null is everywhere; its name comes from its number. */
static void live_host(void **state)
{
	static const struct hd_hostdev null = { .path = "/dev/null" },
				       dir = { .path = "/dev/fd/." },
				       none = { .path = "/dev/no such\033node" };
	struct hd_arena arena = { NULL };
	struct hd_sysroot root;
	struct hd_serial_facts serial;
	struct hd_error err = { 0 };

	(void)state;
	assert_int_equal(hd_sysroot_open(&root, NULL, &err), 0);
	hd_serial_read_facts(&serial, &root, &arena, &null);
	assert_int_equal(serial.state, HD_SERIAL_THERE);
	assert_int_equal(serial.major, 1);
	assert_int_equal(serial.minor, 3);
	assert_string_equal(serial.tty, "null");
	hd_serial_read_facts(&serial, &root, &arena, &none);
	assert_int_equal(serial.state, HD_SERIAL_ABSENT);
	assert_string_equal(serial.name, "serial /dev/no such?node");
	hd_serial_read_facts(&serial, &root, &arena, &dir);
	assert_int_not_equal(serial.state, HD_SERIAL_THERE);
	hd_sysroot_close(&root);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(captured_tree),
		cmocka_unit_test(uses_of_a_tty),
		cmocka_unit_test(device_of_a_guest),
		cmocka_unit_test(live_host),
	};

	return cmocka_run_group_tests_name("serial", tests, NULL, NULL);
}
