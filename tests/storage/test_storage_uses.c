/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_storage_uses.c - who uses a disk, and how does one end that? */
#include "config.h"

#include <string.h>

#include "tests/support/storagerow.h"
#include "tests/support/unit.h"

#define VG "LVM-12345678901234567890123456789012"

static const struct storage_row rows[] = {
	{ "mounted partitions, root and home",
	  { DISK, PART1, PART2,
	    { MOUNTS, "20 1 259:1 / / rw - ext4 /dev/nvme0n1p1 rw\n"
		      "21 20 259:2 / /home rw - xfs /dev/nvme0n1p2 rw\n"
		      "22 20 8:1 / /other rw - xfs /dev/sda1 rw\n"
		      "23 20 0:21 / /proc rw - proc proc rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> / | mounted, the host's root filesystem | \n"
	  "nvme0n1 -> nvme0n1p2 -> /home | mounted | umount /home\n" },
	{ "a mount that only the first process sees",
	  { DISK, { MOUNTS, "20 1 259:0 / /a rw - ext4 /dev/nvme0n1 rw\n" },
	    { INIT_MOUNTS, "20 1 259:0 / /a rw - ext4 /dev/nvme0n1 rw\n"
			   "21 1 259:0 / /b rw - ext4 /dev/nvme0n1 rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> /a | mounted | umount /a\n"
	  "nvme0n1 -> /b | mounted | nsenter -t 1 -m umount /b\n" },
	{ "a target that plays with the terminal and the shell",
	  { DISK, { MOUNTS, "20 1 259:0 / /a\\040b\\033[2J;'$(x) rw - ext4 /dev/x rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> /a b?[2J;'$(x) | mounted | umount '/a b?[2J;'\\''$(x)'\n" },
	{ "swap: a partition and a file",
	  { DISK, PART1, PART2,
	    { MOUNTS, "20 1 259:2 / /srv rw - ext4 /dev/nvme0n1p2 rw\n"
		      "21 1 8:1 / /srv2 rw - ext4 /dev/sda1 rw\n"
		      "22 1 8:2 / / rw - ext4 /dev/sda2 rw\n" },
	    { "proc/swaps", SWAPS "/dev/nvme0n1p1 partition 1024 0 -2\n"
				  "/srv/swap\\040file file 1024 0 -3\n"
				  "/srv2/swap file 1024 0 -4\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 | swap | swapoff /dev/nvme0n1p1\n"
	  "nvme0n1 -> nvme0n1p2 -> /srv -> /srv/swap file | swap file | swapoff '/srv/swap file'\n"
	  "nvme0n1 -> nvme0n1p2 -> /srv | mounted | umount /srv\n" },
	{ "btrfs by its source",
	  { DISK, PART1,
	    { MOUNTS, "20 1 0:33 /@ /mnt rw - btrfs /dev/nvme0n1p1 rw\n"
		      "21 1 0:34 / /spoof rw - fuse.evil /dev/nvme0n1p1 rw\n" } },
	  "nvme0n1(259:0)", "nvme0n1 -> nvme0n1p1 -> /mnt | mounted | umount /mnt\n" },
	{ "btrfs by its other device",
	  { DISK, { MOUNTS, "20 1 0:33 / /pool rw - btrfs /dev/sda rw\n"
			    "21 1 0:35 / /far rw - btrfs /dev/sdb rw\n" },
	    { "sys/fs/btrfs/1111/devices/nvme0n1/dev", "259:0\n" },
	    { "sys/fs/btrfs/1111/devices/sda/dev", "8:0\n" },
	    { "sys/fs/btrfs/2222/devices/sdb/dev", "8:16\n" },
	    { "sys/fs/btrfs/features/raid56", "0\n" } },
	  "nvme0n1(259:0)", "nvme0n1 -> /pool | mounted | umount /pool\n" },
	{ "bcachefs over two devices",
	  { DISK, { MOUNTS, "20 1 0:40 / /bc rw - bcachefs /dev/sda:/dev/nvme0n1 rw\n" } },
	  "nvme0n1(259:0)", "nvme0n1 -> /bc | mounted | umount /bc\n" },
	{ "lvm",
	  { DISK, PART1, { NVME "/nvme0n1/nvme0n1p1/holders/dm-0", "->../../x" },
	    { VIRTUAL "/dm-0/dev", "253:0\n" }, { SYS_CLASS_BLOCK("dm-0") },
	    { VIRTUAL "/dm-0/dm/name", "vg--x-home\n" },
	    { VIRTUAL "/dm-0/dm/uuid", "LVM-abc\n" },
	    { MOUNTS, "20 1 253:0 / /home rw - ext4 /dev/mapper/vg--x-home rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> dm-0 (vg-x/home) -> /home | mounted | umount /home\n"
	  "nvme0n1 -> nvme0n1p1 -> dm-0 (vg-x/home) | held by LVM | vgchange -an vg-x\n"
	  "=> umount /home; vgchange -an vg-x" },
	{ "three layers: crypt, lvm, btrfs and swap by alias",
	  { DISK, { NVME "/nvme0n1/holders/dm-0/x", "" },
	    { VIRTUAL "/dm-0/dev", "253:0\n" }, { SYS_CLASS_BLOCK("dm-0") },
	    { VIRTUAL "/dm-0/dm/name", "luks-1\n" }, { VIRTUAL "/dm-0/dm/uuid", "CRYPT-LUKS2-1\n" },
	    { VIRTUAL "/dm-0/holders/dm-1/x", "" },
	    { VIRTUAL "/dm-1/dev", "253:1\n" }, { SYS_CLASS_BLOCK("dm-1") },
	    { VIRTUAL "/dm-1/dm/name", "vg-a\n" }, { VIRTUAL "/dm-1/dm/uuid", "LVM-1\n" },
	    { VIRTUAL "/dm-1/holders/dm-2/x", "" },
	    { VIRTUAL "/dm-2/dev", "253:2\n" }, { SYS_CLASS_BLOCK("dm-2") },
	    { VIRTUAL "/dm-2/dm/name", "odd name\n" },
	    { MOUNTS, "20 1 0:50 / /b rw - btrfs /dev/mapper/vg-a rw\n" },
	    { "proc/swaps", SWAPS "/dev/dm-2 partition 1 0 -2\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> dm-0 (luks-1) -> dm-1 (vg/a) -> dm-2 (odd name) | swap | swapoff /dev/dm-2\n"
	  "nvme0n1 -> dm-0 (luks-1) -> dm-1 (vg/a) -> dm-2 (odd name) | held by "
	  "device-mapper | "
	  "dmsetup remove 'odd name'\n"
	  "nvme0n1 -> dm-0 (luks-1) -> dm-1 (vg/a) -> /b | mounted | umount /b\n"
	  "nvme0n1 -> dm-0 (luks-1) -> dm-1 (vg/a) | held by LVM | vgchange -an vg\n"
	  "nvme0n1 -> dm-0 (luks-1) | held by dm-crypt | cryptsetup close luks-1\n"
	  "=> swapoff /dev/dm-2; dmsetup remove 'odd name'; umount /b; vgchange -an vg; "
	  "cryptsetup close luks-1" },
	{ "md over two partitions is explained once, held twice",
	  { DISK, PART1, PART2,
	    { NVME "/nvme0n1/nvme0n1p1/holders/md0/x", "" },
	    { NVME "/nvme0n1/nvme0n1p2/holders/md0/x", "" },
	    { VIRTUAL "/md0/dev", "9:0\n" }, { SYS_CLASS_BLOCK("md0") },
	    { VIRTUAL "/md0/md0p1/dev", "259:20\n" }, { VIRTUAL "/md0/md0p1/partition", "1\n" },
	    { MOUNTS, "20 1 259:20 / /r rw - ext4 /dev/md0p1 rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> md0 -> md0p1 -> /r | mounted | umount /r\n"
	  "nvme0n1 -> nvme0n1p1 -> md0 | held by md | mdadm --stop /dev/md0\n"
	  "nvme0n1 -> nvme0n1p2 -> md0 | held by md | mdadm --stop /dev/md0\n"
	  "=> umount /r; mdadm --stop /dev/md0" },
	{ "bcache, multipath and an unknown holder",
	  { DISK, { NVME "/nvme0n1/holders/bcache0/x", "" },
	    { NVME "/nvme0n1/holders/dm-5/x", "" }, { NVME "/nvme0n1/holders/zz0/x", "" },
	    { VIRTUAL "/bcache0/dev", "252:0\n" }, { SYS_CLASS_BLOCK("bcache0") },
	    { VIRTUAL "/dm-5/dm/name", "mpatha\n" }, { VIRTUAL "/dm-5/dm/uuid", "mpath-3600\n" },
	    { SYS_CLASS_BLOCK("dm-5") } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> bcache0 | held by bcache | echo 1 > /sys/block/bcache0/bcache/stop\n"
	  "nvme0n1 -> dm-5 (mpatha) | held by multipath | multipath -f mpatha\n"
	  "nvme0n1 -> zz0 | held by it | ?\n" },
	{ "a loop on the disk itself, with a partition that is mounted",
	  { DISK, PART1,
	    { VIRTUAL "/loop3/dev", "7:3\n" }, { SYS_CLASS_BLOCK("loop3") },
	    { VIRTUAL "/loop3/loop3p1/dev", "259:30\n" },
	    { VIRTUAL "/loop3/loop3p1/partition", "1\n" },
	    { "sys/block/loop3/loop/backing_file", "/dev/nvme0n1p1\n" },
	    { "sys/block/loop4/loop/backing_file", "/srv/file.img\n" },
	    { "sys/block/loop5/dev", "7:5\n" },
	    { MOUNTS, "20 1 259:30 / /l rw - ext4 /dev/loop3p1 rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> loop3 -> loop3p1 -> /l | mounted | umount /l\n"
	  "nvme0n1 -> nvme0n1p1 -> loop3 | held by a loop device | losetup -d /dev/loop3\n" },
	{ "holders in a circle end",
	  { DISK, { NVME "/nvme0n1/holders/dm-0/x", "" }, { SYS_CLASS_BLOCK("dm-0") },
	    { VIRTUAL "/dm-0/dm/name", "a\n" }, { VIRTUAL "/dm-0/holders/dm-1/x", "" },
	    { SYS_CLASS_BLOCK("dm-1") }, { VIRTUAL "/dm-1/dm/name", "b\n" },
	    { VIRTUAL "/dm-1/holders/dm-0/x", "" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> dm-0 (a) -> dm-1 (b) -> dm-0 (a) | held by device-mapper | dmsetup remove a\n"
	  "nvme0n1 -> dm-0 (a) -> dm-1 (b) | held by device-mapper | dmsetup remove b\n"
	  "nvme0n1 -> dm-0 (a) | held by device-mapper | dmsetup remove a\n" },
	{ "a group with two volumes: ended once, after all that is on it",
	  { DISK, PART1, { NVME "/nvme0n1/nvme0n1p1/holders/dm-0/x", "" },
	    { NVME "/nvme0n1/nvme0n1p1/holders/dm-1/x", "" },
	    { VIRTUAL "/dm-0/dev", "253:0\n" }, { SYS_CLASS_BLOCK("dm-0") },
	    { VIRTUAL "/dm-0/dm/name", "vg-a\n" }, { VIRTUAL "/dm-0/dm/uuid", "LVM-1\n" },
	    { VIRTUAL "/dm-1/dev", "253:1\n" }, { SYS_CLASS_BLOCK("dm-1") },
	    { VIRTUAL "/dm-1/dm/name", "vg-pool-tpool\n" },
	    { VIRTUAL "/dm-1/dm/uuid", "LVM-2-tpool\n" },
	    { MOUNTS, "20 1 253:0 / /a rw - ext4 /dev/dm-0 rw\n"
		      "21 1 253:1 / /a2 rw - ext4 /dev/dm-1 rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> dm-0 (vg/a) -> /a | mounted | umount /a\n"
	  "nvme0n1 -> nvme0n1p1 -> dm-0 (vg/a) | held by LVM | vgchange -an vg\n"
	  "nvme0n1 -> nvme0n1p1 -> dm-1 (vg/pool-tpool) -> /a2 | mounted | umount /a2\n"
	  "nvme0n1 -> nvme0n1p1 -> dm-1 (vg/pool-tpool) | held by LVM | vgchange -an vg\n"
	  "=> umount /a; umount /a2; vgchange -an vg" },
	{ "a group that reaches beyond the disk: its volumes one by one",
	  { DISK, { NVME "/nvme0n1/holders/dm-0/x", "" },
	    { NVME "/nvme0n1/holders/dm-1/x", "" }, { SYS_CLASS_BLOCK("dm-0") },
	    { SYS_CLASS_BLOCK("dm-1") }, { SYS_CLASS_BLOCK("dm-2") },
	    { VIRTUAL "/dm-0/dm/name", "v--g-a--b\n" }, { VIRTUAL "/dm-0/dm/uuid", VG "a\n" },
	    { VIRTUAL "/dm-1/dm/name", "v--g-m_rimage_0\n" },
	    { VIRTUAL "/dm-1/dm/uuid", VG "b\n" }, { VIRTUAL "/dm-1/holders/dm-2/x", "" },
	    { VIRTUAL "/dm-2/dm/name", "v--g-m\n" }, { VIRTUAL "/dm-2/dm/uuid", VG "c\n" },
	    { "sys/block/dm-0", "->../devices/virtual/block/dm-0" },
	    { "sys/block/dm-1", "->../devices/virtual/block/dm-1" },
	    { "sys/block/dm-2", "->../devices/virtual/block/dm-2" },
	    { "sys/block/dm-3/dm/uuid", VG "d\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> dm-0 (v-g/a-b) | held by LVM | lvchange -an v-g/a-b\n"
	  "nvme0n1 -> dm-1 (v-g/m_rimage_0) -> dm-2 (v-g/m) | held by LVM | lvchange -an v-g/m\n"
	  "nvme0n1 -> dm-1 (v-g/m_rimage_0) | held by LVM | \n"
	  "=> lvchange -an v-g/a-b; lvchange -an v-g/m" },
	{ "a group of the disk alone is ended at once",
	  { DISK, { NVME "/nvme0n1/holders/dm-0/x", "" }, { SYS_CLASS_BLOCK("dm-0") },
	    { VIRTUAL "/dm-0/dm/name", "vg-a\n" }, { VIRTUAL "/dm-0/dm/uuid", VG "a\n" },
	    { "sys/block/dm-0", "->../devices/virtual/block/dm-0" },
	    { "sys/block/dm-3/dm/uuid", "LVM-22345678901234567890123456789012d\n" } },
	  "nvme0n1(259:0)", "nvme0n1 -> dm-0 (vg/a) | held by LVM | vgchange -an vg\n" },
	{ "md over crypt on one partition and over another: md goes before crypt",
	  { DISK, PART1, PART2, { NVME "/nvme0n1/nvme0n1p1/holders/dm-0/x", "" },
	    { NVME "/nvme0n1/nvme0n1p2/holders/md0/x", "" },
	    { SYS_CLASS_BLOCK("dm-0") }, { VIRTUAL "/dm-0/dm/name", "c\n" },
	    { VIRTUAL "/dm-0/dm/uuid", "CRYPT-1\n" }, { VIRTUAL "/dm-0/holders/md0/x", "" },
	    { SYS_CLASS_BLOCK("md0") }, { VIRTUAL "/md0/dev", "9:0\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> dm-0 (c) -> md0 | held by md | mdadm --stop /dev/md0\n"
	  "nvme0n1 -> nvme0n1p1 -> dm-0 (c) | held by dm-crypt | cryptsetup close c\n"
	  "nvme0n1 -> nvme0n1p2 -> md0 | held by md | mdadm --stop /dev/md0\n"
	  "=> mdadm --stop /dev/md0; cryptsetup close c" },
	{ "an array over two disks of the function",
	  { DISK, { NVME "/nvme0n1/holders/md0/x", "" }, { NVME "/nvme0n2/dev", "259:7\n" },
	    { NVME "/nvme0n2/holders/md0/x", "" }, { SYS_CLASS_BLOCK("md0") },
	    { VIRTUAL "/md0/dev", "9:0\n" } },
	  "nvme0n1(259:0) nvme0n2(259:7)",
	  "nvme0n1 -> md0 | held by md | mdadm --stop /dev/md0\n"
	  "nvme0n2 -> md0 | held by md | mdadm --stop /dev/md0\n"
	  "=> mdadm --stop /dev/md0" },
	{ "an array in a container of firmware RAID: it stops before the container",
	  { DISK, { NVME "/nvme0n1/holders/md126/x", "" },
	    { NVME "/nvme0n1/holders/md127/x", "" }, { SYS_CLASS_BLOCK("md126") },
	    { SYS_CLASS_BLOCK("md127") }, { VIRTUAL "/md126/dev", "9:126\n" },
	    { VIRTUAL "/md127/dev", "9:127\n" },
	    { VIRTUAL "/md127/md/metadata_version", "external:/md126/0\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> md126 | held by md | mdadm --stop /dev/md126\n"
	  "nvme0n1 -> md127 | held by md | mdadm --stop /dev/md127\n"
	  "=> mdadm --stop /dev/md127; mdadm --stop /dev/md126" },
	{ "a cache leaves its set; what is on the bcache stays",
	  { DISK, { NVME "/nvme0n1/holders/bcache0/x", "" },
	    { NVME "/nvme0n1/bcache/set", "->../../../../../../../fs/bcache/11-22" },
	    { SYS_CLASS_BLOCK("bcache0") }, { VIRTUAL "/bcache0/dev", "252:0\n" },
	    { MOUNTS, "20 1 252:0 / /b rw - ext4 /dev/bcache0 rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 | the cache of bcache set 11-22 | echo 1 > /sys/fs/bcache/11-22/unregister\n" },
	{ "a backing device that is not yet a bcache",
	  { DISK, { NVME "/nvme0n1/bcache/stop", "" } }, "nvme0n1(259:0)",
	  "nvme0n1 | registered with bcache | echo 1 > /sys/class/block/nvme0n1/bcache/stop\n" },
	{ "drbd", { DISK, { NVME "/nvme0n1/holders/drbd12/x", "" } }, "nvme0n1(259:0)",
	  "nvme0n1 -> drbd12 | held by DRBD | drbdsetup detach 12\n" },
	{ "names with a slash",
	  { { AT "/cciss0/c0d0/block/cciss!c0d0/dev", "104:0\n" },
	    { "proc/swaps", SWAPS "/dev/cciss/c0d0 partition 1 0 -2\n" } },
	  "cciss!c0d0(104:0)", "cciss!c0d0 | swap | swapoff /dev/cciss/c0d0\n" },
};

static void test_many_mounts(void **state)
{
	static const struct storage_row row = { .files = { DISK } };
	struct hd_storage storage;
	struct fake_host host;
	const char *text = "";

	(void)state;
	fake_host_make(&host);
	for (int i = 0; i < 40; i++)
		text = hd_printf(&host.arena, "%s%d 1 259:0 / /m%d rw - ext4 /dev/x rw\n", text,
				 i + 20, i);
	fake_file(&host, MOUNTS, text);
	storage_row_read(&host, &row, &storage);
	assert_int_equal(storage.disks[0].n_uses, 17);
	assert_string_equal(storage.disks[0].uses[16].chain, "nvme0n1 -> 24 more places");
	fake_host_remove(&host);
}

/* More devices on a disk than can be followed: it is in use, and the walk ends. */
static void test_deep_chain(void **state)
{
	struct storage_row row = { .files = { DISK, { NVME "/nvme0n1/holders/dm-0/x", "" } } };
	struct hd_storage storage;
	struct fake_host host;
	bool is_cut = false;

	(void)state;
	fake_host_make(&host);
	for (int i = 0; i < 40; i++)
		fake_file(&host, hd_printf(&host.arena, "sys/block/dm-%d/holders/dm-%d/x", i,
					   i + 1), "");
	storage_row_read(&host, &row, &storage);
	for (size_t i = 0; i < storage.disks[0].n_uses; i++)
		is_cut |= !strcmp(storage.disks[0].uses[i].use,
				  "carries more devices than can be listed");
	assert_true(is_cut);
	fake_host_remove(&host);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(test_many_mounts),
		cmocka_unit_test(test_deep_chain),
	};
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + HD_ARRAY_SIZE(others)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = storage_row_test,
						.initial_state = (void *)&rows[i] };
	memcpy(tests + HD_ARRAY_SIZE(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("storage uses", tests, NULL, NULL);
}
