/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * undo.h - takes steps back, last first, by looking at the host.
 *
 * Shared by apply (after a failure) and recover (from a journal).  A step is
 * taken back only from its TO or from half-way; what somebody else made of the
 * host since is not ours to change.
 */
#pragma once

#include "plan/plan.h"
#include "run/journal.h"

enum hd_undo {
	HD_UNDO_SKIP,		/* not asked for */
	HD_UNDO_WANTED,
	HD_UNDO_AGAIN,		/* the same; the journal knows of an earlier attempt */
	HD_UNDO_BACK,		/* taken back now, verified */
	HD_UNDO_WAS_BACK,	/* was at FROM already: not touched */
	HD_UNDO_GONE,		/* the device is not there any more */
	HD_UNDO_FOREIGN,	/* neither TO nor half-way: somebody else's state, not touched */
	HD_UNDO_BUSY,		/* a process uses it: not touched */
	HD_UNDO_FAILED,
	HD_UNDO_STUCK,		/* its child does not end, or the outcome is unknown */
	HD_UNDO_MAX
};

/*
 * Takes back the steps whose ENDS[i] is HD_UNDO_WANTED or _AGAIN, a stage at a time and
 * the steps of a stage at the same time.  Never stops at one that cannot be taken back, except
 * at a BUSY one for whose target an earlier step was taken (a card that a guest has): what is left
 * is BUSY, too.  A knob that is kept is skipped.  The step's error says why one
 * is GONE, FOREIGN, BUSY, FAILED or STUCK; its state is left alone.  DEADLINE_MS is
 * for each stage (but see hd_stage_ms()).  JOURNAL may be NULL; one that cannot be
 * written does not stop the undo.
 */
void hd_undo_run(const struct hd_plan *plan, enum hd_undo *ends,
		 const struct hd_knob_host *host, int deadline_ms, struct hd_journal *journal)
	_nonnull_(1, 3);

/* Is the host as before, as far as this step goes? */
bool hd_undo_is_back(enum hd_undo end);

/*
 * The deadline of the stage [FIRST, END) of PLAN: DEADLINE_MS, or longer where programs must
 * end or begin.
 */
int hd_stage_ms(const struct hd_plan *plan, size_t first, size_t end,
		const struct hd_knob_host *host, int deadline_ms) _nonnull_(1, 4);

/* How long an answer that did not come may still be carried out under our eyes. */
#define HD_LOOK_MS 500

/* Does the state NOW satisfy WANTED? */
bool hd_look_is_at(const struct hd_knob *knob, const char *wanted, const char *now)
	_nonnull_(1, 2, 3);

/* Looks until the step is at WANTED or DEADLINE (hd_now_ms) has passed. */
bool hd_look_until(const struct hd_step *step, const struct hd_knob_host *host,
		   const char *wanted, int64_t deadline) _nonnull_(1, 2, 3);
