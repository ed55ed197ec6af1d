/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_input.c - which keyboards and pointers does the host have? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "facts/usb/input_devices.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define CLASS "sys/class/input/"
#define KEYS "10000 7 ff800000000007ff febeffdfffefffff fffffffffffffffe"

struct event {
	const char *event, *path, *key, *rel, *abs;
};

static void add(struct fake_host *host, const struct event *e)
{
	struct hd_arena *a = &host->arena;
	const char *device = hd_strndup(a, e->path, (size_t)(strrchr(e->path, '/') - e->path));
	const char *at = hd_printf(a, "%s/capabilities", device);

	fake_dir(host, e->path);
	fake_link(host, hd_printf(a, CLASS "%s", e->event), hd_printf(a, "../../%s", e->path + 4));
	fake_link(host, hd_printf(a, "%s/device", e->path), "../.");
	fake_file(host, hd_printf(a, "%s/key", at),
		  hd_printf(a, "%s\n", e->key));
	fake_file(host, hd_printf(a, "%s/rel", at), hd_printf(a, "%s\n", e->rel));
	fake_file(host, hd_printf(a, "%s/abs", at), hd_printf(a, "%s\n", e->abs));
	fake_file(host, hd_printf(a, "%s/name", device), "Some\033 device\n");
}

#define USB "sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/1-1.2/1-1.2:1.1"

static const struct event events[] = {
	{ "event0", "sys/devices/platform/i8042/serio0/input/input0/event0", KEYS, "0", "0" },
	/* A power button, and a keyboard that a program makes. */
	{ "event1", "sys/devices/LNXSYSTM:00/input/input1/event1", "10000000000000 0", "0", "0" },
	{ "event2", "sys/devices/virtual/input/input2/event2", KEYS, "0", "0" },
	/* A mouse, a tablet, a joystick. */
	{ "event3", "sys/devices/platform/i8042/serio1/input/input3/event3",
	  "70000 0 0 0 0", "3", "0" },
	{ "event4", USB "/0003:0627:0001.0001/input/input4/event4", "70000 0 0 0 0", "100", "3" },
	{ "event5", "sys/devices/platform/js/input/input5/event5", "1 0 0 0 0", "0", "3" },
	/* Letters are missing: a remote control. */
	{ "event6", "sys/devices/platform/rc/input/input6/event6", "7fe", "0", "0" },
};

static void list_is_read(void **state)
{
	struct fake_host host;
	struct hd_input_list list;
	struct hd_error err = { 0 };

	(void)state;
	fake_host_make(&host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(events); i++)
		add(&host, &events[i]);
	fake_link(&host, USB "/driver", "../../../../../../../bus/usb/drivers/usbhid");
	fake_file(&host, CLASS "mice/dev", "13:63\n");
	fake_dir(&host, CLASS "event9");
	assert_int_equal(hd_input_list_read(&list, &host.root, &host.arena, &err), 0);
	assert_int_equal(list.n, 3);
	assert_string_equal(list.items[0].event, "event0");
	assert_string_equal(list.items[0].name, "Some? device");
	assert_string_equal(list.items[0].path, events[0].path);
	assert_true(list.items[0].is_keyboard && !list.items[0].is_pointer);
	assert_null(list.items[0].interface);
	assert_true(!list.items[1].is_keyboard && list.items[1].is_pointer);
	assert_string_equal(list.items[2].event, "event4");
	assert_true(list.items[2].is_pointer);
	assert_string_equal(list.items[2].interface, "1-1.2:1.1");
	assert_string_equal(list.items[2].driver, "usbhid");
	fake_host_remove(&host);
}

static void host_without_input(void **state)
{
	struct fake_host host;
	struct hd_input_list list = { .n = 7 };
	struct hd_error err = { 0 };

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_input_list_read(&list, &host.root, &host.arena, &err), 0);
	assert_int_equal(list.n, 0);
	fake_file(&host, "sys/class/input", "");
	assert_int_equal(hd_input_list_read(&list, &host.root, &host.arena, &err), -ENOTDIR);
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_is_read),
		cmocka_unit_test(host_without_input),
	};

	return cmocka_run_group_tests_name("input", tests, NULL, NULL);
}
