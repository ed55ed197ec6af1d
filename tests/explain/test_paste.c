/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_paste.c - is a text read as it was before a mail, a forum or JSON changed it? */
#include "config.h"

#include "explain/paste.h"
#include "tests/support/unit.h"

static const struct {
	const char *text, *clean;
} rows[] = {
	{ "", "" }, { "\n\n", "\n\n" }, { "a b", "a b" }, { "  a \t b\r\n\tc", " a b \n c" },
	{ "> a\n>> b\n> > c\n>d\n>\ne > f\n>   g", "a\nb\nc\nd\n\ne > f\n g" },
	{ "&gt; open &quot;x&quot; of &#39;y&#39; &amp; z&nbsp;1", "open \"x\" of 'y' & z 1" },
	{ "&amp;quot;x", "\"x" }, { "a & b &c;", "a & b &c;" },
	{ "\xe2\x80\x98vfio\xe2\x80\x99 \xe2\x80\x9cx\xe2\x80\x9d", "'vfio' \"x\"" },
	{ "group\xc2\xa0" "12 \xe2\x80\x93 x\xe2\x80\xa6", "group 12 - x..." },
	{ "vf\xe2\x80\x8bio\xc2\xad", "vfio" }, { "\xef\xbb\xbfx", "x" },
	{ "\033[31mred\033[0m", "red" }, { "\033[31", "\033[31" }, { "\033", "\033" },
	{ "{\"m\":\"open \\\"/dev/vfio/1\\\"\\nnext\\u0027s\"}", "{\"m\":\"open \"/dev/vfio/1\"\nnext's\"}" },
	{ "level=error msg=\"a\\n> b\"", "level=error msg=\"a\nb\"" },
	{ "C:\\new\\table", "C:\\new\\table" }, { "\\", "\\" }, { "&", "&" }, { "\xe2", "\xe2" },
	{ "\xc3\xa9", "\xc3\xa9" },
};

static void texts_are_cleaned(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		assert_string_equal(hd_paste_clean(&arena, rows[i].text), rows[i].clean);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(texts_are_cleaned) };

	return cmocka_run_group_tests_name("paste", tests, NULL, NULL);
}
