/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_pci.c - what is read of one PCI function, and what is refused. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "facts/pci/pci.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define GPU "0000:01:00.0"
#define VF "10000:e1:00.2"
#define PF "10000:e1:00.0"

static void everything(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci gpu = {
		.addr = GPU, .vendor = 0x10de, .device = 0x2684, .class = 0x030000,
		.header_type = 0x80, .group = 14, .driver = "nouveau",
	};
	struct hd_pci_fn fn;

	fake_pci_add(host, &gpu);
	fake_pci_put(host, GPU, "boot_vga", "1\n");
	fake_pci_put(host, GPU, "numa_node", "1\n");
	fake_pci_put(host, GPU, "power_state", "D3cold\n");
	fake_pci_put(host, GPU, "d3cold_allowed", "0\n");
	fake_pci_put(host, GPU, "driver_override", "vfio-pci\n");
	fn = fake_pci_must_read(host, GPU);
	assert_true(fn.is_present && !fn.is_dead && fn.is_boot_vga);
	assert_string_equal(fn.name, GPU);
	assert_int_equal(fn.vendor, 0x10de);
	assert_int_equal(fn.device, 0x2684);
	assert_int_equal(fn.subsystem_vendor, 0x1af4);
	assert_int_equal(fn.subsystem_device, 0x1100);
	assert_int_equal(fn.class, 0x030000);
	assert_int_equal(fn.header_type, 0);
	assert_string_equal(fn.driver, "nouveau");
	assert_int_equal(fn.driver_kind, HD_DRIVER_HOST);
	assert_string_equal(fn.driver_override, "vfio-pci");
	assert_string_equal(fn.modalias,
			    "pci:v000010DEd00002684sv00001AF4sd00001100bc03sc00i00");
	assert_string_equal(fn.path, "sys/devices/pci0000:00/0000:00:01.0/" GPU);
	assert_int_equal(fn.group, 14);
	assert_int_equal(fn.numa_node, 1);
	assert_true(fn.has_reset_method_file);
	assert_string_equal(fn.reset_method, "flr bus");
	assert_int_equal(fn.d3cold_allowed, 0);
	assert_string_equal(fn.power_state, "D3cold");
	assert_int_equal(fn.sriov_numvfs, -1);
	assert_int_equal(fn.bar_bytes, 0x4000);
	assert_null(fn.physfn);
	assert_null(fn.serial);
	assert_int_equal(fn.n_netdevs, 0);
	assert_false(hd_pci_fn_is_bridge(&fn));
}

static void absent(void **state)
{
	struct fake_host *host = *state;
	struct hd_pci_fn fn;

	fn = fake_pci_must_read(host, GPU);
	assert_false(fn.is_present);
	assert_string_equal(fn.name, GPU);
	assert_int_equal(fn.group, HD_NO_GROUP);
	assert_null(fn.driver);
	assert_false(hd_pci_fn_is_bridge(&fn));
}

/* A function that goes while it is read: the link is there, the folder is not. */
static void unplugged(void **state)
{
	struct fake_host *host = *state;
	struct hd_error err = { 0 };
	struct hd_pci_fn fn;

	fake_dir(host, "sys/bus/pci/devices");
	fake_link(host, "sys/bus/pci/devices/" GPU, "../../../devices/pci0000:00/" GPU);
	assert_int_equal(fake_pci_read(host, GPU, &fn, &err), 0);
	assert_false(fn.is_present);
	assert_null(fn.path);
	assert_int_equal(err.code, 0);
	assert_string_equal(err.text, "");
}

