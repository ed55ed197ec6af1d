# SPDX-License-Identifier: GPL-2.0-or-later
# The host's only keyboard goes to the guest with the card: it comes back when the guest is stopped, and when QEMU is
# killed, which leaves it without a driver.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 600
# shellcheck shell=bash

keyboard_driver() {
	local path

	path=$(readlink /sys/bus/usb/devices/1-1:1.0/driver) && echo "${path##*/}" || echo none
}
keyboard_on() { [ "$(keyboard_driver)" = "$1" ]; }

assert_keyboard_back() {
	wait_for 20 keyboard_on usbhid || fail "the keyboard is on $(keyboard_driver)"
	grep -q '^H: .*kbd' /proc/bus/input/devices || fail "the host has no keyboard"
}

desktop_up
keyboard_on usbhid || fail "the keyboard is on $(keyboard_driver)"
# shellcheck disable=SC2034
USB_MODEL=qemu-xhci
handover_guest "<hostdev mode='subsystem' type='usb'><source><vendor id='0x0627'/><product id='0x0001'/></source></hostdev>"
run hostdevctl handover g1
assert_status 0
guest_start g1
assert_handed_over
! keyboard_on usbhid || fail "the guest does not have the keyboard"
guest_stop g1
assert_desktop_back
assert_keyboard_back

note "QEMU is killed"
desktop_up
guest_start g1
assert_handed_over
kill -KILL "$(qemu_pid g1)"
note "the keyboard is on $(keyboard_driver)"
assert_desktop_back
assert_keyboard_back
