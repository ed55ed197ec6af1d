/* SPDX-License-Identifier: GPL-2.0-or-later */
/* map_fit.c - how much of a text fits into so many columns? */
#include "config.h"

#include <libxml/chvalid.h>
#include <string.h>

#include "base/utf8.h"
#include "report/map.h"

struct range {
	int first, last;
};

static bool is_in(const struct range *ranges, size_t n, int c)
{
	for (size_t i = 0; i < n; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

/* What takes two columns (Unicode, EastAsianWidth.txt), roughly. */
static bool is_wide(int c)
{
	static const struct range wide[] = {
		{ 0x1100, 0x115f }, { 0x2e80, 0xa4cf }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },
		{ 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0xffe0, 0xffe6 }, { 0x1f300, 0x1faff },
		{ 0x20000, 0x3fffd },
	};

	return is_in(wide, HD_ARRAY_SIZE(wide), c);
}

/* The character at AT, or "?" if it cannot be shown; *LENGTH is its length in bytes. */
static int character(const char *at, size_t *length)
{
	int c = hd_utf8_next(at, strnlen(at, 4), length);

	return hd_char_is_shown(c) && xmlIsCharQ(c) ? c : '?';
}

const char *hd_map_fit(struct hd_arena *arena, const char *text, int width, int *ret_width)
{
	char *copy = hd_alloc(arena, strlen(text) + sizeof("…")), *to = copy, *cut = copy;
	int n = 0, n_cut = 0;
	size_t length;

	for (; *text; text += length) {
		int c = character(text, &length), columns = 1 + is_wide(c);

		if (width && n + columns > width) {
			(void)memcpy(cut, "…", sizeof("…"));
			n = n_cut + 1;
			break;
		}
		if (c == '?')
			*to++ = '?';
		else
			to = mempcpy(to, text, length);
		n += columns;
		if (n < width) {
			cut = to;
			n_cut = n;
		}
	}
	if (ret_width)
		*ret_width = n;
	return copy;
}
