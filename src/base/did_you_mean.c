/* SPDX-License-Identifier: GPL-2.0-or-later */
/* did_you_mean.c - did somebody mean another word of a list than the one that was typed? */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/did_you_mean.h"
#include "base/text.h"

#define SLIPS(length) (1 + (length) / 3)	/* letters that a finger gets wrong, at most */

void hd_nearest_offer(struct hd_nearest *nearest, const char *name)
{
	size_t distance = hd_text_distance(nearest->word, name);

	if (distance > SLIPS(strlen(nearest->word)) || distance >= strlen(name) ||
	    (nearest->found && distance >= nearest->distance))
		return;
	nearest->found = name;
	nearest->distance = distance;
}

int hd_nearest_suggest(const struct hd_nearest *nearest, struct hd_error *err)
{
	size_t length = strlen(err->text);

	if (nearest->found)
		(void)snprintf(err->text + length, sizeof(err->text) - length,
			       "; did you mean '%s%s'?", nearest->prefix ? nearest->prefix : "",
			       nearest->found);
	return err->code;
}
