/* SPDX-License-Identifier: GPL-2.0-or-later */
/* process.c - a piece of work in a child with a pipe to us, which can be given up. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/process.h"

#define PAUSE_MIN_NS 50000L	/* what has answered ends at once */
#define PAUSE_MAX_NS 10000000L

int hd_process_start(struct hd_process *ret, hd_process_work *work, const void *data)
{
	_cleanup_(hd_close) int out = -1;
	int ends[2];

	*ret = (struct hd_process){ .fd = -1 };
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	out = ends[1];
	ret->pid = fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0 ? -1 : fork();
	if (ret->pid <= 0)
		hd_close(&ends[0]);
	if (ret->pid < 0)
		return -errno;
	if (ret->pid == 0)
		_exit(work(out, data));
	ret->fd = ends[0];
	return 0;
}

int hd_process_wait(pid_t pid, int64_t deadline)
{
	struct timespec pause = { .tv_nsec = PAUSE_MIN_NS };
	int status = 0;
	pid_t got;

	while ((got = waitpid(pid, &status, WNOHANG)) == 0) {
		if (!hd_ms_left(deadline))
			return -ETIMEDOUT;
		(void)ppoll(NULL, 0, &pause, NULL);
		if (pause.tv_nsec < PAUSE_MAX_NS)
			pause.tv_nsec *= 2;
	}
	return got < 0 ? -errno : status;
}

void hd_process_kill(pid_t pid)
{
	if (pid > 1 && kill(-pid, SIGKILL) < 0)
		(void)kill(pid, SIGKILL);
}

int hd_process_end(struct hd_process *process, int64_t deadline)
{
	hd_process_kill(process->pid);
	hd_close(&process->fd);
	return hd_process_wait(process->pid, deadline);
}

static void leave_stdio(void)
{
	int fd = open("/dev/null", O_RDWR | O_CLOEXEC);

	for (int i = 0; i <= STDERR_FILENO; i++)
		if (fd < 0 || (fd != i && dup2(fd, i) < 0))
			(void)close(i);
}

/* What a caller may have changed; the rest is at its default. */
static void reset_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM,
				       SIGCHLD, SIGUSR1, SIGUSR2 };
	struct sigaction action = { .sa_handler = SIG_DFL };
	sigset_t none;

	for (size_t i = 0; i < HD_ARRAY_SIZE(signals); i++)
		(void)sigaction(signals[i], &action, NULL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

void hd_process_settle(void)
{
	(void)setsid();
	leave_stdio();
	reset_signals();
}

static int ascending(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;

	return (x > y) - (x < y);
}

/* Kernels before 5.9 do not know close_range(2). */
static void close_between(int first, int last)
{
	if (first > last || close_range((unsigned)first, (unsigned)last, 0) == 0)
		return;
	for (int fd = first; fd <= last && fd < 65536; fd++)
		(void)close(fd);
}

void hd_process_keep_only(int fds[], size_t n)
{
	int next = STDERR_FILENO + 1;

	qsort(fds, n, sizeof(*fds), ascending);
	for (size_t i = 0; i < n; i++) {
		close_between(next, fds[i] - 1);
		if (fds[i] >= next)
			next = fds[i] + 1;
	}
	close_between(next, INT_MAX);
}
