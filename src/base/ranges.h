/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ranges.h - lists of numbers as the kernel and libvirt write them: "0-3,8,^2". */
#pragma once

#include <stdbool.h>

#include "base/macro.h"

/*
 * Is N in TEXT?  Later items win, "^N" takes a number out again (libvirt
 * src/util/virbitmap.c, virBitmapParse); what is not a range is skipped.
 */
bool hd_ranges_has(const char *text, unsigned n) _nonnull_(1);

/* Have A and B a number in common (looked for up to 8191, the kernel's most CPUs)? */
bool hd_ranges_meet(const char *a, const char *b) _nonnull_(1, 2);
