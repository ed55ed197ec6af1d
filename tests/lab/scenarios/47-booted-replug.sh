# SPDX-License-Identifier: GPL-2.0-or-later
# USB devices are pulled from a running host and plugged in: udev starts the look at them, and the guest
# that wants them has them again, also if they come while it starts or while libvirtd restarts.
# config: booted
# stack: debian13
# limit: 700
# usual: never
# shellcheck shell=bash

stick_there() {
	[ -n "$(echo /sys/bus/usb/devices/2-7/2-7:1.0/host*/target*/*/block/*/size)" ] &&
		[ -e "/dev/$(stick)" ]
}

stick() {
	basename "$(dirname /sys/bus/usb/devices/2-7/2-7:1.0/host*/target*/*/block/*/size)"
}

attach_by_hand() {
	wait_for 20 usb_there "$1" || return 1
	printf "<hostdev mode='subsystem' type='usb'><source><address bus='%s' device='%s'/></source></hostdev>\n" \
		"$(cat "/sys/bus/usb/devices/$1/busnum")" "$(usb_number "$1")" >"$WORK/hand.xml"
	virsh attach-device g1 --live "$WORK/hand.xml"
}

by_hand() {
	plug_keyboard plug-hand 8 && attach_by_hand 1-8
}

replug_guest g1 "<hd:usb replug='yes' port='1-5'/><hd:usb replug='yes' hub='1-6'/>
<hd:usb replug='yes' port='2-7'/><hd:usb replug='yes' vendor='0x0403' product='0x6001' serial='plug-tty'/>"

# A stick that the host has mounted, and a keyboard that comes while the guest starts.
plug_stick plug-stick 7 || fail "QEMU does not plug"
wait_for 20 stick_there || fail "no stick"
mkdir -p "$LAB_MNT"
mount -o ro "/dev/$(stick)" "$LAB_MNT" || fail "cannot mount the stick"
virsh start g1 >"$WORK/start" 2>&1 &
starter=$!
plug_keyboard plug-kbd 5 || fail "QEMU does not plug"
wait "$starter" || fail "guest g1 does not start: $(cat "$WORK/start")"
assert_has g1 1 "QEMU USB Keyboard"
wait_for 20 is_logged "usb:2-7 .*is refused: usb-free: .*$LAB_MNT" || fail "no refusal of the stick is logged"
assert_replug_idle
run hostdevctl status
assert_text "$OUTPUT" "is refused: usb-free"
(cd "$LAB_MNT" && sha256sum -c --quiet known.sha256) || fail "the stick was taken"
umount "$LAB_MNT"
run hostdevctl replug g1
assert_status 0
assert_has g1 2 "QEMU USB HARDDRIVE"

# Pulled and plugged again: another number, and the element of the old one is gone.
before=$(usb_number 1-5)
timed g1 1 pull plug-kbd
note "pulled: $MS ms"
timed g1 2 plug_keyboard plug-kbd 5
note "plugged: $MS ms"
replugged=$MS
timed g1 3 by_hand
note "by hand: $MS ms"
[ "$replugged" -le "$((3 * MS + 5000))" ] || fail "it took $replugged ms, by hand $MS ms"
[ "$(usb_number 1-5)" != "$before" ] || fail "the keyboard has the same number $before"
assert_has g1 3 "QEMU USB Keyboard"
timed g1 2 virsh detach-device g1 --live "$WORK/hand.xml"
pull plug-hand

# A serial adapter by its serial number (the host has another of its model), and a hub with two devices,
# each with an event of its own.
plug_serial plug-tty 8 && plug plug-hub 6 usb-hub && plug_keyboard plug-kbd-2 6.1 &&
	plug_serial plug-tty-2 6.2 plug-tty-2 || fail "QEMU does not plug"
assert_has g1 5 "QEMU USB SERIAL"
timed g1 3 pull plug-hub
note "a hub with two devices pulled: $MS ms"
assert_replug_idle

# While libvirtd restarts.
replug_calm
systemctl restart --no-block libvirtd.service
pull plug-tty
assert_has g1 2
plug_serial plug-tty 8
systemctl restart --no-block libvirtd.service
assert_has g1 3
assert_replug_idle

guest_stop g1
assert_replug_idle
