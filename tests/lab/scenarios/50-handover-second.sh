# SPDX-License-Identifier: GPL-2.0-or-later
# A second card, which the compositor has not opened, goes to the guest: no session ends.  A service that computes on
# it is stopped, and started again.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 900
# shellcheck shell=bash

readonly UNIT=lab-compute.service

card_of() { basename "$(pci_dir "$1")"/drm/card[0-9]*; }
second_on() { [ "$(driver_of "$SECOND_GPU")" = "$1" ]; }
second_has_node() { second_on bochs-drm && [ -e "/dev/dri/$(card_of "$SECOND_GPU")" ]; }

# second_guest HANDOVER
second_guest() {
	METADATA="<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'>$1</hd:hostdevctl>" \
		guest_define g1 "$(pci_hostdev "$SECOND_GPU" no)"
}

assert_works_on() {
	[ "$(sessions_of player)" = "$session" ] || fail "the session of player was ended"
	assert_driver "$GPU" bochs-drm
	assert_active greetd.service
	consoles_bound || fail "the text consoles are off"
}

trap 'rm -f /run/lab-cards "/run/systemd/system/$UNIT"; systemctl daemon-reload' EXIT
echo "/dev/dri/$(card_of "$GPU")" >/run/lab-cards
rm -f /run/greetd*.run
systemctl restart greetd.service
desktop_up
session=$(sessions_of player)
plug_card
wait_for 60 second_has_node || fail "there is no second card: $(dmesg | tail -n 5)"

note "nobody has it open"
second_guest "<hd:handover/>"
guest_start g1
assert_driver "$SECOND_GPU" vfio-pci
assert_works_on
guest_stop g1
wait_for 60 second_on bochs-drm || fail "the second card is on $(driver_of "$SECOND_GPU")"
assert_works_on

note "a service has it open"
wait_for 60 second_has_node || fail "the second card has no node"
cat >"/run/systemd/system/$UNIT" <<END
[Service]
ExecStart=/bin/sh -c 'exec sleep infinity </dev/dri/by-path/pci-$SECOND_GPU-card'
END
systemctl daemon-reload
systemctl start "$UNIT"
assert_active "$UNIT"
run virsh start g1
[ "$STATUS" != 0 ] || fail "the card was taken from $UNIT, which the policy does not name"
assert_text "$OUTPUT" "$UNIT"
assert_active "$UNIT"

second_guest "<hd:handover units='$UNIT'/>"
guest_start g1
assert_driver "$SECOND_GPU" vfio-pci
! systemctl -q is-active "$UNIT" || fail "$UNIT goes on without its card"
assert_works_on
guest_stop g1
wait_for 60 second_on bochs-drm || fail "the second card is on $(driver_of "$SECOND_GPU")"
wait_for 60 systemctl -q is-active "$UNIT" || fail "$UNIT was not started again"
assert_works_on
assert_journal_empty
assert_screen "$DESKTOP_COLOUR" after
