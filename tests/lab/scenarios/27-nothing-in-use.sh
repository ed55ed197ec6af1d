# SPDX-License-Identifier: GPL-2.0-or-later
# No false alarm: on a host that uses none of its devices, each of them passes.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12 debian13 backports
# limit: 120
# shellcheck shell=bash

# The only thing that the lab itself uses: its network card.
dev=$(netdev_of "$NIC")
ip addr flush dev "$dev"
ip link set "$dev" down
for device in "$NVME_A" "$NVME_B" "$NVME_PF" "$NIC" "$GPU" "$SERIAL" "$XHCI" \
	      "$BRIDGE_DEV_1" "$IGB"; do
	[ -e "$(pci_dir "$device")" ] || continue
	run hostdevctl check "$device"
	[ "$STATUS" = 0 ] || refused+="$device "
done
host_network_up
[ -z "${refused-}" ] || fail "refused though nothing uses them: $refused"
