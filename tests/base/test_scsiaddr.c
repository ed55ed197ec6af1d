/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_scsiaddr.c - which texts are SCSI addresses, and which are not. */
#include "config.h"

#include "base/scsiaddr.h"
#include "tests/support/unit.h"

static const struct row {
	const char *text;
	bool is_good;
} rows[] = {
	{ "0:0:0:0", true },
	{ "2:0:15:1", true },
	{ "11:3:4294967295:18446744073709551615", true },
	{ "", false },
	{ "0:0:0", false },
	{ "0:0:0:", false },
	{ "0:0:0:0:0", false },
	{ "00:0:0:0", false },
	{ "0:0:0:0 ", false },
	{ "0:0:0:-1", false },
	{ "0:0:0:0x1", false },
	{ "4294967296:0:0:0", false },
	{ "0:0:0:18446744073709551616", false },
	{ "0:0:0:99999999999999999999", false },
	{ "scsi:0:0:0:0", false },
	{ "0000:01:00.0", false },
};

static void parses(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_scsi_addr addr = { 9, 9, 9, 9 };
		char buf[HD_SCSI_ADDR_SIZE];
		bool ok = hd_scsi_addr_parse(rows[i].text, &addr);

		print_message("%s\n", rows[i].text);
		assert_int_equal(ok, rows[i].is_good);
		if (ok)
			assert_string_equal(hd_scsi_addr_format(&addr, buf), rows[i].text);
		else
			assert_int_equal(addr.host, 9);
	}
}

static void compares(void **state)
{
	const struct hd_scsi_addr a = { 1, 2, 3, 4 };

	(void)state;
	for (int i = 0; i < 5; i++) {
		struct hd_scsi_addr b = a;

		b.host += i == 0;
		b.channel += i == 1;
		b.target += i == 2;
		b.lun += i == 3;
		assert_int_equal(hd_scsi_addr_is_same(&a, &b), i == 4);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses),
		cmocka_unit_test(compares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
