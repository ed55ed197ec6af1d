/* SPDX-License-Identifier: GPL-2.0-or-later */
/* notes_stream.h - where notes and errors go: standard error, in lines that fit its terminal. */
#pragma once

#include <stdio.h>

#include "base/macro.h"

/*
 * Prints the LENGTH bytes of TEXT, one line without its end, in lines of WIDTH columns: broken at blanks, and
 * continued below the third column.  What stands in quotes or backticks is not broken, because it is
 * copied: a line that is too long is left to the terminal.
 */
void hd_put_wrapped(FILE *out, const char *text, size_t length, int width) _nonnull_(1, 2);

/* A stream that does so if standard error is a terminal, else standard error itself; never NULL. */
FILE *hd_notes_open(void) _must_check_;
void hd_notes_close(FILE *notes) _nonnull_(1);
