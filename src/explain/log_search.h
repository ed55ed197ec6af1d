/* SPDX-License-Identifier: GPL-2.0-or-later */
/* log_search.h - what does a text, from one line to a whole log, say about devices? */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "explain/message.h"

#define HD_EXPLAINED_ALSO 4
/* Different messages of one text; those after them are ignored. */
#define HD_EXPLAINED_MAX 100
/* Lines of one text that look like errors and match no row: so many are kept. */
#define HD_UNKNOWN_MAX 10

/* General answers to one text; what more there is stays not understood. */
#define HD_GENERAL_MAX 3

struct hd_explained {
	const struct hd_message *message;
	struct hd_fields fields;	/* of all its lines; the address perhaps of another message */
	const char *line;		/* the first that held it, printable, blanks trimmed */
	const char *reason;		/* of that line (subject.h), printable */
	size_t count;			/* how many lines did */
	/* The line goes on with an error that the row does not explain: it is not the whole answer. */
	bool is_partial;
	const struct hd_message *also[HD_EXPLAINED_ALSO];	/* less specific rows of that line */
	size_t n_also;
};

/* A line that is not understood: it looks like an error and has neither row nor family. */
struct hd_unknown {
	const char *line, *reason;	/* printable */
	struct hd_fields fields;	/* subject.h */
};

struct hd_explanation {
	/* Rows in order of the text, once per message and subject; then HD_MESSAGE_GENERAL. */
	struct hd_explained *items;
	size_t n;
	struct hd_unknown unknown[HD_UNKNOWN_MAX];	/* without repetitions */
	size_t n_unknown;
	size_t n_more;			/* lines of that kind after those */
};

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
 * The ids of up to N checks that have words in common with TEXT, the best first,
 * into RET; returns how many.  Only the first HD_PATTERN_LINE_MAX bytes count, because
 * each word is compared with those of all checks.
 */
size_t hd_explain_nearest(const char *text, const char **ret, size_t n) _nonnull_(1, 2);
