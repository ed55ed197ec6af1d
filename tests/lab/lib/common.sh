# SPDX-License-Identifier: GPL-2.0-or-later
# common.sh - names, messages and the places that every lab command shares.
# shellcheck shell=bash

LAB_CACHE=${LAB_CACHE:-/var/cache/hostdevctl-lab}
LAB_PLACES=${LAB_PLACES:-/run/hostdevctl-lab}
LAB_MEMORY=${LAB_MEMORY:-6G}
LAB_ACCEL=${LAB_ACCEL:-tcg}
# Of the emulated host; a scenario may need more ("cpus:").
LAB_CPUS=${LAB_CPUS:-2}
# Seconds between two lines that say how far a lab is; 0: none.
LAB_TELL=${LAB_TELL:-30}

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
	if [ "$stack" != debian12 ]; then
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

# Kilobytes of memory that the machine can still give.
memory_available() {
	sed -n 's/^MemAvailable: *\([0-9]*\) kB$/\1/p' /proc/meminfo
}

# Takes a place, if there is one: descriptor 9 holds its lock as long as the lab runs.  What the
# machine had when none ran is divided by what each may use, for those that run have not used theirs
# yet; and what is left now has to be enough, whoever uses the rest.
lab_take_place() {
	local gate need available running=0 place free=

	need=$(($(numfmt --from=iec "$LAB_MEMORY") / 1024)) available=$(memory_available)
	exec {gate}>"$LAB_PLACES/gate" && flock -w 60 "$gate" || return 1
	for place in {1..32}; do
		exec 9>"$LAB_PLACES/$place" || break
		if flock -n 9; then free=${free:-$place}; else running=$((running + 1)); fi
	done
	exec 9>&-
	[ "$running" != 0 ] || echo "$available" >"$LAB_PLACES/memory"
	if [ -n "$free" ] && { [ "$running" = 0 ] || { [ "$available" -ge "$need" ] &&
	     [ "$(cat "$LAB_PLACES/memory")" -ge $(((running + 1) * need)) ]; }; }; then
		exec 9>"$LAB_PLACES/$free" && flock -n 9 || free=
	else
		free=
	fi
	exec {gate}>&-
	[ -n "$free" ]
}

# Labs run side by side as far as memory goes; whoever finds none waits.
lab_place() {
	local deadline=$((SECONDS + ${LAB_PLACE_WAIT:-7200})) said=

	mkdir -p "$LAB_PLACES" || lab_die "cannot make $LAB_PLACES"
	until lab_take_place; do
		[ -n "$said" ] || lab_say "no memory for another lab; waiting" | tee "$OUT/progress"
		said=yes
		[ "$SECONDS" -lt "$deadline" ] || lab_die "no memory for another lab (MemAvailable)"
		sleep 1
	done
}
