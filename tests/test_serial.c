/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_serial.c - what is at the path of a <serial type='dev'>? */
#include "config.h"

#include "facts/serial.h"
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
		cmocka_unit_test(live_host),
	};

	return cmocka_run_group_tests_name("serial", tests, NULL, NULL);
}
