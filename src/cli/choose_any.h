/* SPDX-License-Identifier: GPL-2.0-or-later */
/* choose_any.h - chooses one of several equal devices for a guest, so that nobody else takes it. */
#pragma once

#include "act/plan_notes.h"
#include "act/candidates.h"
#include "cli/command.h"
#include "inventory/resolve.h"

struct hd_choice {
	int lock;			/* hd_choice_lock(); -1: not held */
	struct hd_any any;		/* what was chosen, for the metadata; .of NULL: nothing */
};

/* Unless the run is a dry one. Close it in all cases, when the definition or a journal has it. */
enum hd_exit hd_choice_open(struct hd_choice *ret, struct hd_run *run, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
void hd_choice_close(struct hd_choice *choice) _nonnull_(1);

/*
 * Closes it if a journal says who has the chosen device: others see that, and need not wait until
 * libvirt has pinned a guest's memory for it.  One that libvirt binds itself may have no journal.
 */
void hd_choice_close_if_seen(struct hd_choice *choice, struct hd_context *context) _nonnull_(1, 2);

/*
 * Chooses for `attach --any`, if that is asked for: the operands behind the guest, in *NAMES and *N, get
 * the device's address.  NOTES say what was chosen, or HD_EXIT_REFUSED why each device was not.
 */
enum hd_exit hd_choose_for_attach(struct hd_choice *choice, struct hd_run *run, char *const **names,
				  int *n, struct hd_notes *notes, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5, 6) _must_check_;

/*
 * For the metadata of the guest of XML, which gets the N REFS: of what kind the chosen one is any, and that
 * none of the others is, though the guest may once have had that one so.
 */
void hd_choice_note_kinds(struct hd_policy *wanted, const struct hd_choice *choice,
			  const struct hd_run *run, const char *xml,
			  const struct hd_device_ref *refs, int n) _nonnull_(1, 2, 3, 4);

/* One line for each device of ALL that is not free. */
void hd_choice_note_reasons(struct hd_notes *notes, struct hd_arena *arena,
			    const struct hd_candidates *all) _nonnull_(1, 2, 3);

/* "0000:05:00.0 is chosen of gpu:10de:2684, on the guest's NUMA node 1; 2 others are free" */
void hd_choice_note_chosen(struct hd_notes *notes, const struct hd_run *run,
			   const struct hd_candidates *all, const struct hd_candidate *device)
	_nonnull_(1, 2, 3, 4);
