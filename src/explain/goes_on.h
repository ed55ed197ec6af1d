/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * goes_on.h - does a line say itself that its program goes on, and does it matter?
 *
 * "x, ignoring", "falling back to y", "rmmod: x is not loaded": nothing failed that was needed, unless what it is
 * about does not work.  Which one observation shows that is in the answer, which is HD_MESSAGE_HARMLESS_IF.
 */
#pragma once

#include "explain/explained.h"
#include "explain/families.h"

#define HD_GOING_WORDS 2

struct hd_going {
	/* Lists as in struct hd_family; the line has a word of each, and none of "unless". */
	const char *words[HD_GOING_WORDS], *unless;
	bool is_warning;	/* only of a record of that level (level.h) */
	bool is_calm;		/* only of one without an error's word */
	bool is_sure;		/* even if a family made from sources knows the line: nothing was there to remove */
	struct hd_message answer;	/* id "general-goes-on-..." */
};

/* Ended by a row without an id; of those that fit the first counts. */
extern const struct hd_going hd_goings[];

/*
 * How REASON, a part of LINE, goes on; NULL: it does not say, or LINE is not a record of a log.  Adds "look" to FIELDS,
 * owned by ARENA: how the state of what they name is looked at.
 */
const struct hd_message *hd_goes_on(const char *line, const char *reason, struct hd_fields *fields,
				    struct hd_arena *arena) _nonnull_(1, 2, 3, 4);

/*
 * Of the lines of RET->unknown, whose reasons are known, those that go on become items.  BEFORE has the line before
 * each that stays.
 */
void hd_goes_on_take(struct hd_explanation *ret, struct hd_arena *arena, const char **before) _nonnull_(1, 2, 3);
