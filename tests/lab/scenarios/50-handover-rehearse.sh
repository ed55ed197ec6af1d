# SPDX-License-Identifier: GPL-2.0-or-later
# A rehearsal takes the card without a guest and brings it back by itself: asked for over the network, asked
# for in the session that it ends, when it is killed, and when it stands still.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 900
# shellcheck shell=bash

UNIT=hostdevctl-rehearsal-$(guest_uuid g1).service

holds() { [ "$(driver_of "$GPU")" = vfio-pci ] && [ "$(driver_of "$GPU_AUDIO")" = vfio-pci ]; }
holds_or_ended() { holds || [ ! -e "/proc/$ASKER" ]; }
unit_gone() { ! systemctl is-active -q "$UNIT" && [ "$(systemctl is-active "$UNIT")" != deactivating ]; }

# Begins a rehearsal of SECONDS behind this shell, and waits until it holds the card.
rehearsal_begin() {
	desktop_up
	daemon_answers
	hostdevctl handover g1 --rehearse "$1" --yes >"$WORK/rehearsal" 2>&1 &
	ASKER=$!
	wait_for 60 holds_or_ended
	holds || fail "the rehearsal does not take the card: $(tail -n 3 "$WORK/rehearsal")"
	MAIN=$(systemctl show -P MainPID "$UNIT")
	[ "$MAIN" -gt 1 ] || fail "$UNIT does not run"
}

# After a rehearsal that did not give back by itself: the screen is there all the same, and who asked is told why.
rehearsal_failed() {
	assert_desktop_back "$1"
	wait "$ASKER"
	note "$(tail -n 1 "$WORK/rehearsal")"
	assert_text "$WORK/rehearsal" "given back by 'hostdevctl recover'"
	run hostdevctl status
	assert_text "$OUTPUT" "holds no device"
}

handover_guest
desktop_up
run hostdevctl handover g1 --rehearse 5 --yes
assert_status 0
assert_text "$OUTPUT" "pci-driver $GPU: bochs-drm -> vfio-pci: done"
assert_text "$OUTPUT" "given back in"
assert_desktop_back
run hostdevctl handover "$(guest_uuid g1)" --report
assert_status 0
assert_text "$OUTPUT" greetd.service

# As by sudo in a terminal of the session: the process that asks ends with the session, the rehearsal does not.
note "from the session"
desktop_up
scope=session-$(sessions_of player | head -n 1).scope
(
	echo "$BASHPID" >"/sys/fs/cgroup$(systemctl show -P ControlGroup "$scope")/cgroup.procs"
	exec hostdevctl handover g1 --rehearse 5 --yes
) >"$WORK/inside" 2>&1 &
wait_for 60 holds || fail "the rehearsal does not take the card: $(tail -n 3 "$WORK/inside")"
! has_session player || fail "the session goes on"
assert_desktop_back
wait_for 60 unit_gone || fail "$UNIT is $(systemctl is-active "$UNIT")"
run hostdevctl handover "$(guest_uuid g1)" --report
assert_status 0
assert_text "$OUTPUT" "given back in"

note "the rehearsal is killed"
rehearsal_begin 300
kill -KILL "$MAIN"
rehearsal_failed 90

note "the rehearsal stands still"
printf '[hook]\nhandover_deadline = 20\n' >>/etc/hostdevctl.conf
rehearsal_begin 30
kill -STOP "$MAIN"
note "$(systemctl show -p RuntimeMaxUSec -p TimeoutStopUSec "$UNIT")"
rehearsal_failed 600
