/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kernel_cmdline.c - the words of a kernel command line, as the kernel takes them apart. */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"

#define BLANKS " \t\n\v\f\r"

/* The length of the word at TEXT; *IS_QUOTED: a quote opened before it, or was not closed in it. */
static size_t length_of(const char *text, bool *is_quoted, size_t *ret_equals)
{
	size_t n = 0;

	*ret_equals = 0;
	for (; text[n] && (*is_quoted || !strchr(BLANKS, text[n])); n++) {
		if (text[n] == '=' && !*ret_equals)
			*ret_equals = n;
		if (text[n] == '"')
			*is_quoted = !*is_quoted;
	}
	return n;
}

/* Without the quotes: the word at START ends before END, its first '=' is EQUALS behind START. */
static void take_apart(struct hd_cmdline_word *ret, const char *start, const char *end,
		       size_t equals, bool is_quoted)
{
	const char *value = equals ? start + equals + 1 : NULL;

	if (value && *value == '"') {
		value++;
		is_quoted = true;
	}
	if (is_quoted && end > start && end[-1] == '"')
		end--;
	ret->name = start;
	ret->name_length = equals ? equals : (size_t)(end - start);
	ret->value = value;
	ret->value_length = value && end > value ? (size_t)(end - value) : 0;
}

bool hd_cmdline_next(const char **at, struct hd_cmdline_word *ret)
{
	const char *text = *at + strspn(*at, BLANKS);
	const bool is_quoted = *text == '"';
	const char *start = text + is_quoted;
	size_t equals;

	ret->is_open = is_quoted;
	*at = start + length_of(start, &ret->is_open, &equals);
	ret->text = text;
	ret->length = (size_t)(*at - text);
	take_apart(ret, start, *at, equals, is_quoted);
	ret->is_end = !equals && ret->name_length == 2 && !memcmp(start, "--", 2);
	return ret->length > 0;
}

static char canonical(char c)
{
	return c == '-' ? '_' : c;
}

bool hd_kernel_name_is(const char *name, size_t length, const char *wanted)
{
	if (strnlen(wanted, length + 1) != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (canonical(name[i]) != canonical(wanted[i]))
			return false;
	return true;
}

bool hd_cmdline_is(const struct hd_cmdline_word *word, const char *name)
{
	return hd_kernel_name_is(word->name, word->name_length, name);
}

const char *hd_cmdline_value_of(struct hd_arena *arena, const struct hd_cmdline_word *word)
{
	return word->value ? hd_strndup(arena, word->value, word->value_length) : NULL;
}

static bool is_same(const struct hd_cmdline_word *a, const struct hd_cmdline_word *b)
{
	if (a->name_length != b->name_length || !a->value != !b->value ||
	    a->value_length != b->value_length)
		return false;
	for (size_t i = 0; i < a->name_length; i++)
		if (canonical(a->name[i]) != canonical(b->name[i]))
			return false;
	return !a->value || !memcmp(a->value, b->value, a->value_length);
}

bool hd_cmdline_has(const char *line, const char *word)
{
	struct hd_cmdline_word found, wanted;

	(void)hd_cmdline_next(&word, &wanted);
	while (hd_cmdline_next(&line, &found) && !found.is_end)
		if (is_same(&found, &wanted))
			return true;
	return false;
}

const char *hd_cmdline_value(struct hd_arena *arena, const char *line, const char *name)
{
	struct hd_cmdline_word word;
	const char *value = NULL;

	while (hd_cmdline_next(&line, &word) && !word.is_end)
		if (word.value && hd_cmdline_is(&word, name))
			value = hd_cmdline_value_of(arena, &word);
	return value;
}
