# SPDX-License-Identifier: GPL-2.0-or-later
# detach and reattach through libvirt: its view matches the driver links, nothing is rebound needlessly.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian13
# limit: 240
# shellcheck shell=bash

for binder in libvirt sysfs; do
	run hostdevctl detach --binder "$binder" "$NVME_A"
	assert_status 0
	assert_took_less 30
	assert_driver "$NVME_A" vfio-pci
	assert_daemon_agrees "$NVME_A"
	run hostdevctl detach --binder "$binder" "$NVME_A"
	assert_status 0
	assert_driver "$NVME_A" vfio-pci
	run hostdevctl reattach --binder "$binder" "$NVME_A"
	assert_status 0
	assert_took_less 30
	assert_driver "$NVME_A" nvme
	assert_daemon_agrees "$NVME_A"
	assert_known_data "$NVME_A"
done

# A device on its host driver is left alone: the node of its disk is still the same one.
node=$(stat -c '%i %Z' "$(disk_of "$NVME_A")")
run hostdevctl reattach "$NVME_A"
assert_status 0
[ "$(stat -c '%i %Z' "$(disk_of "$NVME_A")")" = "$node" ] || fail "reattach bounced a device in place"

mount_disk "$NVME_B"
run hostdevctl detach "$NVME_B"
assert_status 1
assert_refusal "$OUTPUT" storage-free "$NVME_B"
run hostdevctl detach --dry-run "$NVME_A"
assert_status 0
umount_disk
assert_drivers_as_before