/* The least that a capture can have: what only explains is unknown. */
static void bare(void **state)
{
	struct fake_host *host = *state;
	struct hd_pci_fn fn;

	fake_file(host, "sys/devices/pci0000:00/0000:00:02.0/vendor", "0x8086\n");
	fake_file(host, "sys/devices/pci0000:00/0000:00:02.0/device", "0x1234\n");
	fake_file(host, "sys/devices/pci0000:00/0000:00:02.0/class", "0x060400\n");
	fake_dir(host, "sys/bus/pci/devices");
	fake_link(host, "sys/bus/pci/devices/0000:00:02.0",
		  "../../../devices/pci0000:00/0000:00:02.0");
	fn = fake_pci_must_read(host, "0000:00:02.0");
	assert_true(fn.is_present && !fn.is_dead && hd_pci_fn_is_bridge(&fn));
	assert_int_equal(fn.group, HD_NO_GROUP);
	assert_int_equal(fn.driver_kind, HD_DRIVER_NONE);
	assert_int_equal(fn.numa_node, -1);
	assert_int_equal(fn.d3cold_allowed, -1);
	assert_false(fn.has_reset_method_file || fn.is_boot_vga);
	assert_null(fn.reset_method);
	assert_null(fn.driver_override);
	assert_null(fn.modalias);
	fake_file(host, "sys/devices/pci0000:00/0000:00:02.0/vendor", "0xffff\n");
	assert_true(fake_pci_must_read(host, "0000:00:02.0").is_dead);
}

static void dead(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci fallen = { .addr = GPU, .class = 0x030000, .is_dead = true };
	static const struct fake_pci bridge = {
		.addr = "0000:02:00.0", .class = 0x060400, .is_dead = true,
	};
	struct hd_pci_fn fn;

	fake_pci_add(host, &fallen);
	fake_pci_add(host, &bridge);
	fn = fake_pci_must_read(host, GPU);
	assert_true(fn.is_present && fn.is_dead && !hd_pci_fn_is_bridge(&fn));
	fn = fake_pci_must_read(host, "0000:02:00.0");
	assert_true(fn.is_dead && hd_pci_fn_is_bridge(&fn));
	fake_pci_put(host, GPU, "config", "");
	assert_true(fake_pci_must_read(host, GPU).is_dead);
}

/* A read of its configuration space would give it power: the kernel knows better. */
static void one_that_sleeps_stays_asleep(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci card = { .addr = GPU, .class = 0x030000 };

	fake_pci_add(host, &card);
	fake_pci_put(host, GPU, "config", "");
	fake_pci_put(host, GPU, "power/runtime_status", "suspended\n");
	fake_pci_put(host, GPU, "power_state", "D3hot\n");
	assert_true(fake_pci_must_read(host, GPU).is_dead);
	fake_pci_put(host, GPU, "power_state", "D3cold\n");
	assert_false(fake_pci_must_read(host, GPU).is_dead);
	fake_pci_put(host, GPU, "power/runtime_status", "active\n");
	assert_true(fake_pci_must_read(host, GPU).is_dead);
}

/* The ids of a virtual function read all ones: that alone does not mean it is dead. */
static void virtual_function_is_alive(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci vf = {
		.addr = VF, .vendor = 0xffff, .device = 0xffff, .class = 0x020000, .group = 70,
	};

	fake_pci_add(host, &vf);
	assert_false(fake_pci_must_read(host, VF).is_dead);
}

static void virtual_function(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci pf = { .addr = PF, .class = 0x020000, .driver = "igb" };
	static const struct fake_pci vf = { .addr = VF, .class = 0x020000, .group = 70 };
	struct hd_pci_fn fn;

	fake_pci_add(host, &pf);
	fake_pci_add(host, &vf);
	fake_pci_put(host, PF, "sriov_numvfs", "2\n");
	fake_pci_put(host, PF, "sriov_totalvfs", "7\n");
	fake_dir(host, hd_printf(&host->arena, "%s/net/eth1", fake_pci_path(host, PF)));
	fake_dir(host, hd_printf(&host->arena, "%s/net/eth0", fake_pci_path(host, PF)));
	fake_link(host, hd_printf(&host->arena, "%s/physfn", fake_pci_path(host, VF)), "../" PF);
	fn = fake_pci_must_read(host, VF);
	assert_string_equal(fn.physfn, PF);
	assert_int_equal(fn.addr.domain, 0x10000);
	assert_int_equal(fn.group, 70);
	assert_int_equal(fn.driver_kind, HD_DRIVER_NONE);
	fn = fake_pci_must_read(host, PF);
	assert_int_equal(fn.sriov_numvfs, 2);
	assert_int_equal(fn.sriov_totalvfs, 7);
	assert_int_equal(fn.n_netdevs, 2);
	assert_string_equal(fn.netdevs[0], "eth0");
	assert_string_equal(fn.netdevs[1], "eth1");
}

