# SPDX-License-Identifier: GPL-2.0-or-later
# A program of the session ignores that it is asked to end: the start is refused in time and names it, the screen comes
# back, and after the printed command the card is handed over.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 900
# shellcheck shell=bash

stays() { pgrep -u player -x lab-stubborn >/dev/null; }
is_away() { ! stays; }

printf '[hook]\nhandover_deadline = 30\n' >>/etc/hostdevctl.conf
desktop_up
handover_guest
session=$(sessions_of player)
in_terminal "setsid perl -e '\$0 = \"lab-stubborn\"; \$SIG{\$_} = \"IGNORE\" for qw(TERM HUP INT); sleep while 1'"
wait_for 20 stays || fail "the program does not run"

run virsh start g1
[ "$STATUS" != 0 ] || fail "the card was taken although a session has not ended"
assert_took_less 110
assert_text "$OUTPUT" "session $session did not end in time: it still has lab-stubborn"
command="loginctl kill-session -s KILL $session"
assert_text "$OUTPUT" "$command"
assert_guest_state g1 "shut off"
assert_desktop_back
run hostdevctl handover g1 --report
assert_text "$OUTPUT" "did not end in time"
# It has had its time by systemd's count meanwhile, if the lab is slow.
# shellcheck disable=SC2086
if stays; then run $command; fi
wait_for 20 is_away || fail "the program goes on after $command"

guest_start g1
assert_handed_over
guest_stop g1
assert_desktop_back
