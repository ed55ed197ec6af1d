/* SPDX-License-Identifier: GPL-2.0-or-later */
/* terminal.h - what may be written to the terminal: colours, lines of which width? */
#pragma once

#include <stdbool.h>

#include "base/error.h"

/* The columns of the terminal that standard output is; 0: it is not one, and nothing is cut. */
int hd_terminal_width(void);

/* The same of standard error. */
int hd_terminal_notes_width(void);

/*
 * What --color WHEN says: "always", "never", or "auto" and NULL: standard output is a terminal that
 * has colours, and NO_COLOR is not set (no-color.org).  Returns 0, or -EINVAL with ERR.
 */
int hd_terminal_colour(bool *ret, const char *when, struct hd_error *err)
	_nonnull_(1, 3) _must_check_;
