/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_notes_stream.c - how are notes and errors broken into lines on a terminal? */
#include "config.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cli/notes_stream.h"
#include "tests/support/unit.h"

static const struct {
	const char *text;
	int width;
	const char *lines;
} rows[] = {
	{ "", 10, "" },
	{ "note: all", 9, "note: all" },
	{ "note: all of it", 9, "note: all\n  of it" },
	{ "note: all of it", 8, "note:\n  all of\n  it" },
	{ "overlongword and more", 6, "overlongword\n  and\n  more" },
	/* A command is not broken, and an apostrophe is not a quote. */
	{ "say 'hostdevctl list usual' now", 20, "say\n  'hostdevctl list usual'\n  now" },
	{ "say `umount /srv` now", 12, "say\n  `umount /srv`\n  now" },
	{ "the host's own disks' names", 12, "the host's\n  own disks'\n  names" },
	{ "see 'a b'; or 'c d'", 10, "see 'a b';\n  or 'c d'" },
	{ "an 'open one of them", 10, "an 'open\n  one of\n  them" },
	/* Columns, not bytes. */
	{ "\u00e4\u00f6\u00fc \u00e4\u00f6\u00fc", 7, "\u00e4\u00f6\u00fc \u00e4\u00f6\u00fc" },
	{ "a question with blanks [y/N] ", 20, "a question with\n  blanks [y/N] " },
};

static void breaks_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		char *lines = NULL;
		size_t size;
		FILE *out = open_memstream(&lines, &size);

		assert_non_null(out);
		hd_put_wrapped(out, rows[i].text, strlen(rows[i].text), rows[i].width);
		(void)fclose(out);
		assert_string_equal(lines, rows[i].lines);
		free(lines);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(breaks_lines) };

	(void)setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
