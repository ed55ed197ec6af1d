/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_keeper.c - are claims held until libvirt has the device, and no longer?
 *
 * The write end of a pipe stands for a claim: its read end is at its end when
 * every copy of the claim is gone.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lock.h"
#include "facts/libvirt/guests.h"
#include "run/claims.h"
#include "run/journal.h"
#include "run/keeper.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"
#include "tests/support/valgrind.h"

#define UUID "6a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define OTHER "7a2e4a50-2f5d-4c11-9b0c-0d2f3c1a7e55"
#define FILE_NAME "run/hostdevctl/" HD_KEEPER_FILE UUID
#define DISK "0000:01:00.0"
#define HBA "0000:02:00.0"
#define SHORT_MS 150	/* for what must not come: several looks of the keeper */

static const struct fake_pci functions[] = {
	{ .addr = DISK, .group = 11, .driver = "nvme" },
	{ .addr = HBA, .group = 12, .driver = "ahci" },
};

struct situation {
	struct fake_host host;
	int dir_fd;
	int ends[2];		/* read ends, of DISK and HBA */
	struct hd_kept kept[2];
	struct hd_keeping keeping;
};

static int setup(void **state)
{
	static struct situation s;

	fake_host_make(&s.host);
	fake_dir(&s.host, "run/hostdevctl");
	s.dir_fd = hd_sysroot_fd(&s.host.root, O_RDONLY | O_DIRECTORY, "run/hostdevctl");
	assert_true(s.dir_fd >= 0);
	for (size_t i = 0; i < HD_ARRAY_SIZE(functions); i++) {
		int ends[2];

		fake_pci_add(&s.host, &functions[i]);
		assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
		s.ends[i] = ends[0];
		s.kept[i] = (struct hd_kept){ .driver = functions[i].driver, .claim_fd = ends[1] };
		(void)snprintf(s.kept[i].function, sizeof(s.kept[i].function), "%s",
			       functions[i].addr);
	}
	s.keeping = (struct hd_keeping){
		.root = &s.host.root, .dir_fd = s.dir_fd, .uuid = UUID, .guest = "win 11\033[2J",
		.kept = s.kept, .n = 2, .deadline_ms = 60000,
	};
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct situation *s = *state;
	struct hd_error err;

	assert_int_equal(hd_keeper_end(s->dir_fd, UUID, hd_now_ms() + PATIENT_MS, &err), 0);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		continue;
	hd_close(&s->ends[0]);
	hd_close(&s->ends[1]);
	hd_close(&s->dir_fd);
	fake_host_remove(&s->host);
	return 0;
}

