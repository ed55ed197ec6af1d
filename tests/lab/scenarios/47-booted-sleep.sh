# SPDX-License-Identifier: GPL-2.0-or-later
# The host is put to sleep while a guest has a device: by default it sleeps; as configured it is kept
# awake and the log says by whom, or the guest is paused and goes on. libvirt that hangs keeps it awake.
# config: booted
# stack: debian13
# limit: 500
# shellcheck shell=bash

policy() {
	mkdir -p /etc/hostdevctl.conf.d
	printf '[sleep]\nguests = %s\ndeadline = %s\n' "$1" "${2:-60}" >/etc/hostdevctl.conf.d/50-lab.conf
}

# How often the kernel has slept and woken.
sleeps() {
	journalctl -b -k --no-pager | grep -c 'PM: suspend exit'
}
has_slept() {
	[ "$(sleeps)" = "$1" ]
}
# What our unit said since mark().
has_said() {
	journalctl --no-pager -t hostdevctl --after-cursor "$CURSOR" | grep -qF -- "$1"
}
is_over() {
	! systemctl list-jobs --no-legend | grep -q . &&
		[ "$(systemctl is-active sleep.target)" = inactive ]
}
mark() {
	CURSOR=$(journalctl -b --no-pager -n 0 --show-cursor | sed -n 's/^-- cursor: //p')
	BEFORE=$(sleeps)
}
must_sleep() {
	mark
	run systemctl suspend
	assert_status 0
	wait_for 90 has_slept $((BEFORE + 1)) || fail "the host did not sleep: $(systemctl status suspend.target)"
	wait_for 60 is_over || fail "a job does not end: $(systemctl list-jobs)"
}
# Who asks is told nothing: the request itself is fine.
must_refuse() {
	mark
	run systemctl suspend
	assert_status 0
	wait_for 90 has_said "$1" || fail "nobody said '$1': $(journalctl -b -u hostdevctl-sleep | tail)"
	wait_for 60 is_over || fail "a job does not end: $(systemctl list-jobs)"
	has_slept "$BEFORE" || fail "the host slept"
	[ "$(systemctl is-failed hostdevctl-sleep.service)" = failed ] || fail "the unit did not fail"
	assert_guest_state g1 running
}
nothing_left() {
	! ls /run/hostdevctl/sleep-* 2>/dev/null
}

# Nothing wakes an emulated host: the kernel freezes the programs, waits, and comes back.
echo freezer >/sys/power/pm_test || fail "the kernel cannot rehearse a sleep"
# One second instead of five: the kernel spends it in a loop, which a slow lab stretches.
[ ! -w /sys/module/suspend/parameters/pm_test_delay ] || echo 1 >/sys/module/suspend/parameters/pm_test_delay
guest_define g1 "$(pci_hostdev "$NVME_A" no)"
guest_start g1
assert_logged "-t hostdevctl-hook" "migration-possible: libvirt will refuse to migrate or save"
run hostdevctl show "$NVME_A"
assert_text "$OUTPUT" 'libvirt will refuse to migrate or save'
run virsh managedsave g1
[ "$STATUS" != 0 ] || fail "libvirt saved the guest"
assert_guest_state g1 running

run hostdevctl doctor
assert_text "$OUTPUT" sleep-handled
must_sleep
assert_guest_state g1 running

policy auto
run hostdevctl doctor
assert_status 0
assert_no_text "$OUTPUT" 'guests is ignore'
must_refuse "the host does not sleep: guest 'g1' has $NVME_A (vfio-pci)"
has_said 'virsh shutdown g1' || fail "the log does not say what to do"

policy pause
must_sleep
has_said "guest 'g1' is paused while the host sleeps" || fail "the guest was not paused"
wait_for 60 has_said "guest 'g1' goes on" || fail "the guest does not go on"
assert_guest_state g1 running
nothing_left || fail "a guest that woke is still recorded"

# What somebody else has paused stays paused.
virsh suspend g1
must_sleep
assert_guest_state g1 paused
virsh resume g1

policy pause 5
kill -STOP "$(daemon_pid)"
mark
run systemctl suspend
wait_for 90 has_said "cannot be paused" || fail "a daemon that hangs was not noticed"
kill -CONT "$(daemon_pid)"
wait_for 60 is_over || fail "a job does not end: $(systemctl list-jobs)"
has_slept "$BEFORE" || fail "the host slept without an answer of libvirt"
assert_guest_state g1 running
nothing_left || fail "a guest that was not paused is recorded"

guest_stop g1
assert_driver "$NVME_A" nvme
must_sleep
rm /etc/hostdevctl.conf.d/50-lab.conf
echo none >/sys/power/pm_test
assert_drivers_as_before
