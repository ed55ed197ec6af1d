# SPDX-License-Identifier: GPL-2.0-or-later
# use.sh - puts the host's devices to use, and brings the host back to where it was.
# shellcheck shell=bash

LAB_MNT=/run/lab-mnt

mount_disk() {
	mkdir -p "$LAB_MNT"
	mount "$(disk_of "$1")" "$LAB_MNT" || fail "cannot mount the disk of $1"
}

umount_disk() {
	umount "$LAB_MNT"
}

vfio_modules_out() {
	modprobe -r vfio-pci vfio_iommu_type1 vfio 2>/dev/null
	rmmod vfio_pci vfio_pci_core vfio_virqfd vfio_iommu_type1 vfio 2>/dev/null
	[ ! -d /sys/bus/pci/drivers/vfio-pci ] && [ ! -d /sys/module/vfio_iommu_type1 ]
}

to_vfio() {
	modprobe vfio-pci
	echo vfio-pci >"$(pci_dir "$1")/driver_override"
	[ ! -e "$(pci_dir "$1")/driver" ] || echo "$1" >"$(pci_dir "$1")/driver/unbind"
	echo "$1" >/sys/bus/pci/drivers_probe
}

off_vfio() {
	echo >"$(pci_dir "$1")/driver_override"
	[ ! -e "$(pci_dir "$1")/driver" ] || echo "$1" >"$(pci_dir "$1")/driver/unbind"
	echo "$1" >/sys/bus/pci/drivers_probe
}

# The kernel's sample driver of mediated devices, or skips when it could not be built.
mtty_up() {
	[ -e "$LAB_SRC/mtty.ko" ] || skip "the sample driver mtty could not be built here"
	modprobe mdev && modprobe vfio && modprobe vfio_iommu_type1 || return 1
	[ -d /sys/class/mdev_bus/mtty ] || insmod "$LAB_SRC/mtty.ko"
}

# A mediated device with this UUID, of the sample driver.
mtty_create() {
	local uuid=$1

	mtty_up || return 1
	[ -e "/sys/bus/mdev/devices/$uuid" ] ||
		echo "$uuid" >/sys/class/mdev_bus/mtty/mdev_supported_types/mtty-1/create
}

mtty_remove() {
	[ ! -e "/sys/bus/mdev/devices/$1" ] || echo 1 >"/sys/bus/mdev/devices/$1/remove"
}

