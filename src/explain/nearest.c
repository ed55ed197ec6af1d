/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nearest.c - which checks are about what a text without a known message tells? */
#include "config.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "check/check.h"
#include "explain/log_search.h"

#define WORD_MIN 4	/* shorter words are in every text */

/* Is the word of LENGTH bytes a word of TEXT, in either case? */
static bool has_word(const char *text, const char *word, size_t length)
{
	for (const char *at = text; *at; at++) {
		bool begins = at == text || !isalnum((unsigned char)at[-1]);

		if (begins && !strncasecmp(at, word, length) && !isalnum((unsigned char)at[length]))
			return true;
	}
	return false;
}

static size_t score(const struct hd_check *check, const char *text, const char *end)
{
	size_t total = 0, length;

	for (; text < end; text += length + (length == 0)) {
		for (length = 0; isalnum((unsigned char)text[length]);)
			length++;
		if (length >= WORD_MIN)
			total += 4 * has_word(check->id, text, length) +
				 2 * has_word(check->title, text, length) +
				 has_word(check->doc, text, length);
	}
	return total;
}

size_t hd_explain_nearest(const char *text, const char **ret, size_t n)
{
	size_t scores[16] = { 0 }, found = 0;
	const char *end = text + strnlen(text, HD_PATTERN_LINE_MAX);

	if (n > HD_ARRAY_SIZE(scores))
		n = HD_ARRAY_SIZE(scores);
	for (const struct hd_check *const *check = hd_checks; *check; check++) {
		size_t own = score(*check, text, end), at = found;

		while (at > 0 && scores[at - 1] < own)
			at--;
		if (!own || at >= n)
			continue;
		found += found < n;
		for (size_t i = found - 1; i > at; i--) {
			scores[i] = scores[i - 1];
			ret[i] = ret[i - 1];
		}
		scores[at] = own;
		ret[at] = (*check)->id;
	}
	return found;
}
