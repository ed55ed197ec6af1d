# SPDX-License-Identifier: GPL-2.0-or-later
# race.sh - one uses a device in a tight loop, the other takes it and gives it back.
# shellcheck shell=bash

# race USE TARGET ROUNDS ATTEMPTS TAKE GIVE: no use is ever lost (helpers/race.c).
race() {
	[ -x "$LAB_SRC/helpers/race" ] || skip "no C compiler to build the race program"
	note "race $1 $2: $5"
	"$LAB_SRC/helpers/race" "$@" >"$WORK/race-$1" 2>&1
	STATUS=$?
	cat "$WORK/race-$1"
	[ "$STATUS" = 0 ] || fail "race $1 $2: $(grep -E 'LOSS|trouble' "$WORK/race-$1" | head -n 1)"
	! grep -q ' 0 taken' "$WORK/race-$1" || fail "race $1 $2: it was never taken: $(tail -n 3 "$WORK/take")"
	assert_no_damage
}

# With hostdevctl itself; DEVICE is the function of TARGET.
race_detach() {
	local use=$1 target=$2 rounds=$3 attempts=$4 device=$5 binder=$6

	race "$use" "$target" "$rounds" "$attempts" \
		"hostdevctl detach --binder $binder $device >$WORK/take 2>&1" \
		"hostdevctl reattach --binder $binder $device >$WORK/give 2>&1"
}

# What the kernel says when a file system loses its disk.
assert_no_damage() {
	local line

	line=$(dmesg | grep -E 'EXT4-fs (error|\(.*\): (I/O|failed))|Aborting journal|JBD2: .*rror|lost (async|sync) page write' | head -n 1)
	[ -z "$line" ] || fail "the kernel says: $line"
}

# As many rounds and attempts as the numbers say, of every kind.
race_all() {
	local rounds=$1 attempts=$2 dev

	race_detach mount "$NVME_A" "$rounds" "$attempts" "$NVME_A" sysfs
	race_detach mount "$NVME_A" "$((rounds / 2))" "$((attempts / 2))" "$NVME_A" libvirt
	race_detach claim "$NVME_A" "$rounds" "$attempts" "$NVME_A" sysfs
	race_detach write "$NVME_A" "$rounds" 0 "$NVME_A" sysfs
	dev=$(netdev_of "$NIC")
	ip route flush default
	race_detach route "$dev" "$rounds" 0 "$NIC" sysfs
	host_network_up
	assert_known_data "$NVME_A"
	assert_drivers_as_before
}
