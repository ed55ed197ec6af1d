/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report.h - what a run found and did, as one model for text and JSON.
 *
 * JSON is one object: "api_level" (1; raised when a member changes its meaning
 * or is removed), "ready", "findings", and where they apply "changed", "steps", "handover",
 * "notes", "error".
 * Tables (table.h) have "api_level" and one array instead.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "check/check.h"
#include "plan/plan.h"

#define HD_API_LEVEL 1

struct hd_report {
	const char *title;			/* "guest win11", "0000:01:00.0", "host" */
	const struct hd_findings *findings;	/* or NULL */
	const struct hd_plan *plan;		/* or NULL */
	const struct hd_error *error;		/* or NULL */
	struct json_t *handover;		/* JSON: hd_json_handover_ends(), or NULL */
	bool show_passed;			/* text: passed checks too */
	const char *const *notes;		/* what needed no step, and why; one line each */
	size_t n_notes;
	const bool *changed;			/* JSON: was the guest changed, or would it be? or NULL */
	bool has_failed;			/* the command has, in part at least: NOTES say why */
};

/* For people; COLOUR uses SGR sequences. Control characters are never printed. */
void hd_report_text(FILE *out, const struct hd_report *report, bool colour) _nonnull_(1, 2);

/* One finding in the report's form, also one that passed. ID_WIDTH: of the ids' column; 0: none. */
void hd_report_finding(FILE *out, const struct hd_finding *finding, int id_width, bool colour)
	_nonnull_(1, 2);

/* 0 or -ENOMEM, -EIO. Not for the hook (links jansson). */
int hd_report_json(FILE *out, const struct hd_report *report) _nonnull_(1, 2) _must_check_;

/*
 * The refusal that virsh shows: a first line that is complete in itself (guest,
 * device, check id, reason, remedy), then one line per further error, and a
 * last one that says that nothing was changed.
 */
void hd_report_refusal(FILE *out, struct hd_arena *arena, const char *guest,
		       const struct hd_findings *findings) _nonnull_(1, 2, 3, 4);
