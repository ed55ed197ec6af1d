# SPDX-License-Identifier: GPL-2.0-or-later
# A device that was on vfio-pci before the start is there after the stop, and only then.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 240
# shellcheck shell=bash

to_vfio "$NVME_A"
assert_driver "$NVME_A" vfio-pci
guest_define g1 "$(pci_hostdev "$NVME_A" no)"
guest_start g1
assert_guest_state g1 running
guest_stop g1
assert_driver "$NVME_A" vfio-pci
[ "$(cat "$(pci_dir "$NVME_A")/driver_override")" = vfio-pci ] ||
	fail "the administrator's driver_override of $NVME_A is gone"
off_vfio "$NVME_A"
assert_driver "$NVME_A" nvme
assert_known_data "$NVME_A"

# libvirt remembers it as a device that it does not manage, and would leave it on VFIO.
guest_define g2 "$(pci_hostdev "$NVME_A" yes)"
guest_start g2
assert_driver "$NVME_A" vfio-pci
guest_stop g2
assert_driver "$NVME_A" nvme
assert_no_override "$NVME_A"
assert_known_data "$NVME_A"
assert_journal_empty
assert_drivers_as_before
