/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_storage.c - which disks are behind a function? */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "tests/support/storagerow.h"
#include "tests/support/unit.h"

#define BLOCK_CLASS "../../../../../../../class/block"

static const struct storage_row rows[] = {
	{ "no disk", { { AT "/vendor", "0x8086\n" } }, "", "" },
	{ "the function no longer exists", { { "sys/x", "" } }, "", "" },
	{ "nvme, nobody uses it", { DISK, PART1 }, "nvme0n1(259:0)", "" },
	{ "two namespaces by number",
	  { DISK, { NVME "/nvme0n10/dev", "259:9\n" }, { NVME "/nvme0n2/dev", "259:3\n" },
	    { NVME "/ng0n1/dev", "241:0\n" }, { NVME "/hwmon1/name", "nvme\n" } },
	  "nvme0n1(259:0) nvme0n2(259:3) nvme0n10(259:9)", "" },
	{ "ahci with a disc drive",
	  { { AT "/ata1/host0/target0:0:0/0:0:0:0/block/sda/dev", "8:0\n" },
	    { AT "/ata2/host1/target1:0:0/1:0:0:0/block/sr0/dev", "11:0\n" } },
	  "sda(8:0) sr0(11:0)", "" },
	{ "virtio", { { AT "/virtio0/block/vda/dev", "254:0\n" } }, "vda(254:0)", "" },
	{ "usb stick behind hubs",
	  { { AT "/usb1/1-1/1-1.4/1-1.4:1.0/host6/target6:0:0/6:0:0:0/block/sdb/dev",
	      "8:16\n" } },
	  "sdb(8:16)", "" },
	{ "a disk by its class, inside another one",
	  { { AT "/mmc_host/mmc0/mmc0:0001/block/mmcblk0/dev", "179:0\n" },
	    { AT "/mmc_host/mmc0/mmc0:0001/block/mmcblk0/mmcblk0boot0/dev", "179:8\n" },
	    { AT "/mmc_host/mmc0/mmc0:0001/block/mmcblk0/mmcblk0boot0/subsystem",
	      "->" BLOCK_CLASS },
	    { AT "/mmc_host/mmc0/mmc0:0001/block/mmcblk0/mmcblk0rpmb/dev", "240:0\n" },
	    { AT "/mmc_host/mmc0/mmc0:0001/block/mmcblk0/mmcblk0p1/dev", "179:1\n" },
	    { AT "/mmc_host/mmc0/mmc0:0001/block/mmcblk0/mmcblk0p1/subsystem",
	      "->" BLOCK_CLASS },
	    { AT "/mmc_host/mmc0/mmc0:0001/block/mmcblk0/mmcblk0p1/partition", "1\n" } },
	  "mmcblk0(179:0) mmcblk0boot0(179:8)", "" },
	{ "an empty class link is not a block device",
	  { { AT "/rtc/rtc0/dev", "252:0\n" },
	    { AT "/rtc/rtc0/subsystem", "->../../../../../../class/rtc" } }, "", "" },
	{ "vmd: functions behind an endpoint",
	  { { AT "/pci10000:00/10000:00:02.0/10000:01:00.0/nvme/nvme3/nvme3n1/dev",
	      "259:7\n" } }, "nvme3n1(259:7)", "" },
	{ "links are not followed",
	  { { "sys/elsewhere/block/sdz/dev", "8:99\n" },
	    { AT "/consumer", "->../../../../../sys/elsewhere" } }, "", "" },
	{ "multipath: a path counts as its head",
	  { { NVME "/nvme3c0n2/hidden", "1\n" },
	    { "sys/devices/virtual/nvme-subsystem/nvme-subsys3/nvme3n2/dev", "259:5\n" },
	    { "sys/class/nvme-subsystem/nvme-subsys3",
	      "->../../devices/virtual/nvme-subsystem/nvme-subsys3" },
	    { MOUNTS, "30 1 259:5 / /data rw - ext4 /dev/nvme3n2 rw\n" } },
	  "nvme3n2(259:5)", "nvme3n2 -> /data | mounted | umount /data\n" },
	{ "multipath: paths that sysfs does not show",
	  { { NVME "/cntlid", "1\n" },
	    { "sys/class/nvme-subsystem/nvme-subsys1/nvme7/cntlid", "2\n" },
	    { "sys/class/nvme-subsystem/nvme-subsys1/nvme1n1/dev", "259:8\n" },
	    { "sys/class/nvme-subsystem/nvme-subsys0/nvme0", "->../../../../" NVME },
	    { "sys/class/nvme-subsystem/nvme-subsys0/nvme0n4/dev", "259:6\n" } },
	  "nvme0n4(259:6)", "" },
	{ "multipath: a path without a head stays, unclaimable",
	  { { NVME "/nvme3c0n2/hidden", "1\n" } }, "nvme3n2(0:0)", "" },
};

