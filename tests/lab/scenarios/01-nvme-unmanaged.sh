# SPDX-License-Identifier: GPL-2.0-or-later
# An NVMe controller goes to a guest and comes back with its data.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 240
# shellcheck shell=bash

sum=$(disk_sum "$NVME_A")
guest_define g1 "$(pci_hostdev "$NVME_A" no)"
assert_driver "$NVME_A" nvme

guest_start g1
assert_guest_state g1 running
assert_driver "$NVME_A" vfio-pci
assert_driver "$NVME_B" nvme
assert_guest_has_pci g1 1b36:0010
assert_daemon_agrees "$NVME_A"
run hostdevctl status
assert_status 0
assert_text "$OUTPUT" "$NVME_A"

guest_stop g1
assert_driver "$NVME_A" nvme
assert_no_override "$NVME_A"
assert_disk_sum "$NVME_A" "$sum"
assert_known_data "$NVME_A"
assert_drivers_as_before
