/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * child.c - runs changes of the host in children, and outlives them.
 *
 * A child answers with one message over a pipe, which is atomic.  The end of
 * the pipe is the end of the child: nobody else has it, since what a child
 * executes closes it.  A pid stays ours until we reap it, so a signal to it
 * cannot hit another process.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "plan/child.h"
#include "plan/settle.h"

#define REAP_MS 1000
#define REAP_MIN_NS 50000L	/* what has answered ends at once */
#define REAP_MAX_NS 10000000L

struct message {
	int rc;
	enum hd_job_end end;
	char text[sizeof(((struct hd_error *)NULL)->text)];
};
_Static_assert(sizeof(struct message) <= PIPE_BUF, "one message is one atomic write");

static void work(const struct hd_job *job, const struct hd_knob_host *host, int fd) _noreturn_;

static void work(const struct hd_job *job, const struct hd_knob_host *host, int fd)
{
	struct hd_error err = { 0 };
	struct message message = { .end = HD_JOB_RAN };

	hd_settle();
	if (job->is_undo && job->knob->may_undo)
		message.rc = job->knob->may_undo(host, job->target, job->from, &err);
	if (message.rc < 0)
		message.end = HD_JOB_IN_USE;
	else
		message.rc = job->knob->set(host, job->target, job->from, job->to, &err);
	memcpy(message.text, err.text, sizeof(message.text));
	_exit(write(fd, &message, sizeof(message)) != sizeof(message));
}

static void start(struct hd_job *job, const struct hd_knob_host *host)
{
	int ends[2] = { -1, -1 };

	job->fd = -1;
	job->pid = -1;
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0)
		job->pid = fork();
	if (job->pid == 0)
		work(job, host, ends[1]);
	if (job->pid < 0) {
		job->end = HD_JOB_FAILED;
		job->rc = hd_fail(job->err, -errno, "cannot start a process: %s",
				  strerror(errno));
		hd_close(&ends[0]);
	}
	hd_close(&ends[1]);
	job->fd = ends[0];
}

/* True when the child is reaped. Bounded: a child that was killed may still not end. */
static bool is_reaped(struct hd_job *job, int *ret_status, int64_t deadline)
{
	struct timespec pause = { .tv_nsec = REAP_MIN_NS };
	pid_t pid;

	while ((pid = waitpid(job->pid, ret_status, WNOHANG)) == 0) {
		if (!hd_ms_left(deadline))
			return false;
		(void)nanosleep(&pause, NULL);
		if (pause.tv_nsec < REAP_MAX_NS)
			pause.tv_nsec *= 2;
	}
	if (pid < 0)
		*ret_status = 0;
	return true;
}

static void say_death(struct hd_job *job, int status)
{
	job->end = HD_JOB_FAILED;
	job->rc = -EIO;
	if (WIFSIGNALED(status))
		(void)hd_fail(job->err, -EIO, "the process that changed it was ended by signal %d",
			      WTERMSIG(status));
	else
		(void)hd_fail(job->err, -EIO, "the process that changed it ended with status %d",
			      WEXITSTATUS(status));
}

/* True if the child has answered: what it did is known, whatever became of it since. */
static bool has_answered(struct hd_job *job)
{
	struct message message = { 0 };

	if (read(job->fd, &message, sizeof(message)) != sizeof(message))
		return false;
	message.text[sizeof(message.text) - 1] = '\0';
	job->end = message.end;
	job->rc = message.rc;
	if (message.rc < 0)
		(void)hd_fail(job->err, message.rc, "%s", message.text);
	else if (message.rc > 0)
		hd_remark(job->err, "%s", message.text);
	return true;
}

/* The pipe has a message, or its end. */
static void finish(struct hd_job *job)
{
	bool is_known = has_answered(job);
	int status = 0;

	hd_close(&job->fd);
	(void)is_reaped(job, &status, hd_now_ms() + REAP_MS);
	if (!is_known)
		say_death(job, status);
}

/* Waits for the children until all have ended or DEADLINE has passed. */
static void collect(struct hd_job *jobs, size_t n, int64_t deadline)
{
	struct pollfd fds[HD_PLAN_MAX];
	size_t open = n;

	while (open) {
		open = 0;
		for (size_t i = 0; i < n; i++) {
			fds[i] = (struct pollfd){ .fd = jobs[i].fd, .events = POLLIN };
			open += jobs[i].fd >= 0;
		}
		if (!open || poll(fds, n, hd_ms_left(deadline)) == 0)
			return;
		for (size_t i = 0; i < n; i++)
			if (fds[i].fd >= 0 && fds[i].revents)
				finish(&jobs[i]);
	}
}

static size_t slurp(pid_t pid, const char *name, char *buf, size_t size)
{
	char path[64];
	_cleanup_(hd_close) int fd = -1;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, buf, size - 1);
	buf[n < 0 ? 0 : n] = '\0';
	return n < 0 ? 0 : (size_t)n;
}

/* "PID (name) STATE ..."; the name may have any character (proc(5)). */
static bool is_in_kernel(pid_t pid)
{
	char text[512];
	const char *end;

	(void)slurp(pid, "stat", text, sizeof(text));
	end = strrchr(text, ')');
	return end && end[1] == ' ' && end[2] == 'D';
}

/* One line of "[<0>] function+0x1/0x2" each, innermost first. */
static void say_stuck(struct hd_job *job)
{
	char stack[400];
	size_t n = slurp(job->pid, "stack", stack, sizeof(stack));

	for (size_t i = 0; i < n; i++)
		if (stack[i] == '\n')
			stack[i] = i + 1 < n ? ';' : '\0';
	job->end = HD_JOB_STUCK;
	job->rc = hd_fail(job->err, -ETIMEDOUT,
			  "stuck in the kernel (process %d), left alone there: %s",
			  (int)job->pid, n ? stack : "its stack cannot be read");
}

/* With all that it started: what a helper does later must not surprise us. */
static void kill_job(const struct hd_job *job)
{
	if (kill(-job->pid, SIGKILL) < 0)
		(void)kill(job->pid, SIGKILL);
}

static void stop(struct hd_job *job)
{
	job->end = HD_JOB_TIMEOUT;
	if (is_in_kernel(job->pid))
		say_stuck(job);
	else
		kill_job(job);
}

/* An answer that came at the last moment counts: it may say that the outcome is unknown. */
static void bury(struct hd_job *job, int64_t deadline, int deadline_ms)
{
	int status;

	if (job->end == HD_JOB_TIMEOUT && !is_reaped(job, &status, deadline))
		say_stuck(job);
	if (job->end == HD_JOB_TIMEOUT && !has_answered(job))
		job->rc = hd_fail(job->err, -ETIMEDOUT, "no end within %d ms", deadline_ms);
	hd_close(&job->fd);
}

static void give_up(struct hd_job *jobs, size_t n, int deadline_ms)
{
	int64_t deadline = hd_now_ms() + REAP_MS;

	for (size_t i = 0; i < n; i++)
		if (jobs[i].fd >= 0)
			stop(&jobs[i]);
	for (size_t i = 0; i < n; i++)
		if (jobs[i].fd >= 0)
			bury(&jobs[i], deadline, deadline_ms);
}

void hd_jobs_run(struct hd_job *jobs, size_t n, const struct hd_knob_host *host,
		 int deadline_ms)
{
	int64_t deadline = hd_now_ms() + deadline_ms;

	for (size_t i = 0; i < n; i++)
		start(&jobs[i], host);
	collect(jobs, n, deadline);
	give_up(jobs, n, deadline_ms);
}
