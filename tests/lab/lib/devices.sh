# SPDX-License-Identifier: GPL-2.0-or-later
# devices.sh - the devices of the virtual host, and the PCI address of each.
#
# The firmware numbers buses in the order of the root ports, which sit on pcie.0 from slot 5
# on, one device behind each.  Outside, device_arguments() makes QEMU's options from the list;
# inside, scenarios use the exported names.  Change both together.
# shellcheck shell=bash

export NVME_A=0000:01:00.0         # 32 MiB disk, ext4 with known data
export NVME_B=0000:02:00.0         # the same once more
export NVME_PF=0000:03:00.0        # NVMe with SR-IOV: up to four functions 03:00.1 ..
export NVME_VF=0000:03:00.1        # the first of them, once sriov_numvfs is written
export NIC=0000:04:00.0            # e1000e; carries the address and the default route
export GPU=0000:05:00.0            # secondary VGA; with GPU_AUDIO one IOMMU group of two
export GPU_AUDIO=0000:05:00.1      # Intel HD audio on function 1 of the same slot
export GPU_USB=0000:05:00.2        # USB controller on function 2, with a desktop only; its ports are free
export SERIAL=0000:06:00.0         # one 16550 on PCI
export XHCI=0000:07:00.0           # with a keyboard (1-1), a disk (2-2), a serial adapter (1-3)
                                   # and a hub (1-4), behind which is a second disk (USB); its ports 5 to 8
                                   # are free for what scenarios plug (inner/monitor.sh)
export BRIDGE=0000:08:00.0         # PCIe-to-PCI bridge; one group with the next two
export BRIDGE_DEV_1=0000:09:01.0   # e1000, without a cable
export BRIDGE_DEV_2=0000:09:02.0   # rtl8139, without a cable
export IGB=0000:0a:00.0            # SR-IOV network card; only where QEMU has it (not debian12)
export IGB_VF=0000:0a:10.0         # its first function, once sriov_numvfs is written
export NIC_B=0000:0b:00.0          # e1000e and virtio, with a cable between them and to nowhere else:
export NIC_C=0000:0c:00.0          # one is the host's, in a namespace the other is its peer
export PLAIN=0000:0d:00.0          # registers that no driver of Linux drives (QEMU's edu)
export SECOND_GPU=0000:0e:00.0     # a card that a scenario plugs (inner/monitor.sh), with a desktop only
export HOST_BRIDGE=0000:00:00.0    # the machine's own, as is
export ISA_BRIDGE=0000:00:1f.0     # its LPC controller, in one group with AHCI and SMBus
export BOOT_VGA=0000:00:1d.0       # what the firmware shows its picture on; no driver but vesafb (not in
                                   # the lab with a desktop: there it is GPU, the only card)
export MISSING=0000:1f:00.0        # an address where nothing is

# Is CONFIG a host that systemd boots, with its root on a disk?
boots() {
	[ "$1" = booted ] || [ "$1" = desktop ]
}

# Root port for bus N: its slot on pcie.0 is N + 4; MORE options.
root_port() {
	local bus=$1 more=${2-}

	printf '%s\n' -device \
		"pcie-root-port,id=rp$bus,bus=pcie.0,chassis=$bus,addr=0x$(printf %x $((bus + 4)))$more"
}

nvme_arguments() {
	local disks=$1

	printf '%s\n' \
		-drive "if=none,id=disk-a,format=raw,file=$disks/nvme-a.img" \
		-device "nvme,bus=rp1,drive=disk-a,serial=LAB-NVME-A" \
		-drive "if=none,id=disk-b,format=raw,file=$disks/nvme-b.img" \
		-device "nvme,bus=rp2,drive=disk-b,serial=LAB-NVME-B" \
		-device "nvme-subsys,id=lab-subsys,nqn=lab" \
		-device "nvme,id=pf,bus=rp3,serial=LAB-NVME-PF,subsys=lab-subsys,sriov_max_vfs=4,sriov_vq_flexible=8,sriov_vi_flexible=4,max_ioqpairs=12,msix_qsize=13" \
		-drive "if=none,id=disk-pf,format=raw,file=$disks/nvme-pf.img" \
		-device "nvme-ns,bus=pf,drive=disk-pf"
}

