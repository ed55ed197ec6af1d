/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_measure.c - how wide is a text, and what of it fits into a line?
 *
 * Nobody knows which font a viewer has.  The widths are those of DejaVu Sans, one of the widest
 * fonts without serifs: in others a text is shorter.
 */
#include "config.h"

#include <string.h>

#include "base/utf8.h"
#include "report/map_layout.h"

#define FIRST ' '
#define OTHER 105	/* what is not ASCII: as wide as it is high */

/* In hundredths of an em, from ' ' to '~'. */
static const unsigned char widths[2][95] = {
	{
		32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64,
		64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78,
		76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40,
		34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62,
		64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
	}, {
		35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70,
		70, 70, 70, 70, 70, 70, 40, 40, 84, 84, 84, 59, 100, 78, 77, 74, 84, 69, 69, 83,
		84, 38, 38, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111, 78, 73, 73, 46,
		37, 46, 84, 50, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69,
		72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
	},
};

static int char_width(int c, bool is_bold)
{
	return c >= FIRST && c < FIRST + (int)sizeof(widths[0]) ? widths[is_bold][c - FIRST] : OTHER;
}

int hd_map_text_width(const char *text, int size, bool is_bold)
{
	int hundredths = 0;

	for (size_t length; *text; text += length)
		hundredths += char_width(hd_utf8_next(text, strnlen(text, 4), &length), is_bold);
	return (hundredths * size + 99) / 100;
}

/* How many bytes of TEXT fit into WIDTH pixels; *RET_WORD: up to the end of the last whole word. */
static size_t count_fitting(const char *text, int width, enum hd_map_style style, size_t *ret_word)
{
	const int room = width * 100 / hd_map_style_size(style);
	int used = 0;
	size_t at = 0;

	*ret_word = 0;
	for (size_t length; text[at]; at += length) {
		used += char_width(hd_utf8_next(text + at, strnlen(text + at, 4), &length),
				   hd_map_style_is_bold(style));
		if (text[at] == ' ')
			*ret_word = at;
		if (used > room)
			return at;
	}
	*ret_word = at;
	return at;
}

const char *hd_map_wrap(struct hd_arena *arena, const char **text, int width,
			enum hd_map_style style, bool is_last)
{
	const char *all = *text, *line;
	size_t word, fits = count_fitting(all, width, style, &word), length;

	if (!*all)
		return all;
	if (is_last && all[fits]) {
		fits = count_fitting(all, width - hd_map_style_size(style) * OTHER / 100, style, &word);
		*text = all + strlen(all);
		return hd_printf(arena, "%.*s…", (int)fits, all);
	}
	(void)hd_utf8_next(all, strnlen(all, 4), &length);
	fits = word ? word : fits ? fits : length;
	line = hd_strndup(arena, all, fits);
	*text = all + fits + strspn(all + fits, " ");
	return line;
}
