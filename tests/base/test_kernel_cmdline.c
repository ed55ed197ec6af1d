/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_kernel_cmdline.c - is a kernel command line taken apart as the kernel does it? */
#include "config.h"

#include <string.h>

#include "base/kernel_cmdline.h"
#include "tests/support/unit.h"

/* The words as "text|name|value", the latter only if there is one; "END" for "--". */
static const struct row {
	const char *line, *words;
} rows[] = {
	{ "", "" },
	{ " \t\n", "" },
	{ "quiet", "quiet|quiet;" },
	{ "  a=1\tb= \n c\n", "a=1|a|1;b=|b|;c|c;" },
	{ "root=UUID=1", "root=UUID=1|root|UUID=1;" },
	{ "a -- b=1", "a|a;END;b=1|b|1;" },
	{ "--a --=1 -- --", "--a|--a;--=1|--|1;END;END;" },
	{ "a=\"b c\" d", "a=\"b c\"|a|b c;d|d;" },
	{ "\"a=b c\" d", "\"a=b c\"|a|b c;d|d;" },
	{ "\"a b\" c", "\"a b\"|a b;c|c;" },
	{ "a=b\" \"c d", "a=b\" \"c|a|b\" \"c;d|d;" },
	{ "a=\"b c", "a=\"b c|a|b c;" },
	{ "a=\"", "a=\"|a|;" },
	{ "a=\"\" b", "a=\"\"|a|;b|b;" },
	{ "\"", "\"|;" },
	{ "\"\" a", "\"\"|;a|a;" },
	{ "\"--\" a", "END;a|a;" },
	{ "=a b", "=a|=a;b|b;" },
	{ "=a=b", "=a=b|=a|b;" },
	{ "a=\"b\"c\" d\" e", "a=\"b\"c\" d\"|a|b\"c\" d;e|e;" },
};

static void are_taken_apart(void **state)
{
	const struct row *row = *state;
	struct hd_arena arena = { 0 };
	struct hd_cmdline_word word;
	const char *line = row->line, *words = "";

	while (hd_cmdline_next(&line, &word))
		words = word.is_end ? hd_printf(&arena, "%sEND;", words) :
			hd_printf(&arena, "%s%.*s|%.*s%s%.*s;", words, (int)word.length, word.text,
				  (int)word.name_length, word.name, word.value ? "|" : "",
				  (int)word.value_length, word.value ? word.value : "");
	assert_string_equal(words, row->words);
	assert_int_equal(*line, '\0');
	hd_arena_done(&arena);
}

static void are_found(void **state)
{
	const char *line = "quiet intel_iommu=on iommu=pt intel-iommu=\"off\" -- x=1 iommu=soft";
	struct hd_arena arena = { 0 };

	(void)state;
	assert_true(hd_cmdline_has(line, "quiet"));
	assert_true(hd_cmdline_has(line, "iommu=pt"));
	assert_true(hd_cmdline_has(line, "intel_iommu=off"));
	assert_true(hd_cmdline_has(line, "\"intel-iommu=off\""));
	assert_false(hd_cmdline_has(line, "iommu"));
	assert_false(hd_cmdline_has(line, "iommu=p"));
	assert_false(hd_cmdline_has(line, "ommu=pt"));
	assert_false(hd_cmdline_has(line, "--"));
	/* What is behind "--" is for init. */
	assert_false(hd_cmdline_has(line, "iommu=soft"));
	assert_string_equal(hd_cmdline_value(&arena, line, "iommu"), "pt");
	assert_string_equal(hd_cmdline_value(&arena, line, "intel_iommu"), "off");
	assert_null(hd_cmdline_value(&arena, line, "quiet"));
	assert_null(hd_cmdline_value(&arena, line, "x"));
	hd_arena_done(&arena);
}

static void open_quotations_are_seen(void **state)
{
	static const char *const open[] = { "\"", "a=\"b c", "a\"", "\"a=\"\"" };
	static const char *const closed[] = { "", "a=b", "\"a b\"", "a=\"b\"c\" d\"" };
	struct hd_cmdline_word word;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(open); i++) {
		const char *line = open[i], *other = closed[i];

		(void)hd_cmdline_next(&line, &word);
		assert_true(word.is_open);
		(void)hd_cmdline_next(&other, &word);
		assert_false(word.is_open);
	}
}

static void names_are_equal(void **state)
{
	(void)state;
	assert_true(hd_kernel_name_is("vfio-pci.ids", 8, "vfio_pci"));
	assert_true(hd_kernel_name_is("vfio_pci", 8, "vfio-pci"));
	assert_false(hd_kernel_name_is("vfio_pci", 7, "vfio_pci"));
	assert_false(hd_kernel_name_is("vfio_pci", 8, "vfio_pc"));
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 3] = {
		cmocka_unit_test(are_found),
		cmocka_unit_test(names_are_equal),
		cmocka_unit_test(open_quotations_are_seen),
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i + 3] = (struct CMUnitTest){ rows[i].line, are_taken_apart, NULL, NULL,
						    (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
