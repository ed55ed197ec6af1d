/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_host_pool.c - many hosts are asked side by side, and none holds the others. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/host_pool.h"
#include "tests/support/unit.h"

#define N 40
#define SHORT_MS 200

/* What the children see of each other. */
struct seen {
	atomic_int at_once, most, awaited;
	_Atomic pid_t hanging, helper;
};

struct host {
	struct seen *seen;
	const char *says;
	enum { SAYS, HANGS, FLOODS, DRIPS, CRASHES, FAILS, STARTS } does;
};

struct taken {
	size_t n;
	enum hd_pool_end ends[N];
	int how[N];
	char text[N][32];
	size_t length[N];
};

static void pause_for(int ms)
{
	(void)poll(NULL, 0, ms);
}

static int say(int out, const struct host *host)
{
	int n = atomic_fetch_add(&host->seen->at_once, 1) + 1, most = atomic_load(&host->seen->most);

	while (n > most && !atomic_compare_exchange_weak(&host->seen->most, &most, n))
		continue;
	for (int i = 0; i < PATIENT_MS && atomic_load(&host->seen->most) <
	     atomic_load(&host->seen->awaited); i++)
		pause_for(1);
	pause_for(2);
	atomic_fetch_sub(&host->seen->at_once, 1);
	return write(out, host->says, strlen(host->says)) < 0;
}

static int flood(int out)
{
	static char block[65536];

	while (write(out, block, sizeof(block)) > 0)
		continue;
	return 1;
}

static int drip(int out)
{
	while (write(out, ".", 1) > 0)
		pause_for(1);
	return 1;
}

/* As with ssh: another process does what it waits for. */
static int start(struct seen *seen)
{
	pid_t pid = fork();

	if (pid > 0)
		atomic_store(&seen->helper, pid);
	pause_for(PATIENT_MS);
	return pid < 0;
}

static int work(int out, const void *data)
{
	const struct host *host = data;

	switch (host->does) {
	case HANGS:
		atomic_store(&host->seen->hanging, getpid());
		pause_for(PATIENT_MS);
		return 0;
	case STARTS:
		return start(host->seen);
	case FLOODS:
		return flood(out);
	case DRIPS:
		return drip(out);
	case CRASHES:
		(void)raise(SIGKILL);
		return 0;
	case FAILS:
		(void)say(out, host);
		return 7;
	default:
		return say(out, host);
	}
}

static void take(const struct hd_pool_job *job, void *data)
{
	struct taken *taken = data;
	size_t n = job->length < sizeof(taken->text[0]) - 1 ? job->length : sizeof(taken->text[0]) - 1;

	taken->ends[taken->n] = job->end;
	taken->how[taken->n] = job->how;
	taken->length[taken->n] = job->length;
	if (n)
		memcpy(taken->text[taken->n], job->text, n);
	taken->n++;
}

static struct seen *share(void)
{
	struct seen *seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
				 MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_true(seen != MAP_FAILED);
	return seen;
}

static void run(struct taken *ret, const struct host *hosts, size_t n, bool is_remote, int deadline_ms)
{
	struct hd_pool_job jobs[N] = { 0 };

	for (size_t i = 0; i < n; i++)
		jobs[i] = (struct hd_pool_job){ .data = &hosts[i], .is_remote = is_remote };
	*ret = (struct taken){ .n = 0 };
	hd_pool_run(jobs, n, deadline_ms, work, take, ret);
	assert_int_equal(ret->n, n);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void in_order(void **state)
{
	struct host hosts[N];
	struct taken taken;
	char names[N][8];
	struct seen *seen = share();

	(void)state;
	for (size_t i = 0; i < N; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "h%zu", i);
		hosts[i] = (struct host){ .seen = seen, .says = names[i] };
	}
	run(&taken, hosts, N, false, PATIENT_MS);
	for (size_t i = 0; i < N; i++) {
		assert_int_equal(taken.ends[i], HD_POOL_ANSWERED);
		assert_string_equal(taken.text[i], names[i]);
	}
}

/* Each waits until as many work as may. */
static void at_once(bool is_remote, int limit)
{
	struct host hosts[N];
	struct taken taken;
	struct seen *seen = share();

	atomic_store(&seen->awaited, limit);
	for (size_t i = 0; i < N; i++)
		hosts[i] = (struct host){ .seen = seen, .says = "" };
	run(&taken, hosts, N, is_remote, PATIENT_MS);
	assert_int_equal(atomic_load(&seen->most), limit);
}

