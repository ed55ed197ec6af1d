/* SPDX-License-Identifier: GPL-2.0-or-later */
/* similar.c - which known message says nearly the same as a line that no row matches? */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "explain/errno_name.h"
#include "explain/similar.h"
#include "explain/subject.h"

#define STEM 6			/* letters that count of a word: "initialize", "initialise" */
#define WORD_MIN 3
#define WORDS_MAX 48		/* different ones of a line */
#define COMMON_MIN 3		/* words that both must have */
/* A word of so few patterns says what a message is about: "device", "bound" and "vfio" are in many. */
#define RARE_MAX 8
/* Of the weight of all words of the row, and of those of the line, that both must have. */
#define ROW_PERCENT 75
#define LINE_PERCENT 62

struct words {
	char items[WORDS_MAX][STEM + 1];
	size_t n;
};

struct known {
	const struct hd_message *row;
	const char *errno_name;	/* of one of its patterns, or NULL */
	struct words words;
};

struct hd_similar {
	struct known *items;
	size_t n;
	const char **all;	/* the words of all patterns, sorted */
	size_t n_all;
};

static bool is_letter(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

static void add_word(struct words *words, const char *at, size_t length)
{
	char word[STEM + 1] = "";

	for (size_t i = 0; i < length && i < STEM; i++)
		word[i] = (char)tolower((unsigned char)at[i]);
	for (size_t i = 0; i < words->n; i++)
		if (!strcmp(words->items[i], word))
			return;
	if (words->n < WORDS_MAX)
		memcpy(words->items[words->n++], word, sizeof(word));
}

/* The words of TEXT beside the fields of a pattern. */
static struct words words_of(const char *text)
{
	struct words ret = { .n = 0 };

	for (size_t length; *text; text += length) {
		for (length = 0; is_letter(text[length]);)
			length++;
		if (length >= WORD_MIN)
			add_word(&ret, text, length);
		if (!length)
			length = *text == '{' ? strcspn(text, "}") : 1;
	}
	return ret;
}

/* What a row asks for beyond subject.h, a line without its pattern does not have. */
static bool needs_own_field(const char *text)
{
	static const char *const subjects[] = {
		"address", "group", "driver", "interface", "vf", "unit", "guest", "path",
	};

	for (size_t length; (text = strchr(text, '{')); text += length) {
		char name[16] = "";

		length = strcspn(++text, "}");
		if (length >= sizeof(name))
			return true;
		memcpy(name, text, length);
		if (!HD_IS_ANY(name, subjects))
			return true;
	}
	return false;
}

/* The row knows what wraps a reason, and sends to that, which the line has in its own words. */
static bool is_envelope(const struct hd_message *row)
{
	static const char *const words[] = {
		"after it", "before it", "behind it", "follows", "the reason is", "the reason stands", "its reason",
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(words); i++)
		if (strstr(row->means, words[i]) || strstr(row->remedy, words[i]))
			return true;
	return false;
}

static bool is_usable(const struct hd_message *row)
{
	return !hd_message_is_harmless(row) && row->kind != HD_MESSAGE_FOLLOWS && !is_envelope(row) &&
	       !needs_own_field(row->means) && !needs_own_field(row->remedy);
}

struct hd_similar *hd_similar_new(struct hd_arena *arena)
{
	struct hd_similar *ret = hd_alloc(arena, sizeof(*ret));
	const struct hd_message *row;

	for (size_t at = 0; (row = hd_message_next(&at));)
		for (size_t i = 0; i < HD_MESSAGE_PATTERNS && row->patterns[i]; i++)
			hd_push(arena, &ret->items, &ret->n,
				((struct known){ row, hd_errno_name(row->patterns[i]),
						 words_of(row->patterns[i]) }));
	for (size_t i = 0; i < ret->n; i++)
		for (size_t k = 0; k < ret->items[i].words.n; k++)
			hd_push(arena, &ret->all, &ret->n_all, ret->items[i].words.items[k]);
	qsort(ret->all, ret->n_all, sizeof(*ret->all), hd_text_order);
	return ret;
}

/* The first of the sorted words that is not before WORD. */
static size_t place_of(const struct hd_similar *similar, const char *word)
{
	size_t first = 0, end = similar->n_all;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (strcmp(similar->all[middle], word) < 0)
			first = middle + 1;
		else
			end = middle;
	}
	return first;
}

/* In how many patterns WORD is. */
static size_t number_of(const struct hd_similar *similar, const char *word)
{
	size_t first = place_of(similar, word), end = first;

	while (end < similar->n_all && !strcmp(similar->all[end], word))
		end++;
	return end - first;
}

/* The rarer WORD in all patterns, the more: how often their number can be halved. */
static unsigned weight_of(const struct hd_similar *similar, const char *word)
{
	unsigned ret = 0;

	for (size_t have = 1 + number_of(similar, word); have < similar->n; have *= 2)
		ret++;
	return ret;
}

static bool has_word(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->n; i++)
		if (!strcmp(words->items[i], word))
			return true;
	return false;
}

/* Is one of the words of both rare? */
static bool share_rare(const struct hd_similar *similar, const struct words *words, const struct words *other)
{
	for (size_t i = 0; i < words->n; i++)
		if (has_word(other, words->items[i]) && number_of(similar, words->items[i]) <= RARE_MAX)
			return true;
	return false;
}

/* The weight of all of WORDS, and in *COMMON and *N of those that OTHER has, too. */
static unsigned weigh(const struct hd_similar *similar, const struct words *words, const struct words *other,
		      unsigned *common, size_t *n)
{
	unsigned all = 0;

	*common = 0;
	*n = 0;
	for (size_t i = 0; i < words->n; i++) {
		unsigned weight = weight_of(similar, words->items[i]);
		bool is_common = has_word(other, words->items[i]);

		all += weight;
		*common += is_common ? weight : 0;
		*n += is_common;
	}
	return all;
}

/* How much ITEM and LINE have in common, in percent of both; 0: not enough. */
static unsigned likeness(const struct hd_similar *similar, const struct known *item, const struct words *line,
			 unsigned line_weight)
{
	unsigned common, all, of_row, of_line;
	size_t n;

	all = weigh(similar, &item->words, line, &common, &n);
	if (n < COMMON_MIN || !all || !line_weight)
		return 0;
	of_row = 100 * common / all;
	of_line = 100 * common / line_weight;
	if (of_row < ROW_PERCENT || of_line < LINE_PERCENT || !share_rare(similar, &item->words, line))
		return 0;
	return of_row + of_line;
}

const struct hd_message *hd_similar_of(const struct hd_similar *similar, const char *reason,
				       struct hd_arena *arena)
{
	struct words line = words_of(reason);
	unsigned common, line_weight, best = 0;
	struct hd_message *ret = NULL;
	const struct hd_message *row = NULL;
	const char *errno_name = hd_errno_name(reason);
	size_t n;

	line_weight = weigh(similar, &line, &line, &common, &n);
	for (size_t i = 0; i < similar->n; i++) {
		unsigned like = likeness(similar, &similar->items[i], &line, line_weight);

		if (like <= best || !hd_text_is_same(errno_name, similar->items[i].errno_name) ||
		    !is_usable(similar->items[i].row))
			continue;
		best = like;
		row = similar->items[i].row;
	}
	if (!row)
		return NULL;
	ret = hd_alloc(arena, sizeof(*ret));
	*ret = *row;
	ret->kind = HD_MESSAGE_GENERAL;
	return ret;
}
