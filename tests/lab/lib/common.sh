# SPDX-License-Identifier: GPL-2.0-or-later
# common.sh - names, messages, the lock and the clean-up that every lab command shares.
# shellcheck shell=bash

LAB_CACHE=${LAB_CACHE:-/var/cache/hostdevctl-lab}
LAB_LOCK=${LAB_LOCK:-/run/hostdevctl-lab.lock}
LAB_MEMORY=${LAB_MEMORY:-6G}
LAB_ACCEL=${LAB_ACCEL:-tcg}

lab_say() {
	printf '%s\n' "lab: $*"
}

lab_complain() {
	printf '%s\n' "lab: $*" >&2
}

lab_die() {
	lab_complain "$*"
	exit 3
}

# Why no lab can run here, as one line; nothing when it can.
lab_missing() {
	local stack=$1 program

	[ "$(id -u)" = 0 ] || { echo "needs root"; return; }
	for program in qemu-system-x86_64 busybox cpio modprobe virsh mke2fs flock \
		       setpriv unshare xz sha256sum; do
		command -v "$program" >/dev/null || { echo "needs $program"; return; }
	done
	if [ "$stack" = debian13 ]; then
		command -v mmdebstrap >/dev/null || { echo "needs mmdebstrap"; return; }
		return
	fi
	[ -n "$(kernel_version /)" ] || echo "needs linux-image-amd64 with vfio-pci"
}

# The newest kernel below ROOT that has its modules beside it.
kernel_version() {
	local root=$1 image version

	for image in "$root"/boot/vmlinuz-*-amd64; do
		version=${image##*/vmlinuz-}
		[ -d "$root/lib/modules/$version/kernel/drivers/vfio" ] && echo "$version"
	done | sort -V | tail -n 1
}

# One lab at a time on a machine: two would starve each other into time-outs.
lab_lock() {
	exec 9>"$LAB_LOCK" || lab_die "cannot open $LAB_LOCK"
	flock -n 9 && return
	lab_say "another lab is running; waiting for it"
	# Beside us, so that a signal ends the wait.
	flock -w "${LAB_LOCK_WAIT:-2400}" 9 &
	LOCK_WAITER=$!
	wait "$LOCK_WAITER" || lab_die "another lab still holds $LAB_LOCK"
	LOCK_WAITER=
}