/* The caller's own copies of the claims go at once, as the hook's do. */
static void start(struct situation *s)
{
	struct hd_error err = { 0 };

	if (hd_keeper_start(&s->keeping, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < 2; i++)
		hd_close(&s->kept[i].claim_fd);
}

/* Is the claim given back within MS? */
static bool goes(int end, int ms)
{
	struct pollfd ready = { .fd = end, .events = POLLIN };

	return poll(&ready, 1, ms) == 1 && (ready.revents & POLLHUP);
}

static void set_driver(struct situation *s, const char *addr, const char *driver)
{
	const char *link = hd_printf(&s->host.arena, "sys/bus/pci/devices/%s/driver", addr);

	(void)unlinkat(s->host.root.fd, link, 0);
	if (driver)
		fake_link(&s->host, link, hd_printf(&s->host.arena, "/sys/bus/pci/drivers/%s",
						    driver));
}

static bool has_file(struct situation *s)
{
	return hd_sysroot_has(&s->host.root, FILE_NAME);
}

static struct hd_keeper only_keeper(struct situation *s)
{
	struct hd_keeper *keepers = NULL;
	struct hd_error err;

	assert_int_equal(hd_keeper_list(&keepers, &s->host.arena, s->dir_fd, &err), 1);
	return keepers ? keepers[0] : (struct hd_keeper){ .pid = 0 };
}

static void waits_for_each_driver(void **state)
{
	struct situation *s = *state;

	start(s);
	assert_true(has_file(s));
	assert_false(goes(s->ends[0], SHORT_MS));
	set_driver(s, DISK, "vfio-pci");
	assert_true(goes(s->ends[0], PATIENT_MS));
	assert_false(goes(s->ends[1], SHORT_MS));
	set_driver(s, HBA, "vfio-pci");
	assert_true(goes(s->ends[1], PATIENT_MS));
	assert_int_equal(wait(NULL) > 0, 1);
	assert_false(has_file(s));
}

/* The link goes before the driver lets go of its disks. */
static void unbound_is_not_enough(void **state)
{
	struct situation *s = *state;

	start(s);
	set_driver(s, DISK, NULL);
	assert_false(goes(s->ends[0], SHORT_MS));
	set_driver(s, DISK, "nvme");
	assert_false(goes(s->ends[0], SHORT_MS));
	set_driver(s, DISK, "mlx5_vfio_pci");
	assert_true(goes(s->ends[0], PATIENT_MS));
}

static void a_function_that_is_gone(void **state)
{
	struct situation *s = *state;

	start(s);
	(void)unlinkat(s->host.root.fd, "sys/bus/pci/devices/" HBA, 0);
	assert_true(goes(s->ends[1], PATIENT_MS));
	assert_false(goes(s->ends[0], SHORT_MS));
}

static void ends_at_its_deadline(void **state)
{
	struct situation *s = *state;
	int64_t begin = hd_now_ms();

	s->keeping.deadline_ms = 300;
	start(s);
	assert_true(goes(s->ends[0], PATIENT_MS));
	assert_true(goes(s->ends[1], PATIENT_MS));
	assert_true(hd_now_ms() - begin >= 300);
	assert_int_equal(wait(NULL) > 0, 1);
	assert_false(has_file(s));
}

/* When hd_keeper_end() returns, the disks can be claimed: nobody has to wait. */
static void ends_when_told(void **state)
{
	struct situation *s = *state;
	struct hd_error err;

	start(s);
	assert_int_equal(hd_keeper_end(s->dir_fd, OTHER, hd_now_ms(), &err), 0);
	assert_true(has_file(s));
	assert_int_equal(hd_keeper_end(s->dir_fd, UUID, hd_now_ms() + PATIENT_MS, &err), 0);
	assert_true(goes(s->ends[0], 0));
	assert_true(goes(s->ends[1], 0));
	assert_false(has_file(s));
	assert_int_equal(hd_keeper_end(s->dir_fd, UUID, hd_now_ms(), &err), 0);
}

/* One that does not run cannot answer; that is reported, not waited for forever. */
static void end_has_a_deadline(void **state)
{
	struct situation *s = *state;
	struct hd_error err;
	int pid;

	start(s);
	pid = only_keeper(s).pid;
	assert_int_equal(kill(pid, SIGSTOP), 0);
	assert_int_equal(hd_keeper_end(s->dir_fd, UUID, hd_now_ms() + SHORT_MS, &err),
			 -ETIMEDOUT);
	assert_int_equal(kill(pid, SIGCONT), 0);
	assert_true(goes(s->ends[0], PATIENT_MS));
}

static void one_that_was_killed(void **state)
{
	struct situation *s = *state;
	struct hd_keeper *keepers;
	struct hd_error err;
	int pid;

	start(s);
	pid = only_keeper(s).pid;
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_true(goes(s->ends[0], PATIENT_MS));
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_true(has_file(s));
	assert_int_equal(hd_keeper_list(&keepers, &s->host.arena, s->dir_fd, &err), 0);
	assert_int_equal(hd_keeper_end(s->dir_fd, UUID, hd_now_ms(), &err), 0);
	assert_false(has_file(s));
}

/* Old files of keepers that were killed go with the sweep; those of living ones stay. */
static void the_dead_are_swept(void **state)
{
	struct situation *s = *state;
	const struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };

	fake_file(&s->host, "run/hostdevctl/" HD_KEEPER_FILE OTHER, "1 2 x\n");
	start(s);
	assert_int_equal(utimensat(s->host.root.fd, FILE_NAME, old, 0), 0);
	assert_int_equal(utimensat(s->dir_fd, HD_KEEPER_FILE OTHER, old, 0), 0);
	hd_journal_sweep(s->dir_fd);
	assert_true(has_file(s));
	assert_false(hd_sysroot_has(&s->host.root, "run/hostdevctl/" HD_KEEPER_FILE OTHER));
}

static void one_per_guest(void **state)
{
	struct situation *s = *state;
	struct hd_keeping again;
	struct hd_error err;

	start(s);
	again = s->keeping;
	again.kept = &(struct hd_kept){ .function = DISK, .driver = "nvme", .claim_fd = s->dir_fd };
	again.n = 1;
	assert_int_equal(hd_keeper_start(&again, &err), -EEXIST);
	assert_false(goes(s->ends[0], SHORT_MS));
}

/* As process 1 of a PID namespace of its own, so that the keeper is number 2. */
static void start_as_first(struct situation *s)
{
	pid_t pid = fork();

	if (pid == 0) {
		struct hd_error err;

		_exit(hd_keeper_start(&s->keeping, &err) < 0 ||
		      hd_keeper_end(s->dir_fd, UUID, hd_now_ms() + PATIENT_MS, &err) < 0);
	}
	assert_true(pid > 0);
	_exit(waitpid(pid, NULL, 0) != pid);
}

