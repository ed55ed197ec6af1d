# SPDX-License-Identifier: GPL-2.0-or-later
# A guest is started before the display manager has shown its login, as at boot: the display manager is stopped,
# and the login is there when the guest has ended.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 600
# shellcheck shell=bash

readonly SLOW=/run/systemd/system/greetd.service.d/slow.conf

# Without this no other scenario would see a login.
be_quick() {
	rm -f "$SLOW"
	systemctl daemon-reload
}

trap be_quick EXIT
desktop_up
handover_guest
systemctl stop greetd.service
loginctl terminate-seat seat0
mkdir -p "${SLOW%/*}"
printf '[Service]\nExecStartPre=/bin/sleep 900\nTimeoutStartSec=1200\n' >"$SLOW"
systemctl daemon-reload
systemctl --no-block start greetd.service
wait_for 20 test -L /run/systemd/units/invocation:greetd.service || fail "greetd does not start"
guest_start g1
assert_handed_over
be_quick
guest_stop g1
assert_desktop_back
