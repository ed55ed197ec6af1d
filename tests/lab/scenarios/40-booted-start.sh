# SPDX-License-Identifier: GPL-2.0-or-later
# On a host that systemd booted, under AppArmor: a guest gets its device and gives it back; a
# mounted disk is refused, and the log says why.
# config: booted
# stack: debian13
# limit: 400
# shellcheck shell=bash

[ "$(cat /proc/1/comm)" = systemd ] || fail "process 1 is $(cat /proc/1/comm)"
assert_active systemd-udevd.service systemd-journald.service systemd-logind.service \
	libvirtd.socket hostdevctl-lab.service
assert_daemon_confined
sum=$(disk_sum "$NVME_A")

guest_define g1 "$(pci_hostdev "$NVME_A" no)"
guest_start g1
assert_guest_state g1 running
assert_driver "$NVME_A" vfio-pci
assert_confined "$(qemu_pid g1)" "libvirt-$(guest_uuid g1)"
run hostdevctl status
assert_text "$OUTPUT" "$NVME_A"
assert_text "$OUTPUT" 'guest g1'
guest_stop g1
assert_driver "$NVME_A" nvme
assert_disk_sum "$NVME_A" "$sum"
assert_journal_empty
# hostdevctl-hook(8): what it did for a guest that has ended.
assert_logged "-t hostdevctl-hook" "guest 'g1': 1 changes undone"

mount_disk "$NVME_A"
guest_refused g1 storage-free "$NVME_A"
assert_text "$OUTPUT" "$LAB_MNT"
assert_logged "-u libvirtd" storage-free "$NVME_A" "$LAB_MNT"
assert_driver "$NVME_A" nvme
umount_disk
run hostdevctl doctor
assert_status 0
assert_known_data "$NVME_A"
assert_drivers_as_before
