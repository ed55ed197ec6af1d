/* SPDX-License-Identifier: GPL-2.0-or-later */
/* undo.c - takes steps back, last first, by looking at the host. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "run/step_child.h"
#include "run/undo.h"

#define LOOK_POLL_MS 20

/* One stage on its way back: the steps that must be set, with what they are now. */
struct batch {
	struct hd_job jobs[HD_PLAN_MAX];
	char now[HD_PLAN_MAX][HD_STATE_MAX];
	size_t steps[HD_PLAN_MAX];
	size_t n;
};

bool hd_look_is_at(const struct hd_knob *knob, const char *wanted, const char *now)
{
	return knob->is_at ? knob->is_at(wanted, now) : !strcmp(wanted, now);
}

bool hd_look_until(const struct hd_step *step, const struct hd_knob_host *host,
		   const char *wanted, int64_t deadline)
{
	char now[HD_STATE_MAX];
	struct hd_error err;

	for (;;) {
		if (step->knob->get(host, step->target, now, &err) == 0 &&
		    hd_look_is_at(step->knob, wanted, now))
			return true;
		if (!hd_ms_left(deadline))
			return false;
		(void)poll(NULL, 0, LOOK_POLL_MS);
	}
}

int hd_stage_ms(const struct hd_plan *plan, size_t first, size_t end,
		const struct hd_knob_host *host, int deadline_ms)
{
	for (size_t i = first; i < end; i++)
		if (plan->steps[i].knob && plan->steps[i].knob->awaits_programs &&
		    host->ending_deadline_ms > deadline_ms)
			return host->ending_deadline_ms;
	return deadline_ms;
}

bool hd_undo_is_back(enum hd_undo end)
{
	return end == HD_UNDO_SKIP || end == HD_UNDO_BACK || end == HD_UNDO_WAS_BACK ||
	       end == HD_UNDO_GONE;
}

static bool is_gone(int rc)
{
	return rc == -ENODEV || rc == -ENOENT;
}

static bool is_between(const struct hd_step *step, const char *now)
{
	return step->knob->is_between && step->knob->is_between(step->from, step->to, now);
}

/* HD_UNDO_WANTED if it must be set. */
static enum hd_undo look_at_state(struct hd_step *step, const struct hd_knob_host *host,
				  char now[static HD_STATE_MAX])
{
	struct hd_error err;
	int rc = step->knob->get(host, step->target, now, &err);

	if (rc == 0 && hd_look_is_at(step->knob, step->from, now))
		return step->knob->undo_always ? HD_UNDO_WANTED : HD_UNDO_WAS_BACK;
	if (rc == 0 && (hd_look_is_at(step->knob, step->to, now) || is_between(step, now)))
		return HD_UNDO_WANTED;
	if (rc == 0)
		(void)hd_fail(&step->error, -ESTALE,
			      "%s is now %s: something else changed it; left as it is",
			      step->target, now);
	else
		step->error = err;
	if (rc == 0)
		return HD_UNDO_FOREIGN;
	return is_gone(rc) ? HD_UNDO_GONE : HD_UNDO_FAILED;
}

static void note_event(struct hd_journal *journal, enum hd_journal_event event, size_t step)
{
	/* The undo goes on without its record: recover looks at the host again. */
	if (journal && hd_journal_put(journal, event, step) < 0)
		return;
}

static void flush_journal(struct hd_journal *journal)
{
	if (journal && hd_journal_sync(journal) < 0)
		return;
}

/* A step that is settled without us is settled for good: what comes later is not ours. */
static bool must_set(const struct hd_plan *plan, enum hd_undo *ends,
		     const struct hd_knob_host *host, struct hd_journal *journal, size_t step,
		     char now[static HD_STATE_MAX])
{
	enum hd_undo was = ends[step];

	if (was != HD_UNDO_WANTED && was != HD_UNDO_AGAIN)
		return false;
	if (plan->steps[step].knob->is_kept) {
		/* Nor a record: one that was at its TO before us has none of its beginning. */
		ends[step] = HD_UNDO_SKIP;
		return false;
	}
	ends[step] = look_at_state(&plan->steps[step], host, now);
	if (ends[step] == HD_UNDO_WANTED && was == HD_UNDO_WANTED)
		note_event(journal, HD_EVENT_UNDO, step);
	else if (ends[step] != HD_UNDO_WANTED && ends[step] != HD_UNDO_FAILED)
		note_event(journal, HD_EVENT_UNDONE, step);
	return ends[step] == HD_UNDO_WANTED;
}

