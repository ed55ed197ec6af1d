/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rehearsal_unit.h - runs a rehearsal in a transient unit of systemd, with a dead man's switch.
 *
 * The session from which it is started may be what it ends, so it must not be part of it.  systemd
 * ends the unit when it takes too long (RuntimeMaxSec) and, however it ends, also if it is killed,
 * runs `hostdevctl recover` (ExecStopPost), which gives back what is still held.
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "run/apply.h"

#define HD_SYSTEMD_RUN "/usr/bin/systemd-run"
#define HD_REHEARSAL_UNIT "hostdevctl-rehearsal-"	/* and the guest's UUID */

struct hd_rehearsal_unit {
	const char *systemd_run;	/* absolute path */
	const char *program;		/* hostdevctl's own absolute path */
	const char *uuid;		/* the guest's; checked */
	const char *uri;		/* of libvirt, or NULL */
	int hold_s;			/* how long the card is held */
	int work_s;			/* at most, for taking and giving back, without the hold */
	int recover_s;			/* at most, for `recover` */
};

/* How long it may take: WAIT_MS before the plan, its stages by APPLY's deadlines, and all back. */
void hd_rehearsal_unit_bounds(struct hd_rehearsal_unit *ret, const struct hd_plan *plan,
			      const struct hd_apply *apply, int wait_ms) _nonnull_(1, 2, 3);

/*
 * Waits for its end, bounded.  Returns the exit status of the unit or of systemd-run, or a negative
 * errno with ERR; *RET is what systemd-run wrote, printable.  The unit goes on if this process ends.
 */
int hd_rehearsal_unit_run(const char **ret, struct hd_arena *arena,
			  const struct hd_rehearsal_unit *unit, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
