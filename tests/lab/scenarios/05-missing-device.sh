# SPDX-License-Identifier: GPL-2.0-or-later
# A device that does not exist: refused by name; the guest's other devices are not touched.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian13
# limit: 120
# shellcheck shell=bash

guest_define g1 "$(pci_hostdev "$NVME_A" no)" "$(pci_hostdev "$MISSING" no)"
guest_refused g1 device-present "$MISSING"
assert_drivers_as_before
assert_no_override "$NVME_A"