static void gather_jobs(struct batch *batch, const struct hd_plan *plan, enum hd_undo *ends,
			const struct hd_knob_host *host, struct hd_journal *journal, size_t first,
			size_t end)
{
	for (size_t i = end; i-- > first;) {
		struct hd_step *step = &plan->steps[i];

		if (!must_set(plan, ends, host, journal, i, batch->now[batch->n]))
			continue;
		batch->jobs[batch->n] = (struct hd_job){
			.knob = step->knob,
			.target = step->target,
			.from = batch->now[batch->n],
			.to = step->from,
			.is_undo = true,
			.err = &step->error,
		};
		batch->steps[batch->n++] = i;
	}
}

static enum hd_undo why_not(struct hd_step *step, const struct hd_job *job)
{
	if (job->end == HD_JOB_IN_USE)
		return HD_UNDO_BUSY;
	if (job->end != HD_JOB_RAN)
		(void)hd_wrap(&step->error, "%s", step->target);
	if (job->end == HD_JOB_STUCK || job->rc == -ETIME)
		return HD_UNDO_STUCK;
	if (job->rc >= 0)
		(void)hd_fail(&step->error, -EIO, "%s did not return to %s, but no error "
						  "was reported",
			      step->target, step->from);
	return HD_UNDO_FAILED;
}

/* The state decides, not what the set said: a helper may fail after the work is done. */
static enum hd_undo judge_step(struct hd_step *step, const struct hd_job *job,
			       const struct hd_knob_host *host, int64_t deadline)
{
	bool may_change = job->end == HD_JOB_RAN && job->rc == -ETIME;

	if (job->end == HD_JOB_STUCK)
		return why_not(step, job);
	if (hd_look_until(step, host, step->from, may_change ? deadline : 0))
		return HD_UNDO_BACK;
	return why_not(step, job);
}

static void undo_stage(const struct hd_plan *plan, enum hd_undo *ends,
		       const struct hd_knob_host *host, int deadline_ms,
		       struct hd_journal *journal, size_t first, size_t end)
{
	struct batch batch = { .n = 0 };
	int64_t begin, deadline;

	gather_jobs(&batch, plan, ends, host, journal, first, end);
	if (!batch.n)
		return;
	flush_journal(journal);
	begin = hd_now_ms();
	hd_jobs_run(batch.jobs, batch.n, host,
		    hd_stage_ms(plan, first, end, host, deadline_ms));
	deadline = hd_now_ms() + HD_LOOK_MS;
	for (size_t i = 0; i < batch.n; i++) {
		size_t step = batch.steps[i];

		ends[step] = judge_step(&plan->steps[step], &batch.jobs[i], host, deadline);
		plan->steps[step].back_ms = (int)(hd_now_ms() - begin);
		if (ends[step] == HD_UNDO_BACK)
			note_event(journal, HD_EVENT_UNDONE, step);
	}
	flush_journal(journal);
}

/* The step of the stage [FIRST, END) that is in use, and for whose target an earlier one was taken. */
static const struct hd_step *blocking_step(const struct hd_plan *plan, const enum hd_undo *ends,
					   size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		for (size_t j = 0; ends[i] == HD_UNDO_BUSY && j < first; j++)
			if (!strcmp(plan->steps[j].target, plan->steps[i].target))
				return &plan->steps[i];
	return NULL;
}

/*
 * While somebody has the card, what was taken away for it stays away: its modules would find no
 * card, and the display manager no screen.
 */
static void wait_for_step(const struct hd_plan *plan, enum hd_undo *ends, size_t n,
			  const struct hd_step *busy)
{
	for (size_t i = 0; i < n; i++) {
		struct hd_step *step = &plan->steps[i];

		if ((ends[i] != HD_UNDO_WANTED && ends[i] != HD_UNDO_AGAIN) || step->knob->is_kept)
			continue;
		ends[i] = HD_UNDO_BUSY;
		(void)hd_fail(&step->error, -EBUSY, "%s %s waits for %s", step->knob->name,
			      step->target, busy->target);
	}
}

void hd_undo_run(const struct hd_plan *plan, enum hd_undo *ends,
		 const struct hd_knob_host *host, int deadline_ms, struct hd_journal *journal)
{
	for (size_t end = plan->n; end;) {
		const struct hd_step *busy;
		size_t first = end - 1;

		while (first && plan->steps[first - 1].stage == plan->steps[first].stage)
			first--;
		undo_stage(plan, ends, host, deadline_ms, journal, first, end);
		busy = blocking_step(plan, ends, first, end);
		if (busy)
			wait_for_step(plan, ends, first, busy);
		end = busy ? 0 : first;
	}
}
