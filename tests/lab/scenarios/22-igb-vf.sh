# SPDX-License-Identifier: GPL-2.0-or-later
# A virtual function of the network card, as an interface with its own MAC address and VLAN.
# config: iommu
# stack: debian13 backports
# usual: backports
# limit: 240
# shellcheck shell=bash

echo 1 >"$(pci_dir "$IGB")/sriov_numvfs" || fail "no virtual functions"
udevadm settle --timeout=30
parent=$(netdev_of "$IGB")
ip link set "$parent" up
assert_driver "$IGB_VF" igbvf
guest_define g1 "<interface type='hostdev' managed='yes'><mac address='52:54:00:aa:00:01'/>
<source>$(address_xml "$IGB_VF" | sed "s/<address /<address type='pci' /")</source>
<vlan><tag id='42'/></vlan></interface>"
guest_start g1
assert_guest_state g1 running
assert_driver "$IGB_VF" vfio-pci
assert_driver "$IGB" igb
ip link show "$parent" >"$WORK/link"
assert_text "$WORK/link" 52:54:00:aa:00:01
assert_text "$WORK/link" "vlan 42"
guest_stop g1
assert_driver "$IGB_VF" igbvf
echo 0 >"$(pci_dir "$IGB")/sriov_numvfs"
assert_drivers_as_before
