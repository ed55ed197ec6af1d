/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ranked.h - which of the answers to a text comes first, and which is left out? */
#pragma once

#include "explain/explained.h"

/* Do A and B name two things of one kind, as two addresses?  Then they are about two troubles. */
bool hd_ranked_differ(const struct hd_fields *a, const struct hd_fields *b) _nonnull_(1, 2);

/* ITEM is said by LINE, too, whose reason is REASON, or NULL: if it is graver by its TONE, it is what is shown. */
void hd_ranked_raise(struct hd_explained *item, enum hd_tone tone, const char *line, const char *reason)
	_nonnull_(1, 3);

/* Puts the items of EXPLANATION in their order (explained.h). */
void hd_rank(struct hd_explanation *explanation, struct hd_arena *arena) _nonnull_(1, 2);

/* Leaves out what is harmless beside trouble, and in any case beside what is so on a condition. */
void hd_ranked_drop_harmless(struct hd_explanation *explanation) _nonnull_(1);
