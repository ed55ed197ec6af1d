/* SPDX-License-Identifier: GPL-2.0-or-later */
/* similar.h - which known message says nearly the same as a line that no row matches? */
#pragma once

#include "explain/message.h"

/* The words of all rows, which are counted once for a text. */
struct hd_similar;

struct hd_similar *hd_similar_new(struct hd_arena *arena) _nonnull_(1) _returns_nonnull_;

/*
 * The row that shares most words with REASON (subject.h), rare words counting more, as
 * HD_MESSAGE_GENERAL and owned by ARENA: another version of a program says the same in other words, but
 * nothing proves that it means the same.  NULL: none that shares nearly all of its words and most of
 * the line's.  Never one that is harmless, or whose texts need what only its own pattern finds.
 */
const struct hd_message *hd_similar_of(const struct hd_similar *similar, const char *reason,
				       struct hd_arena *arena) _nonnull_(1, 2, 3);
