# SPDX-License-Identifier: GPL-2.0-or-later
# start.sh - how long a start with three devices takes, with the hook and without (run --script FILE).
#
# libvirt alone binds them (managed='yes', no hook); with the hook they are managed='no', which it
# binds, or 'yes'.  By turns, so that a busy machine slows all alike; the medians come last.
# limit: 3600
# shellcheck shell=bash

export WORK=/tmp/start
ROUNDS=3
mkdir -p "$WORK"
modprobe vfio-pci || fail "no vfio-pci"	# libvirt alone does not load it
: >"$WORK/times"

# The daemon looks for hooks when it starts.
with_hooks() {
	daemon_end TERM
	rm -rf /etc/libvirt/hooks
	[ "$1" = no ] || cp -a "$LAB_BASE/hooks" /etc/libvirt/hooks
	daemon_start
	guest_define warm >/dev/null
	virsh -q start warm && virsh -q destroy warm
}

devices() {
	local addr

	for addr in "$NVME_A" "$NVME_B" "$NIC_B"; do pci_hostdev "$addr" "$1"; done
}

# timed NAME MANAGED: one start and one stop
timed() {
	local name=$1 begin started

	guest_define g1 "$(devices "$2")" >/dev/null
	begin=${EPOCHREALTIME/[.,]/}
	virsh -q start g1 || fail "$name: no start"
	started=${EPOCHREALTIME/[.,]/}
	virsh -q destroy g1 || fail "$name: no stop"
	printf '%s\t%d\t%d\n' "$name" "$(((started - begin) / 1000))" \
		"$(((${EPOCHREALTIME/[.,]/} - started) / 1000))" | tee -a "$WORK/times"
	udevadm settle
	assert_drivers_as_before
}

median() {
	awk -F '\t' -v name="$1" -v field="$2" '$1 == name { print $field }' "$WORK/times" | sort -n |
		awk '{ t[NR] = $1 } END { print t[int((NR + 1) / 2)] }'
}

for ((i = 0; i < ROUNDS; i++)); do
	with_hooks no
	timed "libvirt alone" yes
	with_hooks yes
	timed "hook, managed='no'" no
	timed "hook, managed='yes'" yes
done
alone=$(median "libvirt alone" 2)
for name in "libvirt alone" "hook, managed='no'" "hook, managed='yes'"; do
	begin=$(median "$name" 2)
	printf '%-20s start %d ms (%d.%02d times), stop %d ms\n' "$name" "$begin" $((begin / alone)) \
		$((begin * 100 / alone % 100)) "$(median "$name" 3)"
done
