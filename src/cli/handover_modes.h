/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_modes.h - what the command handover does, by its options. */
#pragma once

#include "act/checked_request.h"
#include "act/plan_notes.h"
#include "cli/command.h"

/* A guest's start, judged as if its policy asked for the hand-over. */
struct hd_handover_view {
	struct hd_checked judged;
	bool is_enabled;		/* its policy does */
	const char *no_card;		/* the guest has no graphics card, and how it gets one; or NULL */
	struct hd_plan plan;		/* empty if the start would be refused */
	struct hd_notes notes;
};

/* Fills RET for the guest that --xml or the first operand names; close ret->judged in any case. */
enum hd_exit hd_handover_view(struct hd_handover_view *ret, struct hd_run *run,
			      struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* The same for the guest whose definition is XML, if its policy were POLICY. */
enum hd_exit hd_handover_view_with(struct hd_handover_view *ret, struct hd_run *run, const char *xml,
				   const struct hd_handover *policy, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* Shows it. HD_EXIT_REFUSED if the start would be refused. */
enum hd_exit hd_handover_show(struct hd_run *run, const struct hd_handover_view *view,
			      struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* --rehearse: shows the plan, asks, rehearses it, and shows how it went. */
enum hd_exit hd_handover_rehearse(struct hd_run *run, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/* --report. Returns the result of what is shown; HD_EXIT_HOST with ERR if there is nothing. */
enum hd_exit hd_handover_report(struct hd_run *run, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/* --enable and --disable: shows what would end and the change of the guest's metadata, asks, and makes it. */
enum hd_exit hd_handover_set(struct hd_run *run, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;
