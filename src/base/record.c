/* SPDX-License-Identifier: GPL-2.0-or-later */
/* record.c - the words and sums of lines that a crash or a stranger may have damaged. */
#include "config.h"

#include <string.h>

#include "base/record.h"

#define CRC32_POLYNOMIAL 0xedb88320u	/* IEEE 802.3, reflected */

static const char hex_digits[] = "0123456789ABCDEF";

uint32_t hd_record_sum(uint32_t before, const char *text, size_t length)
{
	uint32_t sum = ~before;

	for (size_t i = 0; i < length; i++) {
		sum ^= (unsigned char)text[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? CRC32_POLYNOMIAL : 0);
	}
	return ~sum;
}

static bool is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c && strchr("-_.:/*+,=@", c));
}

char *hd_record_encode(char *buf, size_t size, const char *text)
{
	size_t used = 0;

	if (!*text && size > 1)
		buf[used++] = '%';
	for (; *text && used + (is_plain(*text) ? 1 : 3) < size; text++) {
		if (is_plain(*text)) {
			buf[used++] = *text;
			continue;
		}
		buf[used++] = '%';
		buf[used++] = hex_digits[(unsigned char)*text >> 4];
		buf[used++] = hex_digits[*text & 15];
	}
	buf[used] = '\0';
	return buf;
}

bool hd_record_words(char *words[], size_t n, char *text, const char *format)
{
	char *save = NULL;
	size_t i = 0;

	for (char *word = strtok_r(text, " \n", &save); word; word = strtok_r(NULL, " \n", &save)) {
		if (i == n)
			return false;
		words[i++] = word;
	}
	return i == n && !strcmp(words[0], format);
}

static int hex_value(char c)
{
	const char *at = c ? strchr(hex_digits, c) : NULL;

	return at ? (int)(at - hex_digits) : -1;
}

/* The byte that "%XX" stands for; -1 if it would have been written as itself, or not at all. */
static int escaped(const char *at)
{
	int high = hex_value(at[1]);
	int low = high < 0 ? -1 : hex_value(at[2]);
	int value = high * 16 + low;

	return low < 0 || !value || is_plain((char)value) ? -1 : value;
}

bool hd_record_decode(char *text)
{
	char *to = text;

	if (!*text)
		return false;
	if (!strcmp(text, "%")) {
		*text = '\0';
		return true;
	}
	for (const char *at = text; *at; at++) {
		int value = *at == '%' ? escaped(at) : *at;

		if (*at == '%')
			at += 2;
		else if (!is_plain(*at))
			return false;
		if (value < 0)
			return false;
		*to++ = (char)value;
	}
	*to = '\0';
	return true;
}
