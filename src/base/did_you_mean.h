/* SPDX-License-Identifier: GPL-2.0-or-later */
/* did_you_mean.h - did somebody mean another word of a list than the one that was typed? */
#pragma once

#include "base/error.h"

struct hd_nearest {
	const char *word;	/* what was typed */
	const char *prefix;	/* of all names: "--"; or NULL */
	const char *found;	/* NULL: no name offered so far is like it */
	size_t distance;	/* of FOUND */
};

/* Remembers NAME if it is more like the word than those before; it must outlive NEAREST. */
void hd_nearest_offer(struct hd_nearest *nearest, const char *name) _nonnull_(1, 2);

/* Adds "; did you mean 'FOUND'?" to the error if there is one. Returns its code. */
int hd_nearest_suggest(const struct hd_nearest *nearest, struct hd_error *err) _nonnull_(1, 2);
