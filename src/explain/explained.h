/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explained.h - what is known of a text: the answers, and the lines that are not understood. */
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
