# SPDX-License-Identifier: GPL-2.0-or-later
# setup on a host whose IOMMU is switched off: shown, applied, reverted to the byte; the parameters it
# writes are used by the next boot (35-setup-booted).
# config: noiommu
# stack: debian13 backports
# limit: 120
# shellcheck shell=bash

fake_update_grub "usbcore.nousb=0 intel_iommu=off"

picture() {
	find /etc/default /etc/modules-load.d /boot/grub /var/lib/hostdevctl -printf '%p %m %u %g\n' \
		2>/dev/null | sort
	find /etc/default /etc/modules-load.d /boot/grub -type f -exec sha256sum {} + | sort
}

picture >"$WORK/before"
run hostdevctl setup
[ "$STATUS" = 0 ] || fail "setup"
assert_text "$OUTPUT" '+GRUB_CMDLINE_LINUX_DEFAULT="usbcore.nousb=0 intel_iommu=on"'
assert_text "$OUTPUT" 'run: /usr/sbin/update-grub'
picture | diff "$WORK/before" - || fail "showing changed the host"

run hostdevctl setup --apply
[ "$STATUS" = 0 ] || fail "setup --apply"
grep -q 'intel_iommu=on.*iommu=pt' /boot/grub/grub.cfg || fail "the menu has not got the words"
run hostdevctl setup
assert_text "$OUTPUT" 'nothing to do'
run hostdevctl setup --revert
[ "$STATUS" = 0 ] || fail "setup --revert"
picture | diff "$WORK/before" - || fail "not every byte is as before"

reverts() {
	run hostdevctl setup --revert
	[ "$STATUS" = 0 ]
}

# A power cut in the middle: the next run takes back what was half done.
for _ in 1 2 3; do
	hostdevctl setup --apply >/dev/null 2>&1 &
	sleep "0.$((RANDOM % 9 + 1))"
	kill -9 "$!" 2>/dev/null
	wait "$!" 2>/dev/null
	# An update-grub that is still at work keeps the lock.
	wait_for 30 reverts || fail "setup --revert after a kill"
	picture | diff "$WORK/before" - || fail "not every byte is as before, after a kill"
done

run hostdevctl setup --apply
[ "$STATUS" = 0 ] || fail "setup --apply, at last"
# Pages of 1 GiB come only with the next boot.
run hostdevctl setup hugepages --apply --page-size 1G 1G
[ "$STATUS" = 0 ] || fail "setup hugepages"
assert_text /boot/grub/grub.cfg "hugepagesz=1G hugepages=1"
grub_cmdline >"$LAB_OUT/cmdline"
