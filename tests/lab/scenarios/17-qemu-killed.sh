# SPDX-License-Identifier: GPL-2.0-or-later
# QEMU is killed: libvirt notices, the hook gives the device back.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 240
# shellcheck shell=bash disable=SC2034 # the library reads METADATA and TOOK

guest_define g1 "$(pci_hostdev "$NVME_A" no)"
guest_start g1
kill -KILL "$(qemu_pid g1)"
begin=$SECONDS
is_back() {
	[ "$(driver_of "$NVME_A")" = nvme ]
}
wait_for 60 guest_is g1 "shut off" || fail "guest g1 is '$(guest_state g1)' after QEMU's end"
wait_for 30 is_back || fail "$NVME_A is on $(driver_of "$NVME_A"), not given back"
TOOK=$((SECONDS - begin))
assert_took_less 60
assert_no_override "$NVME_A"
assert_known_data "$NVME_A"
assert_drivers_as_before
