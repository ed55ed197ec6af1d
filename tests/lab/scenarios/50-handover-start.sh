# SPDX-License-Identifier: GPL-2.0-or-later
# The only graphics card is handed over and comes back: by who came over the network, and by who sits at it.
# config: desktop
# stack: debian13 backports
# usual: debian13
# limit: 800
# shellcheck shell=bash

desktop_up
handover_guest
run hostdevctl plan g1
assert_status 0
assert_text "$OUTPUT" greetd.service
guest_start g1
assert_handed_over
guest_stop g1
assert_desktop_back

desktop_up
in_terminal "virsh -c qemu:///system start g1"
wait_for 110 guest_is g1 running || fail "the start from the session: $(cat /run/lab-terminal/output)"
assert_handed_over
guest_stop g1
assert_desktop_back
