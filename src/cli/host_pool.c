/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_pool.c - the same work for many hosts, side by side, each with a deadline. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/host_pool.h"

#define REMOTE_LIMIT 16
#define CHUNK 65536
#define END_MS 500	/* a killed child that is not in the kernel is gone by then */

struct pool {
	struct hd_pool_job *jobs;
	size_t n, taken;
	size_t running[2], limit[2];	/* of hosts that are files, and of remote ones */
	int deadline_ms;
	hd_process_work *work;
	struct pollfd *fds;
	struct hd_pool_job **polled;	/* whose descriptor it is */
};

struct start {
	hd_process_work *work;
	const void *data;
	pid_t parent;
};

/* SIGKILL for the child alone would leave what it has started: ssh, and who asks libvirt. */
static void end_group(int sig)
{
	(void)sig;
	(void)kill(0, SIGKILL);	/* what removes its files has left the group */
}

static int work_alone(int out, const void *data)
{
	const struct start *start = data;

	hd_process_settle();
	hd_process_keep_only(&out, 1);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGTERM, end_group);
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	return getppid() == start->parent ? start->work(out, start->data) : EXIT_FAILURE;
}

static void end_job(struct pool *pool, struct hd_pool_job *job, enum hd_pool_end end, int how)
{
	hd_close(&job->process.fd);
	job->state = HD_JOB_ENDED;
	job->end = end;
	job->how = how;
	pool->running[job->is_remote]--;
}

static void start_job(struct pool *pool, struct hd_pool_job *job)
{
	const struct start start = { pool->work, job->data, getpid() };
	int rc = hd_process_start(&job->process, work_alone, &start);

	job->state = HD_JOB_RUNS;
	job->deadline = hd_now_ms() + pool->deadline_ms;
	pool->running[job->is_remote]++;
	if (rc < 0)
		end_job(pool, job, HD_POOL_NOT_STARTED, rc);
}

static void start_jobs(struct pool *pool)
{
	for (size_t i = pool->taken; i < pool->n; i++) {
		struct hd_pool_job *job = &pool->jobs[i];

		if (job->state == HD_JOB_WAITS &&
		    pool->running[job->is_remote] < pool->limit[job->is_remote])
			start_job(pool, job);
	}
}

static void give_up(struct pool *pool, struct hd_pool_job *job, enum hd_pool_end end)
{
	(void)hd_process_end(&job->process, hd_now_ms() + END_MS);
	end_job(pool, job, end, 0);
}

/* It has written all that it has to say. */
static void see_end(struct pool *pool, struct hd_pool_job *job)
{
	int status = hd_process_wait(job->process.pid, job->deadline);

	if (status == -ETIMEDOUT)
		give_up(pool, job, HD_POOL_LATE);
	else if (status < 0)
		end_job(pool, job, HD_POOL_LOST, status);
	else
		end_job(pool, job, status == 0 ? HD_POOL_ANSWERED : HD_POOL_DIED, status);
}

static void read_answer(struct pool *pool, struct hd_pool_job *job)
{
	char buf[CHUNK];
	ssize_t n = read(job->process.fd, buf, sizeof(buf));

	if (n > 0)
		hd_append_text(&job->arena, &job->text, &job->length, buf, (size_t)n);
	if (job->length > HD_POOL_ANSWER_MAX)
		give_up(pool, job, HD_POOL_TOO_LONG);
	else if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
		see_end(pool, job);
}

/* Fills what is polled; returns how many, and the first deadline of them. */
static size_t find_running(struct pool *pool, int64_t *ret_deadline)
{
	size_t n = 0;

	*ret_deadline = INT64_MAX;
	for (size_t i = pool->taken; i < pool->n; i++) {
		struct hd_pool_job *job = &pool->jobs[i];

		if (job->state != HD_JOB_RUNS)
			continue;
		pool->fds[n] = (struct pollfd){ .fd = job->process.fd, .events = POLLIN };
		pool->polled[n++] = job;
		if (job->deadline < *ret_deadline)
			*ret_deadline = job->deadline;
	}
	return n;
}

static void wait_for_some(struct pool *pool)
{
	int64_t deadline;
	size_t n = find_running(pool, &deadline);

	if (!n || poll(pool->fds, n, hd_ms_left(deadline)) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		struct hd_pool_job *job = pool->polled[i];

		if (pool->fds[i].revents)
			read_answer(pool, job);
		if (job->state == HD_JOB_RUNS && !hd_ms_left(job->deadline))
			give_up(pool, job, HD_POOL_LATE);
	}
}

static size_t processors(void)
{
	cpu_set_t set;

	return sched_getaffinity(0, sizeof(set), &set) == 0 ? (size_t)CPU_COUNT(&set) : 1;
}

void hd_pool_run(struct hd_pool_job *jobs, size_t n, int deadline_ms, hd_process_work *work,
		 hd_pool_taker *take, void *data)
{
	struct hd_arena arena = { 0 };
	struct pool pool = {
		.jobs = jobs, .n = n, .limit = { processors(), REMOTE_LIMIT },
		.deadline_ms = deadline_ms, .work = work,
		.fds = hd_alloc(&arena, n * sizeof(*pool.fds) + 1),
		.polled = hd_alloc(&arena, n * sizeof(struct hd_pool_job *) + 1),
	};

	while (pool.taken < n) {
		start_jobs(&pool);
		wait_for_some(&pool);
		for (; pool.taken < n && jobs[pool.taken].state == HD_JOB_ENDED; pool.taken++) {
			take(&jobs[pool.taken], data);
			hd_arena_done(&jobs[pool.taken].arena);
		}
	}
	hd_arena_done(&arena);
}
