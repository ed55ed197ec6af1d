/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_host.c - processor, kernel, distribution and the state of VFIO. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "facts/host/host.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static struct fake_host host;

static int make(void **state)
{
	(void)state;
	fake_host_make(&host);
	fake_good_host(&host);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	fake_host_remove(&host);
	return 0;
}

static struct hd_host must_read(void)
{
	struct hd_error err = { 0 };
	struct hd_host ret;

	if (hd_host_read(&ret, &host.root, &host.arena, &err) < 0)
		fail_msg("%s", err.text);
	return ret;
}

static void images(void **state)
{
	(void)state;
	assert_false(must_read().is_ostree);
	fake_dir(&host, "sysroot/ostree");
	assert_true(must_read().is_ostree);
	assert_false(must_read().has_rpm_ostree);
	fake_file(&host, "usr/bin/rpm-ostree", "");
	assert_true(must_read().has_rpm_ostree);
}

static void good_host(void **state)
{
	struct hd_host h = must_read();

	(void)state;
	assert_string_equal(h.release, "6.1.0-18-amd64");
	assert_int_equal(h.kernel_major, 6);
	assert_int_equal(h.kernel_minor, 1);
	assert_non_null(strstr(h.cmdline, "intel_iommu=on"));
	assert_string_equal(h.cpu_vendor, "GenuineIntel");
	assert_string_equal(h.machine, "x86_64");
	assert_true(h.has_virtualization && h.has_kvm_node && h.has_vfio_node);
	assert_int_equal(h.vfio_node_error, 0);
	assert_int_equal(h.distribution, HD_DISTRO_DEBIAN);
	for (size_t i = 0; i < HD_VFIO_MODULE_MAX; i++) {
		assert_int_equal(h.modules[i], HD_MODULE_LOADED);
		assert_null(h.blacklisted_by[i]);
	}
	assert_int_equal(h.unsafe_interrupts, 0);
	assert_false(h.noiommu_mode);
	assert_string_equal(h.boot_modules, "vfio vfio_iommu_type1 vfio_pci");
	assert_null(h.boot_virqfd);
}

static void without_vfio(void **state)
{
	struct fake_host bare;
	struct hd_error err;
	struct hd_host h;

	(void)state;
	fake_host_make(&bare);
	fake_file(&bare, "proc/cmdline", "");
	fake_file(&bare, "proc/sys/kernel/osrelease", "6.12.0\n");
	assert_int_equal(hd_host_read(&h, &bare.root, &bare.arena, &err), 0);
	for (size_t i = 0; i < HD_VFIO_MODULE_MAX; i++)
		assert_int_equal(h.modules[i], HD_MODULE_NO_TREE);
	assert_false(h.has_vfio_node || h.has_kvm_node);
	assert_int_equal(h.vfio_node_error, ENOENT);
	assert_true(h.has_virtualization);
	assert_null(h.machine);
	assert_null(h.cpu_vendor);
	assert_int_equal(h.distribution, HD_DISTRO_UNKNOWN);
	assert_string_equal(h.boot_modules, "");
	fake_host_remove(&bare);
}

static void unsafe_settings(void **state)
{
	struct hd_host h;

	(void)state;
	fake_file(&host, "sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts", "Y\n");
	fake_file(&host, "sys/module/vfio/parameters/enable_unsafe_noiommu_mode", "Y\n");
	h = must_read();
	assert_int_equal(h.unsafe_interrupts, 1);
	assert_true(h.noiommu_mode);
	fake_file(&host, "sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts", "");
	assert_int_equal(must_read().unsafe_interrupts, -1);
}

static const struct {
	const char *text, *vendor, *machine;
	bool can, is_guest;
} cpus[] = {
	{ "vendor_id\t: AuthenticAMD\nflags\t\t: fpu lm svm\n", "AuthenticAMD", "x86_64", true, false },
	{ "vendor_id\t: AuthenticAMD\nflags\t\t: fpu lm hypervisor svm\n", "AuthenticAMD", "x86_64",
	  true, true },
	{ "vendor_id\t: GenuineIntel\nflags\t\t: fpu lm\n", "GenuineIntel", "x86_64", false, false },
	{ "vendor_id\t: GenuineIntel\nflags\t: fpu vmxnet novmx\n", "GenuineIntel", "i686", false, false },
	{ "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\n",
	  NULL, "aarch64", true, false },
	{ "vendor_id       : IBM/S390\nfeatures\t: esan3 zarch sie\n", NULL, "s390x", true, false },
	{ "vendor_id       : IBM/S390\nfeatures\t: esan3 zarch\n", NULL, "s390x", false, false },
	{ "cpu\t\t: POWER9\n", NULL, NULL, true, false },
	{ "\x01\xff:::\n\n\n:", NULL, NULL, true, false },
};