/* What a decision rests on must be what the kernel writes. */
static const struct row {
	const char *name, *file, *text, *link, *message;
} refused[] = {
	{ "vendor garbage", "vendor", "zz\n", NULL, "vendor" },
	{ "vendor empty", "vendor", "", NULL, "vendor" },
	{ "vendor too wide", "vendor", "0x18086\n", NULL, "vendor" },
	{ "device garbage", "device", "-1\n", NULL, "device" },
	{ "class garbage", "class", "0x01000000\n", NULL, "class" },
	{ "group garbage", "iommu_group", NULL, "../../kernel/iommu_groups/x", "iommu_group" },
	{ "group negative", "iommu_group", NULL, "../../kernel/iommu_groups/-1", "iommu_group" },
	{ "group huge", "iommu_group", NULL, "iommu_groups/4294967296", "iommu_group" },
	{ "group is a file", "iommu_group", "14\n", NULL, "iommu_group" },
	{ "driver is dots", "driver", NULL, "../..", "driver" },
	{ "driver is nothing", "driver", NULL, "drivers/", "driver" },
	{ "physfn garbage", "physfn", NULL, "../x", "physfn" },
};

static void refuses(void **state)
{
	static const struct fake_pci nvme = { .addr = GPU };
	const struct row *row = *state;
	struct fake_host host;
	struct hd_error err = { 0 };
	struct hd_pci_fn fn = { .group = 77 };
	const char *path;

	fake_host_make(&host);
	fake_pci_add(&host, &nvme);
	path = hd_printf(&host.arena, "%s/%s", fake_pci_path(&host, GPU), row->file);
	if (row->link)
		fake_link(&host, path, row->link);
	else
		fake_file(&host, path, row->text);
	assert_true(fake_pci_read(&host, GPU, &fn, &err) < 0);
	assert_int_equal(fn.group, 77);
	assert_non_null(strstr(err.text, row->message));
	assert_non_null(strstr(err.text, GPU));
	fake_host_remove(&host);
}

static void strange_links(void **state)
{
	struct fake_host *host = *state;
	static const char *const targets[] = {
		"../../../devices/../../etc/" GPU, "/etc/" GPU, "../../../devices/pci0000:00/x",
		"../../../devices/./" GPU,
	};
	struct hd_error err;
	struct hd_pci_fn fn;

	fake_dir(host, "sys/bus/pci/devices");
	for (size_t i = 0; i < HD_ARRAY_SIZE(targets); i++) {
		fake_link(host, "sys/bus/pci/devices/" GPU, targets[i]);
		assert_int_equal(fake_pci_read(host, GPU, &fn, &err), -EINVAL);
	}
}

/* What only explains may be garbage. */
static void garbage_that_explains(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci nvme = { .addr = GPU };
	static const char *const files[] = { "numa_node", "d3cold_allowed", "boot_vga",
					     "sriov_numvfs", "resource", "modalias" };
	struct hd_pci_fn fn;

	fake_pci_add(host, &nvme);
	for (size_t i = 0; i < HD_ARRAY_SIZE(files); i++)
		fake_pci_put(host, GPU, files[i], "\x01 99999999999999999999 \xff\n");
	fn = fake_pci_must_read(host, GPU);
	assert_true(fn.is_present && !fn.is_boot_vga);
	assert_int_equal(fn.numa_node, -1);
	assert_int_equal(fn.d3cold_allowed, -1);
	assert_int_equal(fn.sriov_numvfs, -1);
	assert_int_equal(fn.bar_bytes, 0);
}

