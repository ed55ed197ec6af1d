# SPDX-License-Identifier: GPL-2.0-or-later
# What the administrator allows is taken and logged by name; data in use only as a sacrifice.
# config: iommu
# stack: debian13 backports
# usual: backports
# limit: 300
# shellcheck shell=bash

log_begin
trap log_end EXIT
# A datagram is read by another process: a moment after it was sent.
logged() { grep -qF -- "$1" "$WORK/syslog"; }

# Read-only, so that the sacrifice is not one.
mkdir -p "$LAB_MNT"
mount -o ro,noload "$(disk_of "$NVME_A")" "$LAB_MNT" || fail "cannot mount the disk"
run hostdevctl detach "$NVME_A"
assert_status 1
assert_refusal "$OUTPUT" storage-free "$NVME_A"
assert_text "$OUTPUT" "allow it with: detach --i-know-this-destroys-data $NVME_A"
run hostdevctl detach --allow "storage-free=$NVME_A" "$NVME_A"
assert_status 1
assert_text "$OUTPUT" "so it cannot be allowed"
run hostdevctl detach --i-know-this-destroys-data "$NVME_B" "$NVME_A"
assert_status 2
METADATA="<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:allow check='storage-free' subject='$NVME_A'/></hd:hostdevctl>" \
	guest_define g1 "$(pci_hostdev "$NVME_A" no)"
hook g1 prepare begin
assert_status 1
assert_text "$OUTPUT" "so it cannot be allowed"
assert_driver "$NVME_A" nvme
! logged "override by" || fail "what was refused is logged as an override"
run hostdevctl detach --i-know-this-destroys-data "$NVME_A" "$NVME_A"
assert_status 0
assert_driver "$NVME_A" vfio-pci
wait_for 10 logged "override by uid 0" || fail "the sacrifice is not in the log"
logged "$NVME_A: storage-free: " || fail "the log does not say what was allowed"
logged "$LAB_MNT" || fail "the log does not say what was seen"
umount -l "$LAB_MNT"
run hostdevctl reattach "$NVME_A"
assert_status 0
assert_known_data "$NVME_A"

# A use that only a table shows: the kernel grants the claim on a disk below a loop device.
loop=/dev/loop5
modprobe loop && udevadm settle && losetup "$loop" "$(disk_of "$NVME_A")" &&
	mount -o ro,noload "$loop" "$LAB_MNT" || fail "cannot mount a loop on the disk"
METADATA="<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:allow check='storage-free' subject='$NVME_A'/></hd:hostdevctl>" \
	guest_define g1 "$(pci_hostdev "$NVME_A" no)"
hook g1 prepare begin
assert_status 1
assert_refusal "$OUTPUT" storage-free "$NVME_A"
assert_text "$OUTPUT" "so it cannot be allowed"
assert_driver "$NVME_A" nvme
umount "$LAB_MNT" && losetup -d "$loop" || fail "cannot end the loop"

# The guest's metadata cannot allow it; the command line can.
dev=$(netdev_of "$NIC_B")
ip addr replace 192.0.2.1/24 dev "$dev" && ip link set "$dev" up &&
	ip route add default via 192.0.2.2 dev "$dev" table 100 || fail "no route"
METADATA="<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:allow check='network-free' subject='$NIC_B'/></hd:hostdevctl>" \
	guest_define g2 "$(pci_hostdev "$NIC_B" no)"
hook g2 prepare begin
assert_status 1
assert_text "$OUTPUT" "allow it with: hostdevctl detach --allow network-free=$NIC_B $NIC_B before the start"
run hostdevctl detach --allow "network-free=$NIC_B" "$NIC_B"
assert_status 0
assert_driver "$NIC_B" vfio-pci
hook g2 prepare begin
assert_status 0
hook g2 release end
assert_status 0
run hostdevctl reattach "$NIC_B"
assert_status 0

# The guest's metadata allows a dormant use.
printf '%s %s auto ro,noauto 0 0\n' "$(disk_of "$NVME_A")" "$LAB_MNT" >> /etc/fstab
hook g1 prepare begin
assert_status 0
assert_driver "$NVME_A" vfio-pci
wait_for 10 logged "override by the metadata of guest 'g1': $NVME_A: storage-free: " ||
	fail "the hook does not log what the metadata allows"
hook g1 release end
assert_status 0
sed -i '$d' /etc/fstab

# A daemon that does not answer: sysfs does the work, and the report says so.
daemon_end TERM
run hostdevctl detach --binder libvirt "$NVME_B"
assert_status 0
assert_driver "$NVME_B" vfio-pci
assert_text "$OUTPUT" "done with sysfs: libvirt"
run hostdevctl status
assert_text "$OUTPUT" "$NVME_B"
run hostdevctl reattach --binder sysfs "$NVME_B"
assert_status 0
daemon_start

# A running guest's own devices are its own.
guest_define g3 "$(pci_hostdev "$NVME_B" yes)"
guest_start g3
run hostdevctl check -v g3
assert_status 0
assert_text "$OUTPUT" "in use by this guest"
run hostdevctl check "$NVME_B"
assert_status 1
assert_refusal "$OUTPUT" iommu-group-exclusive "$NVME_B"
run hostdevctl status
assert_text "$OUTPUT" "guest g3"
guest_stop g3
assert_drivers_as_before
