# SPDX-License-Identifier: GPL-2.0-or-later
# All that `hostdevctl setup` prepares, applied and then found at a real boot: kernel parameters, a
# page of 1 GiB that a guest uses, VFIO from the start, virtual functions, a mediated device.
# config: booted
# stack: debian13
# limit: 600
# shellcheck shell=bash

uuid=6d747479-0000-4000-8000-0000000000f7

# No module of the kernel's tree: modprobe inserts it as at every boot of a host that has it.
mtty_at_boot() {
	[ -e "$LAB_SRC/mtty.ko" ] || return 0
	cp "$LAB_SRC/mtty.ko" /usr/local/lib/
	echo "install mtty /sbin/modprobe -a mdev vfio_iommu_type1; /sbin/insmod /usr/local/lib/mtty.ko" \
		>/etc/modprobe.d/mtty.conf
	echo mtty >/etc/modules-load.d/mtty.conf
	# Debian's rule of mdevctl runs /usr/sbin/mdevctl, while the program is in /usr/bin.
	[ -e /usr/sbin/mdevctl ] || ln -s ../bin/mdevctl /usr/sbin/mdevctl
	mtty_up || fail "the sample driver does not load"
	# libvirt learns about the parent from udev.
	wait_for 60 sh -c 'virsh nodedev-list --cap mdev_types | grep -q mtty' ||
		fail "libvirt sees no mtty"
	run hostdevctl setup mdev --apply mtty mtty-1 "$uuid"
	assert_status 0
}

applied() {
	run hostdevctl setup "$@"
	assert_status 0
}

first() {
	fake_update_grub
	! grep -qw intel_iommu=on /proc/cmdline || fail "the words are there already"
	applied --apply
	applied hugepages --apply --page-size 1G 1G
	applied bind --apply "$NVME_B"
	applied vfs --apply "$NVME_PF" 2
	applied vfs --apply "$(netdev_of "$IGB")" 2
	mtty_at_boot
	assert_driver "$NVME_B" nvme
	cat /boot/grub/grub.cfg
	grub_cmdline >"$LAB_OUT/cmdline"
	next_boot systemctl reboot
}

# Before anything asked for it.
second_found() {
	note "booted with: $(cat /proc/cmdline)"
	grep -qw intel_iommu=on /proc/cmdline || fail "the words of setup are not on the command line"
	assert_driver "$NVME_B" vfio-pci
	[ -e "$(pci_dir "$NVME_VF")" ] || fail "no virtual function of $NVME_PF"
	[ "$(cat "$(pci_dir "$IGB")/sriov_numvfs")" = 2 ] || fail "no virtual functions of $IGB"
	pool=/sys/kernel/mm/hugepages/hugepages-1048576kB
	[ "$(cat $pool/nr_hugepages)" = 1 ] || fail "no page of 1 GiB"
	[ ! -e "$LAB_SRC/mtty.ko" ] || [ -e "/sys/bus/mdev/devices/$uuid" ] ||
		fail "the mediated device is not there"
	run hostdevctl check
	assert_status 0
}

# A guest on the page of 1 GiB, with the device that VFIO had from the start and a virtual function.
second_guest() {
	local backing="<memoryBacking><hugepages><page size='1' unit='GiB'/></hugepages></memoryBacking>"

	guest_xml g1 "$(pci_hostdev "$NVME_B" no)" "$(pci_hostdev "$NVME_VF" no)" |
		sed -e "s|<memory unit='MiB'>64|<memory unit='GiB'>1|" -e "s|<devices>|$backing&|" \
			>"$WORK/g1.xml"
	timeout "$((60 * LAB_FACTOR))" virsh define "$WORK/g1.xml" || fail "guest g1 cannot be defined"
	guest_start g1
	[ "$(cat $pool/free_hugepages)" = 0 ] || fail "the guest does not use the page of 1 GiB"
	assert_driver "$NVME_VF" vfio-pci
	guest_stop g1
	assert_driver "$NVME_B" vfio-pci
	[ "$(cat $pool/free_hugepages)" = 1 ] || fail "the page of 1 GiB is not free"
}

second() {
	second_found
	second_guest
	run hostdevctl setup --revert
	assert_status 0
	[ ! -e "/sys/bus/mdev/devices/$uuid" ] || fail "the mediated device is left"
	run hostdevctl reattach "$NVME_B"
	assert_known_data "$NVME_B"
	assert_drivers_as_before
}

case $PHASE in
1) first ;;
*) second ;;
esac
