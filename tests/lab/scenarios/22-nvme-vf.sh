# SPDX-License-Identifier: GPL-2.0-or-later
# A virtual function of the NVMe controller goes to a guest; its parent keeps working.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 240
# shellcheck shell=bash

echo 1 >"$(pci_dir "$NVME_PF")/sriov_numvfs" || fail "no virtual functions"
udevadm settle --timeout=30
[ -e "$(pci_dir "$NVME_VF")" ] || fail "$NVME_VF did not appear"
# Without a namespace manager the function is offline and nvme lets go of it again.
wait_for 15 test ! -e "$(pci_dir "$NVME_VF")/driver"
before=$(driver_of "$NVME_VF")
note "$NVME_VF is on $before"
guest_define g1 "$(pci_hostdev "$NVME_VF" no)"
guest_start g1
assert_guest_state g1 running
assert_driver "$NVME_VF" vfio-pci
assert_driver "$NVME_PF" nvme

guest_define g2 "$(pci_hostdev "$NVME_PF" no)"
guest_refused g2 sriov-vfs-off "$NVME_PF"
assert_driver "$NVME_PF" nvme

guest_stop g1
assert_no_override "$NVME_VF"
[ "$(driver_of "$NVME_VF")" != vfio-pci ] || fail "$NVME_VF stayed on vfio-pci"
echo 0 >"$(pci_dir "$NVME_PF")/sriov_numvfs"
assert_drivers_as_before
