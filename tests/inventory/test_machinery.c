/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_machinery.c - what is folded in maps: all that never goes to a guest by its class, and more. */
#include "config.h"

#include "check/machine_part.h"
#include "inventory/machinery.h"
#include "tests/support/unit.h"

static void has_rows(void **state)
{
	static const struct {
		struct hd_item item;
		const char *nouns;
	} rows[] = {
		{ { .class = 0x060400 }, "bridges" },
		{ { .class = 0x068000 }, NULL },	/* NVSwitch */
		{ { .class = 0x058000 }, NULL },	/* an FPGA */
		{ { .class = 0x080100 }, "DMA engines" },
		{ { .class = 0x088000 }, "system peripherals" },
		{ { .class = 0x088000, .driver_kind = HD_DRIVER_VFIO }, NULL },
		{ { .class = 0x110100 }, "counters" },
		{ { .class = 0x010802 }, NULL },
		{ { .kind = HD_DEVICE_USB, .class = 0x09 }, "hubs" },
		{ { .kind = HD_DEVICE_USB, .class = 0x03 }, NULL },
		{ { .kind = HD_DEVICE_SERIAL, .class = 0x060400 }, NULL },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const char *nouns = hd_machinery_of(&rows[i].item);

		assert_true(!nouns == !rows[i].nouns);
		if (nouns)
			assert_string_equal(nouns, rows[i].nouns);
	}
}

/* In lists as in checks. */
static void knows_parts_by_ids(void **state)
{
	const struct hd_item balloon = { .kind = HD_DEVICE_PCI, .vendor = 0x1af4, .device = 0x1002 };
	const struct hd_item usb = { .kind = HD_DEVICE_USB, .vendor = 0x1af4, .device = 0x1002 };

	(void)state;
	assert_non_null(hd_part_of_item(&balloon));
	assert_null(hd_part_of_item(&usb));
}

static void has_all_parts(void **state)
{
	(void)state;
	for (unsigned class = 0; class < 0x10000; class++) {
		const struct hd_item item = { .kind = HD_DEVICE_PCI, .class = class << 8 };

		if (hd_part_of_item(&item))
			assert_non_null(hd_machinery_of(&item));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_rows),
		cmocka_unit_test(knows_parts_by_ids),
		cmocka_unit_test(has_all_parts),
	};

	return cmocka_run_group_tests_name("machinery", tests, NULL, NULL);
}
