/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * step_child.h - changes of the host at the same time, in processes of their own.
 *
 * A driver may hang in the kernel for ever.  It then hangs a child, which keeps
 * our locks and claims (inherited, close-on-exec), so that nobody else touches
 * the group; we go on after the deadline.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "plan/plan.h"

enum hd_job_end {
	HD_JOB_OPEN,		/* not yet known: before and within the run alone */
	HD_JOB_RAN,		/* rc is what set returned */
	HD_JOB_IN_USE,		/* may_undo refused: set was not called */
	HD_JOB_FAILED,		/* no process, or it died: how far it came is unknown */
	HD_JOB_TIMEOUT,		/* killed after the deadline, and gone */
	HD_JOB_STUCK,		/* it does not end: left alone with what it holds */
};

struct hd_job {
	const struct hd_knob *knob;
	const char *target, *from, *to;
	bool is_undo;		/* ask may_undo first */
	struct hd_error *err;	/* filled unless it ran with rc 0; without a code if rc > 0 */
	enum hd_job_end end;
	int rc;
};

/*
 * Runs the N jobs (at most HD_PLAN_MAX) at the same time and returns when each
 * has ended or is given up: DEADLINE_MS for all, and one second for what is
 * killed.  Allocates nothing.
 */
void hd_jobs_run(struct hd_job *jobs, size_t n, const struct hd_knob_host *host,
		 int deadline_ms) _nonnull_(3);
