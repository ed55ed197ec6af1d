/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host_pool.h - the same work for many hosts, side by side, each with a deadline.
 *
 * Each job runs in a child of its own: what it makes of its host, a crash too, stays its own.
 * The child has no terminal (ssh cannot ask for a password), reads nothing, and dies with us, as does
 * what it has started.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/process.h"

#define HD_POOL_ANSWER_MAX (32u << 20)	/* bytes */

enum hd_pool_end {
	HD_POOL_ANSWERED,	/* the work returned 0: the answer is whole */
	HD_POOL_LATE,		/* it was ended at its deadline */
	HD_POOL_TOO_LONG,	/* it was ended because of HD_POOL_ANSWER_MAX */
	HD_POOL_DIED,		/* how: waitpid(2)'s status */
	HD_POOL_LOST,		/* it ended, but nobody knows how; how: a negative errno */
	HD_POOL_NOT_STARTED,	/* how: a negative errno */
};

struct hd_pool_job {
	const void *data;	/* for the work */
	bool is_remote;		/* it waits for a network, and not for a processor of ours */

	enum hd_pool_end end;
	int how;
	char *text;		/* its answer, LENGTH bytes; NULL if there are none */
	size_t length;

	enum { HD_JOB_WAITS, HD_JOB_RUNS, HD_JOB_ENDED } state;
	struct hd_arena arena;
	struct hd_process process;
	int64_t deadline;
};

/* What is made of an answer, in the order of the jobs; JOB's memory is freed after it. */
typedef void hd_pool_taker(const struct hd_pool_job *job, void *data);

/*
 * As many at once as this process may use processors, and 16 remote ones besides.  Returns when
 * TAKE had them all: no job is waited for longer than DEADLINE_MS after its start.
 */
void hd_pool_run(struct hd_pool_job *jobs, size_t n, int deadline_ms, hd_process_work *work,
		 hd_pool_taker *take, void *data) _nonnull_(1, 4, 5);
