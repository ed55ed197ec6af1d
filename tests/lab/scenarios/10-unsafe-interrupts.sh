# SPDX-License-Identifier: GPL-2.0-or-later
# No interrupt remapping, but the administrator accepts the risk: the guest starts, with a warning.
# config: noremap
# stack: debian12
# limit: 240
# shellcheck shell=bash

modprobe vfio_iommu_type1 allow_unsafe_interrupts=1
echo Y >/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts
guest_define g1 "$(pci_hostdev "$NVME_A" no)"
run hostdevctl check --xml "$WORK/g1.xml"
assert_status 0
assert_text "$OUTPUT" interrupt-remapping

guest_start g1
assert_guest_state g1 running
assert_driver "$NVME_A" vfio-pci
guest_stop g1
assert_driver "$NVME_A" nvme
assert_drivers_as_before
echo N >/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts
