# SPDX-License-Identifier: GPL-2.0-or-later
# race.sh - one process uses a device in a tight loop, another takes it and gives it back.
# shellcheck shell=bash

# race USE TARGET ROUNDS ATTEMPTS TAKE GIVE: no use is ever lost (helpers/race.c).
race() {
	[ -x "$LAB_SRC/helpers/race" ] || skip "no C compiler to build the race program"
	note "race $1 $2: $5"
	echo "lab-race $1" >/dev/kmsg
	"$LAB_SRC/helpers/race" "$@" >"$WORK/race-$1" 2>&1
	STATUS=$?
	cat "$WORK/race-$1"
	[ "$STATUS" = 0 ] || fail "race $1 $2: $(grep -E 'LOSS|trouble' "$WORK/race-$1" | head -n 1)"
	assert_no_damage "$1"
}

# A race in which the device was never taken has shown little: say so.
race_total() {
	! grep -q '^[a-z]*:.* [1-9][0-9]* taken' "$WORK"/race-* ||
		return 0
	fail "nothing was ever taken: $(tail -n 3 "$WORK/take")"
}

# With hostdevctl itself; DEVICE is the function of TARGET.
race_detach() {
	local use=$1 target=$2 rounds=$3 attempts=$4 device=$5 binder=$6

	race "$use" "$target" "$rounds" "$attempts" \
		"hostdevctl detach --binder $binder $device >$WORK/take 2>&1" \
		"hostdevctl reattach --binder $binder $device >$WORK/give 2>&1"
}

# What the kernel logs when a file system, or the holder of a claim, loses its disk.  A raw writer that
# came in the window gets its own error.
assert_no_damage() {
	local use=$1 pattern='EXT4-fs (error|.*(I/O|failed))|Aborting journal|JBD2: .*rror' line

	[ "$use" = write ] || pattern+='|lost (async|sync) page write'
	line=$(dmesg | sed "1,/lab-race $use\$/d" | grep -E "$pattern" | head -n 1)
	[ -z "$line" ] || fail "race $use: the kernel says: $line"
}

# QEMU's own network announces a default route for IPv6, to each interface that comes up.
race_route() {
	local rounds=$1 dev conf=/proc/sys/net/ipv6/conf

	dev=$(netdev_of "$NIC")
	echo 1 | tee "$conf/default/disable_ipv6" >"$conf/$dev/disable_ipv6"
	ip route flush default
	race_detach route "$dev" "$rounds" 0 "$NIC" sysfs
	echo 0 | tee "$conf/default/disable_ipv6" >"$conf/$dev/disable_ipv6"
	host_network_up
}

# At least so many rounds, and attempts to use what is claimed, of every kind.
race_all() {
	local rounds=$1 attempts=$2

	race_detach mount "$NVME_A" "$rounds" "$attempts" "$NVME_A" sysfs
	race_detach mount "$NVME_A" "$((rounds / 2))" "$attempts" "$NVME_A" libvirt
	race_detach claim "$NVME_A" "$((rounds / 2))" "$attempts" "$NVME_A" sysfs
	race_detach write "$NVME_A" "$rounds" 0 "$NVME_A" sysfs
	race_route "$rounds"
	race_total
	assert_known_data "$NVME_A"
	assert_drivers_as_before
}
