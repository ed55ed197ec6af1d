# SPDX-License-Identifier: GPL-2.0-or-later
# The kernel was booted with its IOMMU off: refused, with the parameter to change.
# config: noiommu
# stack: debian13 backports
# limit: 120
# shellcheck shell=bash

guest_define g1 "$(pci_hostdev "$NVME_A" no)"
run virsh start g1
[ "$STATUS" != 0 ] || fail "guest g1 was started without an IOMMU"
assert_text "$OUTPUT" "Hook script execution failed"
assert_text "$OUTPUT" iommu-enabled
assert_text "$OUTPUT" intel_iommu=off
assert_took_less 30
assert_guest_state g1 "shut off"
assert_drivers_as_before

guest_define g2 ""
guest_start g2
guest_stop g2