usb_arguments() {
	local disks=$1

	printf '%s\n' \
		-device "qemu-xhci,id=usb,bus=rp7,p2=8,p3=8" -device "usb-kbd,bus=usb.0" \
		-drive "if=none,id=disk-usb,format=raw,file=$disks/usb.img" \
		-device "usb-storage,bus=usb.0,drive=disk-usb" \
		-device "usb-hub,bus=usb.0,port=4" \
		-drive "if=none,id=disk-usb-2,format=raw,file=$disks/usb-2.img" \
		-device "usb-storage,bus=usb.0,port=4.1,drive=disk-usb-2" \
		-chardev "null,id=usb-tty" -device "usb-serial,bus=usb.0,chardev=usb-tty,always-plugged=on" \
		-blockdev "raw,node-name=disk-plug,file.driver=file,file.filename=$disks/usb-3.img" \
		-chardev "null,id=plug-tty" -chardev "null,id=plug-tty-2"
}

pair_arguments() {
	root_port 11
	root_port 12
	printf '%s\n' \
		-netdev "hubport,id=pair-b,hubid=1" -netdev "hubport,id=pair-c,hubid=1" \
		-device "e1000e,bus=rp11,netdev=pair-b,mac=52:54:00:1a:b0:05,romfile=" \
		-device "virtio-net-pci,bus=rp12,netdev=pair-c,mac=52:54:00:1a:b0:06,romfile="
}

# The only card of a desktop is the firmware's, too, with its BIOS: SeaBIOS shows its picture there.  Its third
# function is the controller of a USB-C connector.  The empty port has room for the memory of another.
graphics_arguments() {
	if [ "$1" = desktop ]; then
		printf '%s\n' -device "VGA,bus=rp5,addr=0.0,multifunction=on" \
			-device "qemu-xhci,id=card-usb,bus=rp5,addr=0.2"
		root_port 14 ,mem-reserve=32M
	else
		printf '%s\n' -device "secondary-vga,bus=rp5,addr=0.0,multifunction=on,romfile=" \
			-device "ati-vga,bus=pcie.0,addr=0x1d"
	fi
}

# One argument a line: the options for all devices; HAS_IGB says whether QEMU knows igb.
device_arguments() {
	local disks=$1 has_igb=$2 config=$3 bus

	for bus in 1 2 3 4 5 6 7 8; do
		root_port "$bus"
	done
	nvme_arguments "$disks"
	usb_arguments "$disks"
	printf '%s\n' \
		-netdev "user,id=net,restrict=on" \
		-device "e1000e,bus=rp4,netdev=net,mac=52:54:00:1a:b0:01,romfile=" \
		-audiodev "none,id=sound" \
		-device "ich9-intel-hda,id=hda,bus=rp5,addr=0.1" \
		-device "hda-duplex,bus=hda.0,audiodev=sound" \
		-chardev "null,id=pci-tty" -device "pci-serial,bus=rp6,chardev=pci-tty" \
		-device "pcie-pci-bridge,id=pci,bus=rp8" \
		-device "e1000,bus=pci,addr=1,mac=52:54:00:1a:b0:02,romfile=" \
		-device "rtl8139,bus=pci,addr=2,mac=52:54:00:1a:b0:03,romfile="
	graphics_arguments "$config"
	pair_arguments
	root_port 13
	printf '%s\n' -device "edu,bus=rp13"
	root_port 10
	[ "$has_igb" = yes ] || return 0
	printf '%s\n' -device "igb,bus=rp10,mac=52:54:00:1a:b0:04,romfile="
}
