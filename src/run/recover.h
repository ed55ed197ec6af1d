/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * recover.h - gives back what a journal says we took.
 *
 * Decides from the state of the host, never from the journal alone: a step is
 * taken back only if the host is at its TO, or half-way between, and nobody has
 * the device open.  Works after a crash at any instruction, and is idempotent.
 */
#pragma once

#include <stdint.h>

#include "run/apply.h"

struct hd_recovery {
	enum hd_exit result;
	size_t n_given_back;
	size_t n_busy;		/* still in use by a process: left for later, not an error */
	struct hd_plan plan;	/* the steps in the order of the way back; PLANNED: nothing to do */
	const char *text;	/* what happened, one line per step, for people; owned by the arena */
};

/*
 * One owner's journal, if there is one, read once it is locked: takes back its steps, last
 * first, and removes it when all are settled.  A step whose state is somebody
 * else's by now is settled, too.  A journal that another process is at work on
 * counts as busy.  KNOBS is a NULL-terminated list to look names up in.  The
 * caller holds the group locks.
 */
void hd_recover_entry(struct hd_recovery *ret, struct hd_arena *arena,
		      const struct hd_journal_id *id, const struct hd_apply *apply,
		      const struct hd_knob *const *knobs) _nonnull_(1, 2, 3, 4, 5);

/*
 * Of that journal only what was done to the drivers of functions of IOMMU group GROUP; it is
 * removed only if nothing else of it is left to take back.  Nobody may have the group open.
 */
void hd_recover_group(struct hd_recovery *ret, struct hd_arena *arena,
		      const struct hd_journal_id *id, const struct hd_apply *apply,
		      const struct hd_knob *const *knobs, int group) _nonnull_(1, 2, 3, 4, 5);

/* HD_EXIT_OK if all is back; HD_EXIT_HOST as long as some of it is in use. */
enum hd_exit hd_recovery_exit(const struct hd_recovery *recovery) _nonnull_(1);

/*
 * All journals.  A guest's is given back unless a process still has its device
 * open; an administrator's only if it was not committed; a rehearsal's whenever the
 * locks can be had, since it holds them as long as it is at work.  Takes the group
 * locks itself, waiting at most until DEADLINE for each.
 *
 * Between `prepare` and the moment QEMU opens the group a committed guest's
 * device looks unused.  Unless apply->is_boot, a committed journal is therefore
 * left (and counted as busy) while it is younger than a minute, by when libvirt
 * has written the guest's status file, and as long as there is such a file, or
 * one that cannot be understood.
 */
#define HD_RECOVER_SETTLE_S 60
void hd_recover_all(struct hd_recovery *ret, struct hd_arena *arena,
		    const struct hd_apply *apply, const struct hd_knob *const *knobs,
		    int64_t deadline) _nonnull_(1, 2, 3, 4);
