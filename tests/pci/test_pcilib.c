/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pcilib.c - names by libpci, and none for ids that nobody has. */
#include "config.h"

#include <string.h>

#include "facts/pci/pcilib.h"
#include "inventory/inventory.h"
#include "tests/support/unit.h"

static void names(void **state)
{
	struct hd_arena arena = { 0 };
	const char *text;

	(void)state;
	text = hd_pcilib_class_name(&arena, 0x010802);
	if (!text) {
		print_message("# this machine has no pci.ids\n");
		skip();
	}
	assert_string_equal(text, "Non-Volatile memory controller");
	text = hd_pcilib_device_name(&arena, 0x1b36, 0x0010);
	assert_non_null(text);
	assert_non_null(strstr(text, "Red Hat"));
	assert_non_null(strstr(text, "NVM"));
	text = hd_pcilib_device_name(&arena, 0x1b36, 0xfffe);
	assert_non_null(text);
	assert_non_null(strstr(text, "Red Hat"));
	assert_null(hd_pcilib_device_name(&arena, 0xf7f7, 0xf7f7));
	assert_null(hd_pcilib_class_name(&arena, 0xf7f7f7));
	hd_pcilib_done();
	hd_pcilib_done();
	assert_non_null(hd_pcilib_class_name(&arena, 0x030000));
	hd_pcilib_done();
	hd_arena_done(&arena);
}

/* As lspci(8) says it, with and without its lists. */
static void what_nobody_named(void **state)
{
	const struct hd_item item = {
		.kind = HD_DEVICE_PCI, .vendor = 0xf7f7, .device = 0xf7f8, .class = 0xf7f9fa,
	};
	struct hd_arena arena = { 0 };

	(void)state;
	assert_string_equal(hd_item_name(&arena, &item), "Device f7f7:f7f8");
	assert_string_equal(hd_item_class(&arena, &item), "Class f7f9");
	hd_pcilib_done();
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(what_nobody_named),
	};

	return cmocka_run_group_tests_name("pcilib", tests, NULL, NULL);
}
