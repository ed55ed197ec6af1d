/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_process.c - a child's work is heard, awaited, and given up in time. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/process.h"
#include "base/read.h"
#include "tests/support/unit.h"

#define SHORT_MS 100

static int say(int out, const void *data)
{
	return write(out, data, strlen(data)) < 0 ? 1 : 7;
}

static void hang_for(int ms)
{
	(void)poll(NULL, 0, ms);
}

static int hang(int out, const void *data)
{
	(void)out, (void)data;
	hang_for(PATIENT_MS);
	return 0;
}

static void start(struct hd_process *process, hd_process_work *work, const void *data)
{
	assert_int_equal(hd_process_start(process, work, data), 0);
	assert_true(process->pid > 1);
}

static bool is_gone(pid_t pid)
{
	return kill(pid, 0) < 0 && errno == ESRCH;
}

static int64_t patient(void)
{
	return hd_now_ms() + PATIENT_MS;
}

/* What a child writes at once, of the size of what is told. */
static void hear(const struct hd_process *process, void *ret, size_t size)
{
	assert_int_equal(hd_read_some(process->fd, ret, size, patient()), size);
}

static void its_words_and_its_status_arrive(void **state)
{
	struct hd_process process;
	char buf[16];

	(void)state;
	start(&process, say, "a word");
	assert_int_equal(hd_read_some(process.fd, buf, sizeof(buf), patient()), 6);
	assert_memory_equal(buf, "a word", 6);
	assert_int_equal(hd_read_some(process.fd, buf, sizeof(buf), patient()), 0);
	assert_int_equal(hd_process_wait(process.pid, patient()), 7 << 8);
	assert_int_equal(hd_process_wait(process.pid, patient()), -ECHILD);
	hd_close(&process.fd);
}

static void a_late_one_is_ended(void **state)
{
	struct hd_process process;
	char unused;

	(void)state;
	start(&process, hang, NULL);
	assert_int_equal(read(process.fd, &unused, 1), -1);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(hd_read_some(process.fd, &unused, 1, hd_now_ms() + SHORT_MS), -ETIMEDOUT);
	assert_int_equal(hd_process_wait(process.pid, hd_now_ms() + SHORT_MS), -ETIMEDOUT);
	assert_false(is_gone(process.pid));
	assert_int_equal(hd_process_end(&process, patient()), SIGKILL);
	assert_int_equal(process.fd, -1);
	assert_true(is_gone(process.pid));
}

/* As if the kernel held it: who is traced so does not end by a signal. */
static int hold(int out, const void *data)
{
	const struct hd_process *other = data;
	char is_held = ptrace(PTRACE_SEIZE, other->pid, NULL, (void *)PTRACE_O_TRACEEXIT) == 0;

	return write(out, &is_held, 1) == 1 && is_held ? hang(out, NULL) : 1;
}

static void one_in_the_kernel_is_given_up(void **state)
{
	struct hd_process process, holder;
	char is_held;

	(void)state;
	start(&process, hang, NULL);
	start(&holder, hold, &process);
	hear(&holder, &is_held, 1);
	if (is_held)
		assert_int_equal(hd_process_end(&process, hd_now_ms() + SHORT_MS), -ETIMEDOUT);
	assert_true(hd_process_end(&holder, patient()) >= 0);
	assert_int_equal(hd_process_end(&process, patient()), SIGKILL);
	if (!is_held) {
		print_message("# skipped: processes cannot be traced here\n");
		skip();
	}
}

static int settle_and_fork(int out, const void *data)
{
	(void)data;
	hd_process_settle();
	if (fork() == 0)
		return hang(out, NULL);
	return write(out, "", 1) == 1 ? hang(out, NULL) : 1;
}

/* The pipe ends when the last of the group is gone. */
static void its_group_ends_with_it(void **state)
{
	struct hd_process process;
	char unused;
	int kept;

	(void)state;
	start(&process, settle_and_fork, NULL);
	hear(&process, &unused, 1);
	kept = fcntl(process.fd, F_DUPFD_CLOEXEC, 0);
	assert_int_equal(hd_process_end(&process, patient()), SIGKILL);
	assert_int_equal(hd_read_some(kept, &unused, 1, patient()), 0);
	hd_close(&kept);
}