static void limits(void **state)
{
	cpu_set_t set;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(set), &set), 0);
	at_once(false, CPU_COUNT(&set) < N ? CPU_COUNT(&set) : N);
	at_once(true, 16);
}

/* What one does is its own: the others answer, and it is ended and told apart. */
static void troublesome(void **state)
{
	struct seen *seen = share();
	const struct host hosts[] = {
		{ seen, "", CRASHES }, { seen, "good", SAYS }, { seen, "half", FAILS },
		{ seen, "", FLOODS }, { seen, "", SAYS }, { seen, "last", SAYS },
	};
	static const enum hd_pool_end ends[] = {
		HD_POOL_DIED, HD_POOL_ANSWERED, HD_POOL_DIED, HD_POOL_TOO_LONG, HD_POOL_ANSWERED,
		HD_POOL_ANSWERED,
	};
	struct taken taken;

	(void)state;
	run(&taken, hosts, HD_ARRAY_SIZE(hosts), false, PATIENT_MS);
	for (size_t i = 0; i < HD_ARRAY_SIZE(hosts); i++)
		assert_int_equal(taken.ends[i], ends[i]);
	assert_true(WIFSIGNALED(taken.how[0]) && WTERMSIG(taken.how[0]) == SIGKILL);
	assert_int_equal(WEXITSTATUS(taken.how[2]), 7);
	assert_string_equal(taken.text[1], "good");
	assert_in_range(taken.length[3], HD_POOL_ANSWER_MAX, HD_POOL_ANSWER_MAX + 65536);
	assert_string_equal(taken.text[5], "last");
}

static void late(void **state)
{
	struct seen *seen = share();
	const struct host hosts[] = { { seen, "", HANGS }, { seen, "", DRIPS } };
	struct taken taken;
	int64_t begin = hd_now_ms();

	(void)state;
	run(&taken, hosts, HD_ARRAY_SIZE(hosts), true, SHORT_MS);
	assert_int_equal(taken.ends[0], HD_POOL_LATE);
	assert_int_equal(taken.ends[1], HD_POOL_LATE);
	assert_in_range(hd_now_ms() - begin, SHORT_MS, PATIENT_MS / 2);
	if (atomic_load(&seen->hanging))
		assert_int_equal(kill(atomic_load(&seen->hanging), 0), -1);
}

/* Who ignores SIGCHLD cannot wait for a child: that is not a signal that ended it. */
static void lost(void **state)
{
	const struct host hosts[] = { { share(), "said", SAYS } };
	struct taken taken;

	(void)state;
	(void)signal(SIGCHLD, SIG_IGN);
	run(&taken, hosts, HD_ARRAY_SIZE(hosts), false, PATIENT_MS);
	(void)signal(SIGCHLD, SIG_DFL);
	assert_int_equal(taken.ends[0], HD_POOL_LOST);
	assert_int_equal(taken.how[0], -ECHILD);
}

/* PID has become ours, or will: is it killed, and does not just end in its own time? */
static bool is_killed(pid_t pid)
{
	int status = 0;

	for (int i = 0; i < PATIENT_MS; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
		pause_for(1);
	}
	return false;
}

/* Whatever ends us, also what a child has started does not stay. */
static void orphans(void **state)
{
	struct seen *seen = share();
	const struct host hosts[] = { { seen, "", STARTS } };
	struct taken taken;
	pid_t pool;

	(void)state;
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	pool = fork();
	if (pool == 0) {
		run(&taken, hosts, HD_ARRAY_SIZE(hosts), true, 10 * PATIENT_MS);
		_exit(0);
	}
	for (int i = 0; i < PATIENT_MS && !atomic_load(&seen->helper); i++)
		pause_for(1);
	assert_true(atomic_load(&seen->helper) > 0);
	assert_int_equal(kill(pool, SIGKILL), 0);
	assert_true(is_killed(pool));
	assert_true(is_killed(atomic_load(&seen->helper)));
	while (wait(NULL) > 0)
		continue;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_order),
		cmocka_unit_test(limits),
		cmocka_unit_test(troublesome),
		cmocka_unit_test(late),
		cmocka_unit_test(lost),
		cmocka_unit_test(orphans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
