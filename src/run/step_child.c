/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * step_child.c - runs changes of the host in children, and outlives them.
 *
 * Most changes take less than a fork(2), so a child that has made one takes the
 * next.  As long as some are not begun another child is started every few
 * milliseconds, so that slow changes are made at the same time.  Who has which
 * is in shared memory, taken by one atomic exchange: it is known also of a
 * child that dies or hangs.
 *
 * A child answers with one message for each change over a pipe, which is
 * atomic.  The end of the pipe is the end of the child: nobody else has it,
 * since what a child executes closes it.  A pid stays ours until we reap it, so
 * a signal to it cannot hit another process.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/descendants.h"
#include "base/process.h"
#include "run/step_child.h"

#define HELP_MS 2
#define REAP_MS 1000
#define CLOSED (-1)

struct message {
	size_t job;
	int rc;
	enum hd_job_end end;
	char text[sizeof(((struct hd_error *)NULL)->text)];
};
_Static_assert(sizeof(struct message) <= PIPE_BUF, "one message is one atomic write");

struct owners {
	atomic_int of[HD_PLAN_MAX];	/* of a job: 0 nobody yet, a child's pid, or CLOSED */
};

struct crew {
	struct hd_job *jobs;
	size_t n;
	const struct hd_knob_host *host;
	struct owners *owners;
	struct hd_process children[HD_PLAN_MAX];	/* fd -1: ended, or given up */
	size_t n_children, n_open;
	int rc;			/* of the last start; after a failure no other is started */
};

/* True if nobody else has job I, nor will. */
static bool take_job(const struct crew *crew, size_t i, int owner)
{
	int nobody = 0;

	return atomic_compare_exchange_strong(&crew->owners->of[i], &nobody, owner);
}

static bool is_any_free(const struct crew *crew)
{
	for (size_t i = 0; i < crew->n; i++)
		if (!atomic_load(&crew->owners->of[i]))
			return true;
	return false;
}

/* What the child has begun and not answered; NULL: nothing. */
static struct hd_job *job_of(const struct crew *crew, const struct hd_process *child)
{
	for (size_t i = 0; i < crew->n; i++)
		if (atomic_load(&crew->owners->of[i]) == child->pid &&
		    crew->jobs[i].end == HD_JOB_OPEN)
			return &crew->jobs[i];
	return NULL;
}

static void run(const struct hd_job *job, const struct hd_knob_host *host,
		struct message *message)
{
	struct hd_error err = { 0 };

	message->end = HD_JOB_RAN;
	message->rc = 0;
	if (job->is_undo && job->knob->may_undo)
		message->rc = job->knob->may_undo(host, job->target, job->from, &err);
	if (message->rc < 0)
		message->end = HD_JOB_IN_USE;
	else
		message->rc = job->knob->set(host, job->target, job->from, job->to, &err);
	memcpy(message->text, err.text, sizeof(message->text));
}

/* Ends at the first failure: what that may have left behind is not the next one's. */
static int work(int out, const void *data)
{
	const struct crew *crew = data;
	struct message message = { 0 };

	hd_process_settle();
	for (size_t i = 0; i < crew->n && message.rc >= 0; i++) {
		if (!take_job(crew, i, getpid()))
			continue;
		message.job = i;
		run(&crew->jobs[i], crew->host, &message);
		if (write(out, &message, sizeof(message)) != sizeof(message))
			return 1;
	}
	return 0;
}

