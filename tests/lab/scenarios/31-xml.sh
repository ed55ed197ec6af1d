# SPDX-License-Identifier: GPL-2.0-or-later
# virsh accepts what "xml" writes, the guest starts, and its QEMU has the device.
# config: iommu
# stack: debian12 debian13 backports
# usual: backports
# limit: 420
# shellcheck shell=bash

uuid=6d747479-0000-4000-8000-0000000000f1

# give GUEST NAME...: what "xml" writes for the names, element by element, to virsh.
give() {
	local guest=$1 n
	shift

	hostdevctl xml "$@" >"$WORK/elements" 2>"$WORK/notes" || {
		cat "$WORK/notes"
		fail "no XML for $*"
	}
	cat "$WORK/notes" "$WORK/elements"
	# virsh takes one element at a time: they begin in the first column.
	rm -f "$WORK"/element-*
	csplit -q -z -f "$WORK/element-" "$WORK/elements" '/^<[a-z]/' '{*}'
	for n in "$WORK"/element-*; do
		run virsh attach-device "$guest" "$n" --config
		assert_status 0
	done
}

info() {
	timeout "$((60 * LAB_FACTOR))" virsh qemu-monitor-command "$1" --hmp "info $2" >"$WORK/info" 2>&1
}
info_has() {
	info "$1" "$2" && grep -qF -- "$3" "$WORK/info"
}

# QEMU shows what is behind a port once the guest's firmware has numbered its bus.
assert_info() {
	wait_for 60 info_has "$@" || {
		cat "$WORK/info"
		fail "QEMU of $1 shows no $3 in 'info $2'"
	}
}

echo 1 >"$(pci_dir "$NVME_PF")/sriov_numvfs" || fail "no virtual functions"
udevadm settle --timeout=30
# At the hub: there are two identical sticks (lib/devices.sh).
port=1-4.1 adapter=1-3 keyboard=1-1
ids=$(cat "/sys/bus/usb/devices/$keyboard/idVendor"):$(cat "/sys/bus/usb/devices/$keyboard/idProduct")
tty=$(basename "$(ls -d "/sys/bus/usb/devices/$adapter:1.0"/ttyUSB*)")
note "stick $port, adapter $adapter ($tty), keyboard $keyboard ($ids)"

# PCI devices, by any of their names.
USB_MODEL=qemu-xhci guest_define g1
give g1 "$(netdev_of "$NIC_B")"
give g1 "$GPU"
give g1 "vf:$NVME_PF/0"
# QEMU 11.1's own NVMe driver hangs on an emulated IOMMU, also without a hook: the controller writes
# where QEMU mapped memory for reading (DMAR: "PTE Write access is not set").
[ "$LAB_STACK" = backports ] || give g1 --as disk "$(disk_of "$NVME_B")"
give g1 "usb:$port"
give g1 --by address "usb:$keyboard"
guest_start g1
assert_driver "$NIC_B" vfio-pci
assert_driver "$GPU_AUDIO" vfio-pci
assert_driver "$NVME_VF" vfio-pci
assert_info g1 pci 8086:10d3
assert_info g1 pci 1234:1111
assert_info g1 pci 8086:293e
assert_info g1 usb "USB HARDDRIVE"
assert_info g1 usb "Keyboard"
[ "$LAB_STACK" = backports ] || assert_info g1 block "nvme://$NVME_B/1"
guest_stop g1
assert_driver "$NIC_B" e1000e
assert_driver "$GPU_AUDIO" snd_hda_intel

# A PCI serial card, a USB device by its ids, a serial line of the host, a mediated device.
USB_MODEL=qemu-xhci guest_define g2
give g2 --as pci "$SERIAL"
give g2 --by id "$ids"
give g2 "/dev/$tty"
if mtty_create "$uuid"; then
	give g2 "$uuid"
fi
guest_start g2
assert_driver "$SERIAL" vfio-pci
assert_info g2 pci 1b36:0002
assert_info g2 usb "Keyboard"
tr '\0' '\n' <"/proc/$(qemu_pid g2)/cmdline" >"$WORK/cmdline"
grep -qE "/dev/$tty|/dev/serial/by-id/" "$WORK/cmdline" || fail "QEMU has no $tty"
[ ! -e "/sys/bus/mdev/devices/$uuid" ] || assert_text "$WORK/cmdline" "$uuid"
guest_stop g2
mtty_remove "$uuid"
echo 0 >"$(pci_dir "$NVME_PF")/sriov_numvfs"

# A function of the network card, as an interface with its own address and VLAN.
[ "$LAB_STACK" != debian12 ] || { assert_drivers_as_before; exit 0; }
echo 1 >"$(pci_dir "$IGB")/sriov_numvfs" || fail "no virtual functions"
udevadm settle --timeout=30
parent=$(netdev_of "$IGB")
ip link set "$parent" up
guest_define g3
give g3 --mac 52:54:00:aa:00:02 --vlan 43 "vf:$parent/0"
guest_start g3
assert_driver "$IGB_VF" vfio-pci
ip link show "$parent" >"$WORK/link"
assert_text "$WORK/link" 52:54:00:aa:00:02
assert_text "$WORK/link" "vlan 43"
guest_stop g3
echo 0 >"$(pci_dir "$IGB")/sriov_numvfs"
assert_drivers_as_before
