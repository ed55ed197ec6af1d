# SPDX-License-Identifier: GPL-2.0-or-later
# A device that comes and goes as fast as it can, and one whose events are repeated; then devices of each
# kind come and go while the guest stops.
# config: booted
# stack: debian13
# usual: never
# limit: 900
# shellcheck shell=bash

HUB="<hd:usb replug='yes' hub='1-6'/>"

plug_hub() {
	plug plug-hub 6 usb-hub && plug_keyboard plug-kbd-2 6.1 && plug_serial plug-tty-2 6.2 plug-tty-2
}

plug_three() {
	plug_keyboard plug-kbd 5 && plug_stick plug-stick 7 && plug_serial plug-tty 8
}

pull_three() {
	pull plug-kbd && pull plug-stick && pull plug-tty
}

# The interface of a device that no guest has is the host's.
is_driven() {
	[ "$(basename "$(readlink "/sys/bus/usb/devices/$1:1.0/driver")")" = "$2" ]
}

assert_driven() {
	wait_for 20 is_driven "$1" "$2" || fail "$1 is not on $2: $(readlink "/sys/bus/usb/devices/$1:1.0/driver")"
}

# stop_amid FIRST THEN: the first happens right before the guest is stopped, the other meanwhile.
stop_amid() {
	local stopper

	replug_calm
	"$1" || fail "QEMU does not do $1"
	timeout "$((60 * LAB_FACTOR))" virsh destroy g1 >"$WORK/stop" 2>&1 &
	stopper=$!
	"$2" || fail "QEMU does not do $2"
	wait "$stopper" || fail "guest g1 does not stop: $(cat "$WORK/stop")"
	assert_replug_idle
	assert_guest_state g1 "shut off"
	run hostdevctl status
	assert_no_text "$OUTPUT" "still in use"
	assert_no_text "$OUTPUT" "is refused"
}

pull_hub() {
	pull plug-hub
}

replug_guest g1 "<hd:usb replug='yes' port='1-5'/><hd:usb replug='yes' port='2-7'/><hd:usb replug='yes' port='1-8'/>$HUB"
guest_start g1
plug_serial plug-tty 8 || fail "QEMU does not plug"
assert_has g1 1 "QEMU USB SERIAL"

# What is plugged in at the end of the storm is what the guest has, once.
events=$(cat /sys/kernel/uevent_seqnum)
plug_storm plug-kbd 5 50 || fail "QEMU does not plug: $MS"
note "51 plugs and 50 pulls in $MS ms"
begin=$(now_ms)
for ((i = 0; i < 50; i++)); do
	echo bind >/sys/bus/usb/devices/1-8/uevent
	echo remove >/sys/bus/usb/devices/1-8/uevent
done
note "50 plugs and pulls for udev in $(($(now_ms) - begin)) ms"
assert_replug_idle
note "$(($(cat /sys/kernel/uevent_seqnum) - events)) events"
assert_has g1 2 "QEMU USB Keyboard"
grep -q "device='$(usb_number 1-5)'" /run/libvirt/qemu/g1.xml || fail "the guest has another of these keyboards"

# Three leave, and a hub with two comes: nobody is there to give it to.
plug_stick plug-stick 7 || fail "QEMU does not plug"
assert_has g1 3 "QEMU USB HARDDRIVE"
stop_amid pull_three plug_hub
assert_driven 1-6.1 usbhid
assert_driven 1-6.2 ftdi_sio

# The other way round.
guest_start g1
assert_has g1 2 "QEMU USB SERIAL"
stop_amid pull_hub plug_three
assert_driven 1-5 usbhid
assert_driven 2-7 usb-storage
assert_driven 1-8 ftdi_sio

# All that it has stays plugged in.
guest_start g1
assert_has g1 3 "QEMU USB HARDDRIVE"
stop_amid true plug_hub
assert_driven 1-5 usbhid
assert_driven 2-7 usb-storage
assert_driven 1-8 ftdi_sio
pull_three && pull_hub || fail "QEMU does not pull"
assert_replug_idle
