# SPDX-License-Identifier: GPL-2.0-or-later
# Devices by the names that people have for them, in every command that takes some.
. "$SRCDIR/tests/support/clitap.sh" || exit 99
bus_host

# usb PORT ID DEVNUM [SERIAL]: a device on the first bus of the controller at 00:14.0
usb() {
	local dir=$root/sys/devices/pci0000:00/0000:00:14.0/usb1/$1
	mkdir -p "$dir" "$root/sys/bus/usb/devices"
	echo "${2%:*}" > "$dir/idVendor"
	echo "${2#*:}" > "$dir/idProduct"
	echo 1 > "$dir/busnum"
	echo "$3" > "$dir/devnum"
	[ -z "$4" ] || echo "$4" > "$dir/serial"
	ln -s "../../../devices/pci0000:00/0000:00:14.0/usb1/$1" "$root/sys/bus/usb/devices/$1"
}
usb 1-1 046d:c52b 2 A1
usb 1-2 046d:c52b 3 B2
usb 1-3 0403:6001 4

# node CLASS DIR: a directory below sys/devices and its link in the class
node() {
	mkdir -p "$root/sys/devices/$2" "$root/sys/class/$1"
	ln -s "../../devices/$2" "$root/sys/class/$1/${2##*/}"
}
of() {
	local path
	path=$(readlink -f "$root/sys/bus/pci/devices/$1")
	echo "${path#"$root/sys/devices/"}"
}
node drm "$(of $GPU)/drm/card1"
node net "$(of $NIC)/net/enp3s0"
node block "$(of $DISK)/nvme/nvme0/nvme0n1"
node tty pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0/ttyUSB0/tty/ttyUSB0
mkdir -p "$root/dev/serial/by-id"
ln -s ../../ttyUSB0 "$root/dev/serial/by-id/usb-FTDI"
ln -s /etc/shadow "$root/dev/evil"
: > "$root/dev/ttyUSB0"

ok 'a card by its node' prints 0 "$GPU (/dev/dri/card1): ready" \
	check --sysroot "$root" /dev/dri/card1
ok 'it is the same as its address' prints 0 "$GPU" check --sysroot "$root" 02:00.0 /dev/dri/card1
ok 'and named once' prints 0 "$GPU: ready" check --sysroot "$root" 02:00.0 /dev/dri/card1
ok 'an interface is not a guest' prints 0 "$NIC (enp3s0)" check --sysroot "$root" enp3s0
ok 'a word that does not name a device is a guest' complains 2 "'win11' is not a device of this host" \
	check --sysroot "$root" win11
ok 'a disk is planned' prints 0 "pci-driver $DISK: nvme -> vfio-pci" \
	plan --sysroot "$root" /dev/nvme0n1
ok 'USB by port' prints 0 'usb:1-2: ready' check --sysroot "$root" usb:1-2
ok 'USB by serial number' prints 0 'usb:1-2 (usb:046d:c52b:B2): ready' \
	check --sysroot "$root" usb:046d:c52b:B2
ok 'USB by address' prints 0 'usb:1-2 (usb:1.3): ready' check --sysroot "$root" usb:1.3
ok 'two of an id are listed' complains 2 \
	'usb:1-1 (046d:c52b, serial A1), usb:1-2 (046d:c52b, serial B2)' \
	check --sysroot "$root" 046d:c52b
ok 'nothing is written then' test ! -s "$work/out"
ok 'a serial port by its stable link' prints 0 '(/dev/serial/by-id/usb-FTDI): ready' \
	check --sysroot "$root" /dev/serial/by-id/usb-FTDI
ok 'a path that leads away' complains 2 "'/dev/evil' leads out of /dev" \
	check --sysroot "$root" /dev/evil
ok 'a path elsewhere' complains 2 'it must begin with /dev/' check --sysroot "$root" /etc/shadow
ok 'a node that is not there' complains 3 "'hostdevctl list' shows what this host has" \
	check --sysroot "$root" /dev/nope

ok 'USB is not detached' complains 2 "'hostdevctl check usb:1-1' shows whether" \
	detach --sysroot "$root" usb:1-1
ok 'nor reattached' complains 2 'is a USB device' reattach --sysroot "$root" usb:1-1
ok 'a serial port is not, but its controller could be' complains 2 \
	'the whole PCI function above it is 0000:00:14.0' \
	detach --sysroot "$root" /dev/ttyUSB0
ok 'one of several is none' complains 2 'is a serial port' \
	detach --sysroot "$root" /dev/nvme0n1 /dev/ttyUSB0
ok 'the host is as before' driver $DISK nvme
ok 'a disk is detached by its node' fake prints 0 'pci-driver 0000:01:00.0: nvme -> vfio-pci' \
	detach --sysroot "$root" /dev/nvme0n1
ok 'it is' driver $DISK vfio-pci
rm "$root/sys/class/block/nvme0n1"
rm -r "$(readlink -f "$root/sys/bus/pci/devices/$DISK")/nvme"
ok 'its node is gone with that' complains 3 "'hostdevctl status' shows its address" \
	reattach --sysroot "$root" /dev/nvme0n1
ok 'it is given back by its address' fake prints 0 'vfio-pci -> nvme' \
	reattach --sysroot "$root" 01:00.0

ok 'an allowance by another name' run 0 \
	check --allow display-free=/dev/dri/card1 --sysroot "$root" $GPU
ok 'matches' sh -c "! grep overrides-match '$work/out'"
ok 'of a USB device' run 0 check --allow usb-free=usb:046d:c52b:A1 --sysroot "$root" usb:1-1
ok 'matches, too' sh -c "! grep overrides-match '$work/out'"
ok 'one of another device does not' prints 0 overrides-match \
	check --allow usb-free=usb:1-3 --sysroot "$root" usb:1-1
ok 'one of several devices is wrong use' complains 2 'matches 2 devices' \
	check --allow usb-free=046d:c52b --sysroot "$root" usb:1-1
node block "$(of $DISK)/nvme/nvme0/nvme0n1"
ok 'a sacrifice names all that is lost' complains 2 "all disks of $DISK are taken; name that" \
	detach --i-know-this-destroys-data /dev/nvme0n1 --sysroot "$root" /dev/nvme0n1
rm -rf "$root/sys/firmware/acpi" "$root/sys/class/iommu" "$root/sys/kernel/iommu_groups"
ok 'USB needs no IOMMU' prints 0 'usb:1-2: ready' check --sysroot "$root" usb:1-2
tap_end
