# SPDX-License-Identifier: GPL-2.0-or-later
# managed='yes': libvirt moves the device both ways, the hook only checks.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian13
# limit: 240
# shellcheck shell=bash

sum=$(disk_sum "$NVME_B")
guest_define g1 "$(pci_hostdev "$NVME_B" yes)"

hook g1 prepare begin
assert_status 0
assert_driver "$NVME_B" nvme
hook g1 release end
assert_status 0

guest_start g1
assert_guest_state g1 running
assert_driver "$NVME_B" vfio-pci
run hostdevctl status
assert_text "$OUTPUT" "$NVME_B"
assert_text "$OUTPUT" 'guest g1'

guest_stop g1
assert_driver "$NVME_B" nvme
assert_disk_sum "$NVME_B" "$sum"
assert_journal_empty
assert_drivers_as_before
