# SPDX-License-Identifier: GPL-2.0-or-later
# replug.sh - guests that get USB devices again, and what must not be left of that.
# shellcheck shell=bash

# replug_guest NAME ENTRIES [DEVICES]: a guest with room for eight devices and these <hd:usb>.
replug_guest() {
	METADATA="<hd:hostdevctl xmlns:hd='urn:hostdevctl:guest:1'>$2</hd:hostdevctl>" \
		USB_MODEL="qemu-xhci' ports='8" guest_define "$1" "${3-}"
}

# How many USB devices the running guest has, by libvirt's file: without a process that costs.
elements() {
	grep -c "<hostdev " "/run/libvirt/qemu/$1.xml"
}

has_elements() {
	[ "$(elements "$1")" = "$2" ]
}

# The guest has N devices, for libvirt and for QEMU; the words are products that are among them.
assert_has() {
	local guest=$1 n=$2 word
	shift 2

	wait_for 40 has_elements "$guest" "$n" ||
		fail "guest $guest has $(elements "$guest") USB devices, should have $n"
	timeout "$((60 * LAB_FACTOR))" virsh qemu-monitor-command "$guest" --hmp 'info usb' >"$WORK/usb" 2>&1
	[ "$(grep -c "^ *Device" "$WORK/usb")" = "$n" ] ||
		fail "QEMU of $guest does not have $n USB devices: $(tr '\n' ' ' <"$WORK/usb")"
	for word in "$@"; do assert_text "$WORK/usb" "$word"; done
}

replug_units() {
	systemctl list-units --all --plain --no-legend 'hostdevctl-replug-*'
}

# Nobody looks at anything any more.
replug_idle() {
	[ -z "$(replug_units)" ] && ! pidof hostdevctl >/dev/null
}

# No unit, process or lock is left; a failed unit would be listed for ever.
assert_replug_idle() {
	local file

	timeout "$((60 * LAB_FACTOR))" udevadm settle --timeout=890
	wait_for 60 replug_idle || fail "not at rest: $(replug_units | tr '\n' ';') $(pidof hostdevctl)"
	for file in /run/hostdevctl/replug-*.lock; do
		[ ! -e "$file" ] || flock -n "$file" true || fail "$file is still locked"
	done
}

count_fds() {
	find "/proc/$1/fd" -type l | wc -l
}

# What must be the same before many rounds and after them.
remember_rest() {
	FILES=$(find /run/hostdevctl | sort)
	DAEMON_FDS=$(count_fds "$(daemon_pid)") QEMU_FDS=$(count_fds "$(qemu_pid "$1")")
}

assert_rest() {
	[ "$(find /run/hostdevctl | sort)" = "$FILES" ] || fail "other files: $(find /run/hostdevctl | tr '\n' ' ')"
	note "libvirtd has $(count_fds "$(daemon_pid)") descriptors (before: $DAEMON_FDS), QEMU $(count_fds "$(qemu_pid "$1")") ($QEMU_FDS)"
	[ "$(count_fds "$(daemon_pid)")" -le "$((DAEMON_FDS + 3))" ] || fail "libvirtd keeps descriptors"
	[ "$(count_fds "$(qemu_pid "$1")")" -le "$((QEMU_FDS + 3))" ] || fail "QEMU keeps descriptors"
}

# As if the last event of each port had been minutes ago: nothing is held off.
replug_calm() {
	find /run/hostdevctl -name 'replug-*' ! -name '*.lock' -delete 2>/dev/null
}

now_ms() {
	echo $((${EPOCHREALTIME/[.,]/} / 1000))
}

# Runs COMMAND and waits until the guest has N devices; the time of both is MS.
timed() {
	local guest=$1 n=$2 begin
	shift 2

	begin=$(now_ms)
	"$@" || fail "cannot $*"
	wait_for 60 has_elements "$guest" "$n" || fail "$*: guest $guest has $(elements "$guest"), not $n"
	MS=$(($(now_ms) - begin))
}

# hostdevctl has logged a line that PATTERN matches, since the boot.
is_logged() {
	journalctl -b -q --no-pager -t hostdevctl | grep -q -- "$1"
}