/* The last look: what others can change is new, the rest stays, and what is gone is absent. */
static void again(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci nvme = { .addr = GPU, .group = 14, .driver = "nvme" };
	struct hd_error err;
	struct hd_pci_fn fn;

	fake_pci_add(host, &nvme);
	fn = fake_pci_must_read(host, GPU);
	fake_pci_put(host, GPU, "sriov_numvfs", "3\n");
	fake_pci_put(host, GPU, "net/eth7/flags", "0x1003\n");
	fake_pci_put(host, GPU, "vendor", "0xdead\n");
	fake_link(host, hd_printf(&host->arena, "%s/driver", fake_pci_path(host, GPU)),
		  "/sys/bus/pci/drivers/vfio-pci");
	assert_int_equal(hd_pci_fn_again(&fn, &host->root, &host->arena, &err), 0);
	assert_int_equal(fn.driver_kind, HD_DRIVER_VFIO);
	assert_int_equal(fn.sriov_numvfs, 3);
	assert_int_equal(fn.n_netdevs, 1);
	assert_string_equal(fn.netdevs[0], "eth7");
	assert_int_equal(fn.group, 14);
	assert_int_not_equal(fn.vendor, 0xdead);
	fake_link(host, hd_printf(&host->arena, "%s/driver", fake_pci_path(host, GPU)), "../..");
	assert_int_equal(hd_pci_fn_again(&fn, &host->root, &host->arena, &err), -EINVAL);
	assert_int_equal(fn.sriov_numvfs, 3);
	fake_link(host, "sys/bus/pci/devices/" GPU, "../../../devices/gone/" GPU);
	assert_int_equal(hd_pci_fn_again(&fn, &host->root, &host->arena, &err), 0);
	assert_false(fn.is_present);
	assert_string_equal(fn.name, GPU);
	assert_int_equal(fn.group, HD_NO_GROUP);
}

static void group_alone(void **state)
{
	struct fake_host *host = *state;
	static const struct fake_pci nvme = { .addr = GPU, .group = 14 };
	const struct hd_pci_addr gpu = { .bus = 1 }, missing = { .bus = 2 };
	struct hd_error err;
	int group = 77;

	fake_pci_add(host, &nvme);
	assert_int_equal(hd_pci_group_read(&group, &host->root, &host->arena, &gpu, &err), 0);
	assert_int_equal(group, 14);
	assert_int_equal(hd_pci_group_read(&group, &host->root, &host->arena, &missing, &err), 0);
	assert_int_equal(group, HD_NO_GROUP);
	fake_link(host, hd_printf(&host->arena, "%s/iommu_group", fake_pci_path(host, GPU)), "x");
	assert_int_equal(hd_pci_group_read(&group, &host->root, &host->arena, &gpu, &err), -EINVAL);
	assert_non_null(strstr(err.text, GPU));
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, fake_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest whole[] = {
		TEST(everything), TEST(absent), TEST(unplugged), TEST(bare), TEST(dead),
		TEST(one_that_sleeps_stays_asleep),
		TEST(virtual_function), TEST(strange_links), TEST(garbage_that_explains),
		TEST(virtual_function_is_alive), TEST(again), TEST(group_alone),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(whole) + HD_ARRAY_SIZE(refused)];

	memcpy(tests, whole, sizeof(whole));
	for (size_t i = 0; i < HD_ARRAY_SIZE(refused); i++)
		tests[HD_ARRAY_SIZE(whole) + i] = (struct CMUnitTest){
			refused[i].name, refuses, NULL, NULL, (void *)&refused[i] };
	return cmocka_run_group_tests_name("pci", tests, NULL, NULL);
}
