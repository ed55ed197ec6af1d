/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_value.c - an attribute of the kernel is written, verified, and put back. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "knob/value.h"
#include "knob/value_explain.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define NUMVFS "sys/bus/pci/devices/0000:03:00.0/sriov_numvfs"
#define POOL "sys/devices/system/node/node0/hugepages/hugepages-2048kB/nr_hugepages"
#define MS 5000

static const struct {
	const char *there, *old, *between, *value;
	enum hd_exit want;
	const char *after, *says;
} rows[] = {
	{ "0\n", "0", "0", "4", HD_EXIT_OK, "4", NULL },
	{ "16\n", "16", "0", "4", HD_EXIT_OK, "4", NULL },
	{ "16\n", "16", NULL, "0", HD_EXIT_OK, "0", NULL },
	{ "4\n", "4", "0", "4", HD_EXIT_OK, "4", NULL },
	{ "2\n", "0", "0", "4", HD_EXIT_REFUSED, "2", "is now 2, but was 0 when it was read" },
};

static void writes_what_is_as_it_was_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_value value = { NUMVFS, rows[i].old, rows[i].between, rows[i].value };
		struct hd_error err = { 0 };
		struct fake_host host;
		const char *now;

		fake_host_make(&host);
		fake_file(&host, NUMVFS, rows[i].there);
		assert_int_equal(hd_value_set(&host.root, &value, MS, &err), rows[i].want);
		assert_true(hd_sysroot_text(&host.root, &host.arena, &now, NUMVFS) > 0);
		assert_string_equal(now, rows[i].after);
		if (rows[i].says)
			assert_non_null(strstr(err.text, rows[i].says));
		fake_host_remove(&host);
	}
}

static void what_is_not_there_is_an_error(void **state)
{
	const struct hd_value value = { NUMVFS, "0", NULL, "4" };
	struct hd_error err = { 0 };
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_value_set(&host.root, &value, MS, &err), HD_EXIT_HOST);
	assert_int_equal(err.code, -ENOENT);
	assert_non_null(strstr(err.text, "/" NUMVFS));
	fake_host_remove(&host);
}

static const struct {
	const char *path;
	int code;
	const char *says;
} reasons[] = {
	{ NUMVFS, -ENOENT, "its driver does not create virtual functions" },
	{ NUMVFS, -EBUSY, "it already has virtual functions" },
	{ NUMVFS, -ENOMEM, "pci=realloc" },
	{ NUMVFS, -ENOSPC, "pci=assign-busses" },
	{ NUMVFS, -EXDEV, "cannot write 4 to /" NUMVFS },
	{ POOL, -ENOENT, "cannot write 4 to /" POOL },
};

static void the_kernels_reasons_have_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(reasons); i++) {
		struct hd_error err = { 0 };

		assert_int_equal(hd_value_refused(&err, reasons[i].path, "4", reasons[i].code),
				 reasons[i].code);
		assert_non_null(strstr(err.text, reasons[i].says));
	}
}

static void a_shortage_is_told_with_figures(void **state)
{
	struct hd_error err = { 0 };

	(void)state;
	assert_int_equal(hd_value_differs(&err, POOL, "100", "612", "500"), -ENOMEM);
	assert_non_null(strstr(err.text, "could allocate 400 of 512 more huge pages of 2048 KiB (800 "
					 "of 1024 MiB) in addition to the 100"));
	assert_int_equal(hd_value_differs(&err, POOL, "612", "100", "500"), -EIO);
	assert_int_equal(hd_value_differs(&err, NUMVFS, "0", "4", "2"), -EIO);
	assert_non_null(strstr(err.text, "now reads 2"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_what_is_as_it_was_read),
		cmocka_unit_test(what_is_not_there_is_an_error),
		cmocka_unit_test(the_kernels_reasons_have_words),
		cmocka_unit_test(a_shortage_is_told_with_figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
