# SPDX-License-Identifier: GPL-2.0-or-later
# No vfio module is loaded: the hook loads what it needs.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 240
# shellcheck shell=bash

wait_for 10 vfio_modules_out || fail "the vfio modules cannot be unloaded"
guest_define g1 "$(pci_hostdev "$NVME_A" no)"
guest_start g1
assert_guest_state g1 running
assert_driver "$NVME_A" vfio-pci
[ -d /sys/module/vfio_iommu_type1 ] || fail "vfio_iommu_type1 is not loaded"
guest_stop g1
assert_driver "$NVME_A" nvme
assert_drivers_as_before
