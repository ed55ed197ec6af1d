# SPDX-License-Identifier: GPL-2.0-or-later
# The output of virt-host-validate and hostdevctl on the same host, kept for docs/virt-host-validate.md.
# config: iommu noremap noiommu
# stack: debian12 debian13 backports
# limit: 120
# shellcheck shell=bash

command -v virt-host-validate >/dev/null || skip 'no virt-host-validate here'
virt-host-validate qemu >"$LAB_OUT/host-validate.theirs" 2>&1
hostdevctl check --verbose >"$LAB_OUT/host-validate.ours" 2>&1
cat "$LAB_OUT/host-validate.theirs" "$LAB_OUT/host-validate.ours"
{
	. /etc/os-release
	echo "$PRETTY_NAME, $(virt-host-validate --version | sed 's/^version: //'), emulated, $LAB_CONFIG"
} >"$LAB_OUT/host-validate.host"
grep -q 'IOMMU support' "$LAB_OUT/host-validate.theirs" || fail 'virt-host-validate says nothing'
grep -q 'iommu-enabled' "$LAB_OUT/host-validate.ours" || fail 'hostdevctl says nothing'

# What virt-host-validate cannot report, hostdevctl must.
case $LAB_CONFIG in
noremap) assert_text "$LAB_OUT/host-validate.ours" 'no interrupt remapping' ;;
noiommu) assert_text "$LAB_OUT/host-validate.ours" 'intel_iommu=off, which disables the IOMMU' ;;
iommu) assert_no_text "$LAB_OUT/host-validate.ours" ERROR ;;
esac
