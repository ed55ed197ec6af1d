/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_did_you_mean.c - which word is suggested for a wrong one, and when is none? */
#include "config.h"

#include <errno.h>

#include "base/did_you_mean.h"
#include "tests/support/unit.h"

static const char *const names[] = { "list", "list-more", "plan", "x", "storage-free" };

static const struct {
	const char *word, *found;
} rows[] = {
	{ "lst", "list" },
	{ "lits", "list" },
	{ "lists", "list" },
	{ "storage_free", "storage-free" },
	{ "strage-fre", "storage-free" },
	{ "pln", "plan" },
	{ "y", NULL },
	{ "", NULL },
	{ "frobnicate", NULL },
	{ "nosuch", NULL },
};

static void suggests(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_nearest nearest = { .word = rows[i].word };

		for (size_t k = 0; k < HD_ARRAY_SIZE(names); k++)
			hd_nearest_offer(&nearest, names[k]);
		if (rows[i].found)
			assert_string_equal(nearest.found, rows[i].found);
		else
			assert_null(nearest.found);
	}
}

static void adds_to_an_error(void **state)
{
	struct hd_nearest nearest = { .word = "lnog", .prefix = "--" };
	struct hd_error err;

	(void)state;
	hd_fail(&err, -EINVAL, "unknown");
	assert_int_equal(hd_nearest_suggest(&nearest, &err), -EINVAL);
	assert_string_equal(err.text, "unknown");
	hd_nearest_offer(&nearest, "long");
	assert_int_equal(hd_nearest_suggest(&nearest, &err), -EINVAL);
	assert_string_equal(err.text, "unknown; did you mean '--long'?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suggests), cmocka_unit_test(adds_to_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
