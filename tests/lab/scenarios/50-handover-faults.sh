# SPDX-License-Identifier: GPL-2.0-or-later
# While the card is handed over the guest fails to start, its QEMU is killed, or the daemon: the desktop comes back.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 1200
# shellcheck shell=bash

# QEMU refuses its command line after the hook handed the card over.
note "the guest does not start"
desktop_up
handover_guest
sed -i -e 's|</domain>|<qemu:commandline><qemu:arg value="-no-such-option"/></qemu:commandline>&|' "$WORK/g1.xml"
run virsh define "$WORK/g1.xml"
run virsh start g1
[ "$STATUS" != 0 ] || fail "a guest whose QEMU cannot run was started"
assert_desktop_back

note "QEMU is killed"
desktop_up
handover_guest
guest_start g1
kill -KILL "$(qemu_pid g1)"
assert_desktop_back

note "the daemon is killed in the middle of the hand-over"
desktop_up
virsh start g1 >"$WORK/start" 2>&1 &
hands_over() { [ "$(systemctl is-active greetd.service)" != active ]; }
wait_for 60 hands_over || fail "the hand-over does not begin: $(cat "$WORK/start")"
daemon_end KILL
wait_for 60 daemon_answers || daemon_start || fail "libvirtd does not answer"
wait
cat "$WORK/start"
if guest_is g1 running; then guest_stop g1; fi
assert_desktop_back 90
