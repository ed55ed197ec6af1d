# SPDX-License-Identifier: GPL-2.0-or-later
# "setup vfs": virtual functions now and by udev's rule, one of them in a guest; then reverted.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian13
# limit: 300
# shellcheck shell=bash

state_of() {
	cat "$(pci_dir "$1")/sriov_numvfs"
}

has_vfs() {
	[ "$(state_of "$1")" = "$2" ]
}

assert_vfs() {
	has_vfs "$1" "$2" || fail "$1 has $(state_of "$1") virtual functions, not $2"
}

rule_of() {
	echo "/etc/udev/rules.d/70-hostdevctl-vfs-$1.rules"
}

# The controller: shown, created, created again by the rule, reverted.
run hostdevctl setup vfs "$NVME_PF" 2
assert_status 0
assert_text "$OUTPUT" "sriov_numvfs"
assert_vfs "$NVME_PF" 0
run hostdevctl setup vfs --apply "$NVME_PF" 2
assert_status 0
assert_vfs "$NVME_PF" 2
[ -e "$(pci_dir "$NVME_VF")" ] || fail "$NVME_VF did not appear"
udevadm settle --timeout=30
run hostdevctl setup vfs --apply "$NVME_PF" 3
assert_status 0
assert_vfs "$NVME_PF" 3
udevadm settle --timeout=30
run hostdevctl setup vfs --apply "$NVME_PF" 9
assert_status 1
assert_text "$OUTPUT" "4 virtual functions, not 9"

# As at boot: there are none, then udev announces the function.
udevadm control --reload
echo 0 >"$(pci_dir "$NVME_PF")/sriov_numvfs"
udevadm trigger --action=add "$(readlink -f "$(pci_dir "$NVME_PF")")"
wait_for 20 has_vfs "$NVME_PF" 3 || fail "udev's rule made no virtual functions at 'add'"
udevadm settle --timeout=30
echo 0 >"$(pci_dir "$NVME_PF")/sriov_numvfs"
echo add >"$(pci_dir "$NVME_PF")/uevent"
wait_for 20 has_vfs "$NVME_PF" 3 || fail "udev's rule made no virtual functions at the kernel's 'add'"
udevadm settle --timeout=30

# And when its driver gets it.
echo 0 >"$(pci_dir "$NVME_PF")/sriov_numvfs"
echo "$NVME_PF" >/sys/bus/pci/drivers/nvme/unbind
echo "$NVME_PF" >/sys/bus/pci/drivers/nvme/bind
wait_for 30 has_vfs "$NVME_PF" 3 || fail "udev's rule made no virtual functions at 'bind'"
udevadm settle --timeout=30

# A function that a guest has stays.
guest_define g1 "$(pci_hostdev "$NVME_VF" no)"
guest_start g1
assert_driver "$NVME_VF" vfio-pci
run hostdevctl setup vfs --apply "$NVME_PF" 0
assert_status 1
assert_text "$OUTPUT" "must stay"
run hostdevctl setup --revert
assert_status 1
assert_text "$OUTPUT" "$NVME_VF"
assert_vfs "$NVME_PF" 3
guest_stop g1

run hostdevctl setup --revert
assert_status 0
assert_vfs "$NVME_PF" 0
[ ! -e "$(rule_of "$NVME_PF")" ] || fail "the rule is left"

# The network card, by its interface, and without drivers for the functions.
[ "$LAB_STACK" != debian12 ] || { assert_drivers_as_before; exit 0; }
parent=$(netdev_of "$IGB")
run hostdevctl setup vfs --apply "$parent" 2
assert_status 0
wait_for 20 test -e "$(pci_dir "$IGB_VF")/driver" || fail "no driver takes $IGB_VF"
assert_driver "$IGB_VF" igbvf
udevadm settle --timeout=30
ip addr add 192.0.2.1/24 dev "$(netdev_of "$IGB_VF")"
ip link set "$(netdev_of "$IGB_VF")" up
ip route add default via 192.0.2.254 dev "$(netdev_of "$IGB_VF")" table 77
run hostdevctl setup vfs --apply "$parent" 0
assert_status 1
assert_text "$OUTPUT" "network-free"
ip addr flush dev "$(netdev_of "$IGB_VF")"
ip link set "$(netdev_of "$IGB_VF")" down
run hostdevctl setup vfs --apply --no-probe "$parent" 4
assert_status 0
assert_vfs "$IGB" 4
assert_driver "$IGB_VF" none
echo 0 >"$(pci_dir "$IGB")/sriov_numvfs"
echo 1 >"$(pci_dir "$IGB")/sriov_drivers_autoprobe"
udevadm control --reload
udevadm trigger --action=add "$(readlink -f "$(pci_dir "$IGB")")"
wait_for 20 has_vfs "$IGB" 4 || fail "udev's rule made no virtual functions of the network card"
udevadm settle --timeout=30
assert_driver "$IGB_VF" none
run hostdevctl setup --revert
assert_status 0
assert_vfs "$IGB" 0
[ "$(cat "$(pci_dir "$IGB")/sriov_drivers_autoprobe")" = 1 ] || fail "drivers stay off"
assert_drivers_as_before
