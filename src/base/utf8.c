/* SPDX-License-Identifier: GPL-2.0-or-later */
/* utf8.c - which characters of a text that others wrote may be shown? */
#include "config.h"

#include <string.h>

#include "base/utf8.h"

#define MAX_BYTES 4

/* How a character of so many bytes begins, and the least that needs them. */
static const struct {
	unsigned char mask, lead;
	int least;
} forms[MAX_BYTES] = {
	{ 0x80, 0x00, 0 }, { 0xe0, 0xc0, 0x80 }, { 0xf0, 0xe0, 0x800 }, { 0xf8, 0xf0, 0x10000 },
};

/* Bytes of the character that LEAD begins, or 0. */
static size_t bytes_of(unsigned char lead)
{
	for (size_t i = 0; i < MAX_BYTES; i++)
		if ((lead & forms[i].mask) == forms[i].lead)
			return i + 1;
	return 0;
}

int hd_utf8_next(const char *at, size_t length, size_t *ret)
{
	const unsigned char *bytes = (const unsigned char *)at;
	size_t n = bytes_of(*bytes);
	int c;

	*ret = 1;
	if (!n || n > length)
		return -1;
	c = *bytes & ~forms[n - 1].mask;
	for (size_t i = 1; i < n; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return -1;
		c = c << 6 | (bytes[i] & 0x3f);
	}
	if (c < forms[n - 1].least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return -1;
	*ret = n;
	return c;
}

bool hd_char_is_shown(int c)
{
	static const struct {
		int first, last;
	} not_shown[] = {
		{ 0x7f, 0x9f }, { 0xad, 0xad }, { 0x61c, 0x61c }, { 0x180e, 0x180e },
		{ 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xfeff, 0xfeff },
		{ 0xfff0, 0xfffb }, { 0xfffe, 0xffff }, { 0x1d173, 0x1d17a },
		{ 0xe0000, 0xe0fff },
	};

	if (c < 0x7f)
		return c >= 0x20;
	for (size_t i = 0; i < HD_ARRAY_SIZE(not_shown); i++)
		if (c >= not_shown[i].first && c <= not_shown[i].last)
			return false;
	return true;
}

bool hd_text_is_shown(const char *text)
{
	size_t left = strlen(text), n;

	for (; left; text += n, left -= n)
		if (!hd_char_is_shown(hd_utf8_next(text, left, &n)))
			return false;
	return true;
}

size_t hd_utf8_whole(const char *text, size_t length)
{
	size_t back = 0;

	while (back < length && back < MAX_BYTES - 1 && (text[length - 1 - back] & 0xc0) == 0x80)
		back++;
	if (back < length && bytes_of((unsigned char)text[length - 1 - back]) > back + 1)
		return length - 1 - back;
	return length;
}

char *hd_text_shown(char *buf, size_t size, const char *text, const char *keep)
{
	size_t left = strlen(text), used = 0, n;

	for (; left; text += n, left -= n) {
		int c = hd_utf8_next(text, left, &n);
		bool is_shown = hd_char_is_shown(c) || (n == 1 && c > 0 && strchr(keep, c));
		size_t wanted = is_shown ? n : 1;

		if (used + wanted >= size)
			break;
		if (is_shown)
			memmove(buf + used, text, n);
		else
			buf[used] = '?';
		used += wanted;
	}
	buf[used] = '\0';
	return buf;
}
