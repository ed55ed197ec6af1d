# SPDX-License-Identifier: GPL-2.0-or-later
# host.sh - the virtual host itself: network, daemon, and the state that every scenario starts from.
# shellcheck shell=bash
. "$LAB_SRC/lib/devices.sh"

pci_dir() {
	echo "/sys/bus/pci/devices/$1"
}

# By the drivers' own folders, without a process for each: those cost most under emulation.
driver_of() {
	local path

	for path in /sys/bus/pci/drivers/*/"$1"; do
		[ -e "$path" ] || { echo none; return; }
		path=${path%/*}
		echo "${path##*/}"
		return
	done
}

# Fills DRIVERS[address] for every function that has one.
drivers_now() {
	local path addr

	DRIVERS=()
	for path in /sys/bus/pci/drivers/*/*:*:*.*; do
		addr=${path##*/}
		path=${path%/*}
		DRIVERS[$addr]=${path##*/}
	done
}
# shellcheck disable=SC2034
declare -A DRIVERS=()

netdev_of() {
	local dir

	for dir in "$(pci_dir "$1")"/net/*; do
		[ -e "$dir" ] && echo "${dir##*/}"
	done
}

# The first block device of an NVMe controller, as /dev/...
disk_of() {
	local dir

	for dir in "$(pci_dir "$1")"/nvme/nvme*/nvme*n*; do
		[ -e "$dir/size" ] && { echo "/dev/${dir##*/}"; return; }
	done
	return 1
}

# Repeats a command until it succeeds or SECONDS (of an idle machine) are over.
wait_for() {
	local deadline=$((SECONDS + $1 * ${LAB_FACTOR:-4}))
	shift

	until "$@"; do
		[ "$SECONDS" -lt "$deadline" ] || return 1
		sleep 0.2
	done
}

host_network_up() {
	local dev

	dev=$(netdev_of "$NIC")
	ip addr replace 10.0.2.15/24 dev "$dev"
	ip link set "$dev" up
	ip route replace default via 10.0.2.2 dev "$dev"
}

# The lab has no system log: from here on $WORK/syslog is it. Give "log_end" to a trap.
log_begin() {
	rm -f /dev/log
	perl -MSocket -e '$| = 1; socket(S, AF_UNIX, SOCK_DGRAM, 0); bind(S, sockaddr_un("/dev/log"));
		while (defined recv(S, $m, 8192, 0)) { print "$m\n" }' >"$WORK/syslog" &
	LOGGER=$!
	wait_for 10 test -S /dev/log || fail "no system log"
}

log_end() {
	kill "$LOGGER"
	rm -f /dev/log
}

daemon_pid() {
	cat /run/libvirtd.pid 2>/dev/null || cat /var/run/libvirt/libvirtd.pid 2>/dev/null
}

daemon_answers() {
	timeout "$((60 * ${LAB_FACTOR:-4}))" virsh -q -c qemu:///system version >/dev/null 2>&1
}

daemon_start() {
	libvirtd -d || return 1
	wait_for 120 daemon_answers
}

daemon_gone() {
	local pid=$1

	! kill -0 "$pid" 2>/dev/null
}

# Ends the daemon with SIGNAL and waits until it is gone; guests go on.
daemon_end() {
	local signal=$1 pid

	pid=$(daemon_pid) || return 0
	kill "-$signal" "$pid" 2>/dev/null || return 0
	wait_for 40 daemon_gone "$pid" || { kill -KILL "$pid"; wait_for 10 daemon_gone "$pid"; }
	rm -f /run/libvirtd.pid
}

all_functions() {
	local dir

	for dir in /sys/bus/pci/devices/*; do
		echo "${dir##*/}"
	done
}

# What clean-up compares with and restores: the driver of each function.
host_remember() {
	local addr

	mkdir -p "$LAB_BASE"
	for addr in $(all_functions); do
		echo "$addr $(driver_of "$addr")"
	done >"$LAB_BASE/drivers"
	cp -a /etc/libvirt/hooks "$LAB_BASE/hooks"
	cp -a /etc/libvirt/libvirtd.conf "$LAB_BASE/libvirtd.conf"
	[ ! -e /etc/hostdevctl.conf ] || cp -a /etc/hostdevctl.conf "$LAB_BASE/hostdevctl.conf"
}
