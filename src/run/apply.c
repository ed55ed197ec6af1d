/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * apply.c - carries out a plan, verified and journalled, and takes it back.
 *
 * Order is what makes a crash harmless: the intent is on disk before the first
 * write, the state is looked at before and after, and the journal goes only
 * when all is back.
 */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "base/clock.h"
#include "run/apply.h"
#include "run/step_child.h"
#include "run/undo.h"

struct run {
	struct hd_plan *plan;
	const struct hd_apply *apply;
	struct hd_journal *journal;	/* NULL: none */
	struct hd_error *err;
};

/* The first error of a run is its reason; the steps keep all of them. */
static void blame_step(struct run *run, const struct hd_error *error)
{
	if (!run->err->code)
		*run->err = *error;
}

static void blame_journal(struct run *run, int rc)
{
	struct hd_error err;

	if (rc == 0)
		return;
	(void)hd_fail(&err, rc, "cannot write the journal: %s", strerror(-rc));
	blame_step(run, &err);
}

static void note_event(struct run *run, enum hd_journal_event event, size_t step)
{
	blame_journal(run, run->journal ? hd_journal_put(run->journal, event, step) : 0);
}

static void flush_journal(struct run *run)
{
	blame_journal(run, run->journal ? hd_journal_sync(run->journal) : 0);
}

static bool has_failed(const struct run *run)
{
	return run->err->code < 0;
}

/*
 * A kept knob that is where it should be already is as good as set: somebody
 * else loaded the module meanwhile, and nobody will unload it.
 */
static void verify_before(struct run *run, struct hd_step *step)
{
	char now[HD_STATE_MAX];

	if (step->knob->get(&run->apply->host, step->target, now, &step->error) == 0) {
		if (hd_look_is_at(step->knob, step->from, now))
			return;
		if (step->knob->is_kept && hd_look_is_at(step->knob, step->to, now)) {
			step->state = HD_STEP_DONE;
			return;
		}
		(void)hd_fail(&step->error, -ESTALE,
			      "%s is now %s, but was %s when it was checked; not changed",
			      step->target, now, step->from);
	}
	step->state = HD_STEP_STALE;
	blame_step(run, &step->error);
}

static size_t gather_jobs(struct run *run, struct hd_job *jobs, size_t *steps, size_t first,
			  size_t end)
{
	size_t n = 0;

	for (size_t i = first; i < end; i++) {
		struct hd_step *step = &run->plan->steps[i];

		if (step->state != HD_STEP_PLANNED)
			continue;
		note_event(run, HD_EVENT_INTENT, i);
		if (step->knob->is_by_others) {
			/* The next sync takes it along: the commit's at the latest. */
			note_event(run, HD_EVENT_DONE, i);
			step->state = HD_STEP_DONE;
			continue;
		}
		jobs[n] = (struct hd_job){
			.knob = step->knob,
			.target = step->target,
			.from = step->from,
			.to = step->to,
			.err = &step->error,
		};
		steps[n++] = i;
	}
	return n;
}

static enum hd_step_state refused(struct hd_step *step, const struct hd_job *job)
{
	if (job->end != HD_JOB_RAN)
		(void)hd_wrap(&step->error, "%s", step->target);
	else if (job->rc >= 0)
		(void)hd_fail(&step->error, -EIO, "%s did not become %s, but no error was reported",
			      step->target, step->to);
	return job->end == HD_JOB_STUCK ? HD_STEP_STUCK : HD_STEP_FAILED;
}

/*
 * A request that was sent and not answered has failed if it is seen carried
 * out after all (then it can be taken back); else its outcome is unknown.
 */
static enum hd_step_state judge_step(struct run *run, struct hd_step *step,
				     const struct hd_job *job, int64_t deadline)
{
	const struct hd_knob_host *host = &run->apply->host;
	bool has_set = job->end == HD_JOB_RAN && (job->rc >= 0 || step->knob->is_kept);

	if (has_set && hd_look_until(step, host, step->to, 0))
		return HD_STEP_DONE;
	if (job->end == HD_JOB_RAN && job->rc == -ETIME)
		return hd_look_until(step, host, step->to, deadline) ? HD_STEP_FAILED :
								       HD_STEP_STUCK;
	return refused(step, job);
}

static enum hd_journal_event event_of(enum hd_step_state state)
{
	if (state == HD_STEP_DONE)
		return HD_EVENT_DONE;
	return state == HD_STEP_STUCK ? HD_EVENT_STUCK : HD_EVENT_FAILED;
}

