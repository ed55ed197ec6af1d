/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pciaddr.c - which texts are PCI addresses, and which are not. */
#include "config.h"

#include "base/pciaddr.h"
#include "tests/support/unit.h"

static const struct row {
	const char *text;
	const char *want;	/* NULL: not an address */
} rows[] = {
	{ "0000:01:00.0", "0000:01:00.0" },
	{ "01:00.0", "0000:01:00.0" },
	{ "pci_0000_01_00_0", "0000:01:00.0" },
	{ "pci_10000_e1_1f_7", "10000:e1:1f.7" },
	{ "10000:e1:00.0", "10000:e1:00.0" },
	{ "FFFF:FF:1F.7", "ffff:ff:1f.7" },
	{ "", NULL },
	{ "0000:01:00.8", NULL },
	{ "0000:01:20.0", NULL },
	{ "0000:01:00.0 ", NULL },
	{ "000:01:00.0", NULL },
	{ "123456789:01:00.0", NULL },
	{ "0000:1:00.0", NULL },
	{ "0000:01:00", NULL },
	{ "../0000:01:00.0", NULL },
	{ "pci_0000:01:00.0", NULL },
};

static void parses(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_pci_addr addr = { 9, 9, 9, 9 };
		char buf[HD_PCI_ADDR_SIZE];
		bool ok = hd_pci_addr_parse(rows[i].text, &addr);

		assert_int_equal(ok, rows[i].want != NULL);
		if (ok)
			assert_string_equal(hd_pci_addr_format(&addr, buf), rows[i].want);
		else
			assert_int_equal(addr.bus, 9);
	}
}

static void orders_by_number(void **state)
{
	struct hd_pci_addr low = { 0, 0xff, 0, 0 }, high = { 0x10000, 0, 0, 0 };

	(void)state;
	assert_true(hd_pci_addr_compare(&low, &high) < 0);
	assert_true(hd_pci_addr_compare(&high, &low) > 0);
	assert_int_equal(hd_pci_addr_compare(&low, &low), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses),
		cmocka_unit_test(orders_by_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
