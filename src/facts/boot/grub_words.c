/* SPDX-License-Identifier: GPL-2.0-or-later */
/* grub_words.c - the words in the values of etc/default/grub, and more of them. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "facts/boot/grub_default.h"

const char *hd_grub_text(struct hd_arena *arena, const struct hd_grub_value *value)
{
	char *text = hd_alloc(arena, value->n + 1);

	for (size_t i = 0; i < value->n; i++)
		text[i] = value->chars[i].c;
	return text;
}

/* Are the N characters at C one behind the other in one file? */
static bool is_plain(const struct hd_grub_char *c, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (c[i].file != c[0].file || c[i].at != c[0].at + i)
			return false;
	return true;
}

void hd_grub_words(struct hd_word **ret, size_t *ret_n, struct hd_arena *arena,
		   const struct hd_grub *grub)
{
	for (int v = HD_GRUB_LINUX; v <= HD_GRUB_DEFAULT; v++) {
		const struct hd_grub_value *value = &grub->values[v];
		const char *text = hd_grub_text(arena, value);

		for (size_t i = 0; i < value->n;) {
			const struct hd_grub_char *c = &value->chars[i];
			size_t n = 0;

			while (i + n < value->n && !isspace((unsigned char)c[n].c))
				n++;
			if (n)
				*(struct hd_word *)hd_append(arena, ret, ret_n, sizeof(**ret)) =
					(struct hd_word){ hd_strndup(arena, text + i, n),
							  c->file, c->at, c->line,
							  is_plain(c, n) };
			i += n + 1;
		}
	}
}

static const char *insert(struct hd_arena *arena, const char *text, size_t at, const char *what)
{
	return hd_printf(arena, "%.*s%s%s", (int)at, text, what, text + at);
}

static bool is_one_quotation(const char *text, size_t length)
{
	char quote = length > 1 ? text[length - 1] : '\0';

	return (quote == '"' || quote == '\'') && text[0] == quote &&
	       !memchr(text + 1, quote, length - 2);
}

/* Into the last quotation, or into quotes of its own. */
const char *hd_grub_append(struct hd_arena *arena, const char *text,
			   const struct hd_grub_value *v, const char *words)
{
	const char *right = text + v->start;
	size_t length = v->end - v->start;

	if (is_one_quotation(right, length))
		return insert(arena, text, v->end - 1,
			      hd_printf(arena, "%s%s", v->n ? " " : "", words));
	if (!length || !strpbrk(hd_strndup(arena, right, length), "\"'\\$"))
		return insert(arena, insert(arena, text, v->end,
					    hd_printf(arena, "%s%s\"", v->n ? " " : "", words)),
			      v->start, "\"");
	return insert(arena, text, v->end, hd_printf(arena, "\" %s\"", words));
}