static void set_stage(struct run *run, size_t first, size_t end)
{
	struct hd_job jobs[HD_PLAN_MAX];
	size_t steps[HD_PLAN_MAX];
	size_t n = gather_jobs(run, jobs, steps, first, end);
	int64_t begin, deadline;

	if (n)
		flush_journal(run);
	if (!n || has_failed(run))
		return;
	begin = hd_now_ms();
	hd_jobs_run(jobs, n, &run->apply->host,
		    hd_stage_ms(run->plan, first, end, &run->apply->host,
				run->apply->step_deadline_ms));
	deadline = hd_now_ms() + HD_LOOK_MS;
	for (size_t i = 0; i < n; i++) {
		struct hd_step *step = &run->plan->steps[steps[i]];

		step->took_ms = (int)(hd_now_ms() - begin);
		step->state = judge_step(run, step, &jobs[i], deadline);
		note_event(run, event_of(step->state), steps[i]);
		if (step->state != HD_STEP_DONE)
			blame_step(run, &step->error);
	}
	flush_journal(run);
}

static void set_all(struct run *run)
{
	struct hd_plan *plan = run->plan;

	for (size_t first = 0, end; first < plan->n && !has_failed(run); first = end) {
		for (end = first; end < plan->n && plan->steps[end].stage ==
			     plan->steps[first].stage; end++)
			verify_before(run, &plan->steps[end]);
		if (!has_failed(run))
			set_stage(run, first, end);
	}
}

static void take_back(struct run *run)
{
	enum hd_undo ends[HD_PLAN_MAX] = { HD_UNDO_SKIP };
	struct hd_plan *plan = run->plan;

	for (size_t i = 0; i < plan->n; i++)
		if (plan->steps[i].state == HD_STEP_DONE ||
		    plan->steps[i].state == HD_STEP_FAILED)
			ends[i] = HD_UNDO_WANTED;
	hd_undo_run(plan, ends, &run->apply->host, run->apply->step_deadline_ms, run->journal);
	for (size_t i = 0; i < plan->n; i++) {
		struct hd_step *step = &plan->steps[i];

		if (!hd_undo_is_back(ends[i]))
			step->state = HD_STEP_STRANDED;
		else if (ends[i] != HD_UNDO_SKIP && step->state == HD_STEP_DONE)
			step->state = HD_STEP_UNDONE;
	}
}

/* Names the first step that is not as before; NULL if there is none. */
static const struct hd_step *stranded(const struct hd_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->steps[i].state == HD_STEP_STRANDED ||
		    plan->steps[i].state == HD_STEP_STUCK)
			return &plan->steps[i];
	return NULL;
}

static enum hd_exit fail_plan(struct run *run, const struct hd_journal_id *id)
{
	const struct hd_step *step;
	char reason[sizeof(run->err->text)];

	take_back(run);
	step = stranded(run->plan);
	if (!step) {
		if (run->journal && hd_journal_remove(run->journal, id) < 0)
			return HD_EXIT_STRANDED;
		return HD_EXIT_HOST;
	}
	memcpy(reason, run->err->text, sizeof(reason));
	if (step->state == HD_STEP_STRANDED)
		(void)hd_fail(run->err, run->err->code, "%.300s; %s could not be restored: %.300s",
			      reason, step->target, step->error.text);
	return HD_EXIT_STRANDED;
}

static enum hd_exit run_plan(struct run *run, const struct hd_journal_id *id)
{
	set_all(run);
	if (!has_failed(run) && run->journal)
		blame_journal(run, hd_journal_commit(run->journal));
	return has_failed(run) ? fail_plan(run, id) : HD_EXIT_OK;
}

/* A ^C half-way would leave work for recover: it waits until all is done or back. */
static void block_signals(sigset_t *ret_before)
{
	sigset_t set;

	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGINT);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGHUP);
	(void)sigprocmask(SIG_BLOCK, &set, ret_before);
}

static int check_plan(const struct hd_plan *plan, struct hd_error *err)
{
	if (plan->n > HD_PLAN_MAX)
		return hd_fail(err, -E2BIG, "%zu steps are more than %d", plan->n, HD_PLAN_MAX);
	for (size_t i = 1; i < plan->n; i++)
		if (plan->steps[i].stage < plan->steps[i - 1].stage)
			return hd_fail(err, -EINVAL, "the plan is not sorted by stage");
	return 0;
}

enum hd_exit hd_plan_apply(struct hd_plan *plan, const struct hd_apply *apply,
			   const struct hd_journal_id *id, struct hd_error *err)
{
	struct hd_journal journal = { .fd = -1 };
	struct run run = { plan, apply, id ? &journal : NULL, err };
	enum hd_exit result;
	sigset_t before;

	err->code = 0;
	if (check_plan(plan, err) < 0)
		return HD_EXIT_HOST;
	if (!plan->n)
		return HD_EXIT_OK;
	block_signals(&before);
	if (id && hd_journal_begin(&journal, apply->dir_fd, id, plan, err) < 0)
		result = HD_EXIT_HOST;
	else
		result = run_plan(&run, id);
	hd_journal_close(&journal);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	return result;
}
