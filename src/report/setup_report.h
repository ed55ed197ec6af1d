/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup_report.h - what setup would change, for people: unified diffs, values, commands. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

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
