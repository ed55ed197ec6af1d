# SPDX-License-Identifier: GPL-2.0-or-later
# A USB device is pulled and plugged in again 200 times while a guest runs that wants it: nothing is left of
# any round, neither in the guest nor in QEMU, in libvirt's daemon or in what hostdevctl records.  All of that
# is looked at every 25 rounds.  It takes longer than a lab has for one scenario: LAB_LIMIT=5000.
# config: iommu
# stack: debian12 debian13 backports
# usual: never
# limit: 3600
# shellcheck shell=bash

readonly ROUNDS=200

come() {
	plug_keyboard plug-kbd 5 && wait_for 20 usb_there 1-5 || fail "QEMU does not plug"
	hostdevctl replug --event bind "1-5:$1" >"$WORK/come" || fail "round $1: $(cat "$WORK/come")"
	has_elements g1 1 || fail "round $1: guest g1 has $(elements g1) devices: $(cat "$WORK/come")"
}

go() {
	pull plug-kbd && wait_for 20 usb_gone 1-5 || fail "QEMU does not pull"
	hostdevctl replug --event remove "1-5:$1" >"$WORK/go" || fail "round $1: $(cat "$WORK/go")"
	has_elements g1 0 || fail "round $1: guest g1 has $(elements g1) devices: $(cat "$WORK/go")"
}

at_rest() {
	local file

	! pidof hostdevctl >/dev/null || return 1
	for file in /run/hostdevctl/replug-*.lock; do
		flock -n "$file" true || return 1
	done
}

nothing_left() {
	assert_has g1 0
	wait_for 20 at_rest || fail "not at rest: $(pidof hostdevctl) $(find /run/hostdevctl | tr '\n' ' ')"
	assert_rest g1
}

# udev's rule has no systemd to talk to here, and costs more than all else.
ln -sf /dev/null /etc/udev/rules.d/90-hostdevctl-replug.rules
trap 'rm -f /etc/udev/rules.d/90-hostdevctl-replug.rules; udevadm control --reload' EXIT
udevadm control --reload

replug_guest g1 "<hd:usb replug='yes' port='1-5'/>"
guest_start g1
come 0
go 0
remember_rest g1
for ((round = 1; round <= ROUNDS; round++)); do
	replug_calm
	begin=$(now_ms)
	come "$round"
	middle=$(now_ms)
	[ "$((round % 25))" != 0 ] || assert_has g1 1 "QEMU USB Keyboard"
	ended=$(now_ms)
	go "$round"
	note "round $round: plugged $((middle - begin)) ms, pulled $(($(now_ms) - ended)) ms"
	[ "$((round % 25))" != 0 ] || nothing_left
done
guest_stop g1
assert_drivers_as_before