/* The number 2 of another namespace is at work in the same directory. */
static void names_are_not_pids(void **state)
{
	struct situation *s = *state;
	int status = 0;
	pid_t pid;

	if (geteuid() != 0) {
		print_message("# skipped: a PID namespace needs root\n");
		skip();
	}
	fake_file(&s->host, "run/hostdevctl/" HD_STATE_NEW "2", "");
	pid = fork();
	if (pid == 0 && unshare(CLONE_NEWPID) == 0)
		start_as_first(s);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_true(hd_sysroot_has(&s->host.root, "run/hostdevctl/" HD_STATE_NEW "2"));
}

static void nothing_to_keep(void **state)
{
	struct situation *s = *state;
	struct hd_error err;

	s->keeping.n = 0;
	assert_int_equal(hd_keeper_start(&s->keeping, &err), 0);
	assert_false(has_file(s));
	hd_close(&s->kept[0].claim_fd);
	hd_close(&s->kept[1].claim_fd);
}

static void is_shown(void **state)
{
	struct situation *s = *state;
	struct hd_keeper keeper;
	struct hd_pci_addr disk, hba;

	start(s);
	keeper = only_keeper(s);
	assert_true(hd_pci_addr_parse(DISK, &disk) && hd_pci_addr_parse(HBA, &hba));
	assert_string_equal(keeper.uuid, UUID);
	assert_string_equal(keeper.guest, "win 11?[2J");
	assert_int_equal(keeper.n_functions, 2);
	assert_int_equal(hd_pci_addr_compare(&keeper.functions[0], &disk), 0);
	assert_int_equal(hd_pci_addr_compare(&keeper.functions[1], &hba), 0);
	assert_in_range(keeper.seconds_left, 10, 60);
	assert_true(keeper.since > 0);
}

static void others_see_its_devices(void **state)
{
	struct situation *s = *state;
	struct hd_guests guests = { .n_claims = 0 };
	struct hd_error err;

	start(s);
	assert_int_equal(hd_journal_claims(&guests, &s->host.arena, s->dir_fd, UUID, &err), 0);
	assert_int_equal(guests.n_claims, 0);
	assert_int_equal(hd_journal_claims(&guests, &s->host.arena, s->dir_fd, "", &err), 0);
	assert_int_equal(guests.n_claims, 2);
	assert_true(guests.claims[0].is_running);
	assert_int_equal(guests.claims[0].keeper_pid, only_keeper(s).pid);
	assert_string_equal(guests.claims[0].uuid, UUID);
}

/* For a moment it has one more: its answer to us, or what it looks at. */
static ssize_t settled_fds(const struct hd_sysroot *live, struct hd_arena *arena, int pid,
			   ssize_t wanted)
{
	int64_t deadline = hd_now_ms() + PATIENT_MS;
	const char *const *fds;
	ssize_t n;

	do
		n = hd_sysroot_names(live, arena, &fds, "proc/%d/fd", pid);
	while (n != wanted && hd_ms_left(deadline));
	return n;
}

/* What `ps` shows, and what libvirt would wait for. */
static void has_left_the_hook(void **state)
{
	struct situation *s = *state;
	struct hd_sysroot live;
	const char *text;
	struct hd_error err;
	int pid, stray = open("/dev/null", O_RDONLY);

	start(s);
	pid = only_keeper(s).pid;
	assert_int_equal(hd_sysroot_open(&live, NULL, &err), 0);
	assert_true(hd_sysroot_text(&live, &s->host.arena, &text, "proc/%d/comm", pid) > 0);
	assert_string_equal(text, "hostdevctl-keep");
	assert_int_equal(getsid(pid), pid);
	/* three streams, two claims, root, state directory, its file; valgrind adds its own */
	if (!is_under_valgrind())
		assert_int_equal(settled_fds(&live, &s->host.arena, pid, 8), 8);
	for (ssize_t i = 0; i < 3; i++) {
		char target[64] = "";

		assert_true(readlinkat(live.fd, hd_printf(&s->host.arena, "proc/%d/fd/%zd", pid, i),
				       target, sizeof(target) - 1) > 0);
		assert_string_equal(target, "/dev/null");
	}
	hd_sysroot_close(&live);
	hd_close(&stray);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(waits_for_each_driver), ROW(unbound_is_not_enough),
		ROW(a_function_that_is_gone), ROW(ends_at_its_deadline), ROW(ends_when_told),
		ROW(end_has_a_deadline), ROW(one_that_was_killed), ROW(the_dead_are_swept),
		ROW(one_per_guest), ROW(names_are_not_pids), ROW(nothing_to_keep), ROW(is_shown),
		ROW(others_see_its_devices), ROW(has_left_the_hook),
	};

	return _cmocka_run_group_tests("keeper", tests, HD_ARRAY_SIZE(tests), NULL, NULL);
}
