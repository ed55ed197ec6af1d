/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_utf8.c - which characters may be shown, of all that there are? */
#include "config.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

#include "base/error.h"
#include "base/text.h"
#include "base/utf8.h"
#include "tests/support/unit.h"

#define LAST 0x10ffff

/* By RFC 3629, section 3; returns the bytes. */
static size_t encode(char ret[static 5], int c)
{
	static const int most[] = { 0x7f, 0x7ff, 0xffff, LAST };
	static const int lead[] = { 0x00, 0xc0, 0xe0, 0xf0 };
	size_t n = 0;

	while (c > most[n])
		n++;
	for (size_t i = n; i; i--, c >>= 6)
		ret[i] = (char)(0x80 | (c & 0x3f));
	ret[0] = (char)(lead[n] | c);
	ret[n + 1] = '\0';
	return n + 1;
}

/* What is shown of each character is itself or "?", and is shown whole. */
static void all_characters(void **state)
{
	char text[5], shown[5];

	(void)state;
	for (int c = 1; c <= LAST; c++) {
		size_t length = encode(text, c), n;
		bool is_surrogate = c >= 0xd800 && c <= 0xdfff;

		assert_int_equal(hd_utf8_next(text, length, &n), is_surrogate ? -1 : c);
		assert_int_equal(n, is_surrogate ? 1 : length);
		assert_int_equal(hd_utf8_whole(text, length), length);
		for (size_t cut = 1; cut < length; cut++) {
			assert_int_equal(hd_utf8_next(text, cut, &n), -1);
			assert_int_equal(hd_utf8_whole(text, cut), 0);
		}
		(void)hd_text_shown(shown, sizeof(shown), text, "");
		assert_true(hd_text_is_shown(shown));
		assert_true(!strcmp(shown, text) == hd_text_is_shown(text));
	}
}

/* Every text of up to three bytes: the C library is of the same opinion. */
static void all_bytes(void **state)
{
	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	for (unsigned bytes = 1; bytes <= 0xffffff; bytes++) {
		const char text[] = { (char)bytes, (char)(bytes >> 8), (char)(bytes >> 16) };
		mbstate_t shift = { 0 };
		wchar_t wide;
		size_t length = bytes >> 16 ? 3 : bytes >> 8 ? 2 : 1, n, wanted;
		int c = hd_utf8_next(text, length, &n);

		if (!text[0])
			continue;
		wanted = mbrtowc(&wide, text, length, &shift);
		if (wanted > length)
			assert_int_equal(c, -1);
		else
			assert_true(c == (int)wide && n == wanted);
	}
	(void)setlocale(LC_CTYPE, "C");
}

/* Unicode's Cc, Zl and Zp, and its Bidi_Control. */
static void controls(void **state)
{
	static const int never[] = {
		0x1b, '\n', '\t', 0x7f, 0x80, 0x9b, 0x9f, 0x61c, 0x200b, 0x200e, 0x200f, 0x2028,
		0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
		0xfeff, 0xfffe, 0xffff, 0xe0041, -1, 0,
	};
	static const int always[] = { ' ', 'a', '~', 0xa0, 0xe4, 0x416, 0x5b57, 0xfffd, 0x1f600 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(never); i++)
		assert_false(hd_char_is_shown(never[i]));
	for (size_t i = 0; i < HD_ARRAY_SIZE(always); i++)
		assert_true(hd_char_is_shown(always[i]));
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	for (int c = 0; c <= LAST; c++)
		assert_false(iswcntrl((wint_t)c) && hd_char_is_shown(c));
	(void)setlocale(LC_CTYPE, "C");
}

static void texts(void **state)
{
	static const struct {
		const char *text, *shown;
	} rows[] = {
		{ "", "" }, { "a\xc2\x9b" "2Jb", "a?2Jb" }, { "a\x9b" "b", "a?b" },
		{ "\xc3\xa4\xe2\x80\xae", "\xc3\xa4?" }, { "\xf0\x9f\x98", "???" },
		{ "\xc0\x80", "??" }, { "\xe0\x9f\xbf", "???" }, { "\xf4\x90\x80\x80", "????" },
		{ "\xb7\xb5", "??" }, { "a\nb", "a?b" },
	};
	char buf[32];

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		assert_string_equal(hd_text_shown(buf, sizeof(buf), rows[i].text, ""),
				    rows[i].shown);
	assert_string_equal(hd_text_shown(buf, sizeof(buf), "a\nb\tc\r", "\n\t"), "a\nb\tc?");
	assert_string_equal(hd_text_shown(buf, 4, "ab\xc3\xa4", ""), "ab");
	assert_string_equal(hd_text_shown(buf, 5, "ab\xc3\xa4", ""), "ab\xc3\xa4");
	assert_string_equal(hd_text_shown(buf, 1, "ab", ""), "");
}

/* What is cut ends with a whole character. */
static void cuts(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };

	(void)state;
	assert_string_equal(hd_text_printable(&arena, "a\xc3\xa4" "b", 2), "a...");
	assert_string_equal(hd_text_printable(&arena, "a\xc3\xa4" "b", 3), "a\xc3\xa4...");
	assert_string_equal(hd_text_printable(&arena, "a\x9f\x9f", 2), "a?...");
	for (int blanks = 760; blanks < 768; blanks++) {
		(void)hd_fail(&err, -1, "%*s\xe2\x82\xac\xe2\x82\xac", blanks, "");
		assert_true(hd_text_is_shown(err.text));
		assert_null(strchr(err.text, '?'));
		(void)hd_fail(&err, -1, "%*s\xe2\x82\xac\xe2\x82\xac", blanks - 3, "");
		(void)hd_wrap(&err, "\xc2\x9b");
		assert_true(hd_text_is_shown(err.text) && err.text[0] == '?');
		assert_null(strchr(err.text + 1, '?'));
	}
	(void)hd_fail(&err, -1, "a\nb\x9b%s", "\033");
	assert_string_equal(err.text, "a\nb??");
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_characters),
		cmocka_unit_test(all_bytes),
		cmocka_unit_test(controls),
		cmocka_unit_test(texts),
		cmocka_unit_test(cuts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
