# SPDX-License-Identifier: GPL-2.0-or-later
# Managed save: libvirt refuses it with a PCI device; without one the restored XML stays as it was.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 300
# shellcheck shell=bash

guest_define g1 "$(pci_hostdev "$NVME_A" no)"
guest_start g1
run virsh managedsave g1
[ "$STATUS" != 0 ] || fail "libvirt saved a guest with a host device"
assert_guest_state g1 running
assert_driver "$NVME_A" vfio-pci
guest_stop g1
assert_driver "$NVME_A" nvme

guest_define g2 ""
guest_start g2
run virsh managedsave g2
assert_status 0
assert_guest_state g2 "shut off"
guest_start g2
assert_guest_state g2 running
assert_no_text /var/log/libvirt/qemu/g2.log hook-script
guest_stop g2
assert_drivers_as_before
