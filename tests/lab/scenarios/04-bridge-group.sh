# SPDX-License-Identifier: GPL-2.0-or-later
# A group of a bridge and two functions: the other function moves, the bridge stays.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 240
# shellcheck shell=bash

bridge=$(driver_of "$BRIDGE")
guest_define g1 "$(pci_hostdev "$BRIDGE_DEV_1" no)"

guest_start g1
assert_guest_state g1 running
assert_driver "$BRIDGE_DEV_1" vfio-pci
case $(driver_of "$BRIDGE_DEV_2") in
none|vfio-pci) ;;
*) fail "$BRIDGE_DEV_2 is on $(driver_of "$BRIDGE_DEV_2") while its group runs in a guest" ;;
esac
assert_driver "$BRIDGE" "$bridge"

guest_stop g1
assert_driver "$BRIDGE_DEV_1" e1000
assert_driver "$BRIDGE_DEV_2" 8139cp
assert_driver "$BRIDGE" "$bridge"
assert_drivers_as_before
