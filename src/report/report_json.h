/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_json.h - how reports and tables become JSON; the border to jansson. */
#pragma once

#include <jansson.h>
#include <stdio.h>

#include "base/macro.h"
#include "check/check.h"
#include "plan/plan.h"
#include "report/table.h"

/*
 * A string; each byte that is not of UTF-8 becomes "?".  NULL is null.  New reference,
 * or NULL.
 */
json_t *hd_json_text(const char *text) _must_check_;

/* An array of such strings, up to N or the first NULL. New reference, or NULL. */
json_t *hd_json_texts(const char *const *texts, size_t n) _must_check_;

/* An array of findings as all reports have them, for NULL an empty one. New reference, or NULL. */
json_t *hd_json_findings(const struct hd_findings *findings) _must_check_;

/* An array of steps as all reports have them. New reference, or NULL. */
json_t *hd_json_steps(const struct hd_plan *plan) _nonnull_(1) _must_check_;

/* VALUE, which is released, as the text of a cell whose column is_json; owned by ARENA. */
const char *hd_json_cell(struct hd_arena *arena, json_t *value) _nonnull_(1) _returns_nonnull_;

/* What a cell of COLUMN is in JSON; NULL is null, or an empty array.  New reference, or NULL. */
json_t *hd_json_cell_value(const struct hd_column *column, const char *cell)
	_nonnull_(1) _must_check_;

void hd_json_free(json_t **value) _nonnull_(1);	/* for _cleanup_() */

/*
 * Writes OBJECT and a newline: 0 or -EIO.  Characters that are not shown (base/utf8.h) are
 * escaped: a reader of JSON gets the same string, and a terminal no control character.
 */
int hd_json_write(FILE *out, const json_t *object) _nonnull_(1, 2) _must_check_;

/* The same on one line. */
int hd_json_write_line(FILE *out, const json_t *object) _nonnull_(1, 2) _must_check_;
