# SPDX-License-Identifier: GPL-2.0-or-later
# Devices that a running guest gets past the hook, by virsh: shown, and given back if they should be.
# config: iommu
# stack: debian12 debian13 backports
# usual: backports
# limit: 360
# shellcheck shell=bash

# A port of PCI Express that was empty at the start lets its device go by itself (32-attach.sh).
guest_with_ports() {
	local guest=$1 ports='' i

	for i in 1 2 3; do
		ports="$ports<controller type='pci' index='$i' model='pcie-root-port'/>"
	done
	guest_xml "$guest" "$ports" | sed "s|<qemu:capabilities>|$native<qemu:capabilities>|" \
		>"$WORK/$guest.xml"
	timeout "$((60 * LAB_FACTOR))" virsh define "$WORK/$guest.xml" || fail "guest $guest cannot be defined"
}
native="<qemu:commandline><qemu:arg value='-global'/><qemu:arg \
value='ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off'/></qemu:commandline>"

# plug MANAGED: virsh gives the disk to g1
plug() {
	pci_hostdev "$NVME_B" "$1" >"$WORK/device.xml"
	timeout "$((60 * LAB_FACTOR))" virsh attach-device g1 "$WORK/device.xml" --live ||
		fail "virsh cannot attach $NVME_B"
	assert_driver "$NVME_B" vfio-pci
}

sum=$(disk_sum "$NVME_B")
guest_with_ports g1

# By hostdevctl: given back at the stop, like what the start took.
guest_start g1
run hostdevctl attach --live g1 "$NVME_B"
assert_status 0
assert_driver "$NVME_B" vfio-pci
run hostdevctl status
assert_text "$OUTPUT" "$NVME_B guest g1"
guest_stop g1
assert_driver "$NVME_B" nvme
assert_disk_sum "$NVME_B" "$sum"
assert_journal_empty

# By virsh with managed='no': only shown, as somebody put it on VFIO for the guest.
to_vfio "$NVME_B"
guest_start g1
plug no
run hostdevctl status
assert_text "$OUTPUT" "no hook saw it: only 'hostdevctl reattach' gives it back"
run hostdevctl doctor
assert_text "$OUTPUT" "guest 'g1' was given $NVME_B while it ran"
guest_stop g1
assert_driver "$NVME_B" vfio-pci
run hostdevctl doctor
assert_text "$OUTPUT" "$NVME_B is on vfio-pci"
run hostdevctl reattach --binder sysfs "$NVME_B"
assert_status 0
assert_driver "$NVME_B" nvme

# libvirt remembers it as a device that it does not manage, and leaves it on VFIO.
guest_start g1
plug yes
run hostdevctl status
assert_text "$OUTPUT" 'no hook saw it: libvirt gives it back'
guest_stop g1
assert_driver "$NVME_B" nvme
assert_no_override "$NVME_B"
assert_disk_sum "$NVME_B" "$sum"
assert_journal_empty
assert_drivers_as_before
