# SPDX-License-Identifier: GPL-2.0-or-later
# The only graphics card is handed over and comes back: by who came over the network, and by who sits at it.
# config: desktop
# stack: debian13 backports
# usual: debian13
# limit: 800
# shellcheck shell=bash

readonly PCM=/dev/snd/pcmC0D0p

# Does a program of the desktop's user, found by PATTERN, have FILE as its output?
prints_to() {
	local file=$1 pattern=$2 pid

	for pid in $(pgrep -u player -f "$pattern"); do
		[ "$(readlink "/proc/$pid/fd/1")" != "$file" ] || return 0
	done
	return 1
}

desktop_up
handover_guest
run hostdevctl plan g1
assert_status 0
assert_text "$OUTPUT" greetd.service
guest_start g1
assert_handed_over
guest_stop g1
assert_desktop_back

# Music that the user's own manager plays ends with the session; the kernel would wait for it without limit.
desktop_up
in_terminal "systemd-run --user bash -c 'exec sleep infinity >$PCM'"
wait_for 60 prints_to "$PCM" "sleep infinity" || fail "nothing has $PCM open: $(cat /run/lab-terminal/output)"
in_terminal "virsh -c qemu:///system start g1"
wait_for 110 guest_is g1 running || fail "the start from the session: $(cat /run/lab-terminal/output)"
assert_handed_over
guest_stop g1
assert_desktop_back
