/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_live.c - is a disk kept free from its check to its unbind, and no longer?
 *
 * The real programs take a fake host for the running one: its disks are loop
 * devices, so that the kernel arbitrates for real, and a preload looks whether
 * they are claimed at each write to the bus.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "run/keeper.h"
#include "tests/support/livehost.h"
#include "tests/support/runhook.h"
#include "tests/support/unit.h"

#define KEEPER "run/hostdevctl/" HD_KEEPER_FILE LIVE_HOST_UUID

static bool is_free_soon(const struct live_host *s, size_t i)
{
	int64_t deadline = hd_now_ms() + PATIENT_MS;

	while (!live_host_is_free(s, i)) {
		if (!hd_ms_left(deadline))
			return false;
		(void)usleep(5000);
	}
	return true;
}

static void expect_claimed_throughout(struct live_host *s, size_t i)
{
	const char *claims = "";

	if (hd_sysroot_text(&s->host.root, &s->host.arena, &claims, "fake/claims/%s",
			    live_functions[i].addr) < 0)
		fail_msg("%s was not unbound", live_functions[i].addr);
	assert_string_equal(claims, "held\nheld");
	assert_true(live_host_is_free(s, i));
}

static void hook_claims_until_vfio_has_it(void **state)
{
	struct live_host *s = live_host_need(state);

	hook_run_expect(live_host_call(s, "prepare", live_unmanaged), 0);
	expect_claimed_throughout(s, 0);
	expect_claimed_throughout(s, 1);
	hook_run_expect(live_host_call(s, "release", live_unmanaged), 0);
}

static char *const detach_both[] = {
	(char *)"hostdevctl", (char *)"detach", (char *)"--binder", (char *)"sysfs",
	(char *)"0000:01:00.0", (char *)"0000:02:00.0", NULL
};

static void detach_claims_until_vfio_has_it(void **state)
{
	struct live_host *s = live_host_need(state);

	assert_int_equal(live_host_run(s, detach_both), 0);
	expect_claimed_throughout(s, 0);
	expect_claimed_throughout(s, 1);
}

/* A mount that is there at the last look, and was not at the first. */
static void mount_after_claim(struct live_host *s, size_t i)
{
	fake_file(&s->host, "fake/on-claim",
		  hd_printf(&s->host.arena, "30 1 %u:%u / /home rw - xfs /dev/%s rw\n",
			    s->loops[i].major, s->loops[i].minor, live_functions[i].disk));
}

static void expect_not_touched(struct live_host *s)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(live_functions); i++)
		assert_false(hd_sysroot_has(&s->host.root, "fake/claims/%s", live_functions[i].addr));
	assert_false(hd_sysroot_has(&s->host.root, "fake/on-claim"));
}

static void hook_looks_again(void **state)
{
	struct live_host *s = live_host_need(state);
	struct hook_run run;

	mount_after_claim(s, 0);
	run = live_host_call(s, "prepare", live_unmanaged);
	hook_run_expect(run, 1);
	assert_non_null(strstr(run.err, "storage-free"));
	assert_non_null(strstr(run.err, "/home"));
	expect_not_touched(s);
	assert_true(live_host_is_free(s, 0) && live_host_is_free(s, 1));
}

static void detach_looks_again(void **state)
{
	struct live_host *s = live_host_need(state);

	/* The device is judged twice before: with all of the command line, and alone. */
	fake_file(&s->host, "fake/not-yet", "");
	mount_after_claim(s, 0);
	assert_int_equal(live_host_run(s, live_host_detach_first), 1);
	expect_not_touched(s);
	assert_true(live_host_is_free(s, 0) && live_host_is_free(s, 1));
}

/* The hook returns, its streams are closed, and the disks stay free until libvirt has them. */
static void managed_is_kept_free(void **state)
{
	struct live_host *s = live_host_need(state);
	struct hook_run run = live_host_call(s, "prepare", live_managed);

	hook_run_expect(run, 0);
	assert_string_equal(run.err, "");
	assert_false(live_host_is_free(s, 0) || live_host_is_free(s, 1));
	live_host_set_driver(s, 0, "vfio-pci");
	assert_true(is_free_soon(s, 0));
	assert_false(live_host_is_free(s, 1));
	live_host_set_driver(s, 1, "vfio-pci");
	assert_true(is_free_soon(s, 1));
}

static void release_ends_it_at_once(void **state)
{
	struct live_host *s = live_host_need(state);

	hook_run_expect(live_host_call(s, "prepare", live_managed), 0);
	assert_false(live_host_is_free(s, 0));
	hook_run_expect(live_host_call(s, "release", live_managed), 0);
	assert_true(live_host_is_free(s, 0) && live_host_is_free(s, 1));
	assert_false(hd_sysroot_has(&s->host.root, KEEPER));
}

/* Only what libvirt will take is kept; what we took is let go. */
static void mixed_is_kept_in_part(void **state)
{
	struct live_host *s = live_host_need(state);

	hook_run_expect(live_host_call(s, "prepare", live_mixed), 0);
	assert_false(live_host_is_free(s, 0));
	expect_claimed_throughout(s, 1);
	hook_run_expect(live_host_call(s, "release", live_mixed), 0);
	assert_true(live_host_is_free(s, 0));
}

static void next_start_replaces_it(void **state)
{
	struct live_host *s = live_host_need(state);

	hook_run_expect(live_host_call(s, "prepare", live_managed), 0);
	hook_run_expect(live_host_call(s, "prepare", live_managed), 0);
	assert_false(live_host_is_free(s, 0));
	hook_run_expect(live_host_call(s, "release", live_managed), 0);
	assert_true(live_host_is_free(s, 0));
}

