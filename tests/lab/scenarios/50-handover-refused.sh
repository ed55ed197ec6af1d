# SPDX-License-Identifier: GPL-2.0-or-later
# The only graphics card, with a user's desktop on it: the start is refused, with the session named, and
# nothing on the screen changes.
# config: desktop
# stack: debian13 backports
# limit: 400
# shellcheck shell=bash

desktop_up
assert_driver "$GPU" bochs-drm
consoles_bound || fail "no text console is on the card"
session=$(sessions_of player)
guest_define g1 "$(pci_hostdev "$GPU" yes)"

run hostdevctl check g1
assert_status 1
assert_refusal "$OUTPUT" display-free "$GPU"
assert_text "$OUTPUT" "session $session of player"
assert_text "$OUTPUT" "systemctl stop greetd.service"
guest_refused g1 display-free "$GPU"

# Also for who asks in a terminal of that session.
in_terminal "virsh -c qemu:///system start g1"
wait_for 60 test -s /run/lab-terminal/status || fail "virsh in the session does not end"
assert_text /run/lab-terminal/output display-free
assert_driver "$GPU" bochs-drm
[ "$(sessions_of player)" = "$session" ] || fail "the session is gone"
consoles_bound || fail "the text consoles are off"
assert_screen "$DESKTOP_COLOUR" after
