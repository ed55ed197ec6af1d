# SPDX-License-Identifier: GPL-2.0-or-later
# The host's only keyboard goes to the guest with the card, as a USB device, and with the card's own USB controller: it
# comes back when the guest is stopped, and when QEMU is killed, which leaves a USB device without a driver.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 900
# shellcheck shell=bash

# The interface of the keyboard at port 1 of controller $1, "1-1:1.0".
interface_at() {
	local path

	for path in "$(pci_dir "$1")"/usb*/*-1/*-1:1.0; do
		[ ! -e "$path" ] || { echo "${path##*/}"; return; }
	done
	return 1
}

keyboard_driver() {
	local path

	path=$(readlink "/sys/bus/usb/devices/$(interface_at "$1")/driver") && echo "${path##*/}" || echo none
}
keyboard_on() { [ "$(keyboard_driver "$1")" = "$2" ]; }

# Only with the card, the keyboard at CONTROLLER.
assert_last_keyboard() {
	run hostdevctl handover g1
	assert_status 0
	assert_text "$OUTPUT" "$(interface_at "$1") ("
	assert_text "$OUTPUT" "USB Keyboard) is the host's last keyboard"
}

assert_keyboard_back() {
	wait_for 20 keyboard_on "$1" usbhid || fail "the keyboard is on $(keyboard_driver "$1")"
	grep -q '^H: .*kbd' /proc/bus/input/devices || fail "the host has no keyboard"
}

keyboards_as_before() {
	ps2_keyboard_on
	keyboard_on "$XHCI" usbhid || interface_at "$XHCI" >/sys/bus/usb/drivers_probe
}

trap keyboards_as_before EXIT
ps2_keyboard_off
desktop_up
keyboard_on "$XHCI" usbhid || fail "the keyboard is on $(keyboard_driver "$XHCI")"
# shellcheck disable=SC2034
USB_MODEL=qemu-xhci
handover_guest "<hostdev mode='subsystem' type='usb'><source><vendor id='0x0627'/><product id='0x0001'/></source></hostdev>"
assert_last_keyboard "$XHCI"
guest_start g1
assert_handed_over
! keyboard_on "$XHCI" usbhid || fail "the guest does not have the keyboard"
guest_stop g1
assert_desktop_back
assert_keyboard_back "$XHCI"

note "QEMU is killed"
desktop_up
guest_start g1
assert_handed_over
kill -KILL "$(qemu_pid g1)"
note "the keyboard is on $(keyboard_driver "$XHCI")"
assert_desktop_back
assert_keyboard_back "$XHCI"

note "behind the card's own USB controller"
desktop_up
interface_at "$XHCI" >/sys/bus/usb/drivers/usbhid/unbind
plug_card_keyboard plug-card-kbd 1
wait_for 20 keyboard_on "$GPU_USB" usbhid || fail "$GPU_USB has no keyboard: $(dmesg | tail -n 3)"
handover_guest "$(pci_hostdev "$GPU_USB" no)"
assert_last_keyboard "$GPU_USB"
guest_start g1
assert_handed_over
! interface_at "$GPU_USB" || fail "the host has the keyboard"
guest_stop g1
assert_desktop_back
assert_keyboard_back "$GPU_USB"
