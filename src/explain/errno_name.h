/* SPDX-License-Identifier: GPL-2.0-or-later */
/* errno_name.h - which error of the kernel does a line name, in words or as a number? */
#pragma once

#include <stddef.h>

#include "base/macro.h"

/*
 * The name ("EINVAL") of the last error in LINE: by that name, by the C library's words
 * ("Invalid argument"), or by its number where one is meant ("error -22", "rc=-12",
 * "errno 22"), or as hd_errno_translated(); NULL: none.  -1 is none: most programs mean "failed" by it.  Constant text.
 */
const char *hd_errno_name(const char *line) _nonnull_(1);

/* The same of an error in another language (German, French, Spanish, ...) at the very end of LINE. */
const char *hd_errno_translated(const char *line) _nonnull_(1);
