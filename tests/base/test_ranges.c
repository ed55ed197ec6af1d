/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_ranges.c - lists of processors and nodes. */
#include "config.h"

#include "base/ranges.h"
#include "tests/support/unit.h"

static void numbers_are_found(void **state)
{
	(void)state;
	assert_true(hd_ranges_has("0-3,8", 0));
	assert_true(hd_ranges_has("0-3,8", 3));
	assert_true(hd_ranges_has("0-3,8", 8));
	assert_true(hd_ranges_has(" 0-3, 8\n", 8));
	assert_true(hd_ranges_has("5", 5));
	assert_false(hd_ranges_has("0-3,8", 4));
	assert_false(hd_ranges_has("", 0));
	assert_false(hd_ranges_has("x", 0));
	assert_false(hd_ranges_has("1x", 1));
	assert_false(hd_ranges_has("3-1", 2));
}

static void later_items_win(void **state)
{
	(void)state;
	assert_false(hd_ranges_has("0-7,^4", 4));
	assert_true(hd_ranges_has("0-7,^4", 5));
	assert_true(hd_ranges_has("0-7,^4,4", 4));
}

static void sets_meet(void **state)
{
	(void)state;
	assert_true(hd_ranges_meet("0-3", "3-9"));
	assert_false(hd_ranges_meet("0-3", "4-9"));
	assert_false(hd_ranges_meet("0-3,^3", "3"));
	assert_false(hd_ranges_meet("", ""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_found),
		cmocka_unit_test(later_items_win),
		cmocka_unit_test(sets_meet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
