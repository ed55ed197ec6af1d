# SPDX-License-Identifier: GPL-2.0-or-later
# A mount in a tight loop against starts with managed='yes', where libvirt unbinds after the hook.
# config: iommu
# cpus: 2
# stack: debian12 debian13 backports
# usual: debian13
# limit: 300
# shellcheck shell=bash
. "$LAB_SRC/inner/race.sh"

guest_define g1 "$(pci_hostdev "$NVME_A" yes)"
# Another hook after ours: a disk found free stays free while it runs.
printf '#!/bin/sh\n[ "$2" != prepare ] || exec sleep 0.5\n' >/etc/libvirt/hooks/qemu.d/60-slow
chmod 755 /etc/libvirt/hooks/qemu.d/60-slow

race mount "$NVME_A" 3 0 "virsh start g1 >$WORK/take 2>&1" "virsh destroy g1 >$WORK/give 2>&1"
assert_known_data "$NVME_A"

# A start that fails after our hook gives the disk back at once.
printf '#!/bin/sh\n[ "$2" != prepare ] || exit 1\n' >/etc/libvirt/hooks/qemu.d/60-slow
run virsh start g1
assert_status 1
assert_driver "$NVME_A" nvme
mount_disk "$NVME_A"
umount_disk

# A daemon that dies after our hook: the keeper is visible, and removing its file ends it.
printf '[hook]\nkeeper_deadline = 120\n' >/etc/hostdevctl.conf
hook g1 prepare begin
assert_status 0
run hostdevctl status
assert_text "$OUTPUT" "kept free for libvirt by process"
run ps -eo args
assert_text "$OUTPUT" "hostdevctl-hook: keeper for g1"
! mount "$(disk_of "$NVME_A")" "$LAB_MNT" || fail "a disk that is kept free can be mounted"
run hostdevctl detach "$NVME_A"
assert_status 1
assert_refusal "$OUTPUT" iommu-group-exclusive "$NVME_A"
hook g1 release end
assert_status 0
mount_disk "$NVME_A"
umount_disk

# Its deadline.
printf '[hook]\nkeeper_deadline = 1\n' >/etc/hostdevctl.conf
hook g1 prepare begin
assert_status 0
wait_for 10 mount "$(disk_of "$NVME_A")" "$LAB_MNT" || fail "the keeper outlives its deadline"
umount_disk
assert_known_data "$NVME_A"
assert_drivers_as_before
