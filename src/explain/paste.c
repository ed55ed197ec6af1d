/* SPDX-License-Identifier: GPL-2.0-or-later */
/* paste.c - what did the text say before a mail, a forum, JSON or a terminal changed it? */
#include "config.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "explain/paste.h"

#define ESCAPE '\033'

/* No longer than what they stand for; by their first bytes: &, \, and those of UTF-8. */
static const struct {
	const char *from, *to;
} replacements[] = {
	{ "&quot;", "\"" }, { "&#34;", "\"" }, { "&#x22;", "\"" }, { "&ldquo;", "\"" },
	{ "&rdquo;", "\"" }, { "&apos;", "'" }, { "&#39;", "'" }, { "&#039;", "'" },
	{ "&#x27;", "'" }, { "&lsquo;", "'" }, { "&rsquo;", "'" }, { "&#8216;", "'" },
	{ "&#8217;", "'" }, { "&#8220;", "\"" }, { "&#8221;", "\"" }, { "&lt;", "<" },
	{ "&gt;", ">" }, { "&nbsp;", " " }, { "&#160;", " " }, { "&ndash;", "-" },
	{ "&hellip;", "..." }, { "&amp;quot;", "\"" }, { "&amp;gt;", ">" }, { "&amp;lt;", "<" },
	{ "&amp;", "&" }, { "&#47;", "/" }, { "&#x2F;", "/" },
	{ "\\\"", "\"" }, { "\\u0022", "\"" }, { "\\u0027", "'" }, { "\\u003c", "<" },
	{ "\\u003e", ">" }, { "\\u0026", "&" }, { "\\u00a0", " " }, { "\\u2018", "'" },
	{ "\\u2019", "'" }, { "\\u001b", "\033" },
	{ "\xc2\xa0", " " }, { "\xe2\x80\x87", " " }, { "\xe2\x80\x89", " " },
	{ "\xe2\x80\xaf", " " }, { "\xe3\x80\x80", " " },
	{ "\xc2\xb4", "'" }, { "\xe2\x80\x98", "'" }, { "\xe2\x80\x99", "'" },
	{ "\xe2\x80\x9a", "'" }, { "\xe2\x80\x9b", "'" }, { "\xe2\x80\xb2", "'" },
	{ "\xc2\xab", "\"" }, { "\xc2\xbb", "\"" }, { "\xe2\x80\x9c", "\"" },
	{ "\xe2\x80\x9d", "\"" }, { "\xe2\x80\x9e", "\"" }, { "\xe2\x80\x9f", "\"" },
	{ "\xe2\x80\xb3", "\"" },
	{ "\xe2\x80\x90", "-" }, { "\xe2\x80\x91", "-" }, { "\xe2\x80\x92", "-" },
	{ "\xe2\x80\x93", "-" }, { "\xe2\x80\x94", "-" }, { "\xe2\x88\x92", "-" },
	{ "\xe2\x80\xa6", "..." },
	{ "\xc2\xad", "" }, { "\xe2\x80\x8b", "" }, { "\xe2\x80\x8c", "" }, { "\xe2\x80\x8d", "" },
	{ "\xe2\x81\xa0", "" }, { "\xef\xbb\xbf", "" },
};

/* In a line with JSON or quoted values alone: elsewhere it may be a part of a path. */
static const struct {
	const char *from, *to;
} json[] = {
	{ "\\\\n", "\n" }, { "\\n", "\n" }, { "\\r", "" }, { "\\t", " " }, { "\\\\", "\\" },
};

struct cleaner {
	char *out;
	size_t n;
	bool is_begun;		/* the line has more than blanks and quotation marks */
	bool is_quoted;		/* a quotation mark is the last that was read; a blank belongs to it */
	bool has_json;		/* the line of the input has */
};

static void put_char(struct cleaner *cleaner, char c)
{
	bool is_blank = isspace((unsigned char)c) && c != '\n';

	if (!cleaner->is_begun && c == '>') {
		cleaner->is_quoted = true;
		return;
	}
	if (is_blank && (cleaner->is_quoted || (cleaner->n && cleaner->out[cleaner->n - 1] == ' '))) {
		cleaner->is_quoted = false;
		return;
	}
	cleaner->is_quoted = false;
	cleaner->is_begun = is_blank ? cleaner->is_begun : c != '\n';
	cleaner->out[cleaner->n++] = is_blank ? ' ' : c;
}

static size_t put_text(struct cleaner *cleaner, const char *text, size_t length)
{
	while (*text)
		put_char(cleaner, *text++);
	return length;
}

/* How many bytes at AT were replaced; 0: none. */
static size_t put_replacement(struct cleaner *cleaner, const char *at)
{
	for (size_t i = 0; cleaner->has_json && *at == '\\' && i < HD_ARRAY_SIZE(json); i++)
		if (hd_text_starts_with(at, json[i].from))
			return put_text(cleaner, json[i].to, strlen(json[i].from));
	for (size_t i = 0; i < HD_ARRAY_SIZE(replacements); i++)
		if (hd_text_starts_with(at, replacements[i].from))
			return put_text(cleaner, replacements[i].to, strlen(replacements[i].from));
	return 0;
}

/* The length of a terminal's control sequence at AT (ECMA-48: ESC [ parameters letter), or 0. */
static size_t colour_length(const char *at)
{
	size_t length;

	if (at[0] != ESCAPE || at[1] != '[')
		return 0;
	length = 2 + strspn(at + 2, "0123456789;:?");
	return isalpha((unsigned char)at[length]) ? length + 1 : 0;
}

static bool has_json(const char *line)
{
	static const char *const signs[] = { "{\"", "\":", "=\"", "\\\"" };
	size_t length = strcspn(line, "\n");

	for (size_t i = 0; i < HD_ARRAY_SIZE(signs); i++)
		if (memmem(line, length, signs[i], strlen(signs[i])))
			return true;
	return false;
}

const char *hd_paste_clean(struct hd_arena *arena, const char *text)
{
	struct cleaner cleaner = { .out = hd_alloc(arena, strlen(text) + 1) };
	bool is_new = true;

	while (*text) {
		size_t length = colour_length(text);

		if (is_new)
			cleaner.has_json = has_json(text);
		is_new = *text == '\n';
		if (!length && (*text == '&' || *text == '\\' || (unsigned char)*text >= 0x80))
			length = put_replacement(&cleaner, text);
		if (!length) {
			put_char(&cleaner, *text);
			length = 1;
		}
		text += length;
	}
	return cleaner.out;
}
