# SPDX-License-Identifier: GPL-2.0-or-later
# assert.sh - the assertions of scenarios.  The first one that fails ends the scenario, with its reason.
# shellcheck shell=bash

fail() {
	printf 'FAILED: %s\n' "$*"
	printf '%s' "$*" | tr '\n' ' ' | cut -c 1-300 >"$WORK/reason"
	exit 1
}

skip() {
	printf 'SKIPPED: %s\n' "$*"
	printf '%s' "$*" >"$WORK/reason"
	exit 77
}

# Ends this phase of a scenario (PHASE counts them): COMMAND ends the system, and the scenario goes on
# with the next phase after the next boot.
next_boot() {
	note "next boot: $*"
	echo $((PHASE + 1)) >"$WORK/phase"
	printf '%q ' "$@" >"$LAB_STATE/boot"
	exit 78
}

note() {
	printf '[%5ss] %s\n' "$SECONDS" "$*"
}

assert_driver() {
	local addr=$1 want=$2 have

	have=$(driver_of "$addr")
	[ "$have" = "$want" ] || fail "$addr is on $have, should be on $want"
}

# Every function is on the driver that it had when the lab came up.
assert_drivers_as_before() {
	local addr driver

	drivers_now
	while read -r addr driver; do
		[ "${DRIVERS[$addr]-none}" = "$driver" ] ||
			fail "$addr is on ${DRIVERS[$addr]-none}, should be on $driver"
	done <"$LAB_BASE/drivers"
}

assert_no_override() {
	local addr=$1 have

	have=$(cat "$(pci_dir "$addr")/driver_override")
	[ "$have" = "(null)" ] || [ -z "$have" ] || fail "$addr still has driver_override $have"
}

assert_guest_state() {
	local guest=$1 want=$2 have

	have=$(guest_state "$guest")
	[ "$have" = "$want" ] || fail "guest $guest is '$have', should be '$want'"
}

# The file contains TEXT (a fixed string).
assert_text() {
	local file=$1 text=$2

	grep -qF -- "$text" "$file" ||
		fail "'$text' is missing in what was printed: $(tr '\n' ' ' <"$file" | tail -c 240)"
}

assert_no_text() {
	local file=$1 text=$2

	! grep -qF -- "$text" "$file" || fail "'$text' was printed: $(grep -F -- "$text" "$file")"
}

# A proper refusal: the first line of the hook names the check and the device, and some
# remedy follows.
assert_refusal() {
	local file=$1 check=$2 addr=$3 line

	line=$(grep -F -- "$check" "$file" | head -n 1)
	[ -n "$line" ] ||
		fail "the text does not name $check: $(tr '\n' ' ' <"$file" | tail -c 240)"
	case $line in
	*"$addr"*) ;;
	*) fail "the line with $check does not name $addr: ${line: -200}" ;;
	esac
}

# Seconds, multiplied by how long the lab's own boot took.
assert_took_less() {
	local limit=$(($1 * LAB_FACTOR))

	[ "$TOOK" -lt "$limit" ] || fail "it took ${TOOK}s, should be less than ${limit}s"
}

assert_status() {
	[ "$STATUS" = "$1" ] ||
		fail "status $STATUS, should be $1: $(tr '\n' ' ' <"$OUTPUT" | tail -c 200)"
}

# QEMU itself has the device, given by VFIO.  "info pci" would list what is behind a bridge only after
# the guest's firmware has numbered the bridge's bus (hw/pci/pci-qmp-cmds.c).
assert_guest_has_pci() {
	guest_devices "$1"
	grep -qi "$2" "$WORK/vfio-devices" || fail "QEMU of $1 has no device $2: $(tr '\n' ' ' <"$WORK/vfio-devices")"
}

assert_guest_lacks_pci() {
	guest_devices "$1"
	! grep -qi "$2" "$WORK/vfio-devices" || fail "QEMU of $1 has the device $2"
}

# Collects what QEMU's tree of devices says of those that it has from VFIO.
guest_devices() {
	virsh qemu-monitor-command "$1" --hmp 'info qtree' >"$WORK/qtree" 2>&1 ||
		fail "QEMU of $1 does not tell its devices: $(tr '\n' ' ' <"$WORK/qtree")"
	awk '$1 == "dev:" { vfio = $2 ~ /^vfio-pci/ } vfio && /pci id/' "$WORK/qtree" >"$WORK/vfio-devices"
}

# The daemon's view of a device matches the link in sysfs.
assert_daemon_agrees() {
	local addr=$1 name have want

	name=pci_$(tr ':.' '__' <<<"$addr")
	virsh nodedev-dumpxml "$name" >"$WORK/nodedev" 2>&1 || fail "no nodedev $name"
	have=$(sed -n '/<driver>/,/<\/driver>/s/.*<name>\(.*\)<\/name>.*/\1/p' "$WORK/nodedev")
	want=$(driver_of "$addr")
	[ "${have:-none}" = "$want" ] || fail "libvirt says $addr is on '$have', sysfs says $want"
}

# Nothing is left in the journal.
assert_journal_empty() {
	local left

	left=$(find /run/hostdevctl -type f -size +0 -name '*journal*' 2>/dev/null | head -n 3)
	[ -z "$left" ] || fail "the journal still has $left"
}

disk_sum() {
	local disk

	disk=$(disk_of "$1") || { echo "no disk behind $1"; return; }
	# Not from the page cache of a disk that went away and came back.
	blockdev --flushbufs "$disk" 2>/dev/null
	sha256sum <"$disk"
}

assert_disk_there() {
	wait_for 20 disk_of "$1" >/dev/null ||
		fail "no disk behind $1: driver $(driver_of "$1"), $(cat "$(pci_dir "$1")"/nvme/*/state 2>&1)"
}

# The known file on the file system of the device's disk is unchanged.
assert_known_data() {
	local addr=$1 disk dir=$WORK/mnt

	assert_disk_there "$addr"
	disk=$(disk_of "$addr")
	mkdir -p "$dir"
	mount -o ro,noload "$disk" "$dir" || fail "cannot mount $disk of $addr"
	(cd "$dir" && sha256sum -c --quiet known.sha256) || fail "the data on $disk of $addr changed"
	umount "$dir"
}

assert_disk_sum() {
	local addr=$1 want=$2

	assert_disk_there "$addr"
	[ "$(disk_sum "$addr")" = "$want" ] || fail "the disk of $addr changed"
}
