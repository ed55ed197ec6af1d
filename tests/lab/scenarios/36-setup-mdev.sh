# SPDX-License-Identifier: GPL-2.0-or-later
# "setup mdev": a mediated device of the sample driver, which returns after daemon and driver restart.
# config: iommu
# stack: debian12 debian13 backports
# usual: backports
# limit: 420
# shellcheck shell=bash

uuid=6d747479-0000-4000-8000-0000000000f6
name=mdev_$(tr - _ <<<"$uuid")

is_there() {
	[ -e "/sys/bus/mdev/devices/$uuid" ]
}

is_known() {
	timeout "$((60 * LAB_FACTOR))" virsh nodedev-list --cap mdev --all | grep -q "^$name"
}

mtty_up || fail "the sample driver does not load"
wait_for 60 test -d /sys/class/mdev_bus/mtty || fail "no parent"

run hostdevctl setup mdev mtty mtty-9 "$uuid"
assert_status 3
assert_text "$OUTPUT" mtty-1
run hostdevctl setup mdev mtty mtty-1 "$uuid"
assert_status 0
assert_text "$OUTPUT" "mdev-define mtty mtty-1 $uuid"
! is_there || fail "shown, and made"

# libvirt learns about the parent from udev.
wait_for 30 sh -c 'virsh nodedev-list --cap mdev_types | grep -q mtty' || fail "libvirt sees no mtty"
run hostdevctl setup mdev --apply mtty mtty-1 "$uuid"
assert_status 0
is_there || fail "not started"
is_known || fail "libvirt does not know it"
run timeout "$((60 * LAB_FACTOR))" virsh nodedev-info "$(timeout "$((60 * LAB_FACTOR))" virsh nodedev-list --cap mdev --all | grep "^$name")"
assert_status 0
grep -qi 'Persistent: *yes' "$OUTPUT" || fail "not defined"
grep -qi 'Autostart: *yes' "$OUTPUT" || fail "not started at boot"
run hostdevctl setup mdev --apply mtty mtty-1 "$uuid"
assert_status 0
assert_text "$OUTPUT" "nothing to do"

# The daemon restarts.
daemon_end TERM
daemon_start || fail "libvirtd does not come back"
wait_for 30 is_known || fail "libvirt forgot it"
is_there || fail "gone with the daemon"

# The driver goes and comes, as at a boot. The rule that mdevctl gives udev writes to a system log,
# and Debian's (1.2 and 1.4) runs /usr/sbin/mdevctl, while the program is in /usr/bin.
log_begin
trap log_end EXIT
[ -e /usr/sbin/mdevctl ] || ln -s ../bin/mdevctl /usr/sbin/mdevctl
echo 1 >"/sys/bus/mdev/devices/$uuid/remove"
rmmod mtty || fail "the driver does not go"
! is_there || fail "still there without its driver"
mtty_up || fail "the driver does not come back"
udevadm settle --timeout=30
wait_for 60 is_there || fail "not started again with its driver"

run hostdevctl setup --revert
assert_status 0
! is_there || fail "not stopped"
! is_known || fail "not forgotten"
[ ! -e "/etc/mdevctl.d/mtty/$uuid" ] || fail "its definition is left"
