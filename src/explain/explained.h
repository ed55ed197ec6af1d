/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explained.h - what is known of a text: the answers, and the lines that are not understood. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "explain/message.h"
#include "explain/trouble.h"

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
	const char *line;		/* the first of the gravest that held it, printable, blanks trimmed */
	const char *reason;		/* of that line (subject.h), printable */
	size_t count;			/* how many lines did */
	size_t at;			/* the last of them, of all messages of the text */
	enum hd_tone tone;		/* of its gravest line */
	/* The line goes on with an error that the row does not explain: it is not the whole answer. */
	bool is_partial;
	bool is_asked;			/* no word of the line says that something failed */
	bool is_vague;			/* a general answer that rests on the speaker alone */
	const struct hd_message *also[HD_EXPLAINED_ALSO];	/* less specific rows of that line */
	size_t n_also;
};

/* The cause is in another line, or in the rest of its own. */
static inline bool hd_explained_follows(const struct hd_explained *item)
{
	return item->message->kind == HD_MESSAGE_FOLLOWS || item->is_partial;
}

/* A line that is not understood: it looks like an error and has neither row nor family. */
struct hd_unknown {
	const char *line, *reason;	/* printable */
	struct hd_fields fields;	/* subject.h */
	size_t at;			/* as above */
};

struct hd_explanation {
	/*
	 * Once per message and subject: the gravest first, then what is certain, then in order of the
	 * text, HD_MESSAGE_GENERAL after the rows; what only follows from another line last.  What is
	 * certain stands behind a general answer to a later line: that is the outcome, or nearer to it.
	 */
	struct hd_explained *items;
	size_t n;
	struct hd_unknown unknown[HD_UNKNOWN_MAX];	/* without repetitions */
	size_t n_unknown;
	size_t n_read;			/* messages of the text so far */
	size_t n_more;			/* lines of that kind after those */
	const char *recovered;		/* the last line, if it says that it ended well; printable, or NULL */
};
