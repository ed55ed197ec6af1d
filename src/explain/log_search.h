/* SPDX-License-Identifier: GPL-2.0-or-later */
/* log_search.h - what does a text, from one line to a whole log, say about devices? */
#pragma once

#include "explain/explained.h"

/*
 * Goes through TEXT line by line, as it was before it was pasted (paste.h), and with
 * messages that were wrapped into several lines as one (wrapped.h).  What is harmless is left
 * out if there is anything else, and never hides a line that looks like an error: that has the
 * answer of its family (families.h), or is in "unknown", unless it only wraps a reason
 * (HD_TROUBLE_ENVELOPE) that another line has.
 */
void hd_explain_text(struct hd_explanation *ret, struct hd_arena *arena, const char *text)
	_nonnull_(1, 2, 3);

/*
 * The same for what somebody asks about: a sentence, or a few lines that were copied.  Nobody asks
 * about what is well, so that its lines are asked of the families even if no word of them says that
 * something failed (is_asked), where nothing else answers.  A longer text is a log, whose lines are
 * mostly healthy: it has the answer of hd_explain_text().
 */
void hd_explain_question(struct hd_explanation *ret, struct hd_arena *arena, const char *text)
	_nonnull_(1, 2, 3);

/*
 * The ids of up to N checks that have words in common with TEXT, the best first,
 * into RET; returns how many.  Only the first HD_PATTERN_LINE_MAX bytes count, because
 * each word is compared with those of all checks.
 */
size_t hd_explain_nearest(const char *text, const char **ret, size_t n) _nonnull_(1, 2);