static int until_parent_leaves(int out, const void *data)
{
	struct pollfd pipe_end = { .fd = out };

	(void)data;
	return poll(&pipe_end, 1, PATIENT_MS) == 1 && pipe_end.revents == POLLERR ? 3 : 1;
}

static void a_child_sees_that_nobody_listens(void **state)
{
	struct hd_process process;

	(void)state;
	start(&process, until_parent_leaves, NULL);
	hd_close(&process.fd);
	assert_int_equal(hd_process_wait(process.pid, patient()), 3 << 8);
}

struct settled {
	bool leads_session, has_null, is_ended_by_term, blocks_term;
};

static bool is_null(int fd)
{
	struct stat there, null;

	return fstat(fd, &there) == 0 && stat("/dev/null", &null) == 0 &&
	       there.st_rdev == null.st_rdev;
}

static int tell_settled(int out, const void *data)
{
	struct sigaction action;
	struct settled found;
	sigset_t mask;

	(void)data;
	hd_process_settle();
	(void)sigaction(SIGTERM, NULL, &action);
	(void)sigprocmask(SIG_SETMASK, NULL, &mask);
	found = (struct settled){
		.leads_session = getsid(0) == getpid(),
		.has_null = is_null(0) && is_null(1) && is_null(2),
		.is_ended_by_term = action.sa_handler == SIG_DFL,
		.blocks_term = sigismember(&mask, SIGTERM),
	};
	return write(out, &found, sizeof(found)) != sizeof(found);
}

static void a_settled_one_is_on_its_own(void **state)
{
	struct hd_process process;
	struct settled found;
	sigset_t term, before;

	(void)state;
	(void)sigemptyset(&term);
	(void)sigaddset(&term, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &term, &before);
	(void)signal(SIGTERM, SIG_IGN);
	start(&process, tell_settled, NULL);
	(void)signal(SIGTERM, SIG_DFL);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	hear(&process, &found, sizeof(found));
	assert_true(found.leads_session && found.has_null && found.is_ended_by_term);
	assert_false(found.blocks_term);
	assert_true(hd_process_end(&process, patient()) >= 0);
}

#define N_FDS 40

/* Keeps each seventh, named in descending order; the last one is above all that it keeps. */
static int keep_some(int out, const void *data)
{
	const int *opened = data;
	int high = fcntl(out, F_DUPFD_CLOEXEC, 500), fds[N_FDS];
	char is_open[N_FDS + 1];
	size_t n = 0;

	for (int i = N_FDS - 1; i >= 0; i--)
		if (i % 7 == 0)
			fds[n++] = opened[i];
	fds[n++] = out;
	hd_process_keep_only(fds, n);
	for (int i = 0; i < N_FDS; i++)
		is_open[i] = fcntl(opened[i], F_GETFD) >= 0;
	is_open[N_FDS] = high < 0 || fcntl(high, F_GETFD) >= 0;
	return write(out, is_open, sizeof(is_open)) != sizeof(is_open);
}

static void only_what_is_named_stays_open(void **state)
{
	struct hd_process process;
	char is_open[N_FDS + 1];
	int opened[N_FDS];

	(void)state;
	for (int i = 0; i < N_FDS; i++)
		opened[i] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	start(&process, keep_some, opened);
	hear(&process, is_open, sizeof(is_open));
	for (int i = 0; i < N_FDS; i++) {
		assert_int_equal(is_open[i], i % 7 == 0);
		hd_close(&opened[i]);
	}
	assert_false(is_open[N_FDS]);
	assert_true(hd_process_end(&process, patient()) >= 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_words_and_its_status_arrive),
		cmocka_unit_test(a_late_one_is_ended),
		cmocka_unit_test(one_in_the_kernel_is_given_up),
		cmocka_unit_test(its_group_ends_with_it),
		cmocka_unit_test(a_child_sees_that_nobody_listens),
		cmocka_unit_test(a_settled_one_is_on_its_own),
		cmocka_unit_test(only_what_is_named_stays_open),
	};

	return cmocka_run_group_tests_name("process", tests, NULL, NULL);
}
