/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_storage_mounted.c - swap and filesystems on a disk, and what has to go before them. */
#include "config.h"

#include "tests/support/storagerow.h"
#include "tests/support/unit.h"

#define HOLDS(disk, holder) { NVME "/" disk "/holders/" holder "/x", "" }
#define UDEV(number) "run/udev/data/b" number

static const struct storage_row rows[] = {
	{ "what is mounted below goes first, also what is not on a disk",
	  { DISK, { MOUNTS, "20 1 259:0 / /srv rw - ext4 /dev/nvme0n1 rw\n"
			    "21 20 0:40 / /srv/t\\040t rw - tmpfs tmpfs rw\n"
			    "22 21 0:41 / /srv/t\\040t/n rw - nfs x:/y rw\n"
			    "23 1 0:42 / /srvx rw - tmpfs tmpfs rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> /srv | mounted | umount /srv\n"
	  "=> umount '/srv/t t/n'; umount '/srv/t t'; umount /srv" },
	{ "bind mounts, and one mounted over another on the same directory",
	  { DISK, { MOUNTS, "20 1 259:0 / /srv rw - ext4 /dev/nvme0n1 rw\n"
			    "21 1 259:0 /x /bind rw - ext4 /dev/nvme0n1 rw\n"
			    "22 20 259:0 /y /srv rw - ext4 /dev/nvme0n1 rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> /srv | mounted | umount /srv\n"
	  "nvme0n1 -> /bind | mounted | umount /bind\n"
	  "nvme0n1 -> /srv | mounted | umount /srv\n"
	  "=> umount /srv; umount /srv; umount /bind" },
	{ "files: swap and a loop; a file on a tmpfs in between is not the disk's",
	  { DISK, { MOUNTS, "20 1 259:0 / /srv rw - ext4 /dev/nvme0n1 rw\n"
			    "21 20 0:40 / /srv/tmp rw - tmpfs tmpfs rw\n"
			    "22 1 7:0 / /l rw - ext4 /dev/loop0 rw\n" },
	    { "proc/swaps", SWAPS "/srv/swap file 1024 0 -2\n/srv/tmp/swap file 1 0 -3\n" },
	    { "sys/block/loop0/loop/backing_file", "/srv/disk.img\n" },
	    { "sys/block/loop1/loop/backing_file", "/srv/tmp/disk.img\n" },
	    { VIRTUAL "/loop0/dev", "7:0\n" }, { SYS_CLASS_BLOCK("loop0") } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> /srv -> /srv/swap | swap file | swapoff /srv/swap\n"
	  "nvme0n1 -> /srv -> /srv/disk.img -> loop0 -> /l | mounted | umount /l\n"
	  "nvme0n1 -> /srv -> /srv/disk.img -> loop0 | held by a loop device | "
	  "losetup -d /dev/loop0\n"
	  "nvme0n1 -> /srv | mounted | umount /srv\n"
	  "=> umount /srv/tmp; swapoff /srv/swap; umount /l; losetup -d /dev/loop0; umount /srv" },
	{ "a loop that clears itself needs no command",
	  { DISK, { MOUNTS, "20 1 259:0 / /srv rw - ext4 /dev/nvme0n1 rw\n"
			    "22 1 7:0 / /l rw - ext4 /dev/loop0 rw\n" },
	    { "sys/block/loop0/loop/backing_file", "/srv/disk.img\n" },
	    { VIRTUAL "/loop0/dev", "7:0\n" }, { SYS_CLASS_BLOCK("loop0") },
	    { VIRTUAL "/loop0/loop/autoclear", "1\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> /srv -> /srv/disk.img -> loop0 -> /l | mounted | umount /l\n"
	  "nvme0n1 -> /srv -> /srv/disk.img -> loop0 | held by a loop device | \n"
	  "nvme0n1 -> /srv | mounted | umount /srv\n"
	  "=> umount /l; umount /srv" },
	{ "loop on ext4 on LVM on md",
	  { DISK, HOLDS("nvme0n1", "md1"), { SYS_CLASS_BLOCK("md1") },
	    { VIRTUAL "/md1/dev", "9:1\n" }, { VIRTUAL "/md1/holders/dm-0/x", "" },
	    { SYS_CLASS_BLOCK("dm-0") }, { VIRTUAL "/dm-0/dev", "253:0\n" },
	    { VIRTUAL "/dm-0/dm/name", "vg0-srv\n" }, { VIRTUAL "/dm-0/dm/uuid", "LVM-1\n" },
	    { MOUNTS, "20 1 253:0 / /srv rw - ext4 /dev/mapper/vg0-srv rw\n"
		      "22 1 7:0 / /l rw - ext4 /dev/loop0 rw\n" },
	    { "sys/block/loop0/loop/backing_file", "/srv/disk.img\n" },
	    { VIRTUAL "/loop0/dev", "7:0\n" }, { SYS_CLASS_BLOCK("loop0") } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> md1 -> dm-0 (vg0/srv) -> /srv -> /srv/disk.img -> loop0 -> /l | mounted | "
	  "umount /l\n"
	  "nvme0n1 -> md1 -> dm-0 (vg0/srv) -> /srv -> /srv/disk.img -> loop0 | "
	  "held by a loop device | losetup -d /dev/loop0\n"
	  "nvme0n1 -> md1 -> dm-0 (vg0/srv) -> /srv | mounted | umount /srv\n"
	  "nvme0n1 -> md1 -> dm-0 (vg0/srv) | held by LVM | vgchange -an vg0\n"
	  "nvme0n1 -> md1 | held by md | mdadm --stop /dev/md1\n"
	  "=> umount /l; losetup -d /dev/loop0; umount /srv; vgchange -an vg0; "
	  "mdadm --stop /dev/md1" },
	{ "a mount that propagates is unmounted once, a private one by itself",
	  { DISK,
	    { MOUNTS, "10 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n"
		      "11 1 0:9 / /p rw - tmpfs tmpfs rw\n"
		      "20 10 259:0 / /srv rw shared:7 - ext4 /dev/nvme0n1 rw\n"
		      "21 11 259:0 / /p/x rw - ext4 /dev/nvme0n1 rw\n" },
	    { INIT_MOUNTS, "30 2 8:1 / / rw master:1 - ext4 /dev/sda1 rw\n"
			   "31 2 0:9 / /p rw - tmpfs tmpfs rw\n"
			   "40 30 259:0 / /srv rw master:7 - ext4 /dev/nvme0n1 rw\n"
			   "41 31 259:0 / /p/x rw - ext4 /dev/nvme0n1 rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> /srv | mounted | umount /srv\n"
	  "nvme0n1 -> /p/x | mounted | umount /p/x\n"
	  "nvme0n1 -> /p/x | mounted | nsenter -t 1 -m umount /p/x\n"
	  "=> umount /srv; umount /p/x; nsenter -t 1 -m umount /p/x" },
	{ "what the next start needs can go",
	  { DISK, PART1, PART2,
	    { MOUNTS, "20 1 259:1 / /boot/efi rw - vfat /dev/nvme0n1p1 rw\n" },
	    { "proc/cmdline", "quiet resume=UUID=aa-BB\n" },
	    { UDEV("259:2"), "E:ID_FS_TYPE=swap\nE:ID_FS_UUID_ENC=AA-bb\n" },
	    { "proc/swaps", SWAPS "/dev/nvme0n1p2 partition 1024 0 -2\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> /boot/efi | mounted, the host's EFI system partition | "
	  "umount /boot/efi\n"
	  "nvme0n1 -> nvme0n1p2 | swap, the host's hibernation target | swapoff /dev/nvme0n1p2\n"
	  "=> umount /boot/efi; swapoff /dev/nvme0n1p2" },
	{ "a pool of ZFS with the host's root",
	  { DISK, PART1, { UDEV("259:1"), "E:ID_FS_TYPE=zfs_member\nE:ID_FS_LABEL_ENC=rpool\n" },
	    { "proc/spl/kstat/zfs/rpool/state", "ONLINE\n" },
	    { MOUNTS, "20 1 0:50 / / rw - zfs rpool/ROOT/debian rw\n"
		      "21 20 0:51 / /x rw - zfs rpool2/x rw\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> pool rpool -> / | mounted, the host's root filesystem | \n"
	  "nvme0n1 -> nvme0n1p1 -> pool rpool | held by ZFS | zpool export rpool\n"
	  "=> zpool export rpool" },
	{ "exports that claim nothing: NVMe target, SCSI target, zram",
	  { DISK, PART1, PART2,
	    { "sys/kernel/config/nvmet/subsystems/nqn.1/namespaces/3/device_path",
	      "/dev/nvme0n1p1\n" },
	    { "sys/kernel/config/nvmet/subsystems/nqn.1/namespaces/3/enable", "1\n" },
	    { "sys/kernel/config/nvmet/subsystems/nqn.1/namespaces/4/device_path",
	      "/dev/nvme0n1p2\n" },
	    { "sys/kernel/config/nvmet/subsystems/nqn.1/namespaces/4/enable", "0\n" },
	    { "sys/kernel/config/target/core/iblock_0/disk 1/udev_path", "/dev/nvme0n1p2\n" },
	    { "sys/kernel/config/target/core/fileio_1/img/udev_path", "/srv/img\n" },
	    { "sys/kernel/config/target/core/alua/lu_gps/x", "" },
	    { "sys/block/zram0/backing_dev", "/dev/nvme0n1p2\n" },
	    { "sys/block/zram1/backing_dev", "none\n" },
	    { VIRTUAL "/zram0/dev", "250:0\n" }, { SYS_CLASS_BLOCK("zram0") },
	    { MOUNTS, "20 1 259:2 / /srv rw - ext4 /dev/nvme0n1p2 rw\n" },
	    { "proc/swaps", SWAPS "/dev/zram0 partition 1024 0 -2\n" } },
	  "nvme0n1(259:0)",
	  "nvme0n1 -> nvme0n1p1 -> namespace 3 of nqn.1 | exported by the NVMe target | "
	  "echo 0 > /sys/kernel/config/nvmet/subsystems/nqn.1/namespaces/3/enable\n"
	  "nvme0n1 -> nvme0n1p2 -> zram0 | swap | swapoff /dev/zram0\n"
	  "nvme0n1 -> nvme0n1p2 -> zram0 | held by zram | echo 1 > /sys/block/zram0/reset\n"
	  "nvme0n1 -> nvme0n1p2 -> backstore disk 1 | "
	  "exported by the kernel's iSCSI or SCSI target | "
	  "targetcli /backstores/block delete 'disk 1'\n"
	  "nvme0n1 -> nvme0n1p2 -> /srv -> /srv/img -> backstore img | "
	  "exported by the kernel's iSCSI or SCSI target | "
	  "targetcli /backstores/fileio delete img\n"
	  "nvme0n1 -> nvme0n1p2 -> /srv | mounted | umount /srv\n" },
};

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = storage_row_test,
						.initial_state = (void *)&rows[i] };
	return cmocka_run_group_tests_name("storage mounted", tests, NULL, NULL);
}
