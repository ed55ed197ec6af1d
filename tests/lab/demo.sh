# SPDX-License-Identifier: GPL-2.0-or-later
# demo.sh - what the demonstration does inside the virtual host; see demo.
# shellcheck shell=bash
# shellcheck disable=SC2154 # NVME_A and its like come from lib/devices.sh
set -u
export WORK=/tmp/demo
mkdir -p "$WORK"

if [ -n "${NO_COLOR-}" ]; then
	BOLD='' DIM='' GREEN='' RED='' PLAIN=''
else
	BOLD=$'\e[1m' DIM=$'\e[2m' GREEN=$'\e[32m' RED=$'\e[31m' PLAIN=$'\e[0m'
fi

title() {
	printf '\n%s== %s%s\n' "$BOLD" "$*" "$PLAIN"
}

good() {
	printf '   %s%s%s\n' "$GREEN" "$*" "$PLAIN"
}

# Something is not as promised: say so and end the demonstration with a status of its own.
bad() {
	printf '   %s%s%s\n' "$RED" "$*" "$PLAIN"
	exit 1
}

# Shows a command and what it prints; its status goes to STATUS.
show() {
	printf '%s$ %s%s\n' "$DIM" "$*" "$PLAIN"
	timeout -k 5 "$((150 * LAB_FACTOR))" "$@" >"$WORK/shown" 2>&1
	STATUS=$?
	grep . "$WORK/shown" | sed 's/^/   /'
}

link_of() {
	printf '   %s is on %s%s%s\n' "$1" "$BOLD" "$(driver_of "$1")" "$PLAIN"
}

the_host() {
	title "A virtual host with an emulated IOMMU, and real libvirt, QEMU, kernel and vfio in it"
	printf '   kernel %s, libvirt %s, %s IOMMU groups, hook %s\n' "$(uname -r)" \
		"$(libvirtd --version | sed 's/.* //')" \
		"$(find /sys/kernel/iommu_groups -mindepth 1 -maxdepth 1 | wc -l)" \
		"$(find /etc/libvirt/hooks/qemu.d -name '*hostdevctl')"
	show hostdevctl check
}

the_plan() {
	guest_define demo "$(pci_hostdev "$NVME_A" no)" >/dev/null 2>&1 ||
		bad "the guest cannot be defined"
	title "Guest 'demo' asks for the NVMe controller $NVME_A (managed='no')"
	before=$(disk_sum "$NVME_A")
	link_of "$NVME_A"
	printf '   sha256 of its disk: %.16s...\n' "$before"
	show hostdevctl check demo
	show hostdevctl plan demo
}

the_start() {
	title "virsh start: the hook checks, binds, and the guest runs with it"
	show virsh start demo
	[ "$STATUS" = 0 ] || bad "the guest did not start"
	link_of "$NVME_A"
	show hostdevctl status
	printf '%s$ virsh qemu-monitor-command demo --hmp "info pci"%s\n' "$DIM" "$PLAIN"
	virsh qemu-monitor-command demo --hmp 'info pci' | tr -d '\r' |
		grep -B 1 -A 4 '1b36:0010' | sed 's/^/   /'
	[ "$(guest_state demo)" = running ] || bad "the guest is not running"
	good "the guest is running and QEMU has the controller"
}

the_stop() {
	title "virsh destroy: the controller goes back to the host, its data intact"
	show virsh destroy demo
	link_of "$NVME_A"
	[ "$(driver_of "$NVME_A")" = nvme ] || bad "it should be on nvme"
	wait_for 20 disk_of "$NVME_A" >/dev/null || bad "the disk did not come back"
	after=$(disk_sum "$NVME_A")
	printf '   sha256 of its disk: %.16s...\n' "$after"
	[ "$after" = "$before" ] || bad "the data changed"
	good "back on nvme, the same data"
}

the_refusal() {
	title "The same guest, but now the host has the disk mounted"
	show mount -v "$(disk_of "$NVME_A")" /mnt
	show virsh start demo
	[ "$STATUS" != 0 ] || bad "the guest was started with a mounted disk"
	link_of "$NVME_A"
	(cd /mnt && sha256sum -c --quiet known.sha256) || bad "the mounted data changed"
	good "refused before anything was touched; the file system is as it was"
	umount /mnt
}

the_host
the_plan
the_start
the_stop
the_refusal
