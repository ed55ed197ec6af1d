# SPDX-License-Identifier: GPL-2.0-or-later
# No interrupt remapping: refused before QEMU could stop with EPERM.
# config: noremap
# stack: debian12
# limit: 120
# shellcheck shell=bash

guest_define g1 "$(pci_hostdev "$NVME_A" no)"
run virsh start g1
[ "$STATUS" != 0 ] || fail "guest g1 was started without interrupt remapping"
assert_text "$OUTPUT" "Hook script execution failed"
assert_text "$OUTPUT" interrupt-remapping
assert_text "$OUTPUT" allow_unsafe_interrupts
# Our text quotes what QEMU would say; QEMU itself must not have run.
assert_no_text "$OUTPUT" "monitor"
assert_took_less 30
assert_guest_state g1 "shut off"
assert_drivers_as_before
