/* SPDX-License-Identifier: GPL-2.0-or-later */
/* plan_words.h - the words that reports have for what a plan changes. */
#pragma once

#include <stdio.h>

#include "plan/plan.h"

/* "planned", "done", "taken-back", "stale", "failed", "stuck", "stranded". */
const char *hd_step_state_name(enum hd_step_state state);

/*
 * The state of a knob for people: "pci-driver" "vfio-pci:vfio-pci" gives
 * "vfio-pci", "-" gives "no driver", "*" gives "its host driver".  Into BUF; returns BUF.
 */
const char *hd_state_text(const char *knob, const char *state, char buf[static HD_STATE_MAX])
	_nonnull_(1, 2, 3) _returns_nonnull_;

/*
 * Prints text from outside: its further lines start with INDENT (NULL: they are
 * joined by blanks), other control characters become "?".
 */
void hd_put_text(FILE *out, const char *text, const char *indent) _nonnull_(1, 2);
