# SPDX-License-Identifier: GPL-2.0-or-later
# A device that comes and goes as fast as it can, and one whose events are repeated; then the guest ends in
# the middle of a look.
# config: booted
# stack: debian13
# usual: never
# limit: 900
# shellcheck shell=bash

replug_guest g1 "<hd:usb replug='yes' port='1-5'/><hd:usb replug='yes' port='1-8'/>"
guest_start g1
plug_serial plug-tty 8 || fail "QEMU does not plug"
assert_has g1 1 "QEMU USB SERIAL"

# What is plugged in at the end of the storm is what the guest has, once.
begin=$(now_ms) events=$(cat /sys/kernel/uevent_seqnum)
plug_storm plug-kbd 5 50 || fail "QEMU does not plug"
note "50 plugs and pulls in $(($(now_ms) - begin)) ms"
for ((i = 0; i < 10; i++)); do
	echo bind >/sys/bus/usb/devices/1-8/uevent
	echo remove >/sys/bus/usb/devices/1-8/uevent
done
assert_replug_idle
note "$(($(cat /sys/kernel/uevent_seqnum) - events)) events"
assert_has g1 2 "QEMU USB Keyboard"
grep -q "device='$(usb_number 1-5)'" /run/libvirt/qemu/g1.xml || fail "the guest has another of these keyboards"

# The guest ends in the middle, and there is nobody to give anything to.
replug_calm
pull plug-kbd
plug_keyboard plug-kbd 5
run virsh destroy g1
assert_status 0
pull plug-kbd
pull plug-tty
assert_replug_idle
assert_guest_state g1 "shut off"
run hostdevctl status
assert_no_text "$OUTPUT" "still in use"
