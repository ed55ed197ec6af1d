/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_mdev.c - does a mediated device exist, and if not, can it be made? */
#include "config.h"

#include "facts/mdev/mdev.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define UUID "11111111-2222-3333-4444-555555555555"
#define TYPES "sys/class/mdev_bus/0000:00:02.0/mdev_supported_types/i915-GVTg_V5_4"
#define DEFINED "etc/mdevctl.d/0000:00:02.0/" UUID
#define DEVICE "sys/bus/mdev/devices/" UUID

static const struct hd_hostdev asked = { .mdev_uuid = UUID };

static struct hd_mdev_facts look(struct fake_host *host)
{
	struct hd_mdev_facts mdev;

	hd_mdev_read(&mdev, &host->root, &host->arena, &asked);
	assert_string_equal(mdev.name, "mdev " UUID);
	return mdev;
}

static void existing(void **state)
{
	struct fake_host *host = *state;
	struct hd_mdev_facts mdev;

	fake_file(host, DEVICE "/mdev_type/device_api", "vfio-pci\n");
	mdev = look(host);
	assert_true(mdev.exists);
	assert_string_equal(mdev.device_api, "vfio-pci");
	assert_null(mdev.busy);
	assert_null(mdev.parent);
}

static void held(void **state)
{
	struct fake_host *host = *state;
	struct hd_mdev_facts mdev;

	fake_link(host, DEVICE "/iommu_group", "../../../kernel/iommu_groups/31");
	fake_file(host, "proc/812/comm", "qemu-system-x86\n");
	fake_link(host, "proc/812/fd/20", "/dev/vfio/31");
	fake_file(host, "dev/vfio/31", "");
	mdev = look(host);
	assert_string_equal(mdev.busy, "its VFIO group is open by qemu-system-x86 (pid 812)");
	assert_int_equal(mdev.n_nodes, 1);
	assert_string_equal(mdev.nodes[0].name, "/dev/vfio/31");
}

static void definitions(void **state)
{
	static const struct {
		const char *json, *type;
		int available;
	} rows[] = {
		{ "{\n  \"mdev_type\": \"i915-GVTg_V5_4\",\n  \"start\": \"auto\"\n}\n",
		  "i915-GVTg_V5_4", 3 },
		{ "{\"mdev_type\":\"other\"}", "other", -1 },
		{ "{\"mdev_type\":\"../../x\"}", NULL, -1 },
		{ "{\"mdev_type\":\"\"}", NULL, -1 },
		{ "{\"mdev_type\":7}", NULL, -1 },
		{ "{\"mdev_type\"", NULL, -1 },
		{ "", NULL, -1 },
	};
	struct fake_host *host = *state;

	assert_null(look(host).parent);
	fake_file(host, TYPES "/available_instances", "3\n");
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_mdev_facts mdev;

		fake_file(host, DEFINED, rows[i].json);
		mdev = look(host);
		assert_false(mdev.exists);
		assert_string_equal(mdev.parent, "0000:00:02.0");
		assert_int_equal(mdev.available, rows[i].available);
		if (rows[i].type)
			assert_string_equal(mdev.type, rows[i].type);
		else
			assert_null(mdev.type);
	}
}

static void vgpu(void **state)
{
	struct fake_host *host = *state;
	struct hd_pci_fn fn = { .path = "sys/devices/pci0000:00/0000:01:00.4",
				.physfn = "0000:01:00.0" };
	struct hd_vgpu got;

	hd_vgpu_read(&got, &host->root, &host->arena, &fn);
	assert_false(got.is_there);
	fake_file(host, "sys/devices/pci0000:00/0000:01:00.4/nvidia/current_vgpu_type", "0\n");
	fake_file(host, "sys/devices/pci0000:00/0000:01:00.4/nvidia/creatable_vgpu_types",
		  "ID    : vGPU Name\n557   : NVIDIA A40-1Q\n558   : NVIDIA A40-2Q\n");
	hd_vgpu_read(&got, &host->root, &host->arena, &fn);
	assert_true(got.is_there && !got.is_unknown);
	assert_int_equal(got.type, 0);
	assert_string_equal(got.creatable, "557 NVIDIA A40-1Q, 558 NVIDIA A40-2Q");
	fake_file(host, "sys/devices/pci0000:00/0000:01:00.4/nvidia/current_vgpu_type", "x\n");
	hd_vgpu_read(&got, &host->root, &host->arena, &fn);
	assert_true(got.is_there && got.is_unknown);
	fn.physfn = NULL;
	hd_vgpu_read(&got, &host->root, &host->arena, &fn);
	assert_false(got.is_there);
}

static int make(void **state)
{
	static struct fake_host host;

	fake_host_make(&host);
	*state = &host;
	return 0;
}

static int clear(void **state)
{
	fake_host_remove(*state);
	return 0;
}

#define CASE(function) cmocka_unit_test_setup_teardown(function, make, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(existing), CASE(held), CASE(definitions), CASE(vgpu),
	};

	return cmocka_run_group_tests_name("mdev", tests, NULL, NULL);
}
