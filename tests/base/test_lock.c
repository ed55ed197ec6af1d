/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_lock.c - one group, one changer: locks exclude, wait no longer than told, and end. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lock.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static const char *state_path(struct fake_host *host)
{
	return hd_printf(&host->arena, "%s/state", host->path);
}

static int state_dir(struct fake_host *host)
{
	struct hd_error err;
	int fd = hd_state_dir_open(state_path(host), &err);

	if (fd < 0)
		fail_msg("%s", err.text);
	return fd;
}

static void directory_is_ours(void **state)
{
	struct fake_host *host = *state;
	struct hd_error err = { 0 };
	struct stat st;
	int fd = state_dir(host), again = state_dir(host);

	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	assert_int_equal(close(fd) | close(again), 0);
	assert_int_equal(chmod(state_path(host), 0770), 0);
	assert_int_equal(hd_state_dir_open(state_path(host), &err), -EPERM);
	assert_non_null(strstr(err.text, "is not exclusively ours"));
}

static void directory_is_no_link(void **state)
{
	struct fake_host *host = *state;
	struct hd_error err = { 0 };

	fake_dir(host, "elsewhere");
	fake_link(host, "state", "elsewhere");
	assert_true(hd_state_dir_open(state_path(host), &err) < 0);
	assert_int_equal(unlinkat(host->root.fd, "state", 0), 0);
	fake_file(host, "state", "");
	assert_true(hd_state_dir_open(state_path(host), &err) < 0);
	assert_non_null(strstr(err.text, "cannot open"));
}

static void directory_of_another_user(void **state)
{
	struct fake_host *host = *state;
	struct hd_error err = { 0 };

	if (geteuid() != 0)
		skip();
	assert_int_equal(close(state_dir(host)), 0);
	assert_int_equal(chown(state_path(host), 65534, 65534), 0);
	assert_int_equal(hd_state_dir_open(state_path(host), &err), -EPERM);
}

static void excludes_until_released(void **state)
{
	struct fake_host *host = *state;
	const int mine[] = { 14, 2, 14 }, other[] = { 3 }, same[] = { 3, 2 };
	struct hd_locks locks = { 0 }, second = { 0 };
	struct hd_error err = { 0 };
	int dir = state_dir(host);
	int64_t start;

	assert_int_equal(hd_locks_take(&locks, dir, mine, 3, hd_now_ms(), &err), 0);
	assert_int_equal(locks.n, 2);
	assert_int_equal(hd_locks_take(&second, dir, other, 1, hd_now_ms(), &err), 0);
	hd_locks_release(&second);
	start = hd_now_ms();
	assert_int_equal(hd_locks_take(&second, dir, same, 2, start + 150, &err), -ETIMEDOUT);
	assert_in_range(hd_now_ms() - start, 150, PATIENT_MS);
	assert_string_equal(err.text, "IOMMU group 2 is being changed by another start or "
			    "stop; try again");
	assert_int_equal(second.n, 0);
	hd_locks_release(&locks);
	assert_int_equal(locks.n, 0);
	assert_int_equal(hd_locks_take(&second, dir, same, 2, hd_now_ms(), &err), 0);
	hd_locks_release(&second);
	hd_locks_release(&second);
	assert_int_equal(close(dir), 0);
}

/* A refusal holds nothing: group 1 was taken before group 2 was found busy. */
static void refusal_holds_nothing(void **state)
{
	const int two[] = { 2 }, both[] = { 2, 1 }, one[] = { 1 };
	struct hd_locks locks = { 0 }, second = { 0 };
	struct hd_error err = { 0 };
	int dir = state_dir(*state);

	assert_int_equal(hd_locks_take(&locks, dir, two, 1, hd_now_ms(), &err), 0);
	assert_int_equal(hd_locks_take(&second, dir, both, 2, hd_now_ms(), &err), -ETIMEDOUT);
	assert_int_equal(hd_locks_take(&second, dir, one, 1, hd_now_ms(), &err), 0);
	hd_locks_release(&second);
	hd_locks_release(&locks);
	assert_int_equal(close(dir), 0);
}

/* What counts is how many groups there are, not how often they are named. */
static void duplicates_do_not_count(void **state)
{
	struct hd_locks locks = { 0 };
	struct hd_error err = { 0 };
	int dir = state_dir(*state);
	int groups[2 * HD_LOCK_MAX];

	for (int i = 0; i < 2 * HD_LOCK_MAX; i++)
		groups[i] = (7 * i) % HD_LOCK_MAX;
	assert_int_equal(hd_locks_take(&locks, dir, groups, HD_ARRAY_SIZE(groups), hd_now_ms(),
				       &err), 0);
	assert_int_equal(locks.n, HD_LOCK_MAX);
	hd_locks_release(&locks);
	groups[3] = HD_LOCK_MAX;
	assert_int_equal(hd_locks_take(&locks, dir, groups, HD_ARRAY_SIZE(groups), hd_now_ms(),
				       &err), -E2BIG);
	assert_non_null(strstr(err.text, "257 IOMMU groups"));
	assert_int_equal(locks.n, 0);
	assert_int_equal(close(dir), 0);
}

/* A child that is stuck in the kernel must keep its group, though the hook is gone. */
static void child_keeps_the_lock(void **state)
{
	const int group[] = { 7 };
	struct hd_locks locks = { 0 };
	struct hd_error err = { 0 };
	int dir = state_dir(*state);
	pid_t child;

	assert_int_equal(hd_locks_take(&locks, dir, group, 1, hd_now_ms(), &err), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		for (;;)
			(void)pause();
	hd_locks_release(&locks);
	assert_int_equal(hd_locks_take(&locks, dir, group, 1, hd_now_ms(), &err), -ETIMEDOUT);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(hd_locks_take(&locks, dir, group, 1, hd_now_ms(), &err), 0);
	hd_locks_release(&locks);
	assert_int_equal(close(dir), 0);
}

static void bounds(void **state)
{
	int groups[] = { 9 };
	struct hd_locks locks = { 0 };
	struct hd_error err = { 0 };
	int dir = state_dir(*state);

	assert_int_equal(hd_locks_take(&locks, dir, NULL, 0, hd_now_ms(), &err), 0);
	assert_int_equal(locks.n, 0);
	fake_link(*state, "state/group-9.lock", "../victim");
	assert_int_equal(hd_locks_take(&locks, dir, groups, 1, hd_now_ms(), &err), -ELOOP);
	assert_int_equal(close(dir), 0);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, fake_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(directory_is_ours),
		TEST(directory_is_no_link),
		TEST(directory_of_another_user),
		TEST(excludes_until_released),
		TEST(refusal_holds_nothing),
		TEST(duplicates_do_not_count),
		TEST(child_keeps_the_lock),
		TEST(bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
