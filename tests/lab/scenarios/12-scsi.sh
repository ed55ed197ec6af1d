# SPDX-License-Identifier: GPL-2.0-or-later
# A SCSI disk goes to a guest by its address; not while it is mounted, and not to two guests.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian13
# limit: 180
# shellcheck shell=bash

modprobe scsi_debug dev_size_mb=16 && modprobe sg || skip "this kernel has no scsi_debug or sg"

# The kernel looks for disks in the background.
disk_is_there() {
	dir=$(echo /sys/devices/pseudo_0/adapter0/host*/target*/*:*:*:*)
	disk=/dev/$(ls "$dir/block" 2>/dev/null)
	[ -b "$disk" ] && [ -d "$dir/scsi_generic" ]
}

wait_for 20 disk_is_there || fail "scsi_debug has no disk: $dir"
unit=$(basename "$dir")
mke2fs -q "$disk" || fail "$disk cannot be formatted"
mkdir -p "$LAB_MNT"
mount "$disk" "$LAB_MNT" || fail "$disk cannot be mounted"
controller="<controller type='scsi' index='0' model='virtio-scsi'/>"

run hostdevctl list --long -o +nodes scsi
assert_text "$OUTPUT" "$LAB_MNT"
guest_define g1 "$controller"
run hostdevctl attach g1 "$disk"
assert_status 1
assert_text "$OUTPUT" "$LAB_MNT: mounted"
umount_disk
run hostdevctl attach g1 "$disk"
assert_status 0

# Mounted since: the hook says so, and the disk stays what it was.
mount "$disk" "$LAB_MNT" || fail "$disk cannot be mounted again"
guest_refused g1 scsi-free "scsi $unit"
assert_text "$OUTPUT" "$(basename "$disk") -> $LAB_MNT: mounted"
echo after >"$LAB_MNT/written" || fail "$LAB_MNT cannot be written"
umount_disk

guest_start g1
run hostdevctl list -o address,guests,verdict "scsi:$unit"
assert_text "$OUTPUT" 'g1 (running)'
assert_text "$OUTPUT" 'needs scsi-free'
guest_define g2 "$controller" "$(hostdevctl xml "scsi:$unit" 2>/dev/null)"
guest_refused g2 scsi-free "scsi $unit"
assert_text "$OUTPUT" "the running guest \"g1\" has the SCSI device"
guest_stop g1
assert_journal_empty

run hostdevctl detach-from g1 "$disk"
assert_status 0
assert_no_text "$(virsh dumpxml --inactive g1 >"$WORK/left"; echo "$WORK/left")" scsi_host
modprobe -r scsi_debug
