# SPDX-License-Identifier: GPL-2.0-or-later
# What the hand-over must not end refuses it, before anything was ended: a program outside of all sessions, an inhibitor.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 600
# shellcheck shell=bash

desktop_up
session=$(sessions_of player)
handover_guest
hold_card
run virsh start g1
[ "$STATUS" != 0 ] || fail "the card was taken from a program that the policy does not name"
assert_text "$OUTPUT" lab-holder.service
assert_untouched "$session"
release_card

systemd-run -q --unit=lab-inhibitor systemd-inhibit --what=shutdown --who=upgrade --why="packages are installed" \
	--mode=block sleep infinity
wait_for 20 sh -c 'systemd-inhibit --list --no-legend | grep -q upgrade' || fail "no inhibitor"
run virsh start g1
systemctl stop lab-inhibitor.service
[ "$STATUS" != 0 ] || fail "the hand-over began despite an inhibitor"
assert_text "$OUTPUT" "packages are installed"
assert_untouched "$session"

# Then it works.
guest_start g1
assert_handed_over
guest_stop g1
assert_desktop_back
