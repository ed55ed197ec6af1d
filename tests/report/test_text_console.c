/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_text_console.c - a picture that nobody draws gives way to the text; one that somebody draws does not. */
#include "config.h"

#include <errno.h>
#include <linux/kd.h>
#include <linux/vt.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "report/text_console.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define CONSOLE "dev/tty0"
#define SEAT "run/systemd/seats/seat0"

/* Shared with the child that writes. */
static struct kernel {
	int mode, keyboard, vt_mode;
	bool is_allowed;
	int active;			/* the console in the foreground; -1: it cannot be asked */
} *kernel;

int __wrap_ioctl(int fd, unsigned long request, ...);

/* The argument is a pointer or a number. */
int __wrap_ioctl(int fd, unsigned long request, ...)
{
	va_list args;
	void *value;

	(void)fd;
	va_start(args, request);
	value = va_arg(args, void *);
	va_end(args);
	if (request == KDGETMODE) {
		*(int *)value = kernel->mode;
		return kernel->mode < 0 ? -1 : 0;
	}
	if (request == VT_GETSTATE) {
		((struct vt_stat *)value)->v_active = (unsigned short)kernel->active;
		return kernel->active < 0 ? -1 : 0;
	}
	if (!kernel->is_allowed) {
		errno = EPERM;
		return -1;
	}
	if (request == KDSETMODE)
		kernel->mode = (int)(intptr_t)value;
	if (request == KDSKBMODE)
		kernel->keyboard = (int)(intptr_t)value;
	if (request == VT_SETMODE)
		kernel->vt_mode = ((const struct vt_mode *)value)->mode;
	return 0;
}

static const struct row {
	const char *name, *seat;		/* NULL: there is no such file */
	int mode, want;				/* -1: it is not a console */
	bool is_refused;
	const char *open;			/* by a program without a session */
	bool is_nameless;			/* nobody knows which one is in the foreground */
} rows[] = {
	{ "a text console", "IS_SEAT0=1\n", .mode = KD_TEXT, .want = KD_TEXT },
	{ "what a crash left", "IS_SEAT0=1\nSESSIONS=\n", .mode = KD_GRAPHICS, .want = KD_TEXT },
	{ "somebody works there", "IS_SEAT0=1\nACTIVE=2\nACTIVE_UID=1000\n", .mode = KD_GRAPHICS,
	  .want = KD_GRAPHICS },
	{ "nobody knows whether", NULL, .mode = KD_GRAPHICS, .want = KD_GRAPHICS },
	{ "without the right to", "IS_SEAT0=1\n", .mode = KD_GRAPHICS, .want = KD_GRAPHICS, .is_refused = true },
	{ "a kiosk without a session", "IS_SEAT0=1\n", .mode = KD_GRAPHICS, .want = KD_GRAPHICS,
	  .open = "/dev/tty7" },
	{ "by the name of any", "IS_SEAT0=1\n", .mode = KD_GRAPHICS, .want = KD_GRAPHICS, .open = "/dev/tty0" },
	{ "a login on another", "IS_SEAT0=1\n", .mode = KD_GRAPHICS, .want = KD_TEXT, .open = "/dev/tty1" },
	{ "which one is unknown", "IS_SEAT0=1\n", .mode = KD_GRAPHICS, .want = KD_GRAPHICS, .is_nameless = true },
	{ "a file", "IS_SEAT0=1\n", .mode = -1, .want = -1 },
};

static void expect_console(const struct row *row)
{
	bool ends = row->mode != row->want;

	if (kernel->mode != row->want || kernel->keyboard != (ends ? K_UNICODE : K_OFF) ||
	    kernel->vt_mode != (ends ? VT_AUTO : VT_PROCESS))
		fail_msg("%s: mode %d, keyboard %d", row->name, kernel->mode, kernel->keyboard);
}

static void each_console(void **state)
{
	struct fake_host *host = *state;

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const struct row *row = &rows[i];
		const char *text;

		*kernel = (struct kernel){ .mode = row->mode, .keyboard = K_OFF, .vt_mode = VT_PROCESS,
					   .is_allowed = !row->is_refused,
					   .active = row->is_nameless ? -1 : 7 };
		fake_file(host, "proc/812/comm", "Xorg\n");
		(void)unlinkat(host->root.fd, "proc/812/fd/20", 0);
		if (row->open)
			fake_link(host, "proc/812/fd/20", row->open);
		(void)unlinkat(host->root.fd, SEAT, 0);
		if (row->seat)
			fake_file(host, SEAT, row->seat);
		fake_file(host, CONSOLE, "");
		hd_text_console_show(&host->root, "hello");
		expect_console(row);
		if (hd_sysroot_text(&host->root, &host->arena, &text, CONSOLE) < 0 ||
		    strcmp(text, "\033[13]hello") != 0)
			fail_msg("%s: no text", row->name);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, fake_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(each_console) };

	kernel = mmap(NULL, sizeof(*kernel), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return kernel == MAP_FAILED ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
