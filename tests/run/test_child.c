/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_child.c - many changes by few children, each by one, and none after the deadline. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "run/step_child.h"
#include "tests/support/unit.h"
#include "tests/support/valgrind.h"

#define N_JOBS 250
#define WAIT_MS 10000

struct shared {
	atomic_int by[N_JOBS];	/* the child that has made this change; 0: none */
	atomic_int twice;
	atomic_int helper;	/* who keeps the first child in D state */
};
static struct shared *shared;

static const struct hd_sysroot root = { .fd = -1 };
static const struct hd_knob_host host = { .root = &root };

static int setup(void **state)
{
	(void)state;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	return shared == MAP_FAILED ? -1 : 0;
}

static int teardown(void **state)
{
	(void)state;
	return munmap(shared, sizeof(*shared));
}

static int count(const struct hd_knob_host *at, const char *target, const char *from,
		 const char *to, struct hd_error *err)
{
	(void)at, (void)from, (void)to, (void)err;
	if (atomic_exchange(&shared->by[atoi(target)], (int)getpid()))
		atomic_fetch_add(&shared->twice, 1);
	return 0;
}

static int refuse(const struct hd_knob_host *at, const char *target, const char *from,
		  const char *to, struct hd_error *err)
{
	(void)count(at, target, from, to, err);
	return atoi(target) % 2 ? hd_fail(err, -EIO, "no %s", target) : 0;
}

/* The first sleeps in D state, as whoever calls vfork(2) does; the others can be killed. */
static int hang(const struct hd_knob_host *at, const char *target, const char *from,
		const char *to, struct hd_error *err)
{
	pid_t pid;

	(void)count(at, target, from, to, err);
	while (atoi(target))
		(void)poll(NULL, 0, WAIT_MS);
	pid = vfork();
	if (pid == 0) {
		atomic_store(&shared->helper, (int)getpid());
		(void)poll(NULL, 0, WAIT_MS);
		_exit(0);
	}
	return 0;
}

static const struct hd_knob quick = { .name = "quick", .set = count };
static const struct hd_knob refusing = { .name = "refusing", .set = refuse };
static const struct hd_knob hanging = { .name = "hanging", .set = hang };

static void run(struct hd_job *jobs, struct hd_error *errs, const struct hd_knob *knob,
		int deadline_ms)
{
	static char targets[N_JOBS][16];

	for (int i = 0; i < N_JOBS; i++) {
		(void)snprintf(targets[i], sizeof(targets[i]), "%d", i);
		errs[i] = (struct hd_error){ 0 };
		jobs[i] = (struct hd_job){ .knob = knob, .target = targets[i], .from = "",
					   .to = "", .err = &errs[i] };
	}
	hd_jobs_run(jobs, N_JOBS, &host, deadline_ms);
}

static int n_made(void)
{
	int n = 0;

	for (int i = 0; i < N_JOBS; i++)
		n += atomic_load(&shared->by[i]) != 0;
	return n;
}

static bool is_new(int i)
{
	for (int k = 0; k < i; k++)
		if (atomic_load(&shared->by[k]) == atomic_load(&shared->by[i]))
			return false;
	return true;
}

static int n_children(void)
{
	int n = 0;

	for (int i = 0; i < N_JOBS; i++)
		n += is_new(i);
	return n;
}

static void a_child_makes_many(void **state)
{
	struct hd_error errs[N_JOBS];
	struct hd_job jobs[N_JOBS];

	(void)state;
	run(jobs, errs, &quick, WAIT_MS);
	for (int i = 0; i < N_JOBS; i++)
		assert_true(jobs[i].end == HD_JOB_RAN && jobs[i].rc == 0);
	assert_int_equal(n_made(), N_JOBS);
	assert_int_equal(atomic_load(&shared->twice), 0);
	assert_true(n_children() < N_JOBS / 2);
}

/* What a failure has left behind is not the next one's. */
static void a_child_ends_at_a_failure(void **state)
{
	struct hd_error errs[N_JOBS];
	struct hd_job jobs[N_JOBS];

	(void)state;
	run(jobs, errs, &refusing, WAIT_MS);
	for (int i = 0; i < N_JOBS; i++) {
		assert_int_equal(jobs[i].end, HD_JOB_RAN);
		assert_int_equal(jobs[i].rc, i % 2 ? -EIO : 0);
		if (i % 2)
			assert_int_equal(strncmp(errs[i].text, "no ", 3), 0);
	}
	assert_int_equal(n_made(), N_JOBS);
	assert_true(n_children() >= N_JOBS / 2);
}

/* One that comes back from the kernel long after begins nothing more. */
static void nothing_begins_after_the_deadline(void **state)
{
	struct hd_error errs[N_JOBS];
	struct hd_job jobs[N_JOBS];
	int made;

	(void)state;
	if (is_under_valgrind())
		skip();
	run(jobs, errs, &hanging, 300);
	made = n_made();
	assert_true(made > 1 && made < N_JOBS);
	assert_int_equal(jobs[0].end, HD_JOB_STUCK);
	for (int i = 1; i < N_JOBS; i++) {
		bool has_begun = atomic_load(&shared->by[i]) != 0;

		assert_int_equal(jobs[i].end, has_begun ? HD_JOB_TIMEOUT : HD_JOB_FAILED);
		assert_non_null(strstr(errs[i].text, has_begun ? "it did not end within 300 ms" :
						    "no process started it within 300 ms"));
	}
	assert_int_equal(kill(atomic_load(&shared->helper), SIGKILL), 0);
	for (int64_t deadline = hd_now_ms() + WAIT_MS;
	     waitpid(atomic_load(&shared->by[0]), NULL, WNOHANG) == 0;) {
		assert_true(hd_ms_left(deadline) > 0);
		(void)poll(NULL, 0, 1);
	}
	assert_int_equal(n_made(), made);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_child_makes_many), TEST(a_child_ends_at_a_failure),
		TEST(nothing_begins_after_the_deadline),
	};

	return cmocka_run_group_tests_name("child", tests, NULL, NULL);
}
