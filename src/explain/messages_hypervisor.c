/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_hypervisor.c - what other hypervisors, and USB/IP, say when they cannot pass a device. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_hypervisor[] = {
	{
		/* VMware ESXi vmware.log, vpxd */
		"esxi-power-on", HD_SPEAKER_TOOL,
		{ "Module 'DevicePowerOn' power on failed",
		  "Module DevicePowerOn power on failed" },
		"ESXi could not give a device to the machine at its start; the line beside it has the "
		"reason: not marked for passthrough, in use by another machine, memory not fully "
		"reserved, or the host was not restarted",
		"reserve all of the machine's memory; Host, Manage, Hardware, PCI Devices: Active (toggle "
		"it, restart the host); a large card: pciPassthru.use64bitMMIO=TRUE and "
		"pciPassthru.64bitMMIOSizeGB (twice its memory, a power of two) with EFI firmware; grep "
		"-i pciPassthru /vmfs/volumes/*/VM/vmware.log",
		{ NULL }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* VMware ESXi */
		"esxi-passthru-register", HD_SPEAKER_TOOL,
		{ "due to unavailable hardware or software support",
		  "is not a passthrough device" },
		"ESXi does not let the machine have the device: it is not marked for passthrough (after a "
		"new card its address changed), another machine runs with it, or VT-d is off",
		"esxcli hardware pci pcipassthru list shows its state: toggle passthrough, restart the "
		"host; remove the device from the machine and add it again (addresses change with cards); "
		"VT-d or AMD-Vi on in the firmware; no second running machine with it",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* VMware ESXi */
		"esxi-memory", HD_SPEAKER_TOOL,
		{ "Invalid memory setting: memory reservation (sched.mem.min) should be equal to memsize",
		  "memory reservation (sched.mem.min) should be equal to memsize" },
		"a machine with a passed device needs all of its memory reserved, and it is not",
		"edit the machine: Memory, 'Reserve all guest memory (All locked)', then start it",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Microsoft Hyper-V Dismount-VMHostAssignableDevice, Add-VMAssignableDevice */
		"hyperv-dda", HD_SPEAKER_TOOL,
		{ "The manufacturer of this device has not supplied",
		  "does not allow for OS control of the PCI Express bus",
		  "A hypervisor feature is not available to the user", "Virtual Pci Express Port" },
		"Hyper-V cannot assign the device (DDA): the firmware does not leave PCI Express to Windows (ACS, "
		"SR-IOV or VT-d off, or a client machine), the edition is not a Server, or the device has no driver "
		"made for it",
		"firmware: SR-IOV, VT-d or AMD-Vi, ACS on, newest release; Windows Server only (Windows "
		"10/11 has GPU-PV instead); Dismount-VMHostAssignableDevice -Force for devices without a "
		"mitigation driver; turn automatic stop to TurnOff and set -HighMemoryMappedIoSpace",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* VirtualBox include/VBox/err.h */
		"vbox-vtx", HD_SPEAKER_TOOL,
		{ "VERR_VMX_MSR_ALL_VMX_DISABLED", "VERR_SVM_DISABLED",
		  "VT-x is disabled in the BIOS for all CPU modes", "VERR_VMX_NO_VMX" },
		"the processor's virtualization is off in the firmware of this machine, or this machine "
		"is a guest whose host does not pass it on",
		"firmware: Intel VT-x or AMD SVM on, then a cold start; in a guest: <cpu "
		"mode='host-passthrough'/> and nested=1 for kvm_intel or kvm_amd on the host",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* VirtualBox src/VBox/Main/src-all, VERR_SHARING_VIOLATION */
		"vbox-usb-busy", HD_SPEAKER_TOOL,
		{ "is busy with a previous request. Please try again later",
		  "VERR_SHARING_VIOLATION{near:USB}" },
		"VirtualBox could not take the USB device from its host: a driver or program of the host, "
		"or another guest, has it",
		"eject or unmount it on the host, end programs that use it, unplug it and plug it in with "
		"the guest's filter set; the user must be in the group vboxusers (new login); the "
		"Extension Pack of the same version for USB 2 and 3",
		{ "usb-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* FreeBSD usr.sbin/bhyve/pci_passthru.c */
		"bhyve-not-ppt", HD_SPEAKER_TOOL,
		{ "is not using the ppt(4) driver", "bhyve: failed to initialize BARs for PCI",
		  "passthru requires guest memory to be wired" },
		"bhyve cannot take the device: it is not reserved for ppt at boot, the guest's memory is "
		"not wired, or its windows cannot be set up",
		"/boot/loader.conf: pptdevs=\"BUS/SLOT/FUNCTION\" and vmm_load=\"YES\", restart; pciconf "
		"-lv must show ppt; bhyve -S (wired memory); VT-d or AMD-Vi on (hw.vmm.amdvi.enable=1)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Cloud Hypervisor vmm/src/device_manager.rs DeviceManagerError */
		"clh-vfio", HD_SPEAKER_TOOL,
		{ "VmBoot(DeviceManager(Vfio", "DeviceManager(VfioCreate(",
		  "DeviceManager(VfioDmaMap(" },
		"Cloud Hypervisor could not give the device to the guest; the name in the brackets says "
		"at what: OpenGroup (the node below /dev/vfio: not bound to vfio-pci, rights, in use), "
		"DmaMap (memory: limit of locked memory)",
		"readlink /sys/bus/pci/devices/ADDRESS/driver must be vfio-pci, ls -l /dev/vfio/GROUP; "
		"ulimit -l unlimited; --device path=/sys/bus/pci/devices/ADDRESS/ with the whole group",
		{ "vfio-owned", "memlock", "iommu-group-viable" }, HD_MESSAGE_EVENT,
	},
	{
		/* Cloud Hypervisor pci/src/bus.rs, vmm/src/device_manager.rs move_bar */
		"clh-bar-move", HD_SPEAKER_TOOL,
		{ "Failed moving device BAR", "failed allocating new MMIO range" },
		"the guest moved a memory window of the passed device, and Cloud Hypervisor could not "
		"follow: the new place is taken, or 0 while the guest measures it",
		"nothing to do, unless the device does not work in the guest: then newest Cloud "
		"Hypervisor, a guest kernel booted directly instead of firmware, pci=realloc=off for the "
		"guest",
		{ "guest-topology" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* Linux tools/usb/usbip/libsrc/vhci_driver.c usbip_vhci_driver_open */
		"usbip-vhci-open", HD_SPEAKER_TOOL,
		{ "usbip: error: open vhci_driver", "usbip: error: open vhci driver",
		  "udev_device_new_from_subsystem_sysname failed" },
		"the client has no virtual USB controller: the module vhci_hcd is not loaded there, is of "
		"another kernel, or (Windows) the VHCI driver is not installed or not started",
		"modprobe vhci-hcd on the client (package linux-modules-extra; WSL: wsl --update); usbip "
		"of the running kernel's version; Windows: the driver without a yellow mark in the Device "
		"Manager (test signing, restart)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux tools/usb/usbip/src/usbip_attach.c, usbip_network.c */
		"usbip-attach-refused", HD_SPEAKER_TOOL,
		{ "usbip: error: Attach Request for {word:device} failed - Device in error state",
		  "usbip: error: Attach Request for {word:device} failed - Device busy (exported)",
		  "usbip: error: Attach Request for {word:device} failed - Device not found",
		  "usbip: error: Attach Request for {word:device} failed" },
		"the server did not hand over USB device {device}: it is not bound (shared) there, "
		"another client has it, it was replugged at another port, or the server cannot take it "
		"from a driver",
		"on the server: usbip list -l, then usbip bind -b {device} again (usbipd-win: usbipd bind "
		"--busid {device} --force after 'usbipd detach'); replug the device and look at its new "
		"number; one client at a time",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux tools/usb/usbip/src/usbip_network.c usbip_net_tcp_connect, usbipd */
		"usbip-connect", HD_SPEAKER_TOOL,
		{ "usbip: error: could not connect to", "usbip: error: recv op_common" },
		"the client did not reach the server's usbipd, or the two speak different versions",
		"on the server: systemctl status usbipd (usbipd -D), port 3240 open in its firewall; "
		"usbip list -r SERVER from the client; same version of usbip at both ends",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux tools/usb/usbip/src/usbip_attach.c attach_device, import_device */
		"usbip-attach-ended", HD_SPEAKER_TOOL,
		{ "usbip: error: import device", "usbip: error: query" },
		"the device was not attached: after 'query' the server did not hand it over, after 'import device' "
		"the client's own virtual controller did not take it; the line before has the error",
		"usbip list -r of the server: not listed: usbip bind it there; listed: modprobe vhci-hcd on the "
		"client, usbip port shows whether a port is free; the same version of usbip at both ends",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/usb/usbip/vhci_rx.c, vhci_hcd.c */
		"usbip-speed", HD_SPEAKER_KERNEL,
		{ "vhci_device speed not set", "vhci_hcd: connection closed",
		  "vhci_hcd: connection reset by peer" },
		"the network connection of a USB device that was attached over USB/IP was closed: the "
		"server ended it, the device was unplugged there, or the network failed",
		"on the server dmesg | grep usbip and usbip list -l; attach it again (usbip attach -r "
		"SERVER -b BUSID); devices that need exact timing (audio, cameras) do not work well over "
		"USB/IP",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* VirtualBox include/VBox/err.h */
		"vbox-usb-ports", HD_SPEAKER_TOOL,
		{ "VERR_PDM_NO_USB_PORTS" },
		"the machine has no free port on a USB controller of the device's speed",
		"VBoxManage modifyvm NAME --usb-xhci on (USB 3 controller, Extension Pack of the same "
		"version for older releases), detach devices that are not needed, then attach it again",
		{ "usb-free" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