static void refused_start_leaves_none(void **state)
{
	struct live_host *s = live_host_need(state);

	hook_run_expect(live_host_call(s, "prepare", live_impossible), 1);
	assert_true(live_host_is_free(s, 0));
	assert_false(hd_sysroot_has(&s->host.root, KEEPER));
}

/* The bind of another device fails after the keeper has started. */
static void failed_start_leaves_none(void **state)
{
	struct live_host *s = live_host_need(state);

	fake_file(&s->host, "fake/refuses-vfio/0000:02:00.0", "");
	hook_run_expect(live_host_call(s, "prepare", live_mixed), 3);
	assert_true(live_host_is_free(s, 0));
	assert_false(hd_sysroot_has(&s->host.root, KEEPER));
}

static void killed_keeper_is_replaced(void **state)
{
	struct live_host *s = live_host_need(state);
	const char *text = "";

	hook_run_expect(live_host_call(s, "prepare", live_managed), 0);
	assert_true(hd_sysroot_text(&s->host.root, &s->host.arena, &text, KEEPER) > 0);
	assert_int_equal(kill((pid_t)strtol(text, NULL, 10), SIGKILL), 0);
	assert_true(is_free_soon(s, 0) && is_free_soon(s, 1));
	hook_run_expect(live_host_call(s, "prepare", live_managed), 0);
	assert_false(live_host_is_free(s, 0));
}

/* A pipe that nobody reads and that is full: the first write to it waits. */
static void fill_pipe(int ends[2])
{
	char page[4096] = { 0 };

	assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
	assert_true(fcntl(ends[1], F_SETPIPE_SZ, (int)sizeof(page)) >= (int)sizeof(page));
	while (write(ends[1], page, sizeof(page)) > 0)
		;
	assert_int_equal(fcntl(ends[1], F_SETFL, 0), 0);
}

/* The process waits in write(2) to its standard output. */
static bool is_printing(pid_t pid)
{
	char path[40], text[80] = "", want[20];
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/%d/syscall", (int)pid);
	(void)snprintf(want, sizeof(want), "%d 0x1 ", (int)SYS_write);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && read(fd, text, sizeof(text) - 1) < 0)
		text[0] = '\0';
	hd_close(&fd);
	return !strncmp(text, want, strlen(want));
}

static pid_t start_reader(struct live_host *s, char *const *argv, const int ends[2])
{
	pid_t pid = fork();

	if (pid == 0) {
		if (dup2(ends[1], STDOUT_FILENO) < 0)
			_exit(126);
		become_live(&s->host);
		(void)execv(BUILDDIR "/hostdevctl", argv);
		_exit(127);
	}
	assert_true(pid > 0);
	return pid;
}

/* Who only looks keeps nobody from the disk while its report waits to be read. */
static void readers_let_go(void **state)
{
	/* JSON is more than the standard output's buffer takes. */
	static char *const commands[][5] = {
		{ (char *)"hostdevctl", (char *)"check", (char *)"--json", (char *)"0000:01:00.0" },
		{ (char *)"hostdevctl", (char *)"plan", (char *)"--json", (char *)"0000:01:00.0" },
		{ (char *)"hostdevctl", (char *)"show", (char *)"--json", (char *)"0000:01:00.0" },
		{ (char *)"hostdevctl", (char *)"list", (char *)"--json", (char *)"--long" },
	};
	struct live_host *s = live_host_need(state);

	for (size_t i = 0; i < HD_ARRAY_SIZE(commands); i++) {
		int64_t deadline = hd_now_ms() + PATIENT_MS;
		int ends[2], status, fd;
		pid_t pid;

		fill_pipe(ends);
		pid = start_reader(s, commands[i], ends);
		while (!is_printing(pid) && hd_ms_left(deadline) &&
		       waitpid(pid, &status, WNOHANG) == 0)
			(void)poll(NULL, 0, 5);
		assert_true(is_printing(pid));
		fd = live_host_occupy(s, 0);
		hd_close(&fd);
		assert_int_equal(kill(pid, SIGKILL) | (waitpid(pid, &status, 0) != pid), 0);
		hd_close(&ends[0]);
		hd_close(&ends[1]);
	}
}

/* A claim that nothing explains is asked for again before it is taken for a use. */
static void a_riddle_is_asked_again(void **state)
{
	struct live_host *s = live_host_need(state);
	_cleanup_(hd_close) int fd = live_host_occupy(s, 0);
	int64_t start = hd_now_ms();

	assert_true(fd >= 0);
	hook_run_expect(live_host_call(s, "prepare", live_unmanaged), 1);
	assert_true(hd_now_ms() - start >= 500);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, live_host_setup, live_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(hook_claims_until_vfio_has_it), ROW(detach_claims_until_vfio_has_it),
		ROW(hook_looks_again), ROW(detach_looks_again),
		ROW(managed_is_kept_free), ROW(release_ends_it_at_once),
		ROW(mixed_is_kept_in_part), ROW(next_start_replaces_it),
		ROW(refused_start_leaves_none), ROW(failed_start_leaves_none),
		ROW(killed_keeper_is_replaced),
		ROW(readers_let_go), ROW(a_riddle_is_asked_again),
	};

	return _cmocka_run_group_tests("live", tests, HD_ARRAY_SIZE(tests), NULL, NULL);
}
