# SPDX-License-Identifier: GPL-2.0-or-later
# bridges.sh - functions that are part of the machine itself: no remedy makes them available.
# shellcheck shell=bash

hazard host_bridge "$HOST_BRIDGE" device-endpoint "the host bridge" never
host_bridge_harm() { bridge_harm "$HOST_BRIDGE"; }

hazard isa_bridge "$ISA_BRIDGE" device-endpoint "the ISA bridge" never
isa_bridge_harm() { bridge_harm "$ISA_BRIDGE"; }

bridge_harm() {
	[ "$(driver_of "$1")" != vfio-pci ] || echo "it is on vfio-pci, free for any guest"
}
