# SPDX-License-Identifier: GPL-2.0-or-later
# storage.sh - hazards of disks: filesystems, swap, and everything that can use a block device.
# shellcheck shell=bash

# The lab's disks have 32 MiB with ext4 and known data.  A row that writes to one keeps its
# image first, and its undo puts that back.

STORAGE_RUN=/run/lab-storage
STORAGE_INNER=/run/lab-inner		# what is mounted from a disk within a disk

# The node of the function's disk; for a multipath path, its head's node.
disk_node() {
	local dir name rest

	for dir in "$(pci_dir "$1")"/nvme/nvme*/nvme*n*; do
		name=${dir##*/}
		rest=${name#nvme*c*n}
		[ "$rest" = "$name" ] || name=${name%%c*}n$rest
		[ -b "/dev/$name" ] && { echo "/dev/$name"; return; }
	done
	return 1
}

node_sum() {
	blockdev --flushbufs "$1" 2>/dev/null
	sha256sum <"$1"
}

# Saves the disk's content once, and clears the start of the disk.
borrow_disk() {
	local disk image

	disk=$(disk_node "$1") || fail "no disk behind $1"
	image=$STORAGE_RUN/image-$1
	mkdir -p "$STORAGE_RUN" "$STORAGE_INNER" "$LAB_MNT"
	[ -e "$image" ] || dd if="$disk" of="$image" bs=1M status=none || fail "cannot keep $disk"
	dd if=/dev/zero of="$disk" bs=1M count=4 conv=fsync status=none || fail "cannot write $disk"
	udevadm settle
}

give_disk_back() {
	local disk image=$STORAGE_RUN/image-$1

	[ -e "$image" ] || return 0
	restore_drivers
	wait_for 20 disk_node "$1" >/dev/null || fail "the disk of $1 does not come back"
	udevadm settle
	# What udev's rules have activated in the meantime.
	end_mappers
	disk=$(disk_node "$1")
	dd if="$image" of="$disk" bs=1M conv=fsync status=none || fail "cannot restore $disk"
	blockdev --rereadpt "$disk" 2>/dev/null
	rm -f "$image"
}

small_ext4() {
	mke2fs -q -F -t ext4 -O ^has_journal -E lazy_itable_init=0 "$@"
}

# Mounts such that nothing writes to the disk by itself: neither the kernel's thread, nor a reader
# by the time of its access (udev probes a loop device, and so reads the file behind it).
mount_ext4() {
	mkdir -p "$2"
	mount -t ext4 -o noinit_itable,noatime "$1" "$2" || fail "cannot mount $1"
}

mount_of() {
	local disk

	disk=$(disk_node "$1") || fail "no disk behind $1"
	mount_ext4 "$disk" "$LAB_MNT"
}

make_loop() {
	modprobe loop && udevadm settle && losetup /dev/loop5 "$1"
}

# One process that stays; its pid in a file.
stay() {
	mkdir -p "$STORAGE_RUN"
	setsid "$@" </dev/null >/dev/null 2>&1 &
	echo $! >"$STORAGE_RUN/pid"
}
stay_pid() { cat "$STORAGE_RUN/pid"; }

end_exports() {
	local dir

	for dir in /sys/kernel/config/nvmet/subsystems/lab; do
		[ -d "$dir" ] || return 0
		echo 0 >"$dir/namespaces/1/enable"
		rmdir "$dir/namespaces/1" "$dir"
	done
}

end_mounts() {
	local target

	for target in "$STORAGE_INNER" "$LAB_MNT/sub" /run/lab-bind /boot/efi "$LAB_MNT"; do
		! mountpoint -q "$target" || umount "$target" || umount -l "$target"
	done
}

end_mappers() {
	local name

	vgs labvg >/dev/null 2>&1 && timeout "$((20 * LAB_FACTOR))" vgchange -qq -an labvg
	for name in labvg-home labtop lablow labcrypt labpath; do
		[ ! -e "/dev/mapper/$name" ] || dmsetup remove --force --retry "$name"
	done
	[ ! -b /dev/md9 ] || mdadm --quiet --stop /dev/md9
	for name in /sys/block/bcache*/bcache/stop; do
		[ ! -e "$name" ] || echo 1 >"$name"
	done
}

# Undoes whatever a row of this file made, even if its disk is gone, and restores the disks.
storage_undo() {
	local addr

	[ ! -e "$STORAGE_RUN/pid" ] || kill -KILL "$(stay_pid)" 2>/dev/null
	rm -f "$STORAGE_RUN/pid" /etc/fstab /etc/crypttab
	swapon --show=NAME --noheadings | while read -r addr; do
		# A disk that was taken no longer has a node: its swap stays until the end.
		swapoff "$addr" 2>/dev/null
	done
	end_exports
	end_mounts
	losetup -D
	end_mounts
	end_mappers
	udevadm settle
	for addr in "$NVME_A" "$NVME_B" "$NVME_PF"; do
		give_disk_back "$addr"
	done
	return 0
}

# What became of a filesystem whose disk was taken.
mount_harm() {
	local target=$1

	if ls "$target" >/dev/null 2>&1 && touch "$target/x" 2>/dev/null && sync -f "$target/x" 2>/dev/null; then
		echo "still works"
	else
		echo "filesystem lost: I/O error"
	fi
}

# hazard: the simplest of all
hazard mounted_ext4 "$NVME_A" storage-free "a mounted filesystem" start
mounted_ext4_make() { mount_of "$NVME_A"; }
mounted_ext4_remedy() { echo "umount $LAB_MNT"; }
mounted_ext4_harm() { mount_harm "$LAB_MNT"; }
mounted_ext4_undo() { storage_undo; }

# hazard: mounted by a container or a service, but not in this shell's namespace
hazard mounted_elsewhere "$NVME_A" storage-free "a filesystem mounted only in another mount namespace"
mounted_elsewhere_make() {
	local disk

	disk=$(disk_node "$NVME_A") && mkdir -p "$LAB_MNT"
	# shellcheck disable=SC2016
	stay unshare --mount --propagation private bash -c \
		'mount -t ext4 -o noinit_itable,noatime "$1" "$2" && touch "$3" && exec sleep 10000' \
		sh "$disk" "$LAB_MNT" "$STORAGE_RUN/ready"
	wait_for 20 test -e "$STORAGE_RUN/ready" && rm "$STORAGE_RUN/ready"
}
mounted_elsewhere_remedy() { echo "nsenter -t $(stay_pid) -m umount $LAB_MNT"; }
mounted_elsewhere_harm() {
	nsenter -t "$(stay_pid)" -m touch "$LAB_MNT/x" 2>/dev/null || echo "filesystem lost: I/O error"
}
mounted_elsewhere_undo() { storage_undo; }

# hazard: one filesystem in two places
hazard mounted_twice "$NVME_A" storage-free "a bind mount of a mounted filesystem"
mounted_twice_make() {
	mount_of "$NVME_A" && mkdir -p /run/lab-bind && mount --bind "$LAB_MNT" /run/lab-bind
}
mounted_twice_remedy() { printf '%s\n' "umount $LAB_MNT" "umount /run/lab-bind"; }
mounted_twice_harm() { mount_harm /run/lab-bind; }
mounted_twice_undo() { storage_undo; }

# hazard: the mount below prevents the filesystem from being unmounted
hazard mounted_below "$NVME_A" storage-free "a tmpfs mounted on a directory of the disk"
mounted_below_make() {
	mount_of "$NVME_A" && mkdir -p "$LAB_MNT/sub" && mount -t tmpfs sub "$LAB_MNT/sub"
}
mounted_below_remedy() { printf '%s\n' "umount $LAB_MNT/sub" "umount $LAB_MNT"; }
mounted_below_harm() { mount_harm "$LAB_MNT"; }
mounted_below_undo() { storage_undo; }

# hazard: mount tables no longer show it
hazard unmounted_lazily "$NVME_A" storage-free "a lazily unmounted filesystem, kept by a process"
unmounted_lazily_make() {
	mount_of "$NVME_A" && stay sleep 10000 3<"$LAB_MNT/known.bin" && umount -l "$LAB_MNT"
}
unmounted_lazily_remedy() { echo "kill $(stay_pid)"; }
unmounted_lazily_harm() {
	cat "/proc/$(stay_pid)/fd/3" >/dev/null 2>&1 || echo "the open file is lost: I/O error"
}
unmounted_lazily_undo() { storage_undo; }

# hazard: it cannot be unmounted while a file is open
hazard mounted_and_open "$NVME_A" storage-free "a mounted filesystem with an open file"
mounted_and_open_make() { mount_of "$NVME_A" && stay sleep 10000 3<"$LAB_MNT/known.bin"; }
mounted_and_open_remedy() { printf '%s\n' "kill $(stay_pid)" "umount $LAB_MNT"; }
mounted_and_open_harm() { mount_harm "$LAB_MNT"; }
mounted_and_open_undo() { storage_undo; }

# hazard: swap in a file
hazard swap_file "$NVME_A" storage-free "a swap file on its filesystem"
swap_file_make() {
	mount_of "$NVME_A" &&
	dd if=/dev/zero of="$LAB_MNT/swap" bs=1M count=2 conv=fsync status=none &&
	chmod 600 "$LAB_MNT/swap" && mkswap -q "$LAB_MNT/swap" && swapon "$LAB_MNT/swap"
}
swap_file_remedy() { printf '%s\n' "swapoff $LAB_MNT/swap" "umount $LAB_MNT"; }
swap_file_harm() { echo "swap lost: processes with swapped-out pages are killed"; }
swap_file_undo() { rm -f "$LAB_MNT/swap"; storage_undo; }

# hazard: a disk image on the disk
hazard loop_on_file "$NVME_A" storage-free "a loop device on one of its files, mounted"
loop_on_file_make() {
	mount_of "$NVME_A" && mkdir -p "$STORAGE_INNER" && truncate -s 2M "$LAB_MNT/image" &&
	small_ext4 "$LAB_MNT/image" && make_loop "$LAB_MNT/image" &&
	mount_ext4 /dev/loop5 "$STORAGE_INNER"
}
loop_on_file_remedy() {
	printf '%s\n' "umount $STORAGE_INNER" "losetup -d /dev/loop5" "umount $LAB_MNT"
}
loop_on_file_harm() { mount_harm "$STORAGE_INNER"; }
loop_on_file_undo() { storage_undo; }

# hazard: no claim of the kernel shows this one
hazard loop_on_disk "$NVME_B" storage-free "a loop device on the disk itself, mounted"
loop_on_disk_make() {
	make_loop "$(disk_node "$NVME_B")" && mount_ext4 /dev/loop5 "$LAB_MNT"
}
loop_on_disk_remedy() { printf '%s\n' "umount $LAB_MNT" "losetup -d /dev/loop5"; }
loop_on_disk_harm() { mount_harm "$LAB_MNT"; }
loop_on_disk_undo() { storage_undo; }

# hazard: nor this one
hazard nvme_export "$NVME_B" storage-free "a disk exported by the kernel's NVMe target"
nvme_export_make() {
	local dir=/sys/kernel/config/nvmet/subsystems/lab

	modprobe nvmet && { mountpoint -q /sys/kernel/config ||
		mount -t configfs configfs /sys/kernel/config; } &&
	mkdir "$dir" "$dir/namespaces/1" &&
	disk_node "$NVME_B" | tr -d '\n' >"$dir/namespaces/1/device_path" &&
	echo 1 >"$dir/namespaces/1/enable"
}
nvme_export_remedy() {
	echo "echo 0 > /sys/kernel/config/nvmet/subsystems/lab/namespaces/1/enable"
}
nvme_export_harm() { echo "the other machine's disk is gone"; }
nvme_export_undo() { storage_undo; }

# One partition from 1 MiB to the end, in a table of MS-DOS: no tool for it is needed.
make_partition() {
	local disk=$1

	printf '\0\0\0\0\203\0\0\0\0\010\0\0\0\360\0\0' |
		dd of="$disk" bs=1 seek=446 conv=notrunc,fsync status=none
	printf '\125\252' | dd of="$disk" bs=1 seek=510 conv=notrunc,fsync status=none
	blockdev --rereadpt "$disk" && udevadm settle && wait_for 10 test -b "${disk}p1"
}

# hazard: the partition is in use, the disk itself is not
hazard partition "$NVME_B" storage-free "a mounted partition"
partition_make() {
	local disk

	borrow_disk "$NVME_B" && disk=$(disk_node "$NVME_B") && make_partition "$disk" &&
	small_ext4 "${disk}p1" && mount_ext4 "${disk}p1" "$LAB_MNT"
}
partition_remedy() { echo "umount $LAB_MNT"; }
partition_harm() { mount_harm "$LAB_MNT"; }
partition_undo() { storage_undo; }

# hazard: swap on a partition
hazard swap_partition "$NVME_B" storage-free "a swap partition" severe
swap_partition_make() {
	local disk

	borrow_disk "$NVME_B" && disk=$(disk_node "$NVME_B") && make_partition "$disk" &&
	mkswap -q "${disk}p1" && swapon "${disk}p1"
}
swap_partition_remedy() { echo "swapoff $(disk_node "$NVME_B")p1"; }
swap_partition_harm() { echo "swap lost: processes with swapped-out pages are killed"; }
swap_partition_undo() { storage_undo; }

# hazard: the host cannot boot without it
hazard boot_efi "$NVME_B" storage-free "the EFI system partition"
boot_efi_make() {
	borrow_disk "$NVME_B" && mkfs.vfat "$(disk_node "$NVME_B")" >/dev/null &&
	mkdir -p /boot/efi && mount -t vfat "$(disk_node "$NVME_B")" /boot/efi
}
boot_efi_remedy() { echo "umount /boot/efi"; }
boot_efi_harm() { mount_harm /boot/efi; }
boot_efi_undo() { storage_undo; }

# A group of LVM with one volume, which is active.
make_group() {
	pvcreate -qq -ff -y "$1" && vgcreate -qq labvg "$1" && lvcreate -qq -y -W n -L 8M -n home labvg
}

# hazard: LVM
hazard lvm_mounted "$NVME_B" storage-free "a mounted LVM volume"
lvm_mounted_make() {
	borrow_disk "$NVME_B" && make_group "$(disk_node "$NVME_B")" &&
	small_ext4 /dev/labvg/home && mount_ext4 /dev/labvg/home "$LAB_MNT"
}
lvm_mounted_remedy() { printf '%s\n' "umount $LAB_MNT" "vgchange -an labvg"; }
lvm_mounted_harm() { mount_harm "$LAB_MNT"; }
lvm_mounted_undo() { storage_undo; }

# hazard: in use although nothing is mounted
hazard lvm_active "$NVME_B" storage-free "an active LVM volume, not mounted"
lvm_active_make() { borrow_disk "$NVME_B" && make_group "$(disk_node "$NVME_B")"; }
lvm_active_remedy() { echo "vgchange -an labvg"; }
lvm_active_harm() {
	dd if=/dev/mapper/labvg-home of=/dev/null bs=4096 count=1 iflag=direct 2>/dev/null ||
		echo "volume lost: I/O error"
}
lvm_active_undo() { storage_undo; }

# hazard: LVM, a dormant use
hazard lvm_inactive "$NVME_B" storage-free "a physical volume of an inactive volume group" warn
lvm_inactive_make() {
	borrow_disk "$NVME_B" && make_group "$(disk_node "$NVME_B")" && vgchange -qq -an labvg
}
lvm_inactive_harm() { echo "the volume group lacks its disk at the next boot"; }
lvm_inactive_undo() { storage_undo; }

# Debian's rules assemble arrays as disks appear; prevent that while a row runs.
make_array() {
	mkdir -p /etc/mdadm && echo 'AUTO -all' >/etc/mdadm/mdadm.conf
	mdadm --quiet --create /dev/md9 --run --metadata=1.2 --level=1 --raid-devices=2 \
		"$1" missing && wait_for 10 test -b /dev/md9
}

# hazard: md
hazard md_member "$NVME_B" storage-free "a member of an md array"
md_member_make() { borrow_disk "$NVME_B" && make_array "$(disk_node "$NVME_B")"; }
md_member_remedy() { echo "mdadm --stop /dev/md9"; }
md_member_harm() {
	dd if=/dev/md9 of=/dev/null bs=4096 count=1 iflag=direct 2>/dev/null ||
		echo "array lost: I/O error"
}
md_member_undo() { storage_undo; }

# hazard: chains on chains
hazard chain "$NVME_B" storage-free "a loop device on ext4 on LVM on md"
chain_make() {
	borrow_disk "$NVME_B" && make_array "$(disk_node "$NVME_B")" && make_group /dev/md9 &&
	small_ext4 /dev/labvg/home && mount_ext4 /dev/labvg/home "$LAB_MNT" &&
	truncate -s 2M "$LAB_MNT/image" && small_ext4 "$LAB_MNT/image" &&
	make_loop "$LAB_MNT/image" && mount_ext4 /dev/loop5 "$STORAGE_INNER"
}
chain_remedy() {
	printf '%s\n' "umount $STORAGE_INNER" "losetup -d /dev/loop5" "umount $LAB_MNT" \
		"vgchange -an labvg" "mdadm --stop /dev/md9"
}
chain_harm() { mount_harm "$STORAGE_INNER"; }
chain_undo() { storage_undo; }

make_luks() {
	echo secret | cryptsetup luksFormat --batch-mode --type luks1 --pbkdf-force-iterations 1000 \
		--key-file - "$1"
}

# hazard: dm-crypt
hazard crypt_open "$NVME_B" storage-free "an open LUKS volume"
crypt_open_make() {
	local disk

	borrow_disk "$NVME_B" && disk=$(disk_node "$NVME_B") && make_luks "$disk" &&
	echo secret | cryptsetup open --key-file - "$disk" labcrypt
}
crypt_open_remedy() { echo "cryptsetup close labcrypt"; }
crypt_open_harm() {
	dd if=/dev/mapper/labcrypt of=/dev/null bs=4096 count=1 iflag=direct 2>/dev/null ||
		echo "volume lost: I/O error"
}
crypt_open_undo() { storage_undo; }

# hazard: a LUKS header that the host would open
hazard crypt_named "$NVME_B" storage-free "a LUKS volume listed in crypttab" warn
crypt_named_make() {
	local disk

	borrow_disk "$NVME_B" && disk=$(disk_node "$NVME_B") && make_luks "$disk" &&
	echo "home UUID=$(cryptsetup luksUUID "$disk") none luks" >/etc/crypttab
}
crypt_named_harm() { echo "the next boot waits for the volume"; }
crypt_named_undo() { storage_undo; }

# hazard: device mapper on device mapper
hazard mapper_chain "$NVME_B" storage-free "two stacked device-mapper devices"
mapper_chain_make() {
	echo "0 16384 linear $(disk_node "$NVME_B") 0" | dmsetup create lablow &&
	echo "0 8192 linear /dev/mapper/lablow 0" | dmsetup create labtop
}
mapper_chain_remedy() { printf '%s\n' "dmsetup remove labtop" "dmsetup remove lablow"; }
mapper_chain_harm() {
	dd if=/dev/mapper/labtop of=/dev/null bs=4096 count=1 iflag=direct 2>/dev/null ||
		echo "device lost: I/O error"
}
mapper_chain_undo() { storage_undo; }

# hazard: multipath
hazard multipath_map "$NVME_B" storage-free "a path of a multipath map"
multipath_map_make() {
	modprobe -a dm-multipath dm-round-robin &&
	echo "0 16384 multipath 0 0 1 1 round-robin 0 1 1 $(disk_node "$NVME_B") 100" |
		dmsetup create labpath
}
multipath_map_remedy() { echo "dmsetup remove labpath"; }
multipath_map_harm() {
	dd if=/dev/mapper/labpath of=/dev/null bs=4096 count=1 iflag=direct 2>/dev/null ||
		echo "map lost: I/O error"
}
multipath_map_undo() { storage_undo; }

# hazard: only the first device is in mountinfo
hazard btrfs_second "$NVME_B" storage-free "the second device of a mounted btrfs"
btrfs_second_make() {
	modprobe btrfs && borrow_disk "$NVME_A" && borrow_disk "$NVME_B" &&
	mkfs.btrfs -q -f --mixed -d single -m single "$(disk_node "$NVME_A")" "$(disk_node "$NVME_B")" &&
	btrfs device scan >/dev/null && mount -t btrfs -o noatime "$(disk_node "$NVME_A")" "$LAB_MNT"
}
btrfs_second_remedy() { echo "umount $LAB_MNT"; }
btrfs_second_harm() { mount_harm "$LAB_MNT"; }
btrfs_second_undo() { storage_undo; }

# hazard: bcache
hazard bcache_backing "$NVME_B" storage-free "the backing device of a bcache"
bcache_of() { ls "/sys/block/${1#/dev/}/holders" | grep bcache; }
bcache_backing_make() {
	local disk

	borrow_disk "$NVME_B" && disk=$(disk_node "$NVME_B") && modprobe bcache &&
	make-bcache -B "$disk" >/dev/null && udevadm settle || return 1
	bcache_of "$disk" >/dev/null || echo "$disk" >/sys/fs/bcache/register
	wait_for 10 bcache_of "$disk" >/dev/null
}
bcache_backing_remedy() {
	echo "echo 1 > /sys/block/$(bcache_of "$(disk_node "$NVME_B")")/bcache/stop"
}
bcache_backing_harm() { echo "bcache lost its disk"; }
bcache_backing_undo() { storage_undo; }

# hazard: the head of the subsystem is mounted, not the controller's own path
hazard nvme_head "$NVME_PF" storage-free "the multipath head of an NVMe subsystem, mounted"
nvme_head_make() { mount_of "$NVME_PF"; }
nvme_head_remedy() { echo "umount $LAB_MNT"; }
nvme_head_harm() { mount_harm "$LAB_MNT"; }
nvme_head_sum() { node_sum "$(disk_node "$NVME_PF")"; }
nvme_head_undo() { storage_undo; }

usb_disk() {
	local dir

	for dir in /sys/block/sd*; do
		case $(readlink "$dir") in
		*"/$XHCI/"*) echo "/dev/${dir##*/}"; return ;;
		esac
	done
	return 1
}

# hazard: a stick behind the USB controller
hazard usb_stick "$XHCI" storage-free "a mounted USB stick"
usb_stick_make() {
	wait_for 20 usb_disk >/dev/null && mount_ext4 "$(usb_disk)" "$LAB_MNT"
}
usb_stick_remedy() { echo "umount $LAB_MNT"; }
usb_stick_harm() { mount_harm "$LAB_MNT"; }
usb_stick_sum() { wait_for 20 usb_disk >/dev/null && node_sum "$(usb_disk)"; }
usb_stick_undo() { storage_undo; }

# hazard: fstab names it
hazard fstab_names "$NVME_A" storage-free "a filesystem listed in fstab" warn
fstab_names_make() { echo "LABEL=nvme-a /srv ext4 noauto 0 0" >/etc/fstab; }
fstab_names_harm() { echo "/srv is missing after the next boot"; }
fstab_names_undo() { storage_undo; }
