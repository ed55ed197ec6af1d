# SPDX-License-Identifier: GPL-2.0-or-later
# A host that booted in VGA's text mode has no console driver whose consoles the kernel gives away by hand: the card is
# handed over and comes back, and so do the consoles if the hook is killed right after it took them off.
# config: desktop
# stack: debian13
# usual: never
# limit: 1500
# shellcheck shell=bash

none_came_with_kernel() { ! grep -h '^(S)' /sys/class/vtconsole/*/name; }

# The lab's host may have booted so by itself, in spite of its vga=788.
first() {
	! none_came_with_kernel || { second; return; }
	echo vga=normal >"$LAB_OUT/cmdline"
	next_boot systemctl reboot
}

# The number of the stage that unbinds the consoles.
console_stage() {
	hostdevctl plan g1 | sed -n 's/^ *\([0-9]*\)\. vtconsole .*/\1/p'
}

is_between() { ! consoles_bound && lsmod | grep -qw ^nvidia_drm; }

# The hook is killed when the consoles are off and the modules are loaded: it waits at each record of its journal.
killed_between() {
	timeout -k 5 "$((120 * LAB_FACTOR))" strace -f -qq -o "$WORK/trace" -e trace=fdatasync \
		-e inject=fdatasync:delay_enter=5000000 \
		/usr/sbin/hostdevctl-hook g1 prepare begin - <"$WORK/g1.xml" >"$WORK/hook" 2>&1 &
	wait_for 100 is_between || fail "the consoles are not taken off before the modules: $(cat "$WORK/hook")"
	# shellcheck disable=SC2046 # it has a child
	kill -KILL $(pidof hostdevctl-hook)
	wait $!
	is_between || fail "the hook was killed too late: $(lsmod | grep ^nvidia | tr '\n' ';')"
}

second() {
	# For the boots of other scenarios.
	rm -f "$LAB_OUT/cmdline"
	note "$(cat /proc/cmdline)"
	grep -H . /sys/class/vtconsole/*/name
	none_came_with_kernel || fail "a console driver came with the kernel"
	desktop_up
	consoles_bound || fail "no text console is on the card"

	note "a driver that can be unbound"
	handover_guest
	[ -z "$(console_stage)" ] || fail "the consoles are taken off a card that the kernel takes them off"
	guest_start g1
	assert_handed_over
	guest_stop g1
	assert_desktop_back

	note "a driver that must be unloaded"
	trap nvidia_down EXIT
	nvidia_up
	handover_guest
	[ -n "$(console_stage)" ] || fail "the consoles would keep the driver's modules"
	killed_between
	run hostdevctl recover
	assert_status 0
	! grep -q 'may be under way' "$OUTPUT" || hook g1 release end
	assert_desktop_back

	desktop_up
	guest_start g1
	assert_handed_over
	guest_stop g1
	assert_desktop_back
}

case $PHASE in
1) first ;;
*) second ;;
esac
