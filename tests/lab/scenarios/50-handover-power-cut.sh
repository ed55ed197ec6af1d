# SPDX-License-Identifier: GPL-2.0-or-later
# Power fails while the card is handed over: the next boot has the desktop.
# config: desktop
# stack: debian13 backports
# usual: never
# limit: 500
# shellcheck shell=bash

first() {
	desktop_up
	handover_guest
	guest_start g1
	assert_handed_over
	cat /proc/sys/kernel/random/boot_id >"$WORK/boot-id"
	next_boot bash -c "sync; echo b >/proc/sysrq-trigger; sleep 60"
}

second() {
	[ "$(cat /proc/sys/kernel/random/boot_id)" != "$(cat "$WORK/boot-id")" ] || fail "no boot between"
	wait_for 60 has_session player ||
		fail "nobody is logged in after the boot: $(screen boot), tty7 shows $(tr -s ' \0' ' ' </dev/vcs7)"
	assert_screen "$DESKTOP_COLOUR" boot
	assert_guest_state g1 "shut off"
	assert_drivers_as_before
	assert_journal_empty
	guest_start g1
	guest_stop g1
	assert_desktop_back
}

case $PHASE in
1) first ;;
*) second ;;
esac
