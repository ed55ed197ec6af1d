# SPDX-License-Identifier: GPL-2.0-or-later
# libvirtd dies under a running guest and comes back: the device stays, and returns at the stop.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 300
# shellcheck shell=bash

sum=$(disk_sum "$NVME_A")
guest_define g1 "$(pci_hostdev "$NVME_A" no)"
guest_start g1
pid=$(qemu_pid g1)
daemon_end KILL

kill -0 "$pid" || fail "QEMU died with the daemon"
run hostdevctl recover
assert_driver "$NVME_A" vfio-pci
assert_took_less 30

daemon_start || fail "libvirtd does not answer after its restart"
wait_for 30 guest_is g1 running || fail "guest g1 is '$(guest_state g1)' after the restart"
assert_driver "$NVME_A" vfio-pci
guest_stop g1
assert_driver "$NVME_A" nvme
assert_disk_sum "$NVME_A" "$sum"
assert_drivers_as_before
