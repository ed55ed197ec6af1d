# SPDX-License-Identifier: GPL-2.0-or-later
# A group whose other member must not be moved: by the guest's policy, or because the host needs it.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian13
# limit: 180
# shellcheck shell=bash disable=SC2034 # the library reads METADATA and TOOK

METADATA="<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'><hd:companions move='no'/></hd:hostdevctl>"
guest_define g1 "$(pci_hostdev "$GPU" no)"
METADATA=
guest_refused g1 iommu-group-viable "$GPU"
assert_text "$OUTPUT" "$GPU_AUDIO"
assert_drivers_as_before

dev=$(netdev_of "$BRIDGE_DEV_2")
ip link set "$dev" up
ip addr add 192.0.2.1/24 dev "$dev"
ip route replace default via 192.0.2.2 dev "$dev" || fail "cannot put the default route on $dev"
guest_define g2 "$(pci_hostdev "$BRIDGE_DEV_1" no)"
guest_refused g2 iommu-group-viable "$BRIDGE_DEV_2"
assert_text "$OUTPUT" "default route"
assert_drivers_as_before
ip route show default | grep -q "$dev" || fail "the default route left $dev"
ip addr flush dev "$dev"
ip link set "$dev" down
host_network_up
