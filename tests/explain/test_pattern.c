/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pattern.c - does a pattern find its message, and nothing else? */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explain/pattern.h"
#include "tests/support/unit.h"

static const struct row {
	const char *pattern, *line;
	const char *fields;	/* "name=value|"...; NULL: no match */
} rows[] = {
	{ "a", "a", "" }, { "a", "bab", "" }, { "a", "b", NULL }, { "ab", "aab", "" },
	{ "group {number}", "group 12 is", "number=12|" },
	{ "group {number:g} is", "group x group 12 is", "g=12|" },
	{ "group {number:g} is", "group 12x is", NULL },
	{ "x {1|31:n},", "x 31,", "n=31|" }, { "x {1|31:n},", "x 1,", "n=1|" },
	{ "x {1|31:n},", "x 3,", NULL }, { "x {1|31:n},", "x 311,", NULL }, { "x {1|31:n},", "x -31,", NULL },
	{ "(-{number})", "(-19)", "number=19|" }, { "({number})", "(-19)", "number=-19|" },
	{ "({number})", "(-)", NULL },
	{ "at {hex}.", "at 0x1fF.", "hex=0x1fF|" }, { "at {hex}.", "at 0x.", NULL },
	{ "dev {address}: x", "dev 0000:01:00.0: x", "address=0000:01:00.0|" },
	{ "dev {address}.", "dev 10000:e1:00.0.", "address=10000:e1:00.0|" },
	{ "dev {address}", "dev 01:00.0", NULL }, { "dev {address}", "dev 0000:01:00.9", NULL },
	{ "by {word:d}, of {text:g}", "by a-b_c, of x, y", "d=a-b_c|g=x, y|" },
	{ "by {word}", "by ,", NULL },
	{ "in {path}: x", "in /etc/a b: x", NULL }, { "in {path}: x", "in /etc/a: x", "path=/etc/a|" },
	{ "a {text:t} b {text:u} c", "a 1 b 2 b c c", "t=1|u=2 b|" },
	{ "a {text:t} b", "a b a 1 c", NULL }, { "a {text}", "a ", "text=|" },
	{ "'{text}'", "''", "text=|" },
	/* a condition takes nothing, and others look whether it is met */
	{ "a {number}{near:x|y z}", "a 1 b", "number=1|" }, { "ab{near:x}", "ab", "" },
};

static const char *joined(const struct hd_fields *fields, struct hd_arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < fields->n; i++)
		text = hd_printf(arena, "%s%s=%s|", text, fields->items[i].name,
				 fields->items[i].value);
	return text;
}

static void patterns_match(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_fields fields = { .n = 0 };
		bool found = hd_pattern_match(rows[i].pattern, rows[i].line, &arena, &fields);
		const char *got = joined(&fields, &arena);

		if (found != !!rows[i].fields || strcmp(got, rows[i].fields ? rows[i].fields : "") != 0)
			fail_msg("%s in %s: %d %s", rows[i].pattern, rows[i].line, found, got);
	}
	hd_arena_done(&arena);
}

static void bad_patterns(void **state)
{
	static const char *const bad[] = { "a {frob}", "a {text", "a {}", "a {text:}", "a {number:}" };
	struct hd_arena arena = { 0 };
	struct hd_fields fields;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(bad); i++)
		if (hd_pattern_match(bad[i], "a 1", &arena, &fields))
			fail_msg("%s", bad[i]);
	hd_arena_done(&arena);
	assert_int_equal(hd_pattern_literals("ab{number}c{text:x}d"), 4);
	assert_int_equal(hd_pattern_literals("ab{number"), 2);
	assert_int_equal(hd_pattern_literals("ab{near:long words}"), 2);
	assert_string_equal(hd_pattern_near("ab{number}{near:x|y}"), "x|y}");
	assert_null(hd_pattern_near("ab{number:near}"));
}

/* Whatever the line: a megabyte of almost matches comes to its end. */
static void it_is_linear(void **state)
{
	enum { SIZE = 1 << 20 };
	struct hd_fields fields;
	struct hd_arena arena = { 0 };
	char *line = malloc(SIZE);

	(void)state;
	assert_non_null(line);
	for (size_t i = 0; i + 1 < SIZE; i++)
		line[i] = "a b "[i % 4];
	line[SIZE - 1] = '\0';
	alarm(120);
	assert_false(hd_pattern_match("a {text} b {text} b {text} b {text} c", line, &arena, &fields));
	assert_int_equal(hd_pattern_match("b {number} c", "a b 12 c d", &arena, &fields), 8);
	alarm(0);
	free(line);
	hd_arena_done(&arena);
}

static void fields_have_room(void **state)
{
	struct hd_fields fields = { .n = 0 };

	(void)state;
	for (int i = 0; i < HD_FIELDS_MAX; i++)
		assert_true(hd_field_add(&fields, "a", "b"));
	assert_false(hd_field_add(&fields, "c", "d"));
	assert_string_equal(hd_field_value(&fields, "a"), "b");
	assert_null(hd_field_value(&fields, "c"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_match), cmocka_unit_test(bad_patterns),
		cmocka_unit_test(it_is_linear), cmocka_unit_test(fields_have_room),
	};

	return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
