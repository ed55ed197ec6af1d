/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_iommufd.c - what a host's files say of IOMMUFD. */
#include "config.h"

#include "facts/host/iommufd.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define RELEASE "6.12.43-amd64"
#define CONFIG "boot/config-" RELEASE
#define TREE "lib/modules/" RELEASE
#define FEDORA TREE "/config"

static struct fake_host host;

static struct hd_iommufd read_it(void)
{
	struct hd_iommufd iommufd;

	hd_iommufd_read(&iommufd, &host.root, &host.arena);
	return iommufd;
}

static int make(void **state)
{
	(void)state;
	fake_host_make(&host);
	host.root.is_live = true;
	fake_file(&host, "proc/sys/kernel/osrelease", RELEASE "\n");
	fake_file(&host, TREE "/modules.dep", "kernel/drivers/vfio/vfio.ko:\n");
	return 0;
}

static int drop(void **state)
{
	(void)state;
	fake_host_remove(&host);
	return 0;
}

static void nothing_is_there(void **state)
{
	struct hd_iommufd iommufd = read_it();

	(void)state;
	assert_true(iommufd.is_known);
	assert_string_equal(iommufd.release, RELEASE);
	assert_null(iommufd.config);
	assert_false(iommufd.has_node || iommufd.has_device_nodes || iommufd.is_old);
	assert_int_equal(iommufd.module, HD_MODULE_MISSING);
	fake_file(&host, "proc/sys/kernel/osrelease", "6.5.13\n");
	assert_true(read_it().is_old);
	fake_file(&host, "proc/sys/kernel/osrelease", "5.14.0-1.el9\n");
	assert_true(read_it().is_old);
	fake_file(&host, "proc/sys/kernel/osrelease", "10.0\n");
	assert_false(read_it().is_old);
}

static void options(void **state)
{
	struct hd_iommufd iommufd;

	(void)state;
	fake_file(&host, FEDORA, "CONFIG_VFIO=m\nCONFIG_IOMMUFD=m\nCONFIG_VFIO_DEVICE_CDEV=y\n");
	iommufd = read_it();
	assert_string_equal(iommufd.config, FEDORA);
	assert_true(iommufd.has_iommufd && iommufd.has_cdev);
	fake_file(&host, CONFIG, "# CONFIG_IOMMUFD is not set\nCONFIG_VFIO_GROUP=y\n");
	iommufd = read_it();
	assert_string_equal(iommufd.config, CONFIG);
	assert_false(iommufd.has_iommufd || iommufd.has_cdev);
	fake_file(&host, CONFIG, "CONFIG_IOMMUFD_DRIVER=y\nCONFIG_IOMMUFD=y\n"
		  "# CONFIG_VFIO_DEVICE_CDEV is not set\n");
	iommufd = read_it();
	assert_true(iommufd.has_iommufd);
	assert_false(iommufd.has_cdev);
}

static void nodes_and_module(void **state)
{
	struct hd_iommufd iommufd;

	(void)state;
	fake_file(&host, "dev/iommu", "");
	fake_dir(&host, "dev/vfio/devices");
	fake_file(&host, TREE "/modules.dep", "kernel/drivers/iommu/iommufd/iommufd.ko.xz:\n");
	iommufd = read_it();
	assert_true(iommufd.has_node && iommufd.has_device_nodes);
	assert_int_equal(iommufd.module, HD_MODULE_LOADABLE);
}

/* A capture that lists no module iommufd may be older than this question. */
static void captured(void **state)
{
	(void)state;
	host.root.is_live = false;
	assert_false(read_it().is_known);
	fake_file(&host, CONFIG, "");
	assert_true(read_it().is_known);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_is_there), TEST(options), TEST(nodes_and_module), TEST(captured),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
