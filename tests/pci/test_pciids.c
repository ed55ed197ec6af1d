/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pciids.c - names out of a list, whatever is in it. */
#include "config.h"

#include <string.h>

#include "facts/pci/pciids.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static const char list[] =
	"# a comment\n"
	"0e11  Compaq Computer Corporation\n"
	"\t0001  PCI to EISA Bridge\n"
	"\t0046  Smart Array 64xx\n"
	"\t\t0e11 4091  Smart Array 6i\n"
	"\t\t0e11 4092  not this one\n"
	"# inside\n"
	"\t4092  A device  with two  blanks\n"
	"10DE  NVIDIA Corporation\n"
	"\t1b80  GP104 [GeForce GTX 1080]\n"
	"bad line\n"
	"\t0001  nobody's\n"
	"C 01  Mass storage controller\n"
	"\t08  Non-Volatile memory controller\n"
	"\t\t02  NVM Express\n"
	"C 03  Display controller\n"
	"\t00  VGA compatible controller";

static const struct row {
	const char *name;
	unsigned id, part;	/* part -1: of the vendor or class itself */
	const char *want;
} rows[] = {
	{ "a vendor", 0x0e11, -1u, "Compaq Computer Corporation" },
	{ "in capitals", 0x10de, -1u, "NVIDIA Corporation" },
	{ "nobody", 0x1234, -1u, NULL },
	{ "a device", 0x0e11, 0x0046, "Smart Array 64xx" },
	{ "behind a comment", 0x0e11, 0x4092, "A device  with two  blanks" },
	{ "a subsystem is not a device", 0x0e11, 0x4091, NULL },
	{ "another vendor's device", 0x0e11, 0x1b80, NULL },
	{ "behind a bad line", 0x10de, 0x0001, NULL },
	{ "a class", 0x01 | HD_PCIIDS_CLASS, -1u, "Mass storage controller" },
	{ "a subclass", 0x01 | HD_PCIIDS_CLASS, 0x08, "Non-Volatile memory controller" },
	{ "an interface is not a subclass", 0x01 | HD_PCIIDS_CLASS, 0x02, NULL },
	{ "the last line", 0x03 | HD_PCIIDS_CLASS, 0x00, "VGA compatible controller" },
	{ "a class is not a vendor", 0x0001, -1u, NULL },
};

static void look_up(void **state)
{
	struct fake_host host;
	struct hd_pciids ids;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, "pci.ids", list);
	hd_pciids_open(&ids, hd_printf(&host.arena, "%s/pci.ids", host.path));
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const struct row *row = &rows[i];
		const char *got = row->part == -1u ?
				  hd_pciids_name(&ids, &host.arena, row->id) :
				  hd_pciids_part(&ids, &host.arena, row->id, row->part);

		if (!got != !row->want || (got && strcmp(got, row->want) != 0))
			fail_msg("%s: %s", row->name, got ? got : "nothing");
	}
	hd_pciids_close(&ids);
	assert_null(hd_pciids_name(&ids, &host.arena, 0x0e11));
	fake_host_remove(&host);
}

static void no_list(void **state)
{
	static const char *const texts[] = { "", "\n\n", "0e11", "\t0001  x", "C 01", "zzzz  x\n" };
	struct fake_host host;
	struct hd_pciids ids;

	(void)state;
	fake_host_make(&host);
	for (size_t i = 0; i < HD_ARRAY_SIZE(texts); i++) {
		fake_file(&host, "pci.ids", texts[i]);
		hd_pciids_open(&ids, hd_printf(&host.arena, "%s/pci.ids.gz", host.path));
		assert_int_equal(ids.n, 0);
		assert_null(hd_pciids_part(&ids, &host.arena, 0x0e11, 1));
		hd_pciids_close(&ids);
	}
	hd_pciids_open(&ids, "/nowhere/at/all");
	assert_int_equal(ids.n, 0);
	hd_pciids_open(&ids, host.path);	/* a directory */
	assert_int_equal(ids.n, 0);
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(look_up), cmocka_unit_test(no_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
