/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_libvirt_device.c - what libvirt says of one device (libvirt src/hypervisor, src/util). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_libvirt_device[] = {
	{
		/* virhostdev.c virHostdevPreparePCIDevices */
		"libvirt-unmanaged", HD_SPEAKER_LIBVIRT,
		{ "Unmanaged PCI device {address} must be manually detached from the host" },
		"{address} is managed='no' and still on a driver of the host: nobody bound it to VFIO",
		"hostdevctl-hook binds it at the start if it is installed; else hostdevctl detach "
		"{address}, or managed='yes'",
		{ "iommu-group-viable", "vfio-modules", "managed-conflict" }, false,
	},
	{
		"libvirt-pci-in-use", HD_SPEAKER_LIBVIRT,
		{ "PCI device {address} is in use by driver {word:driver}, domain {text:guest}",
		  "PCI device {address} is in use", },
		"another guest ({guest}) has {address}",
		"shut {guest} down, or detach the device from it",
		{ "iommu-group-exclusive", "holders-free" }, false,
	},
	{
		"libvirt-not-assignable", HD_SPEAKER_LIBVIRT,
		{ "PCI device {address} is not assignable" },
		"libvirt does not use VFIO for {address}, and by its older way the bridges above it do "
		"not keep its traffic apart (ACS)",
		"use VFIO: <driver name='vfio'/> or none at all",
		{ "iommu-enabled", "no-acs-override" }, false,
	},
	{
		"libvirt-not-an-endpoint", HD_SPEAKER_LIBVIRT,
		{ "Non-endpoint PCI devices cannot be assigned to guests" },
		"the address is that of a bridge",
		"pass the device behind it; bridges of a group stay on pcieport, which is fine",
		{ "device-endpoint" }, false,
	},
	{
		/* virpci.c virPCIGetHeaderType */
		"libvirt-header-type", HD_SPEAKER_LIBVIRT,
		{ "Unknown PCI header type '{number:type}' for device '{address}'",
		  "Unknown PCI header type '{number:type}'" },
		"{address} answers with all ones: the device is dead or has no power",
		"switch the host off and on; before the next time keep it out of D3cold",
		{ "device-alive", "power-state" }, false,
	},
	{
		/* virpci.c virPCIDeviceDetach, virPCIDeviceReattach */
		"libvirt-active-device", HD_SPEAKER_LIBVIRT,
		{ "Not detaching active device {address}", "Not reattaching active device {address}",
		  "Not resetting active device {address}" },
		"a running guest has {address}",
		"shut that guest down first; hostdevctl status names it",
		{ "iommu-group-exclusive", "holders-free" }, false,
	},
	{
		"libvirt-driver-override", HD_SPEAKER_LIBVIRT,
		{ "Failed to add driver '{word:driver}' to driver_override interface of PCI device "
		  "'{address}'" },
		"libvirt may not write to sysfs: a container, a read-only /sys, or a security module",
		"look at ReadOnlyPaths and ProtectKernelTunables of libvirt's unit, and for denials of "
		"SELinux or AppArmor",
		{ "device-present" }, false,
	},
	{
		"libvirt-cannot-unbind", HD_SPEAKER_LIBVIRT,
		{ "Failed to unbind PCI device '{address}' from {word:driver}" },
		"{driver} does not let {address} go: something uses it",
		"hostdevctl check {address} names who uses it; do not try again by force",
		{ "holders-free", "storage-free", "network-free", "display-free",
		  "driver-release-safe" }, false,
	},
	{
		"libvirt-probe-failed", HD_SPEAKER_LIBVIRT,
		{ "Failed to trigger a probe for PCI device '{address}'" },
		"the kernel looked for a driver for {address}, and the driver said no",
		"the kernel's log says why: hostdevctl explain --journal",
		{ "device-alive", "vfio-modules", "not-denylisted" }, false,
	},
	{
		"libvirt-module-prohibited", HD_SPEAKER_LIBVIRT,
		{ "Failed to load PCI driver module {word:module}: administratively prohibited" },
		"module {module} is on a blacklist, or modules may not be loaded any more",
		"see 'grep -r {module} /etc/modprobe.d' and kernel.modules_disabled",
		{ "vfio-modules" }, false,
	},
	{
		"libvirt-module-no-driver", HD_SPEAKER_LIBVIRT,
		{ "module '{word:module}' does not implement any pci driver" },
		"<driver model='{module}'/> names a module that drives no PCI device",
		"use the name of a VFIO driver (vfio-pci, or the card's own), or leave it out",
		{ "vfio-modules" }, false,
	},
	{
		"libvirt-no-reset", HD_SPEAKER_LIBVIRT,
		{ "Unable to reset PCI device {address}: no FLR, PM reset or bus reset available",
		  "Unable to reset PCI device {address}" },
		"{address} has no reset of its own; libvirt leaves resets to VFIO when that has it",
		"expect it to work once per boot of the host; if the guest does not start, pass the "
		"other devices below the same bridge too",
		{ "reset-works" }, false,
	},
	{
		"libvirt-usb-ambiguous", HD_SPEAKER_LIBVIRT,
		{ "Multiple USB devices for {hex:vendor}:{hex:product}, use <address> to specify one" },
		"several USB devices have the ids {vendor}:{product}",
		"hostdevctl xml usb:{vendor}:{product} lists them; name one by its port or serial: "
		"hostdevctl xml usb:PORT",
		{ "usb-unambiguous", "usb-present" }, false,
	},
	{
		"libvirt-usb-moved", HD_SPEAKER_LIBVIRT,
		{ "Multiple USB devices for {hex:vendor}:{hex:product} were found, but none of them is "
		  "at bus:{number:bus} device:{number:device}" },
		"the device has another number since it was plugged in again, and its ids alone do "
		"not say which one is meant",
		"write its element anew: hostdevctl xml usb:PORT",
		{ "usb-unambiguous", "usb-present" }, false,
	},
	{
		"libvirt-usb-missing", HD_SPEAKER_LIBVIRT,
		{ "Did not find USB device {hex:vendor}:{hex:product}",
		  "Did not find USB device bus:{number:bus} device:{number:device}" },
		"the USB device is not there: unplugged, or it has another number",
		"plug it in; startupPolicy='optional' lets the guest start without it",
		{ "usb-present" }, false,
	},
	{
		"libvirt-usb-in-use", HD_SPEAKER_LIBVIRT,
		{ "USB device {text:device} is in use by driver {word:driver}, domain {text:guest}" },
		"another guest ({guest}) has the USB device",
		"shut {guest} down, or detach the device from it",
		{ "usb-free" }, false,
	},
	{
		/* virnetdev.c virNetDevSaveNetConfig, virNetDevSetNetConfig */
		"libvirt-pf-offline", HD_SPEAKER_LIBVIRT,
		{ "Unable to configure VF {number:vf} of PF '{text:parent}' because the PF is not "
		  "online" },
		"MAC address and VLAN of virtual function {vf} are set by {parent}, which is down",
		"ip link set {parent} up, now and at boot",
		{ "vf-parent-up" }, false,
	},
	{
		"libvirt-vf-no-netdev", HD_SPEAKER_LIBVIRT,
		{ "VF {number:vf} of PF '{text:parent}' is not bound to a net driver, so its MAC "
		  "address cannot be set" },
		"virtual function {vf} has no network driver on the host, so libvirt cannot set its "
		"MAC address this way",
		"let the virtual function have its driver before the start, or use managed='yes'",
		{ "vf-parent-up", "managed-conflict" }, false,
	},
	{
		"libvirt-not-a-vf", HD_SPEAKER_LIBVIRT,
		{ "Interface type hostdev is currently supported on SR-IOV Virtual Functions only" },
		"<interface type='hostdev'> is for virtual functions; the address is that of a "
		"physical one",
		"use <hostdev>: hostdevctl xml --as pci DEVICE",
		{ "vf-parent-up" }, false,
	},
	{
		/* virmdev.c virMediatedDeviceNew */
		"libvirt-mdev-missing", HD_SPEAKER_LIBVIRT,
		{ "mediated device '{word:uuid}' not found" },
		"mediated devices live until the host restarts, and nobody made this one again",
		"virsh nodedev-list --cap mdev --all, then virsh nodedev-start NAME and "
		"nodedev-autostart NAME; without libvirt: mdevctl start -u {uuid}",
		{ "mdev-present" }, false,
	},
	{
		"libvirt-nvme-in-use", HD_SPEAKER_LIBVIRT,
		{ "NVMe device {text:device} already in use by driver {word:driver} domain {text:guest}" },
		"another guest ({guest}) has the NVMe controller",
		"shut {guest} down",
		{ "iommu-group-exclusive", "holders-free" }, false,
	},
	{ .id = NULL },
};
