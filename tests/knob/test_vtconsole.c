/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_vtconsole.c - a console driver's state: read, written, gone. */
#include "config.h"

#include <errno.h>
#include <linux/fb.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define BIND "sys/class/vtconsole/vtcon1/bind"

static const struct row {
	const char *target, *bind;	/* NULL: there is no such file */
	int rc;
	const char *state, *says;
} rows[] = {
	{ "vtcon1", "1\n", 0, "bound", NULL },
	{ "vtcon1", "0\n", 0, "unbound", NULL },
	{ "vtcon1", NULL, -ENODEV, NULL, "vtcon1 no longer exists" },
	{ "vtcon1", "x\n", -EINVAL, NULL, "cannot read /" BIND },
	{ "../vtcon1", "1\n", -EINVAL, NULL, "is not a console driver's name" },
	{ "vtcon", "1\n", -EINVAL, NULL, "is not a console driver's name" },
};

static void reads_the_state(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_error err = { 0 };
		char now[HD_STATE_MAX];
		struct fake_host host;
		struct hd_knob_host at = { .root = &host.root };

		fake_host_make(&host);
		if (rows[i].bind)
			fake_file(&host, BIND, rows[i].bind);
		assert_int_equal(hd_knob_vtconsole.get(&at, rows[i].target, now, &err), rows[i].rc);
		if (rows[i].state)
			assert_string_equal(now, rows[i].state);
		else
			assert_non_null(strstr(err.text, rows[i].says));
		fake_host_remove(&host);
	}
}

static void writes_the_state(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	fake_file(host, BIND, "1\n");
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon1", "bound", "unbound", &err), 0);
	assert_int_equal(hd_knob_vtconsole.get(&at, "vtcon1", now, &err), 0);
	assert_string_equal(now, "unbound");
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon1", "unbound", "bound", &err), 0);
	assert_int_equal(hd_knob_vtconsole.get(&at, "vtcon1", now, &err), 0);
	assert_string_equal(now, "bound");
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon1", "bound", "gone", &err), -EINVAL);
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon2", "bound", "unbound", &err), -ENODEV);
}

/* A kernel that has no driver with the consoles to give away: "1" is ignored. */
static struct {
	struct fake_host *host;		/* NULL: writes arrive */
	unsigned framebuffer;		/* the only one; FB_MAX: none */
	unsigned first_asked;
	size_t n_asked;
} stuck;

int __wrap_hd_sysroot_write(const struct hd_sysroot *root, const char *text, const char *fmt, ...)
	_printf_(3, 4);
int __real_hd_sysroot_write(const struct hd_sysroot *root, const char *text, const char *fmt, ...)
	_printf_(3, 4);
int __wrap_ioctl(int fd, unsigned long request, ...);

int __wrap_hd_sysroot_write(const struct hd_sysroot *root, const char *text, const char *fmt, ...)
{
	char path[128];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(path, sizeof(path), fmt, args);
	va_end(args);
	return stuck.host && !strcmp(text, "1") ? 0 : __real_hd_sysroot_write(root, text, "%s", path);
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
	const struct fb_con2fbmap *map;
	va_list args;

	(void)fd;
	va_start(args, request);
	map = va_arg(args, const struct fb_con2fbmap *);
	va_end(args);
	if (!stuck.n_asked++)
		stuck.first_asked = map->framebuffer;
	if (request != FBIOPUT_CON2FBMAP || map->console != 1 || map->framebuffer != stuck.framebuffer) {
		errno = EINVAL;
		return -1;
	}
	fake_file(stuck.host, BIND, "1\n");
	return 0;
}

static void binds_by_a_framebuffer(void **state)
{
	struct fake_host *host = *state;
	struct hd_knob_host at = { .root = &host->root };
	struct hd_error err = { 0 };

	fake_file(host, BIND, "0\n");
	fake_file(host, "dev/fb0", "");
	fake_file(host, "dev/fb2", "");
	fake_file(host, "sys/class/graphics/fb0/device/boot_vga", "0\n");
	stuck.host = host;
	stuck.framebuffer = FB_MAX;
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon1", "unbound", "bound", &err), -EBUSY);
	assert_non_null(strstr(err.text, "with its next framebuffer"));
	assert_int_equal(stuck.n_asked, 2);
	assert_int_equal(stuck.first_asked, 0);
	stuck.n_asked = 0;
	fake_file(host, "sys/class/graphics/fb2/device/boot_vga", "1\n");
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon1", "unbound", "bound", &err), -EBUSY);
	assert_int_equal(stuck.n_asked, 2);
	assert_int_equal(stuck.first_asked, 2);
	stuck.framebuffer = 2;
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon1", "unbound", "bound", &err), 0);
	stuck.n_asked = 0;
	assert_int_equal(hd_knob_vtconsole.set(&at, "vtcon1", "bound", "unbound", &err), 0);
	assert_int_equal(stuck.n_asked, 0);
	stuck.host = NULL;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_state),
		cmocka_unit_test_setup_teardown(writes_the_state, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test_setup_teardown(binds_by_a_framebuffer, fake_host_setup,
						fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
