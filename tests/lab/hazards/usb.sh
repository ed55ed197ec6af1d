# SPDX-License-Identifier: GPL-2.0-or-later
# usb.sh - USB devices, and the controller that takes all of them with it.
# shellcheck shell=bash

# The port ("2-2") of a device below the controller by its product: "QEMU USB HARDDRIVE".
usb_port() {
	local file

	for file in "$(pci_dir "$XHCI")"/usb*/[0-9]*-*/product; do
		grep -qF "$1" "$file" || continue
		file=${file%/product}
		echo "${file##*/}"
		return
	done
	return 1
}

# <hostdev> for the device at a port, by its address: two disks have the same ids here.
usb_hostdev() {
	local dir=/sys/bus/usb/devices/$1

	printf "<hostdev mode='subsystem' type='usb'><source><address bus='%s' device='%s'/></source></hostdev>\n" \
		"$(cat "$dir/busnum")" "$(cat "$dir/devnum")"
}

# The disk at a port: "/dev/sda".
stick_at() {
	local dir

	for dir in /sys/bus/usb/devices/"$1"/*/host*/target*/*/block/*; do
		[ -e "$dir" ] || return 1
		echo "/dev/${dir##*/}"
		return
	done
}

# Read only, so that the filesystem itself writes nothing while sums are taken.
stick_mount() {
	wait_for 20 stick_at "$1" >/dev/null || return 1
	mkdir -p "$LAB_MNT"
	mount -o ro "$(stick_at "$1")" "$LAB_MNT"
}

stick_sum() {
	wait_for 20 stick_at "$1" >/dev/null || return 1
	blockdev --flushbufs "$(stick_at "$1")" 2>/dev/null
	sha256sum <"$(stick_at "$1")"
}

stick_data() {
	(cd "$LAB_MNT" 2>/dev/null && sha256sum -c --quiet known.sha256 >/dev/null 2>&1) &&
		echo "the data can still be read" || echo "filesystem lost: I/O error"
}

# use_node NODE: a process that has it open, its pid in $WORK/pid
use_node() {
	sleep infinity <>"$1" >/dev/null 2>&1 &
	echo $! >"$WORK/pid"
	wait_for 10 node_is_open "$1"
}
node_is_open() {
	[ "$(readlink "/proc/$(cat "$WORK/pid")/fd/0")" = "$1" ]
}
end_user() {
	[ ! -s "$WORK/pid" ] || kill "$(cat "$WORK/pid")" 2>/dev/null
	rm -f "$WORK/pid"
}

# "1-1:1.0"; without its driver only when the row has given it up
usb_keyboard() {
	echo "$(usb_port 'USB Keyboard'):1.0"
}
usb_keyboard_on() {
	local interface

	interface=$(usb_keyboard 2>/dev/null)
	[ -e "/sys/bus/usb/devices/$interface" ] || return 0
	[ -e "/sys/bus/usb/devices/$interface/driver" ] || echo "$interface" >/sys/bus/usb/drivers_probe
}

# A filesystem two tiers below the controller.
hazard xhci_hub_stick "$XHCI" storage-free "a mounted USB stick behind a hub on the controller"
xhci_hub_stick_make() { stick_mount 1-4.1; }
xhci_hub_stick_remedy() { echo "umount $LAB_MNT"; }
xhci_hub_stick_harm() { stick_data; }
xhci_hub_stick_sum() { stick_sum 1-4.1; }
xhci_hub_stick_undo() { umount -l "$LAB_MNT" 2>/dev/null; }

hazard xhci_last_keyboard "$XHCI" usb-controller-free "the host's last keyboard, on the controller"
xhci_last_keyboard_make() { ps2_keyboard_off; usb_keyboard_on; wait_for 20 test -e "/sys/bus/usb/devices/$(usb_keyboard)/driver"; }
xhci_last_keyboard_remedy() { echo "echo $(usb_keyboard) > /sys/bus/usb/drivers/usbhid/unbind"; }
xhci_last_keyboard_harm() { grep -q 'Handlers=.*kbd.*leds' /proc/bus/input/devices || echo "no keyboard is left at the console"; }
xhci_last_keyboard_undo() { ps2_keyboard_on; usb_keyboard_on; }

