/* SPDX-License-Identifier: GPL-2.0-or-later */
/* paste.h - what did the text say before a mail, a forum, JSON or a terminal changed it? */
#pragma once

#include "base/arena.h"

/*
 * TEXT, owned by ARENA, with plain quotes, dashes and blanks for typographic ones, without
 * HTML's and JSON's escapes, terminal colours and characters that take no column.  Lines
 * lose the "> " of quoted mail; runs of blanks become one.
 * Never longer than TEXT; in linear time.
 */
const char *hd_paste_clean(struct hd_arena *arena, const char *text)
	_nonnull_(1, 2) _returns_nonnull_;
