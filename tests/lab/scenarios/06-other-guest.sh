# SPDX-License-Identifier: GPL-2.0-or-later
# A device in use by a running guest: the second guest is refused, the first keeps running.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 240
# shellcheck shell=bash

guest_define g1 "$(pci_hostdev "$NVME_A" no)"
guest_define g2 "$(pci_hostdev "$NVME_A" no)"

guest_start g1
guest_refused g2 iommu-group-exclusive "$NVME_A"
assert_text "$OUTPUT" g1
assert_guest_state g1 running
assert_driver "$NVME_A" vfio-pci
assert_guest_has_pci g1 1b36:0010

guest_stop g1
assert_driver "$NVME_A" nvme
assert_drivers_as_before