static void start_jobs(struct crew *crew)
{
	crew->rc = hd_process_start(&crew->children[crew->n_children], work, crew);
	if (crew->rc < 0)
		return;
	crew->n_children++;
	crew->n_open++;
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

/* What is answered is known, whatever became of the child since. Returns what read(2) does. */
static ssize_t hear_child(const struct crew *crew, const struct hd_process *child)
{
	struct message message = { 0 };
	ssize_t n = read(child->fd, &message, sizeof(message));
	struct hd_job *job = job_of(crew, child);

	if (n != sizeof(message) || !job || message.job != (size_t)(job - crew->jobs))
		return n;
	message.text[sizeof(message.text) - 1] = '\0';
	job->end = message.end;
	job->rc = message.rc;
	if (message.rc < 0)
		(void)hd_fail(job->err, message.rc, "%s", message.text);
	else if (message.rc > 0)
		hd_remark(job->err, "%s", message.text);
	return n;
}

static void let_go(struct crew *crew, struct hd_process *child)
{
	hd_close(&child->fd);
	crew->n_open--;
}

/* The child has ended, so its pipe has. */
static void end_job(struct crew *crew, struct hd_process *child)
{
	struct hd_job *job = job_of(crew, child);
	int status;

	let_go(crew, child);
	status = hd_process_wait(child->pid, hd_now_ms() + REAP_MS);
	if (job)
		say_death(job, status < 0 ? 0 : status);
}

static void listen_to_children(struct crew *crew, int timeout_ms)
{
	struct pollfd fds[HD_PLAN_MAX];
	size_t n = crew->n_children;

	for (size_t i = 0; i < n; i++)
		fds[i] = (struct pollfd){ .fd = crew->children[i].fd, .events = POLLIN };
	if (poll(fds, n, timeout_ms) <= 0)
		return;
	for (size_t i = 0; i < n; i++)
		if (fds[i].revents && hear_child(crew, &crew->children[i]) == 0)
			end_job(crew, &crew->children[i]);
}

/* Until all children have ended and nothing is left to begin, or DEADLINE has passed. */
static void collect_results(struct crew *crew, int64_t deadline)
{
	int64_t help_at = 0;

	while (hd_ms_left(deadline)) {
		bool may_start = crew->rc == 0 && crew->n_children < crew->n &&
				 is_any_free(crew);

		if (may_start && (!crew->n_open || !hd_ms_left(help_at))) {
			start_jobs(crew);
			help_at = hd_now_ms() + HELP_MS;
		}
		if (!crew->n_open)
			return;
		listen_to_children(
			crew, hd_ms_left(may_start && help_at < deadline ? help_at : deadline));
	}
}

/* One line of "[<0>] function+0x1/0x2" each, innermost first. */
static void say_stuck(struct hd_job *job, pid_t pid)
{
	char path[32], stack[400] = "its stack cannot be read";
	_cleanup_(hd_close) int fd = -1;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "/proc/%d/stack", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, stack, sizeof(stack) - 1);
	if (n > 0)
		stack[n] = '\0';
	for (char *c = stack; (c = strchr(c, '\n'));)
		*c = c[1] ? ';' : '\0';
	job->end = HD_JOB_STUCK;
	job->rc = hd_fail(job->err, -ETIMEDOUT,
			  "stuck in the kernel (process %d) and left there: %s", (int)pid, stack);
}

static bool is_in_kernel(pid_t pid)
{
	struct hd_descendant now;

	return hd_descendant_look(&now, pid) && now.state == 'D';
}

static void stop_child(const struct crew *crew, const struct hd_process *child)
{
	struct hd_job *job;

	while (hear_child(crew, child) > 0)
		;
	job = job_of(crew, child);
	if (job && is_in_kernel(child->pid))
		say_stuck(job, child->pid);
	else
		hd_process_kill(child->pid);	/* with all that it started */
}

/* An answer that came at the last moment counts: it may say that the outcome is unknown. */
static void bury_child(struct crew *crew, struct hd_process *child, int64_t deadline,
		       int deadline_ms)
{
	struct hd_job *job = job_of(crew, child);

	if (job && hd_process_wait(child->pid, deadline) == -ETIMEDOUT)
		say_stuck(job, child->pid);
	while (hear_child(crew, child) > 0)
		;
	if (job && job->end == HD_JOB_OPEN) {
		job->end = HD_JOB_TIMEOUT;
		job->rc = hd_fail(job->err, -ETIMEDOUT, "it did not end within %d ms", deadline_ms);
	}
	let_go(crew, child);
}

/* Nobody begins any more what was not begun: a child that hangs may come back much later. */
static void close_rest(struct crew *crew, int deadline_ms)
{
	for (size_t i = 0; i < crew->n; i++) {
		struct hd_job *job = &crew->jobs[i];

		if (crew->owners && !take_job(crew, i, CLOSED))
			continue;
		job->end = HD_JOB_FAILED;
		if (crew->rc < 0)
			job->rc = hd_fail(job->err, crew->rc, "cannot start a process: %s",
					  strerror(-crew->rc));
		else
			job->rc = hd_fail(job->err, -ETIMEDOUT,
					  "no process started it within %d ms", deadline_ms);
	}
}

static void give_up(struct crew *crew, int deadline_ms)
{
	int64_t deadline = hd_now_ms() + REAP_MS;

	close_rest(crew, deadline_ms);
	for (size_t i = 0; i < crew->n_children; i++)
		if (crew->children[i].fd >= 0)
			stop_child(crew, &crew->children[i]);
	for (size_t i = 0; i < crew->n_children; i++)
		if (crew->children[i].fd >= 0)
			bury_child(crew, &crew->children[i], deadline, deadline_ms);
}

void hd_jobs_run(struct hd_job *jobs, size_t n, const struct hd_knob_host *host,
		 int deadline_ms)
{
	struct crew crew = { .jobs = jobs, .n = n, .host = host };

	crew.owners = mmap(NULL, sizeof(*crew.owners), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (crew.owners == MAP_FAILED) {
		crew.owners = NULL;
		crew.rc = -errno;
	} else {
		collect_results(&crew, hd_now_ms() + deadline_ms);
	}
	give_up(&crew, deadline_ms);
	if (crew.owners)
		(void)munmap(crew.owners, sizeof(*crew.owners));
}
