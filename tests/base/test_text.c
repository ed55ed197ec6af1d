/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_text.c - numbers, words, lines and UUIDs in text that others wrote. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "tests/support/unit.h"

#define NAME_63 "m12345678901234567890123456789012345678901234567890123456789012"

static void numbers(void **state)
{
	static const char *const not_numbers[] = {
		"", "-1", " 1", "1 ", "0x", "a", "99999999999999999999",
	};
	uint64_t n = 7;

	(void)state;
	assert_true(hd_text_u64("10", &n) && n == 10);
	assert_true(hd_text_u64("010", &n) && n == 10);
	assert_true(hd_text_u64("0x1F", &n) && n == 31);
	assert_true(hd_text_u64_c("010", &n) && n == 8);
	assert_true(hd_text_u64_c("0", &n) && n == 0);
	n = 7;
	for (size_t i = 0; i < HD_ARRAY_SIZE(not_numbers); i++)
		assert_false(hd_text_u64(not_numbers[i], &n));
	assert_false(hd_text_u64_c("08", &n));
	assert_int_equal(n, 7);
}

static void words(void **state)
{
	const char *line = "quiet intel_iommu=on\tiommu=pt\n";

	(void)state;
	assert_true(hd_text_has_word(line, "quiet"));
	assert_true(hd_text_has_word(line, "iommu=pt"));
	assert_false(hd_text_has_word(line, "iommu"));
	assert_false(hd_text_has_word(line, "ommu=pt"));
	assert_false(hd_text_has_word("", "quiet"));
}

/* What is the same, and what is in a list. */
static void likeness(void **state)
{
	static const char *const list[] = { "one", "two" };
	const char copy[] = "two";

	(void)state;
	assert_true(hd_text_is_same(NULL, NULL) && hd_text_is_same(copy, "two"));
	assert_false(hd_text_is_same("a", NULL) || hd_text_is_same(NULL, "a"));
	assert_false(hd_text_is_same("a", "ab"));
	assert_true(HD_IS_ANY(copy, list));
	assert_false(HD_IS_ANY("tw", list) || hd_text_is_any("two", list, 1));
}

static void drivers_and_units_have_a_few_characters(void **state)
{
	static const struct {
		const char *name;
		bool is_driver, is_unit;
	} rows[] = {
		{ "vfio-pci", true, true }, { "nvidia_drm", true, true }, { "", false, false },
		{ "-r", false, false }, { ".x", false, false }, { "a/b", false, false },
		{ "a.b", false, true }, { "getty@tty1.service", false, true },
		{ "a\\x2db.service", false, false }, { "a;b", false, false },
		{ "\xe9", false, false }, { NAME_63, true, true }, { NAME_63 "m", false, true },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		assert_int_equal(hd_text_is_driver(rows[i].name), rows[i].is_driver);
		assert_int_equal(hd_text_is_unit(rows[i].name), rows[i].is_unit);
	}
}

static void lines(void **state)
{
	struct hd_arena arena = { 0 };
	const char *at = "a\n\nb";

	(void)state;
	assert_string_equal(hd_text_next_line(&arena, &at), "a");
	assert_string_equal(hd_text_next_line(&arena, &at), "");
	assert_string_equal(hd_text_next_line(&arena, &at), "b");
	assert_null(hd_text_next_line(&arena, &at));
	assert_string_equal(hd_text_line_value(&arena, "XA=0\nA=1\nA=2", "A="), "1");
	assert_string_equal(hd_text_line_value(&arena, "A=", "A="), "");
	assert_null(hd_text_line_value(&arena, "XA=0\n", "A="));
	hd_arena_done(&arena);
}

static void uuids(void **state)
{
	char uuid[37] = "x";

	(void)state;
	assert_true(hd_text_uuid("C7A5FDBD-EDAF-9455-926A-D65C16DB1809", uuid));
	assert_string_equal(uuid, "c7a5fdbd-edaf-9455-926a-d65c16db1809");
	assert_false(hd_text_uuid("../../etc/passwd-926a-d65c16db1809", uuid));
	assert_false(hd_text_uuid("c7a5fdbd-edaf-9455-926a-d65c16db18090", uuid));
	assert_false(hd_text_uuid("", uuid));
}

static void printable(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	assert_string_equal(hd_text_printable(&arena, "a\033[2Jb\n", 99), "a?[2Jb?");
	assert_string_equal(hd_text_printable(&arena, "abcdef", 3), "abc...");
	hd_arena_done(&arena);
}

static void guests_in_commands(void **state)
{
	static const char uuid[] = "c7a5fdbd-edaf-9455-926a-d65c16db1809";
	static const char *const rows[][2] = {
		{ "win11", "win11" }, { "my guest", "'my guest'" }, { "", uuid }, { "-x", uuid },
		{ "a\033", uuid }, { "a?", uuid }, { "a'b", uuid },
		{ "cut...", uuid }, { "17", uuid }, { "17a", "17a" },
		{ "+5", uuid }, { "C7A5FDBD-edaf-9455-926a-d65c16db1800", uuid },
	};
	struct hd_arena arena = { 0 };
	char name[300];

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		assert_string_equal(hd_guest_word(&arena, rows[i][0], uuid), rows[i][1]);
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	assert_string_equal(hd_guest_word(&arena, name, uuid), uuid);
	name[255] = '\0';
	assert_string_equal(hd_guest_word(&arena, name, uuid), name);
	assert_string_equal(hd_guest_word(&arena, "-x", ""), "'-x'");
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(words),
		cmocka_unit_test(likeness),
		cmocka_unit_test(lines),
		cmocka_unit_test(drivers_and_units_have_a_few_characters),
		cmocka_unit_test(uuids),
		cmocka_unit_test(printable),
		cmocka_unit_test(guests_in_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
