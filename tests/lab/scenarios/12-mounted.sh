# SPDX-License-Identifier: GPL-2.0-or-later
# A mounted disk is never taken, whoever would bind it; its data stays.
# config: iommu
# stack: debian12 debian13 backports
# usual: backports
# limit: 180
# shellcheck shell=bash

mount_disk "$NVME_A"
dev=$(disk_of "$NVME_A")
for managed in no yes; do
	guest_define "g-$managed" "$(pci_hostdev "$NVME_A" "$managed")"
	guest_refused "g-$managed" storage-free "$NVME_A"
	assert_text "$OUTPUT" "$LAB_MNT"
	assert_driver "$NVME_A" nvme
	mountpoint -q "$LAB_MNT" || fail "$LAB_MNT is no longer mounted"
	(cd "$LAB_MNT" && sha256sum -c --quiet known.sha256) || fail "the data below $LAB_MNT changed"
	echo "after $managed" >>"$LAB_MNT/written" || fail "$LAB_MNT cannot be written"
	sync "$LAB_MNT/written"
done
[ "$(disk_of "$NVME_A")" = "$dev" ] || fail "the disk was unbound and came back under another name"
umount_disk
assert_known_data "$NVME_A"
assert_drivers_as_before
