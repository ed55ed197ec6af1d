# SPDX-License-Identifier: GPL-2.0-or-later
# The hook never opens a libvirt socket: that could hang the daemon, which waits for the hook.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian13
# limit: 180
# shellcheck shell=bash

guest_define g1 "$(pci_hostdev "$NVME_A" no)"
for operation in "prepare begin" "start begin" "release end"; do
	# shellcheck disable=SC2086
	run strace -f -qq -o "$WORK/trace" -e trace=socket,connect,sendto,sendmsg \
		/usr/sbin/hostdevctl-hook g1 $operation - <"$WORK/g1.xml"
	assert_status 0
	cat "$WORK/trace"
	! grep -E 'connect\(.*(libvirt|virt[a-z]+d)' "$WORK/trace" || fail "$operation opens a socket of libvirt"
done
! ldd /usr/sbin/hostdevctl-hook | grep libvirt || fail "the hook is linked with libvirt"
assert_drivers_as_before
