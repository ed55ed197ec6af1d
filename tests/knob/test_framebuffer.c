/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_framebuffer.c - the firmware's framebuffer: which driver it has, bound, unbound, gone. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define FB "efi-framebuffer.0"
#define DEVICES "sys/bus/platform/devices/"
#define DRIVER "sys/bus/platform/drivers/efi-framebuffer"

static int make(void **state)
{
	struct fake_host *host;

	if (fake_host_setup(state) != 0)
		return -1;
	host = *state;
	fake_dir(host, "sys/devices/platform/" FB);
	fake_link(host, DEVICES FB, "../../../devices/platform/" FB);
	fake_file(host, DRIVER "/bind", "-");
	fake_file(host, DRIVER "/unbind", "-");
	return 0;
}

static void bind_it(struct fake_host *host)
{
	fake_link(host, "sys/devices/platform/" FB "/driver",
		  "../../../bus/platform/drivers/efi-framebuffer");
}

static void assert_written(struct fake_host *host, const char *file, const char *want)
{
	const char *text;

	assert_true(hd_sysroot_text(&host->root, &host->arena, &text, "%s/%s", DRIVER, file) >= 0);
	assert_string_equal(text, want);
}

static void reads_the_driver(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	assert_int_equal(hd_knob_framebuffer.get(&at, FB, now, &err), 0);
	assert_string_equal(now, "-");
	bind_it(host);
	assert_int_equal(hd_knob_framebuffer.get(&at, FB, now, &err), 0);
	assert_string_equal(now, "efi-framebuffer");
}

/* Not a reason to strand anything: -ENODEV is "gone", and the text says for how long. */
static void says_that_it_is_gone(void **state)
{
	struct hd_knob_host at = { .root = &((struct fake_host *)*state)->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	assert_int_equal(hd_knob_framebuffer.get(&at, "simple-framebuffer.0", now, &err), -ENODEV);
	assert_non_null(strstr(err.text, "until the next boot"));
}

static void takes_no_other_device(void **state)
{
	static const char *const bad[] = { "serial8250", "../" FB, "efi-framebuffer.", FB "/..", "" };
	struct hd_knob_host at = { .root = &((struct fake_host *)*state)->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	for (size_t i = 0; i < HD_ARRAY_SIZE(bad); i++) {
		assert_int_equal(hd_knob_framebuffer.get(&at, bad[i], now, &err), -EINVAL);
		assert_int_equal(hd_knob_framebuffer.set(&at, bad[i], "-", "x", &err), -EINVAL);
	}
}

static void unbinds_and_binds(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root };
	struct hd_error err = { 0 };

	assert_int_equal(hd_knob_framebuffer.set(&at, FB, "efi-framebuffer", "-", &err), 0);
	assert_written(host, "unbind", "-");
	assert_int_equal(hd_knob_framebuffer.set(&at, FB, "-", "efi-framebuffer", &err), 0);
	assert_written(host, "bind", FB);
	bind_it(host);
	assert_int_equal(hd_knob_framebuffer.set(&at, FB, "efi-framebuffer", "-", &err), 0);
	assert_written(host, "unbind", FB);
}

static void names_what_failed(void **state)
{
	struct hd_knob_host at = { .root = &((struct fake_host *)*state)->root };
	struct hd_error err = { 0 };

	assert_int_equal(hd_knob_framebuffer.set(&at, FB, "-", "vesa-framebuffer", &err), -ENOENT);
	assert_non_null(strstr(err.text, "cannot bind " FB));
	assert_int_equal(hd_knob_framebuffer.set(&at, FB, "-", "../x", &err), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_the_driver, make, fake_host_teardown),
		cmocka_unit_test_setup_teardown(says_that_it_is_gone, make, fake_host_teardown),
		cmocka_unit_test_setup_teardown(takes_no_other_device, make, fake_host_teardown),
		cmocka_unit_test_setup_teardown(unbinds_and_binds, make, fake_host_teardown),
		cmocka_unit_test_setup_teardown(names_what_failed, make, fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