hazard xhci_tty "$XHCI" holders-free "a program that uses a USB serial adapter on the controller"
xhci_tty_make() { wait_for 20 test -c /dev/ttyUSB0 && use_node /dev/ttyUSB0; }
xhci_tty_remedy() { echo "kill $(cat "$WORK/pid")"; }
xhci_tty_harm() { test -c /dev/ttyUSB0 || echo "the program's line is hung up"; }
xhci_tty_undo() { end_user; }

# The device of another running guest.
hazard xhci_guest "$XHCI" usb-controller-free "another running guest's USB device, on the controller"
xhci_guest_make() { usb_guest_make; }
xhci_guest_remedy() { echo "virsh destroy hazard-owner"; }
xhci_guest_harm() { test -e /sys/bus/usb/devices/1-3 || echo "the other guest's device is gone"; }
xhci_guest_undo() { usb_guest_undo; }

hazard usb_mounted "usb 2-2" usb-free "a mounted USB stick" guest start
usb_mounted_make() { stick_mount 2-2; }
usb_mounted_xml() { usb_hostdev 2-2; }
usb_mounted_remedy() { echo "umount $LAB_MNT"; }
usb_mounted_harm() { stick_data; }
usb_mounted_sum() { stick_sum 2-2; }
usb_mounted_undo() { umount -l "$LAB_MNT" 2>/dev/null; wait_for 20 stick_at 2-2 >/dev/null; }

hazard usb_raw "usb 2-2" usb-free "a program that reads the raw USB stick" guest
usb_raw_make() { wait_for 20 stick_at 2-2 >/dev/null && use_node "$(stick_at 2-2)"; }
usb_raw_xml() { usb_hostdev 2-2; }
usb_raw_remedy() { echo "kill $(cat "$WORK/pid")"; }
usb_raw_harm() { stick_at 2-2 >/dev/null || echo "the program's disk is gone"; }
usb_raw_sum() { stick_sum 2-2; }
usb_raw_undo() { end_user; wait_for 20 stick_at 2-2 >/dev/null; }

hazard usb_tty "usb 1-3" usb-free "a program that uses a USB serial adapter" guest
usb_tty_make() { xhci_tty_make; }
usb_tty_xml() { usb_hostdev 1-3; }
usb_tty_remedy() { echo "kill $(cat "$WORK/pid")"; }
usb_tty_harm() { test -c /dev/ttyUSB0 || echo "the program's line is hung up"; }
usb_tty_undo() { end_user; }

hazard usb_keyboard_last "usb 1-1" usb-free "the host's last keyboard" guest
usb_keyboard_last_make() { xhci_last_keyboard_make; }
usb_keyboard_last_xml() { usb_hostdev "$(usb_port 'USB Keyboard')"; }
usb_keyboard_last_remedy() { xhci_last_keyboard_remedy; }
usb_keyboard_last_harm() { xhci_last_keyboard_harm; }
usb_keyboard_last_undo() { xhci_last_keyboard_undo; }

# Two guests that run with one device: the first keeps it.
hazard usb_guest "usb 1-3" usb-free "another running guest's USB device" guest
usb_owner_start() {
	guest_state hazard-owner >/dev/null && virsh destroy hazard-owner
	USB_MODEL=qemu-xhci guest_define hazard-owner "$(usb_hostdev "$1")"
	timeout -k 5 "$((60 * LAB_FACTOR))" virsh start hazard-owner
}
usb_owner_end() {
	virsh destroy hazard-owner
	virsh undefine hazard-owner
}
usb_guest_make() { usb_owner_start 1-3; }
usb_guest_xml() { usb_hostdev 1-3; }
usb_guest_remedy() { echo "virsh destroy hazard-owner"; }
usb_guest_harm() { guest_is hazard-owner running && echo "both guests have it"; }
usb_guest_undo() {
	usb_owner_end
	wait_for 20 test -c /dev/ttyUSB0
}

# The lab's two disks have the same vendor and product, and the element names only these.
hazard usb_equal "usb 1-4.1" usb-unambiguous "one of two identical sticks, named by its ids" guest
usb_equal_make() {
	rm -f "$WORK/numbers"
	wait_for 20 stick_at 1-4.1 >/dev/null && wait_for 20 stick_at 2-2 >/dev/null
}
usb_equal_xml() {
	[ ! -e "$WORK/numbers" ] || { usb_hostdev 1-4.1; return; }
	printf "<hostdev mode='subsystem' type='usb'><source><vendor id='0x%s'/><product id='0x%s'/></source></hostdev>\n" \
		"$(cat /sys/bus/usb/devices/1-4.1/idVendor)" "$(cat /sys/bus/usb/devices/1-4.1/idProduct)"
}
usb_equal_remedy() { usb_hostdev 1-4.1 | grep -o '<address.*/>'; }
usb_equal_follow() { : >"$WORK/numbers"; }
usb_equal_sum() { stick_sum 1-4.1; }
usb_equal_undo() { rm -f "$WORK/numbers"; }

