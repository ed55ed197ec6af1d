# SPDX-License-Identifier: GPL-2.0-or-later
# Booted with the parameters that setup wrote on a host without an IOMMU: it is on, check passes,
# the page of 1 GiB exists, and a guest gets its device.
# config: setup
# stack: debian13 backports
# limit: 200
# shellcheck shell=bash

note "booted with: $(cat /proc/cmdline)"
grep -qw intel_iommu=on /proc/cmdline || fail "the words of setup are not on the command line"
grep -qw iommu=pt /proc/cmdline || fail "the words of setup are not on the command line"
pool=/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages
[ "$(cat "$pool")" = 1 ] || fail "$pool is $(cat "$pool"), not 1"
# Their file system is systemd's to mount, which did not boot this host (45-booted-setup).
run hostdevctl setup hugepages --page-size 1G 1G
[ "$STATUS" = 0 ] || fail "setup hugepages"
assert_no_text "$OUTPUT" "hugepages=1"
assert_text "$OUTPUT" "dev-hugepages1G.mount"
run hostdevctl check
[ "$STATUS" = 0 ] || fail "check does not find the host ready"
guest_define g1 "$(pci_hostdev "$NVME_A" no)"
guest_start g1
assert_driver "$NVME_A" vfio-pci
guest_stop g1
assert_drivers_as_before
