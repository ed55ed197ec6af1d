/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup_report.h - what setup would change: unified diffs, values, commands; or JSON. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "check/check.h"
#include "setup/change_list.h"

/*
 * A unified diff of two texts (NULL: no file) with three lines of context, as
 * patch(1) takes it, named a/PATH and b/PATH.  Lines are made printable.
 */
void hd_put_diff(FILE *out, struct hd_arena *arena, const char *path, const char *old,
		 const char *text, bool colour) _nonnull_(1, 2, 3);

/* Files, values, commands, each with its reason; then the notes. */
void hd_put_changes(FILE *out, struct hd_arena *arena, const struct hd_changes *changes,
		    bool colour) _nonnull_(1, 2, 3);

/* What setup found, would change or has changed, as one model for JSON. */
struct hd_setup_report {
	const struct hd_changes *changes;
	bool is_applied;
	const struct hd_findings *findings;	/* of the checks that it ran; or NULL */
	const char *const *done;	/* what was done, for people */
	size_t n_done;
	const struct hd_error *error;	/* or NULL */
};

/* 0 or -ENOMEM, -EIO. */
int hd_setup_json(FILE *out, struct hd_arena *arena, const struct hd_setup_report *report)
	_nonnull_(1, 2, 3) _must_check_;
