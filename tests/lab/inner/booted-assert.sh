# SPDX-License-Identifier: GPL-2.0-or-later
# booted-assert.sh - what is true of a host that boots, as its kernel and its log say.
# shellcheck shell=bash

# The kernel enforces PROFILE, and it confines process PID.
assert_confined() {
	local pid=$1 profile=$2 have

	grep -qxF -- "$profile (enforce)" /sys/kernel/security/apparmor/profiles ||
		fail "the kernel does not enforce AppArmor's profile $profile"
	have=$(cat "/proc/$pid/attr/current")
	[ "$have" = "$profile (enforce)" ] || fail "process $pid is under '$have', not $profile"
}

assert_active() {
	local unit

	for unit in "$@"; do
		systemctl is-active --quiet "$unit" || fail "$unit is $(systemctl is-active "$unit")"
	done
}

assert_daemon_confined() {
	daemon_answers || fail "libvirtd does not answer"
	assert_confined "$(daemon_pid)" libvirtd
}

# The log of this boot, as `journalctl SELECTION` shows it, has each TEXT.
assert_logged() {
	local selection=$1 text
	shift

	# shellcheck disable=SC2086
	journalctl -b --no-pager $selection >"$WORK/logged"
	for text in "$@"; do
		assert_text "$WORK/logged" "$text"
	done
}
