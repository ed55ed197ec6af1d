/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_notes.h - why a requested function needs no step of a plan. */
#pragma once

#include "act/checked_request.h"
#include "plan/plan.h"

struct hd_notes {
	const char **lines;
	size_t n;
};

void hd_notes_add(struct hd_notes *notes, struct hd_arena *arena, const char *fmt, ...)
	_nonnull_(1, 2, 3) _printf_(3, 4);

/* One line for each requested function that PLAN does not move. */
void hd_notes_unmoved(struct hd_notes *notes, struct hd_arena *arena,
		      const struct hd_checked *judged, const struct hd_plan *plan)
	_nonnull_(1, 2, 3, 4);

bool hd_plan_moves(const struct hd_plan *plan, const char *target) _nonnull_(1, 2);