static void test_bridge(void **state)
{
	struct hd_pci_fn fn = { .is_present = true, .name = "0000:00:01.0", .path = PORT };
	const struct hd_storage_tables *tables = NULL;
	struct hd_storage storage;
	struct hd_error err;
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, NVME "/nvme0n1/dev", "259:0\n");
	for (unsigned type = 0; type < 2; type++) {
		fn.header_type = type;
		assert_int_equal(hd_storage_read(&storage, &host.root, &host.arena, &fn, &tables, &err), 0);
		assert_int_equal(storage.n_disks, type ? 0 : 1);
	}
	fake_host_remove(&host);
}

/* The mounts of a look are read for its first disk. */
static void test_one_look(void **state)
{
	const struct hd_pci_fn fn = { .is_present = true, .name = FN, .path = AT };
	const struct hd_storage_tables *tables = NULL, *first;
	struct hd_storage storage;
	struct hd_error err;
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, NVME "/nvme0n1/dev", "259:0\n");
	fake_file(&host, "proc/self/mountinfo", "20 1 259:0 / /a rw - ext4 /dev/nvme0n1 rw\n");
	assert_int_equal(hd_storage_read(&storage, &host.root, &host.arena, &fn, &tables, &err), 0);
	assert_int_equal(storage.disks[0].n_uses, 1);
	first = tables;
	fake_file(&host, "proc/self/mountinfo", "20 1 0:5 / /a rw - tmpfs tmpfs rw\n");
	assert_int_equal(hd_storage_read(&storage, &host.root, &host.arena, &fn, &tables, &err), 0);
	assert_int_equal(storage.disks[0].n_uses, 1);
	assert_ptr_equal(tables, first);
	tables = NULL;
	assert_int_equal(hd_storage_read(&storage, &host.root, &host.arena, &fn, &tables, &err), 0);
	assert_int_equal(storage.disks[0].n_uses, 0);
	fake_host_remove(&host);
}

/* What could not be read for all disks is unknown of each, not of the first one alone. */
static void test_trouble_of_all(void **state)
{
	const struct hd_pci_fn fn = { .is_present = true, .name = FN, .path = AT };
	const struct hd_storage_tables *tables = NULL;
	struct hd_sysroot_trouble trouble = { .error = 0 };
	struct hd_storage storage;
	struct hd_error err;
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, NVME "/nvme0n1/dev", "259:0\n");
	fake_file(&host, "proc/self/mountinfo", "");
	fake_link(&host, "etc/fstab", "fstab");
	fake_link(&host, "etc/crypttab", "crypttab");
	host.root.trouble = &trouble;
	for (int i = 0; i < 2; i++) {
		trouble.error = 0;
		assert_int_equal(hd_storage_read(&storage, &host.root, &host.arena, &fn, &tables,
						 &err), 0);
		assert_int_equal(trouble.error, ELOOP);
	}
	fake_host_remove(&host);
}

static void expect_failure(struct fake_host *host, int code, const char *text)
{
	struct hd_pci_fn fn = { .is_present = true, .name = FN, .path = AT };
	const struct hd_storage_tables *tables = NULL;
	struct hd_storage storage = { .n_disks = 7 };
	struct hd_error err = { .code = 0 };

	assert_int_equal(hd_storage_read(&storage, &host->root, &host->arena, &fn, &tables, &err), code);
	assert_non_null(strstr(err.text, text));
	assert_int_equal(storage.n_disks, 7);
}

static void test_too_deep(void **state)
{
	struct fake_host host;
	const char *path = AT;

	(void)state;
	fake_host_make(&host);
	for (int i = 0; i < 30; i++)
		path = hd_printf(&host.arena, "%s/d", path);
	fake_dir(&host, path);
	expect_failure(&host, -ELOOP, "the disks of " FN);
	fake_host_remove(&host);
}

static void test_unreadable_tables(void **state)
{
	struct fake_host host;

	(void)state;
	fake_host_make(&host);
	fake_file(&host, NVME "/nvme0n1/dev", "259:0\n");
	fake_dir(&host, MOUNTS);
	expect_failure(&host, -EISDIR, MOUNTS);
	fake_host_remove(&host);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_bridge), cmocka_unit_test(test_one_look),
		cmocka_unit_test(test_trouble_of_all),
		cmocka_unit_test(test_too_deep),
		cmocka_unit_test(test_unreadable_tables),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(others)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = storage_row_test,
						.initial_state = (void *)&rows[i] };
	memcpy(tests + HD_ARRAY_SIZE(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("storage", tests, NULL, NULL);
}
