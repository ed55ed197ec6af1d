# SPDX-License-Identifier: GPL-2.0-or-later
# A USB device is pulled and plugged in again twenty times, and udev's events start the looks at it: no unit, no
# element and no lock is left of any round, nor a failed unit at the end.
# config: booted
# stack: debian13
# usual: never
# limit: 900
# shellcheck shell=bash

readonly ROUNDS=20

replug_guest g1 "<hd:usb replug='yes' port='1-5'/>"
guest_start g1
timed g1 1 plug_keyboard plug-kbd 5
timed g1 0 pull plug-kbd
assert_replug_idle
remember_rest g1
for ((round = 1; round <= ROUNDS; round++)); do
	replug_calm
	timed g1 1 plug_keyboard plug-kbd 5
	plugged=$MS
	timed g1 0 pull plug-kbd
	note "round $round: plugged $plugged ms, pulled $MS ms"
	assert_replug_idle
	assert_rest g1
done
failed=$(systemctl list-units --failed --plain --no-legend 'hostdevctl*')
[ -z "$failed" ] || fail "failed: $failed"
