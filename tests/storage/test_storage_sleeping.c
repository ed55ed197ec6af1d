/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_storage_sleeping.c - which data that nothing uses may somebody miss? */
#include "config.h"

#include "tests/support/storagerow.h"
#include "tests/support/unit.h"

#define DB "run/udev/data/b259:1"
#define ON_PART1 "nvme0n1 -> nvme0n1p1 ~ "

static const struct storage_row rows[] = {
	{ "a filesystem that nobody names",
	  { DISK, PART1, { DB, "I:1\nE:ID_FS_TYPE=ext4\nE:ID_FS_LABEL_ENC=x\n" },
	    { "etc/fstab", "LABEL=y /y ext4 defaults 0 2\n" } }, "nvme0n1(259:0)", "" },
	{ "members of LVM, md and ZFS",
	  { DISK, PART1, PART2, { DB, "E:ID_FS_TYPE=LVM2_member\n" },
	    { "run/udev/data/b259:2", "E:ID_FS_TYPE=linux_raid_member\nE:ID_FS_LABEL_ENC=h:0\n" },
	    { NVME "/nvme0n1/nvme0n1p3/dev", "259:3\n" },
	    { NVME "/nvme0n1/nvme0n1p3/partition", "3\n" },
	    { "run/udev/data/b259:3", "E:ID_FS_TYPE=zfs_member\nE:ID_FS_LABEL_ENC=ta\\x1bnk\n" } },
	  "nvme0n1(259:0)",
	  ON_PART1 "a physical volume of LVM with no active volume ~ " DB "\n"
	  "nvme0n1 -> nvme0n1p2 ~ a member of an md array that is not running (h:0) ~ "
	  "run/udev/data/b259:2\n"
	  "nvme0n1 -> nvme0n1p3 ~ a member of a ZFS pool that is not imported (ta?nk) ~ "
	  "run/udev/data/b259:3\n" },
	{ "an active volume group does not sleep",
	  { DISK, PART1, { DB, "E:ID_FS_TYPE=LVM2_member\n" },
	    { NVME "/nvme0n1/nvme0n1p1/holders/dm-0/x", "" }, { SYS_CLASS_BLOCK("dm-0") },
	    { VIRTUAL "/dm-0/dm/name", "vg-a\n" }, { VIRTUAL "/dm-0/dm/uuid", "LVM-1\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> dm-0 (vg/a) | held by LVM | vgchange -an vg\n" },
	{ "LUKS in crypttab",
	  { DISK, PART1, { DB, "E:ID_FS_TYPE=crypto_LUKS\nE:ID_FS_UUID_ENC=11-22\n" },
	    { "etc/crypttab", "# UUID=11-22\n\n \thome\tUUID=\"11-22\"  none luks\n" } },
	  "nvme0n1(259:0)",
	  ON_PART1 "crypto_LUKS that the host uses as home ~ etc/crypttab names UUID=11-22\n" },
	{ "LUKS that nobody names",
	  { DISK, PART1, { DB, "E:ID_FS_TYPE=crypto_LUKS\nE:ID_FS_UUID_ENC=11-22\n" },
	    { "etc/crypttab", "home UUID=11-223 none luks\nbroken\n" } }, "nvme0n1(259:0)", "" },
	{ "fstab by label, with a blank",
	  { DISK, PART1, { DB, "E:ID_FS_TYPE=xfs\nE:ID_FS_LABEL_ENC=my\\x20disk\n" },
	    { "etc/fstab", "# LABEL=z\n\nLABEL=my\\040disk /srv xfs noauto 0 0\n" } },
	  "nvme0n1(259:0)",
	  ON_PART1 "xfs that the host uses as /srv ~ etc/fstab names LABEL=my disk\n" },
	{ "fstab by the partition's UUID",
	  { DISK, PART1, { DB, "E:ID_PART_ENTRY_UUID=0a-0b\n" },
	    { "etc/fstab", "PARTUUID=0A-0B /srv auto defaults 0 0\n" } }, "nvme0n1(259:0)",
	  ON_PART1 "data that the host uses as /srv ~ etc/fstab names PARTUUID=0A-0B\n" },
	{ "fstab by a link, swap",
	  { DISK, PART1, { DB, "S:disk/by-id/nvme-X-part1\nE:ID_FS_TYPE=swap\n" },
	    { "etc/fstab", "/dev/disk/by-id/nvme-X-part1 none swap sw 0 0\n" } }, "nvme0n1(259:0)",
	  ON_PART1 "swap that the host uses ~ "
	  "etc/fstab names /dev/disk/by-id/nvme-X-part1\n" },
	{ "fstab by the node, without udev",
	  { DISK, PART1, { "etc/fstab", "/dev/nvme0n1p1 /srv ext4 defaults 0 0\n" } },
	  "nvme0n1(259:0)",
	  ON_PART1 "data that the host uses as /srv ~ etc/fstab names /dev/nvme0n1p1\n" },
	{ "what is mounted does not sleep",
	  { DISK, PART1, { "etc/fstab", "/dev/nvme0n1p1 /srv ext4 defaults 0 0\n" },
	    { MOUNTS, "20 1 259:1 / /srv rw - ext4 /dev/nvme0n1p1 rw\n" } }, "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> /srv | mounted | umount /srv\n" },
	{ "the hibernation target by number",
	  { DISK, PART1, { "sys/power/resume", "259:1\n" } }, "nvme0n1(259:0)",
	  ON_PART1 "the host's hibernation target ~ sys/power/resume names 259:1\n" },
	{ "no hibernation target, and numbers mean nothing in fstab",
	  { DISK, PART1, { "sys/power/resume", "0:0\n" },
	    { "etc/fstab", "259:1 /srv nfs defaults 0 0\n" } }, "nvme0n1(259:0)", "" },
};

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = storage_row_test,
						.initial_state = (void *)&rows[i] };
	return cmocka_run_group_tests_name("storage sleeping", tests, NULL, NULL);
}
