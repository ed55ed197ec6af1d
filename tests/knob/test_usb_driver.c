/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_usb_driver.c - a keyboard that a guest had gets its driver again, and nobody loses one. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define NAME "1-2:1.0"
#define DEVICE "sys/bus/usb/devices/" NAME
#define PROBE "sys/bus/usb/drivers_probe"

static const struct hd_knob *const knob = &hd_knob_usb_driver;

static int make(void **state)
{
	if (fake_host_setup(state) != 0)
		return -1;
	fake_dir(*state, DEVICE);
	fake_file(*state, PROBE, "-");
	return 0;
}

static const char *state_of(struct fake_host *host, char now[static HD_STATE_MAX])
{
	const struct hd_knob_host at = { .root = &host->root };
	struct hd_error err = { 0 };

	if (knob->get(&at, NAME, now, &err) < 0)
		fail_msg("%s", err.text);
	return now;
}

static void probed(struct fake_host *host, const char *want)
{
	const char *text;

	assert_true(hd_sysroot_text(&host->root, &host->arena, &text, PROBE) >= 0);
	assert_string_equal(text, want);
}

static void has_it_probed_once(void **state)
{
	struct fake_host *host = *state;
	const struct hd_knob_host at = { .root = &host->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	fake_link(host, DEVICE "/driver", "../../drivers/usbhid");
	assert_string_equal(state_of(host, now), "usbhid");
	assert_int_equal(knob->set(&at, NAME, "usbfs", "usbhid", &err), 0);
	probed(host, "-");
	assert_int_equal(unlinkat(host->root.fd, DEVICE "/driver", 0), 0);
	assert_string_equal(state_of(host, now), "-");
	assert_true(knob->is_between("usbhid", "usbfs", now));
	assert_int_equal(knob->may_undo(&at, NAME, now, &err), 0);
	assert_int_equal(knob->set(&at, NAME, now, "usbhid", &err), 0);
	probed(host, NAME);
}

static void leaves_it_to_who_uses_it(void **state)
{
	struct fake_host *host = *state;
	const struct hd_knob_host at = { .root = &host->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	fake_link(host, DEVICE "/driver", "../../drivers/usbfs");
	assert_int_equal(knob->may_undo(&at, NAME, state_of(host, now), &err), -EBUSY);
	assert_non_null(strstr(err.text, "still used"));
	assert_false(knob->is_between("usbhid", "usbfs", "xpad"));
}

static void names_and_unplugged(void **state)
{
	static const struct {
		const char *name;
		int want;
	} rows[] = {
		{ "1-3:1.0", -ENODEV }, { "1-2.4.1:1.12", -ENODEV }, { "1-2", -EINVAL },
		{ ":1.0", -EINVAL }, { "../1-2:1.0", -EINVAL }, { "1-2:../x", -EINVAL },
		{ "usb1:1.0", -EINVAL }, { "1-2:1.0/..", -EINVAL }, { "", -EINVAL },
	};
	const struct hd_knob_host at = { .root = &((struct fake_host *)*state)->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		assert_int_equal(knob->get(&at, rows[i].name, now, &err), rows[i].want);
		assert_int_equal(knob->set(&at, rows[i].name, "-", "usbhid", &err), rows[i].want);
	}
	probed(*state, "-");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(has_it_probed_once), TEST(leaves_it_to_who_uses_it), TEST(names_and_unplugged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
