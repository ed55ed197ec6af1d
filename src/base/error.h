/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * error.h - an error that a person reads, as a value on the caller's stack.
 *
 * Functions that take a struct hd_error return 0 (or a count) or a negative
 * errno, and fill the error exactly when they return < 0.  Messages start in
 * lower case, have no period, name the object and give the reason last.
 */
#pragma once

#include "base/exit.h"
#include "base/macro.h"

struct hd_error {
	int code;		/* negative errno; 0 while there is no error */
	char text[768];		/* always terminated; cut when longer; shown as it is (utf8.h), but
				   for "\n" and "\t" */
};

/* Sets the error and returns CODE (which must be negative). */
int hd_fail(struct hd_error *err, int code, const char *fmt, ...)
	_nonnull_(1, 3) _printf_(3, 4);

/* The same for a function that returns an exit code: returns EXIT. */
enum hd_exit hd_fail_as(enum hd_exit exit, struct hd_error *err, int code, const char *fmt, ...)
	_nonnull_(2, 4) _printf_(4, 5);

/* A text that is not an error (code 0): how something was done. */
void hd_remark(struct hd_error *err, const char *fmt, ...) _nonnull_(1, 2) _printf_(2, 3);

/* Puts "CONTEXT: " before the text that is there and returns its code. */
int hd_wrap(struct hd_error *err, const char *fmt, ...) _nonnull_(1, 2) _printf_(2, 3);
