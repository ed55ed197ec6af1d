/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wrapped.h - which message did a terminal or a mail break into several lines? */
#pragma once

#include "base/arena.h"
#include "explain/message.h"

/*
 * A message that begins on the line at TEXT and ends on a later one of the next 15,
 * broken between words or within them.  Returns those lines as one, owned by ARENA,
 * and *AFTER is the text behind them; NULL: none.
 */
const char *hd_wrapped_message(const struct hd_message_starts *starts, struct hd_arena *arena,
			       const char *text, const char **after) _nonnull_(1, 2, 3, 4);