# The same for what is plugged in while a guest runs whose metadata wants it: flag "plugged".

# The tty of the serial adapter at a port: "/dev/ttyUSB1".
tty_at() {
	local dir

	for dir in /sys/bus/usb/devices/"$1:1.0"/ttyUSB*; do
		[ -c "/dev/${dir##*/}" ] || return 1
		echo "/dev/${dir##*/}"
		return
	done
	return 1
}
# plugged_goes NAME PORT: what was plugged in goes again
plugged_goes() {
	pull "$1" && wait_for 20 usb_gone "$2"
}

hazard plugged_mounted "usb 2-7" usb-free "a mounted USB stick, plugged in for a running guest" guest plugged
plugged_mounted_make() { plug_stick plug-h 7 && stick_mount 2-7; }
plugged_mounted_xml() { usb_hostdev 2-7; }
plugged_mounted_remedy() { usb_mounted_remedy; }
plugged_mounted_harm() { stick_data; }
plugged_mounted_sum() { stick_sum 2-7; }
plugged_mounted_undo() { umount -l "$LAB_MNT" 2>/dev/null; plugged_goes plug-h 2-7; }

hazard plugged_raw "usb 2-7" usb-free "a USB stick that a program reads, plugged in for a running guest" guest plugged
plugged_raw_make() { plug_stick plug-h 7 && wait_for 20 stick_at 2-7 >/dev/null && use_node "$(stick_at 2-7)"; }
plugged_raw_xml() { usb_hostdev 2-7; }
plugged_raw_remedy() { usb_raw_remedy; }
plugged_raw_harm() { stick_at 2-7 >/dev/null || echo "the program's disk is gone"; }
plugged_raw_sum() { stick_sum 2-7; }
plugged_raw_undo() { end_user; plugged_goes plug-h 2-7; }

hazard plugged_tty "usb 1-8" usb-free "a USB serial adapter that a program uses, plugged in for a running guest" guest plugged
plugged_tty_make() { plug_serial plug-h 8 && wait_for 20 tty_at 1-8 >/dev/null && use_node "$(tty_at 1-8)"; }
plugged_tty_xml() { usb_hostdev 1-8; }
plugged_tty_remedy() { usb_tty_remedy; }
plugged_tty_harm() { tty_at 1-8 >/dev/null || echo "the program's line is hung up"; }
plugged_tty_undo() { end_user; plugged_goes plug-h 1-8; }

# The other USB keyboard is there, and without a driver.
hazard plugged_keyboard "usb 1-5" usb-free "the host's only keyboard, plugged in for a running guest" guest plugged
plugged_keyboard_make() {
	ps2_keyboard_off
	echo 1-1:1.0 >/sys/bus/usb/drivers/usbhid/unbind
	plug_keyboard plug-h 5 && wait_for 20 test -e /sys/bus/usb/devices/1-5:1.0/driver
}
plugged_keyboard_xml() { usb_hostdev 1-5; }
plugged_keyboard_remedy() { echo "connect another one"; }
plugged_keyboard_follow() { ps2_keyboard_on; }
plugged_keyboard_harm() { usb_keyboard_last_harm; }
plugged_keyboard_undo() { ps2_keyboard_on; plugged_goes plug-h 1-5; usb_keyboard_on; }

# It was given to its guest by hand, before anybody looked.
hazard plugged_guest "usb 1-8" usb-free "another guest's USB device, plugged in for a running guest" guest plugged
plugged_guest_make() {
	plug_serial plug-h 8 && wait_for 20 tty_at 1-8 >/dev/null && usb_owner_start 1-8
}
plugged_guest_xml() { usb_hostdev 1-8; }
plugged_guest_remedy() { usb_guest_remedy; }
plugged_guest_harm() { usb_guest_harm; }
plugged_guest_undo() { usb_owner_end; plugged_goes plug-h 1-8; }
