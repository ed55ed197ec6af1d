# SPDX-License-Identifier: GPL-2.0-or-later
# The list agrees, line by line, with lspci -nnk, lsusb and virsh nodedev-list; its users and
# verdicts with what is done to the devices.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian13
# limit: 300
# shellcheck shell=bash

uuid=6d747479-0000-4000-8000-00000000001e

# listed ARGUMENTS...: the list without its head, one blank between the columns, no notes
listed() {
	hostdevctl list "$@" | sed -e 1d -e '/^note: /d' -e 's/  */ /g' -e 's/ $//'
}

# in_full COLUMN: of all functions; text for people has short classes and vendors
in_full() {
	hostdevctl list --json -k pci -o "address,$1" |
		sed -nE "s/^ *\"(address|$1)\": \"(.*)\",?\$/\2/p" | paste -d ' ' - - | sed 's/  */ /g'
}

# agree WHAT: $WORK/ours and $WORK/theirs are the same lines
agree() {
	note "$(wc -l <"$WORK/ours") lines: $1"
	[ -s "$WORK/ours" ] || fail "$1: nothing is listed"
	diff -u "$WORK/theirs" "$WORK/ours" || fail "$1: the list does not agree"
}

agree_lspci() {
	lspci -Dn | awk '{ print $1, $3 }' >"$WORK/theirs"
	listed -k pci -o address,id >"$WORK/ours"
	agree 'lspci -n'
	lspci -D | sed -E 's/^([^ ]+) ([^:]*): .*/\1 \2/' >"$WORK/theirs"
	in_full class >"$WORK/ours"
	agree 'classes of lspci'
	lspci -D | sed -E -e 's/^([^ ]+) [^:]*: /\1 /' -e 's/ \(prog-if .*\)$//' \
		-e 's/ \(rev [0-9a-f]+\)$//' -e 's/  */ /g' >"$WORK/theirs"
	in_full name >"$WORK/ours"
	agree 'names of lspci'
	lspci -Dk | awk '/^[0-9a-f]/ { if (fn) print fn, driver; fn = $1; driver = "-" }
		/Kernel driver in use:/ { driver = $5 }
		END { print fn, driver }' >"$WORK/theirs"
	listed -k pci -o address,driver >"$WORK/ours"
	agree 'drivers of lspci -k'
}

agree_lsusb() {
	lsusb | sed -E 's/^Bus ([0-9]+) Device ([0-9]+): ID ([^ ]+).*/\1:\2 \3/' | sort >"$WORK/theirs"
	listed -k usb -o number,id | sort >"$WORK/ours"
	agree lsusb
}

agree_virsh() {
	virsh nodedev-list --cap pci | sed -nE \
		's/^pci_(....)_(..)_(..)_(.)$/\1:\2:\3.\4/p' | sort >"$WORK/theirs"
	listed -k pci -o address | sort >"$WORK/ours"
	agree 'virsh nodedev-list --cap pci'
	for name in $(virsh nodedev-list --cap usb_device); do
		virsh nodedev-dumpxml "$name" | sed -nE 's!^ *<path>.*/([^/]+)</path>$!usb:\1!p'
	done | sort >"$WORK/theirs"
	listed -k usb -o address | sort >"$WORK/ours"
	agree 'virsh nodedev-list --cap usb_device'
}

# What libvirt reports about the same host.
agree_connection() {
	local columns=address,id,group,numa,driver,vfs,parent

	listed -c qemu:///system -k pci -o $columns >"$WORK/theirs"
	listed -k pci -o $columns >"$WORK/ours"
	agree 'list -c qemu:///system, PCI'
	listed -c qemu:///system -k usb -o address,id,number,parent >"$WORK/theirs"
	listed -k usb -o address,id,number,parent >"$WORK/ours"
	agree 'list -c qemu:///system, USB'
	hostdevctl list -c qemu:///system -o address,verdict >"$WORK/remote"
	assert_text "$WORK/remote" 'not reported by libvirt: verdict'
}

# The virtual function of the NVMe controller exists for all of them.
echo 0 >"$(pci_dir "$NVME_PF")/sriov_drivers_autoprobe"
echo 1 >"$(pci_dir "$NVME_PF")/sriov_numvfs" || fail 'no virtual functions'
udevadm settle --timeout=30
agree_lspci
agree_lsusb
agree_virsh
agree_connection
run hostdevctl list -o address,vfs
assert_text "$OUTPUT" "of $NVME_PF"
echo 0 >"$(pci_dir "$NVME_PF")/sriov_numvfs"
echo 1 >"$(pci_dir "$NVME_PF")/sriov_drivers_autoprobe"

# The real serial ports, not the placeholders of the 8250 driver.
for tty in /sys/class/tty/*; do
	case $(readlink "$tty") in */virtual/*) continue ;; esac
	[ "$(cat "$tty/type" 2>/dev/null || echo 1)" = 0 ] || echo "/dev/${tty##*/}"
done | sort >"$WORK/theirs"
listed -k serial -o address | sort >"$WORK/ours"
agree 'serial ports'

if [ -e "$LAB_SRC/mtty.ko" ]; then
	mtty_create "$uuid" || fail 'no mediated device'
	run hostdevctl show "$uuid"
	assert_status 0
	assert_text "$OUTPUT" 'mtty-1'
	virsh nodedev-list --cap mdev | grep -c '^mdev_' >"$WORK/theirs"
	listed -k mdev -o address | grep -c . >"$WORK/ours"
	agree 'virsh nodedev-list --cap mdev'
	mtty_remove "$uuid"
fi

# Who uses a device, who claims it, and what would be needed.
mount_disk "$NVME_A"
guest_define g1 "$(pci_hostdev "$NVME_B" no)"
guest_start g1
run hostdevctl list -o address,driver,guests,verdict
assert_status 0
grep -q "^$NVME_A *nvme *- *needs storage-free" "$OUTPUT" || fail 'the mounted disk is not told'
grep -q "^$NVME_B *vfio-pci *g1 (running)" "$OUTPUT" || fail 'the running guest is not told'
run hostdevctl show "$NVME_A"
assert_text "$OUTPUT" 'mounted'
assert_text "$OUTPUT" 'umount '
# The guest's namespace keeps the mount here: init has not made it a shared one, as systemd does.
guest_stop g1
umount_disk
run hostdevctl show "$NVME_A"
assert_text "$OUTPUT" "$NVME_A: ready"
run hostdevctl list --tree --long
assert_status 0
assert_drivers_as_before