static void processors(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(cpus); i++) {
		struct hd_host h = { 0 };

		fake_file(&host, "proc/cpuinfo", cpus[i].text);
		hd_cpu_read(&h, &host.root, &host.arena);
		assert_int_equal(h.has_virtualization, cpus[i].can);
		assert_int_equal(h.is_guest, cpus[i].is_guest);
		assert_true(cpus[i].vendor ? h.cpu_vendor && !strcmp(h.cpu_vendor, cpus[i].vendor)
					   : !h.cpu_vendor);
		assert_true(cpus[i].machine ? h.machine && !strcmp(h.machine, cpus[i].machine)
					    : !h.machine);
	}
}

static const struct {
	const char *text;
	enum hd_distribution family;
} distributions[] = {
	{ "ID=fedora\n", HD_DISTRO_FEDORA },
	{ "ID=\"rhel\"\nID_LIKE=\"fedora\"\n", HD_DISTRO_FEDORA },
	{ "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", HD_DISTRO_DEBIAN },
	{ "ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n", HD_DISTRO_SUSE },
	{ "ID='arch'\n", HD_DISTRO_ARCH },
	{ "VARIANT_ID=debian\nID=nixos\n", HD_DISTRO_UNKNOWN },
	{ "rubbish", HD_DISTRO_UNKNOWN },
};

static void families(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(distributions); i++) {
		fake_file(&host, "etc/os-release", distributions[i].text);
		assert_int_equal(must_read().distribution,
				 distributions[i].family);
	}
}

static const struct {
	const char *release;
	unsigned major, minor;
} releases[] = {
	{ "6.12.43+deb13-amd64", 6, 12 },
	{ "5.14", 5, 14 },
	{ "7.0-rc1", 7, 0 },
	{ "mykernel", 0, 0 },
};

static void versions(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(releases); i++) {
		struct hd_host h;

		fake_file(&host, "proc/sys/kernel/osrelease", releases[i].release);
		h = must_read();
		assert_int_equal(h.kernel_major, releases[i].major);
		assert_int_equal(h.kernel_minor, releases[i].minor);
	}
}

/* The release becomes a directory's name: what is none is refused. */
static void bad_release(void **state)
{
	static const char *const bad[] = { "", "../../etc", ".", "6.1/x", "\n" };
	struct hd_error err;
	struct hd_host h;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(bad); i++) {
		fake_file(&host, "proc/sys/kernel/osrelease", bad[i]);
		assert_int_equal(hd_host_read(&h, &host.root, &host.arena, &err), -EINVAL);
	}
}

static void no_command_line(void **state)
{
	struct fake_host bare;
	struct hd_error err;
	struct hd_host h;

	(void)state;
	fake_host_make(&bare);
	assert_int_equal(hd_host_read(&h, &bare.root, &bare.arena, &err), -ENOENT);
	assert_non_null(strstr(err.text, "proc/cmdline"));
	fake_host_remove(&bare);
}

static void boot_modules(void **state)
{
	struct hd_host h;

	(void)state;
	fake_file(&host, "etc/modules-load.d/vfio.conf", "# vfio\n; vfio_pci\n vfio-pci \nkvm\n");
	fake_file(&host, "usr/lib/modules-load.d/vfio.conf", "vfio_iommu_type1\n");
	fake_file(&host, "etc/modules-load.d/old.txt", "vfio\n");
	h = must_read();
	assert_string_equal(h.boot_modules, "vfio_pci");
	assert_null(h.boot_virqfd);
	fake_file(&host, "etc/modules", "vfio\nvfio_virqfd\nvfio_pci ids=1:2\n");
	h = must_read();
	assert_string_equal(h.boot_modules, "vfio_pci vfio");
	assert_string_equal(h.boot_virqfd, "etc/modules");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(good_host), TEST(images), TEST(without_vfio), TEST(unsafe_settings),
		TEST(processors),
		TEST(families), TEST(versions), TEST(bad_release), TEST(no_command_line),
		TEST(boot_modules),
	};

	return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
