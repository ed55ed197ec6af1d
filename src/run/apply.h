/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * apply.h - carries out a plan, verified and journalled, and takes it back.
 *
 * Each step's set runs in a child process with a deadline, so that a driver
 * that hangs in the kernel cannot hang us (and with us the libvirt daemon).  A
 * child in D state is reported with its kernel stack and left alone: neither
 * waited for nor counted as undone.  Allocates nothing and prints nothing.
 */
#pragma once

#include "base/exit.h"
#include "plan/plan.h"
#include "run/journal.h"

struct hd_apply {
	struct hd_knob_host host;
	int dir_fd;			/* the state directory (journals) */
	/*
	 * For one stage; one that waits for programs has the host's ending_deadline_ms, if that
	 * is longer.  A libvirt binder needs more than its two deadlines: its
	 * answer that the outcome is unknown must come first.
	 */
	int step_deadline_ms;
	/* For recover: no guest's start can be under way (before the daemon runs). */
	bool is_boot;
};

/*
 * For each stage: verifies FROM, notes the intent, sets all steps at the same
 * time, verifies TO, notes the result.  On failure takes back what was done,
 * last first, and never stops at the first step that cannot be taken back.  The
 * caller holds the group locks.
 *
 * HD_EXIT_OK: all done, journal committed (none for a plan without steps).
 * HD_EXIT_HOST: as before, journal gone.  HD_EXIT_STRANDED: something could not
 * be put back, or its outcome is unknown; the journal stays.  ERR and the steps
 * say what and why.  ID NULL: no journal.  SIGINT, SIGTERM and SIGHUP wait
 * until it returns.
 */
enum hd_exit hd_plan_apply(struct hd_plan *plan, const struct hd_apply *apply,
			   const struct hd_journal_id *id, struct hd_error *err)
	_nonnull_(1, 2, 4) _must_check_;
