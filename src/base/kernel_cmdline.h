/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel_cmdline.h - the words of a kernel command line, as the kernel takes them apart.
 *
 * Linux lib/cmdline.c, next_arg(), and kernel/params.c, parse_args(): blanks separate
 * words, except between double quotes; the value is what follows the first '='; quotes
 * around it or around the word are not part of it; '-' and '_' are equal in names; words
 * behind "--" are init's.  A module's options in modprobe.d(5) have the same form.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Nothing of it is terminated: all point into the line. */
struct hd_cmdline_word {
	const char *text;	/* as it is written, with its quotes */
	size_t length;
	const char *name;
	size_t name_length;
	const char *value;	/* NULL: it has none */
	size_t value_length;
	bool is_end;		/* "--" */
	bool is_open;		/* a quotation is never closed: it takes all that is behind it */
};

/* Takes the next word off *AT; false at the line's end.  It does not stop at "--". */
bool hd_cmdline_next(const char **at, struct hd_cmdline_word *ret) _nonnull_(1, 2);

/* Names of parameters and modules are equal if '-' and '_' are: modprobe(8). */
bool hd_kernel_name_is(const char *name, size_t length, const char *wanted) _nonnull_(1, 3);

/* Is NAME the word's, with or without a value? */
bool hd_cmdline_is(const struct hd_cmdline_word *word, const char *name) _nonnull_(1, 2);

/* The word's value, owned by ARENA, or NULL. */
const char *hd_cmdline_value_of(struct hd_arena *arena, const struct hd_cmdline_word *word)
	_nonnull_(1, 2);

/* Does a word of LINE before "--" say the same as WORD ("iommu=pt")? */
bool hd_cmdline_has(const char *line, const char *word) _nonnull_(1, 2);

/* The value of the last "NAME=value" before "--", owned by ARENA, or NULL. */
const char *hd_cmdline_value(struct hd_arena *arena, const char *line, const char *name)
	_nonnull_(1, 2, 3);
