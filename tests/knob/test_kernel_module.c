/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_kernel_module.c - a module is unloaded only when nothing uses it, and never forced.
 *
 * delete_module(2) is answered here (ld's --wrap=syscall).
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "knob/knobs.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define DRM "sys/module/nvidia_drm"

/* What the next calls answer, the last one for ever; and what they were asked. */
static struct kernel {
	int answers[4];
	size_t n;
	int calls, flags;
	char name[64];
} kernel;

long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);

static long delete_module(const char *name, int flags)
{
	int answer = kernel.answers[(size_t)kernel.calls < kernel.n ? (size_t)kernel.calls :
								   kernel.n - 1];

	kernel.calls++;
	kernel.flags = flags;
	(void)snprintf(kernel.name, sizeof(kernel.name), "%s", name);
	errno = answer;
	return answer ? -1 : 0;
}

long __wrap_syscall(long number, ...)
{
	va_list args;
	long a, b, c, d;

	va_start(args, number);
	a = va_arg(args, long);
	b = va_arg(args, long);
	if (number == SYS_delete_module) {
		va_end(args);
		return delete_module((const char *)a, (int)b);
	}
	c = va_arg(args, long);
	d = va_arg(args, long);
	va_end(args);
	return __real_syscall(number, a, b, c, d);
}

static const struct row {
	const char *initstate, *state;
} rows[] = {
	{ NULL, "absent" },
	{ "", "built-in" },
	{ "live\n", "loaded" },
	{ "coming\n", "coming" },
	{ "going\n", "going" },
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
		if (rows[i].initstate)
			fake_dir(&host, DRM);
		if (rows[i].initstate && *rows[i].initstate)
			fake_file(&host, DRM "/initstate", rows[i].initstate);
		assert_int_equal(hd_knob_kernel_module.get(&at, "nvidia-drm", now, &err), 0);
		assert_string_equal(now, rows[i].state);
		fake_host_remove(&host);
	}
	assert_true(hd_knob_kernel_module.is_between("loaded", "absent", "going"));
	assert_false(hd_knob_kernel_module.is_between("loaded", "absent", "built-in"));
}

static void takes_only_names(void **state)
{
	static const char *const bad[] = { "", "-r", "../x", "a b", "a.b" };
	struct hd_knob_host at = { .root = &((struct fake_host *)*state)->root };
	struct hd_error err = { 0 };
	char now[HD_STATE_MAX];

	for (size_t i = 0; i < HD_ARRAY_SIZE(bad); i++) {
		assert_int_equal(hd_knob_kernel_module.get(&at, bad[i], now, &err), -EINVAL);
		assert_int_equal(hd_knob_kernel_module.set(&at, bad[i], "loaded", "absent", &err),
				 -EINVAL);
	}
}

static const struct refusal {
	int answers[4];
	size_t n;
	const char *holder, *refcnt;
	int rc;
	bool waits;			/* until the deadline */
	const char *says;
} refusals[] = {
	{ { 0 }, 1, NULL, "0\n", 0, false, NULL },
	{ { ENOENT }, 1, NULL, "0\n", 0, false, NULL },
	{ { EWOULDBLOCK, EBUSY, EWOULDBLOCK, 0 }, 4, NULL, "1\n", 0, false, NULL },
	{ { EWOULDBLOCK }, 1, NULL, "2\n", -EBUSY, true, "still has 2 users" },
	{ { EWOULDBLOCK }, 1, "evil", "1\n", -EBUSY, false, "is used by the module evil" },
	{ { EBUSY }, 1, NULL, "0\n", -EBUSY, true, "has no function for it" },
	{ { EPERM }, 1, NULL, "0\n", -EPERM, false, "kernel.modules_disabled" },
	{ { EIO }, 1, NULL, "0\n", -EIO, false, "Input/output error" },
};

