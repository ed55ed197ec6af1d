/* SPDX-License-Identifier: GPL-2.0-or-later */
/* host_change.h - what a change of the host needs: state directory, locks, binder. */
#pragma once

#include "act/plan_notes.h"
#include "base/context.h"
#include "base/lock.h"
#include "base/pciaddr.h"
#include "run/recover.h"

struct hd_change {
	struct hd_context *context;
	struct hd_knobs knobs;		/* the binder's */
	const char *uri, *program;	/* for the libvirt binder; NULL: its own (knob/knobs.h) */
	int dir_fd;			/* the state directory; -1: not open, nothing may be changed */
	struct hd_locks locks;
	struct hd_plan done;		/* the steps of all devices, for the report */
	struct hd_notes notes;
	/* Was the guest changed, or with --dry-run: would it be? Of those that change one. */
	bool is_of_guest, has_changed_guest;
	/* NULL, or what somebody who waits for this process reads: may the host have changed? */
	_Atomic bool *may_have_changed;
};

/* Who changes the drivers, by enum hd_binder. */
extern const struct hd_knobs hd_binders[];

/* Opens the state directory. */
int hd_change_open_state(struct hd_change *change, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/*
 * Locks the groups of the functions and, unless ID is NULL, those in the journal of that
 * name and of what was plugged into that guest; waits at most the configured time.  A function's group never
 * changes while it exists, so it may be read before the lock; what decides is read under
 * it.
 */
int hd_change_lock(struct hd_change *change, const struct hd_pci_addr *addrs, size_t n,
		   const struct hd_journal_id *id, struct hd_error *err)
	_nonnull_(1, 5) _must_check_;

void hd_change_close(struct hd_change *change) _nonnull_(1);	/* fine when open failed */

/* How a plan is applied, and taken back. */
struct hd_apply hd_change_apply(const struct hd_change *change) _nonnull_(1);

/* To be called right before the host is changed. */
void hd_change_announce(const struct hd_change *change) _nonnull_(1);

/* Gives back what the journal of ID holds, if there is one (hd_recover_entry); announces it. */
enum hd_exit hd_change_give_back(struct hd_recovery *ret, const struct hd_change *change,
				 const struct hd_journal_id *id,
				 const struct hd_knob *const *knobs) _nonnull_(1, 2, 3, 4);

/*
 * The same, by all knobs, again until nothing is in use, for at most one step's deadline: who had
 * it is dead, but the kernel may still be closing its files.  RET has the sum of all attempts.
 */
enum hd_exit hd_change_give_back_all(struct hd_recovery *ret, const struct hd_change *change,
				     const struct hd_journal_id *id) _nonnull_(1, 2, 3);

/*
 * The same for what was plugged into the guest of ID while it ran, each under a journal of its
 * own; the deadline is one for all.  RET has the sum; its plan is empty.
 */
enum hd_exit hd_change_give_back_plugged(struct hd_recovery *ret, const struct hd_change *change,
					 const struct hd_journal_id *id) _nonnull_(1, 2, 3);

/* Adds the steps of PLAN, as they are now, to change->done. */
void hd_change_record(struct hd_change *change, const struct hd_plan *plan) _nonnull_(1, 2);

/* The state directory of the host: "/run/hostdevctl" below its root. */
const char *hd_state_dir_path(struct hd_context *context) _nonnull_(1);

/* Opens it if it is there: 1 with *ret_fd, 0 if it is not there, or -errno with ERR. */
int hd_state_dir_peek(struct hd_context *context, int *ret_fd, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
