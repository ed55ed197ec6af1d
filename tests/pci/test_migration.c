/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_migration.c - which functions can be migrated, by driver and by the kernel's word. */
#include "config.h"

#include "facts/pci/migration.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define NAME "0000:3b:02.3"

static void drivers(void **state)
{
	(void)state;
	assert_int_equal(hd_migration_of_driver("vfio-pci"), HD_MIGRATION_NO);
	assert_int_equal(hd_migration_of_driver("vfio_pci"), HD_MIGRATION_NO);
	assert_int_equal(hd_migration_of_driver("mlx5_vfio_pci"), HD_MIGRATION_YES);
	assert_int_equal(hd_migration_of_driver("xe-vfio-pci"), HD_MIGRATION_YES);
	assert_int_equal(hd_migration_of_driver("nvgrace-gpu-vfio-pci"), HD_MIGRATION_NO);
	assert_int_equal(hd_migration_of_driver("mlx5_vfio_pci2"), HD_MIGRATION_UNKNOWN);
	assert_int_equal(hd_migration_of_driver("mlx5"), HD_MIGRATION_UNKNOWN);
	assert_int_equal(hd_migration_of_driver(""), HD_MIGRATION_UNKNOWN);
}

static void kernel(void **state)
{
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	assert_int_equal(hd_migration_read(&host.root, NAME), HD_MIGRATION_UNKNOWN);
	fake_dir(&host, "sys/kernel/debug/vfio/" NAME);
	assert_int_equal(hd_migration_read(&host.root, NAME), HD_MIGRATION_NO);
	fake_file(&host, "sys/kernel/debug/vfio/" NAME "/migration/state", "RUNNING\n");
	assert_int_equal(hd_migration_read(&host.root, NAME), HD_MIGRATION_YES);
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drivers),
		cmocka_unit_test(kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
