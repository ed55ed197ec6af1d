/* SPDX-License-Identifier: GPL-2.0-or-later */
/* general.h - what do the lines of a text that match no row mean in general? */
#pragma once

#include "explain/explained.h"

/*
 * Gives the lines of RET->unknown the answers of their families (families.h), at most
 * HD_GENERAL_MAX, after the rows; what has none stays there.  BEFORE is the line before
 * each, or NULL.  If the text has no other answer, one sign of a family is enough.
 */
void hd_explain_in_general(struct hd_explanation *ret, struct hd_arena *arena, const char *before[HD_UNKNOWN_MAX])
	_nonnull_(1, 2, 3);

/* A line of a question, printable. */
struct hd_asked {
	const char *line;
	const struct hd_message *harmless;	/* its row; NULL: neither a row nor an error's word */
};

/*
 * Asks the N lines of a question, of which no row says that something failed, of the families, if RET has
 * no answer but harmless ones.  What has no family is left out: nothing says that it is an error.  Beside
 * somebody's complaint, what is harmless in any case becomes harmless on a condition.
 */
void hd_explain_asked(struct hd_explanation *ret, struct hd_arena *arena, const struct hd_asked *asked,
		      size_t n) _nonnull_(1, 2);