# The emulated machine has a PS/2 keyboard as well.  Its files take no newline.
ps2_keyboard_off() {
	local port

	for port in /sys/bus/serio/drivers/atkbd/serio*; do
		[ -e "$port" ] || continue
		port=${port##*/}
		printf manual >"/sys/bus/serio/devices/$port/bind_mode"
		printf none >"/sys/bus/serio/devices/$port/drvctl"
		echo "$port" >/run/lab-ps2
	done
}
ps2_keyboard_on() {
	local port

	[ -s /run/lab-ps2 ] || return 0
	port=$(cat /run/lab-ps2)
	printf auto >"/sys/bus/serio/devices/$port/bind_mode"
	printf rescan >"/sys/bus/serio/devices/$port/drvctl"
	rm -f /run/lab-ps2
}

# No text console on any graphics card, but for a desktop's.
consoles_off() {
	local name

	[ "$LAB_CONFIG" != desktop ] || return 0
	for name in /sys/class/vtconsole/*/name; do
		! grep -q "frame buffer" "$name" || echo 0 >"${name%/name}/bind"
	done
}

set_binder() {
	printf '[hook]\nbinder = %s\n' "$1" >/etc/hostdevctl.conf
}

# A host with GRUB, whose configuration has WORDS: the part of grub-mkconfig that matters here, which is
# what it reads and the line that it makes of that.
fake_update_grub() {
	mkdir -p /etc/default/grub.d /boot/grub
	cat >/usr/sbin/update-grub <<'END'
#!/bin/sh
set -e
. /etc/default/grub
for x in /etc/default/grub.d/*.cfg; do
	if [ -e "$x" ]; then . "$x"; fi
done
printf 'menuentry lab {\n\tlinux /vmlinuz %s %s\n}\n' "$GRUB_CMDLINE_LINUX" \
	"$GRUB_CMDLINE_LINUX_DEFAULT" >/boot/grub/grub.cfg
END
	cp /usr/sbin/update-grub /usr/sbin/grub-mkconfig
	chmod 755 /usr/sbin/update-grub /usr/sbin/grub-mkconfig
	printf 'GRUB_CMDLINE_LINUX_DEFAULT="%s"\nGRUB_CMDLINE_LINUX=""\n' "$*" >/etc/default/grub
	chmod 640 /etc/default/grub
	update-grub
}

# The kernel's parameters in the configuration that it made.
grub_cmdline() {
	sed -n 's/^\tlinux [^ ]* *//p' /boot/grub/grub.cfg
}

# The clean-up after each scenario starts here; it logs what it had to restore.

# One virsh for all guests.
end_guests() {
	local guest commands=''

	daemon_answers || { rm -f /run/libvirtd.pid; daemon_end KILL; daemon_start; }
	for guest in $(virsh_names); do
		echo "cleanup: destroy $guest"
		commands+="destroy $guest;"
	done
	for guest in $(virsh_names --all); do
		commands+="undefine --managed-save $guest;"
	done
	[ -z "$commands" ] || timeout "$((150 * LAB_FACTOR))" virsh "$commands" | grep .
}

# QEMU processes that the daemon no longer knows.
end_strays() {
	local pid

	for pid in $(pidof qemu-system-x86_64); do
		grep -qz '^guest=' "/proc/$pid/cmdline" || continue
		echo "cleanup: stray QEMU $pid"
		kill -KILL "$pid"
	done
	# driver.pid is the daemon's own.
	find /run/libvirt/qemu -maxdepth 1 \( -name '*.xml' -o -name '*.pid' \) ! -name driver.pid -delete
}

restore_files() {
	local changed=no

	diff -q "$LAB_BASE/libvirtd.conf" /etc/libvirt/libvirtd.conf >/dev/null || changed=yes
	cp -a "$LAB_BASE/libvirtd.conf" /etc/libvirt/libvirtd.conf
	rm -rf /etc/libvirt/hooks
	cp -a "$LAB_BASE/hooks" /etc/libvirt/hooks
	rm -f /etc/hostdevctl.conf
	[ ! -e "$LAB_BASE/hostdevctl.conf" ] ||
		cp -a "$LAB_BASE/hostdevctl.conf" /etc/hostdevctl.conf
	if [ "$changed" = yes ]; then
		daemon_end TERM
		daemon_start
	fi
}

restore_drivers() {
	local addr driver changed=no

	for addr in "$NVME_PF" "$IGB"; do
		[ -e "$(pci_dir "$addr")/sriov_numvfs" ] || continue
		[ "$(cat "$(pci_dir "$addr")/sriov_numvfs")" = 0 ] ||
			echo 0 >"$(pci_dir "$addr")/sriov_numvfs"
	done
	drivers_now
	while read -r addr driver; do
		[ "${DRIVERS[$addr]-none}" = "$driver" ] && continue
		echo "cleanup: $addr is on ${DRIVERS[$addr]-none}, back to $driver"
		off_vfio "$addr"
		changed=yes
	done <"$LAB_BASE/drivers"
	[ "$changed" = no ] || timeout "$((60 * LAB_FACTOR))" udevadm settle
	consoles_off
	ip route show default | grep -q . || host_network_up
}

clean_up_host() {
	end_guests
	[ ! -d /run/hostdevctl ] ||
		timeout "$((60 * LAB_FACTOR))" hostdevctl recover 2>&1 | sed 's/^/cleanup: recover: /'
	end_strays
	pull_all
	! mountpoint -q "$LAB_MNT" || umount "$LAB_MNT" || umount -l "$LAB_MNT"
	! mountpoint -q "$WORK/mnt" || umount -l "$WORK/mnt"
	restore_files
	restore_drivers
	rm -rf /run/hostdevctl
	find /etc/libvirt/qemu/autostart -type l -delete 2>/dev/null
}