static void waits_for_the_users_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(refusals); i++) {
		const struct refusal *row = &refusals[i];
		struct hd_error err = { 0 };
		struct fake_host host;
		struct hd_sysroot root;
		struct hd_knob_host at = { .root = &root, .call_deadline_ms = row->waits ? 500 : PATIENT_MS };
		int64_t begun = hd_now_ms();

		fake_host_make(&host);
		root = (struct hd_sysroot){ .fd = host.root.fd, .is_live = true };
		kernel = (struct kernel){ .n = row->n };
		memcpy(kernel.answers, row->answers, sizeof(kernel.answers));
		fake_file(&host, DRM "/refcnt", row->refcnt);
		fake_dir(&host, DRM "/holders");
		if (row->holder)
			fake_link(&host, hd_printf(&host.arena, DRM "/holders/%s", row->holder), "x");
		assert_int_equal(hd_knob_kernel_module.set(&at, "nvidia-drm", "loaded", "absent",
							   &err), row->rc);
		if (row->says)
			assert_non_null(strstr(err.text, row->says));
		assert_string_equal(kernel.name, "nvidia_drm");
		assert_int_equal(kernel.flags, O_NONBLOCK);
		if (row->waits)
			assert_true(kernel.calls > 2 && hd_now_ms() - begun >= 400);
		else
			assert_int_equal(kernel.calls, row->n);
		fake_host_remove(&host);
	}
}

/* A child that has a terminal open, which stands for /dev/nvidiactl. */
static pid_t hold_node(struct fake_host *host, int terminal)
{
	pid_t pid;

	assert_true(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
	fake_link(host, "dev/nvidiactl", ptsname(terminal));
	fake_file(host, "dev/nvidia0", "");
	fake_link(host, "proc/self", "/proc/self");
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (open(ptsname(terminal), O_RDWR | O_NOCTTY) < 0)
			_exit(1);
		(void)poll(NULL, 0, PATIENT_MS);
		_exit(0);
	}
	fake_link(host, hd_printf(&host->arena, "proc/%d", (int)pid),
		  hd_printf(&host->arena, "/proc/%d", (int)pid));
	return pid;
}

static void names_who_has_a_node(void **state)
{
	struct fake_host *host = *state;
	struct hd_sysroot root = { .fd = host->root.fd, .is_live = true };
	struct hd_knob_host at = { .root = &root, .call_deadline_ms = 500 };
	int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	pid_t pid = hold_node(host, terminal);
	struct hd_error err = { 0 };
	const char *who = hd_printf(&host->arena, "(pid %d", (int)pid);
	int64_t deadline = hd_now_ms() + PATIENT_MS;

	fake_file(host, "sys/module/nvidia/refcnt", "3\n");
	kernel = (struct kernel){ .n = 1, .answers = { EWOULDBLOCK } };
	/* Until the child has opened it. */
	do
		assert_int_equal(hd_knob_kernel_module.set(&at, "nvidia", "loaded", "absent", &err),
				 -EBUSY);
	while (!strstr(err.text, who) && hd_ms_left(deadline));
	if (!strstr(err.text, "nvidia still has 3 users: ") || !strstr(err.text, who) ||
	    !strstr(err.text, "has /dev/nvidiactl open"))
		fail_msg("%s", err.text);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	(void)close(terminal);
}

static void a_captured_host_is_not_changed(void **state)
{
	struct hd_knob_host at = { .root = &((struct fake_host *)*state)->root,
				   .call_deadline_ms = 1000 };
	struct hd_error err = { 0 };

	kernel = (struct kernel){ .n = 1 };
	assert_int_equal(hd_knob_kernel_module.set(&at, "nvidia", "loaded", "absent", &err),
			 -EOPNOTSUPP);
	assert_int_equal(hd_knob_kernel_module.set(&at, "nvidia", "absent", "loaded", &err),
			 -EOPNOTSUPP);
	assert_int_equal(hd_knob_kernel_module.set(&at, "nvidia", "absent", "going", &err), -EINVAL);
	assert_int_equal(kernel.calls, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_state),
		cmocka_unit_test_setup_teardown(takes_only_names, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test(waits_for_the_users_alone),
		cmocka_unit_test_setup_teardown(names_who_has_a_node, fake_host_setup,
						fake_host_teardown),
		cmocka_unit_test_setup_teardown(a_captured_host_is_not_changed, fake_host_setup,
						fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
