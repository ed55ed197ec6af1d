# SPDX-License-Identifier: GPL-2.0-or-later
# "attach" and "detach-from": the definition of a guest, and running ones, USB and PCI.
# config: iommu
# stack: debian12 debian13 backports
# usual: debian12
# limit: 480
# shellcheck shell=bash

port=1-4.1 # the stick at the hub; another of the same model is elsewhere (lib/devices.sh)

info() {
	timeout "$((60 * LAB_FACTOR))" virsh qemu-monitor-command "$1" --hmp "info $2" >"$WORK/info" 2>&1
	cat "$WORK/info"
}

# definition GUEST / live GUEST: its XML, on $WORK/xml
definition() {
	timeout "$((60 * LAB_FACTOR))" virsh dumpxml --inactive "$1" >"$WORK/xml" || fail "no XML of $1"
}

live() {
	timeout "$((60 * LAB_FACTOR))" virsh dumpxml "$1" >"$WORK/xml" || fail "no XML of $1"
}

is_on() {
	[ "$(driver_of "$1")" = "$2" ]
}

# Idle firmware knows nothing of hotplug by ACPI; a port of PCI Express that was empty at
# the start lets its device go by itself.
guest_with_ports() {
	local guest=$1 ports='' i
	shift

	for i in 1 2 3; do
		ports="$ports<controller type='pci' index='$i' model='pcie-root-port'/>"
	done
	# The XHCI takes one of them.
	USB_MODEL=qemu-xhci guest_xml "$guest" "$ports" |
		sed "s|<qemu:capabilities>|$*<qemu:capabilities>|" >"$WORK/$guest.xml"
	timeout "$((60 * LAB_FACTOR))" virsh define "$WORK/$guest.xml" || fail "guest $guest cannot be defined"
}
native="<qemu:commandline><qemu:arg value='-global'/><qemu:arg \
value='ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off'/></qemu:commandline>"

# The definition; the start binds, the end gives back.
sum=$(disk_sum "$NVME_A")
guest_define g1
run hostdevctl attach --pin g1 "$NVME_A" "$GPU"
assert_status 0
assert_driver "$NVME_A" nvme
definition g1
assert_text "$WORK/xml" "pcie-root-port"
assert_text "$WORK/xml" "multifunction='on'"
assert_text "$WORK/xml" 'hd:device address="'"$NVME_A"'"'
assert_text "$WORK/xml" LAB-NVME-A
run hostdevctl attach g1 "$NVME_A"
assert_status 0
assert_text "$OUTPUT" already
run hostdevctl attach --live g1 "$NVME_B"
assert_status 1
guest_start g1
assert_driver "$NVME_A" vfio-pci
assert_driver "$GPU_AUDIO" vfio-pci
info g1 pci
assert_text "$WORK/info" 1b36:0010
assert_text "$WORK/info" 1234:1111
assert_text "$WORK/info" 8086:293e
guest_stop g1
assert_driver "$NVME_A" nvme
assert_disk_sum "$NVME_A" "$sum"
run hostdevctl detach-from g1 "$NVME_A" "$GPU"
assert_status 0
definition g1
assert_no_text "$WORK/xml" "<hostdev"

# A running guest: PCI, bound and given back by us.
sum=$(disk_sum "$NVME_B")
guest_with_ports g2 "$native"
guest_start g2
run hostdevctl attach --live g2 "$NVME_B"
assert_status 0
assert_driver "$NVME_B" vfio-pci
info g2 pci
assert_text "$WORK/info" 1b36:0010
definition g2
assert_no_text "$WORK/xml" "<hostdev"
run hostdevctl detach-from --live g2 "$NVME_B"
assert_status 0
assert_driver "$NVME_B" nvme
assert_disk_sum "$NVME_B" "$sum"
info g2 pci
assert_no_text "$WORK/info" 1b36:0010

# A device in use is refused, and stays as it is.
mount_disk "$NVME_B"
run hostdevctl attach --live g2 "$NVME_B"
assert_status 1
assert_text "$OUTPUT" storage-free
assert_driver "$NVME_B" nvme
umount_disk
sum=$(disk_sum "$NVME_B")

# managed='yes': bound and given back by libvirt.
run hostdevctl attach --live --managed yes g2 "$NVME_B"
assert_status 0
assert_driver "$NVME_B" vfio-pci
run hostdevctl detach-from --live g2 "$NVME_B"
assert_status 0
wait_for 20 is_on "$NVME_B" nvme || fail "libvirt does not give $NVME_B back"

# USB, and both at once: without an option the definition changes, too.
run hostdevctl attach g2 "usb:$port"
assert_status 0
info g2 usb
assert_text "$WORK/info" "USB HARDDRIVE"
definition g2
assert_text "$WORK/xml" "type='usb'"
run hostdevctl attach g2 "$NVME_B"
assert_status 0
live g2
assert_text "$WORK/xml" "type='pci' managed='no'"
definition g2
assert_text "$WORK/xml" "type='pci' managed='no'"
run hostdevctl detach-from g2 "usb:$port" "$NVME_B"
assert_status 0
info g2 usb
assert_no_text "$WORK/info" "USB HARDDRIVE"
definition g2
assert_no_text "$WORK/xml" "<hostdev"
assert_driver "$NVME_B" nvme

# All or none: only two ports are free.
run hostdevctl attach --live g2 "$NVME_A" "$NVME_B" "$NIC_B"
assert_status 1
assert_text "$OUTPUT" "no free slot"
assert_driver "$NVME_A" nvme
assert_driver "$NVME_B" nvme
live g2
assert_no_text "$WORK/xml" "<hostdev"
guest_stop g2

# A guest that does not answer: the command says so, and nothing else is changed.
guest_with_ports g3
guest_start g3
run hostdevctl attach g3 "$NVME_B"
assert_status 0
run hostdevctl detach-from g3 "$NVME_B"
assert_status 3
assert_text "$OUTPUT" "did not release $NVME_B within"
assert_driver "$NVME_B" vfio-pci
definition g3
assert_text "$WORK/xml" "type='pci' managed='no'"
guest_stop g3
assert_driver "$NVME_B" nvme
assert_disk_sum "$NVME_B" "$sum"

run hostdevctl attach nobody "$NVME_B"
assert_status 3
assert_text "$OUTPUT" "'nobody' is not a guest"
run hostdevctl detach-from g2 "$NVME_B"
assert_status 1
assert_drivers_as_before
