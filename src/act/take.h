/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * take.h - takes from the host what one request asks for, under one journal.
 *
 * The hook takes all devices of a guest at once; `detach` takes one device after the other,
 * each under a journal of its own, so that each can be given back alone.
 */
#pragma once

#include "act/checked_request.h"
#include "act/host_change.h"

struct hd_take {
	struct hd_change *change;	/* its state directory is open, the groups are locked */
	struct hd_checked *checked;	/* the request and its query; hd_take() fills the rest */
	const struct hd_journal_id *id;
	const struct hd_checked *all;	/* NULL, or what a command asks for in all: the other functions
					   that it names have journals of their own */
	const char *who;		/* accepts what is allowed: for the log */
};

/*
 * Gives back what an earlier take under the same journal left, checks the request, builds the
 * plan, looks once more at the users and applies the plan.  Its steps and notes are added
 * to take->change.  For a guest that is started, a keeper (run/keeper.h) holds the disks of
 * managed='yes' devices.
 *
 * HD_EXIT_OK.  HD_EXIT_REFUSED: take->checked->findings say why, and nothing was taken.
 * HD_EXIT_HOST, _STRANDED: as hd_plan_apply(), with ERR.
 */
enum hd_exit hd_take(const struct hd_take *take, struct hd_error *err) _nonnull_(1, 2) _must_check_;

/* --dry-run: adds the steps and notes of what is CHECKED and found ready to CHANGE. */
enum hd_exit hd_take_plan(struct hd_change *change, struct hd_checked *checked,
			  struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* Ends the keeper of the guest with this journal, if there is one. */
int hd_keep_free_end(const struct hd_change *change, const struct hd_journal_id *id,
		     struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;
