/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_libvirt.c - what libvirt says about starts, hooks and devices (libvirt src). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_libvirt[] = {
	{
		/* qemu_domain.c, at the start of a guest */
		"libvirt-no-passthrough", HD_SPEAKER_LIBVIRT,
		{ "host doesn't support passthrough of host PCI devices",
		  "VFIO device assignment is currently not supported on this system",
		  "host doesn't support VFIO PCI interface" },
		"the host has no /dev/vfio/vfio or no IOMMU group at all: the IOMMU is off, or the "
		"VFIO modules are not loaded; in a container, it was not given them",
		"modprobe vfio-pci; hostdevctl check then shows what else is missing; in KubeVirt the pod "
		"gets /dev/vfio from the device plugin, whose resource it must request",
		{ "iommu-enabled", "iommu-firmware", "vfio-modules", "vfio-node" }, HD_MESSAGE_EVENT,
	},
	{
		"libvirt-qemu-without-vfio", HD_SPEAKER_LIBVIRT,
		{ "VFIO PCI device assignment is not supported by this version of QEMU" },
		"the QEMU of this guest was built without vfio-pci",
		"install the distribution's full QEMU package (qemu-system-x86 on Debian), "
		"and check <emulator> in the guest's XML",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* older libvirt, virHostdevPCINodeDeviceDetach */
		"libvirt-pci-backend", HD_SPEAKER_LIBVIRT,
		{ "pci backend driver '{word:driver}' is not supported" },
		"an older libvirt's message: VFIO cannot be used on this host, because the "
		"IOMMU is off or the modules are not loaded",
		"modprobe vfio-pci; hostdevctl check then shows what else is missing",
		{ "iommu-enabled", "iommu-firmware", "vfio-modules", "vfio-node" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* virerror.c VIR_ERR_HOOK_SCRIPT_FAILED */
		"libvirt-hook-failed", HD_SPEAKER_LIBVIRT,
		{ "/hooks/qemu {text:guest} {word:operation} {word:suboperation} {word:extra}) "
		  "unexpected exit status {number:status}",
		  "Hook script execution failed" },
		"a hook script failed, so libvirt stopped the operation; the script's "
		"standard error follows in the same message",
		"read what follows. If it begins with 'hostdevctl:', paste it into "
		"hostdevctl explain; else another script in /etc/libvirt/hooks wrote it",
		{ NULL }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* hostdevctl-hook's own refusal, as virsh shows it */
		"hostdevctl-refusal", HD_SPEAKER_TOOL,
		{ "hostdevctl: guest '{text:guest}' not started: {text:subject}: {text:evidence} "
		  "[{word:check}]" },
		"hostdevctl refused the start of {guest} because of {subject}, before it "
		"changed anything",
		"do what the message says after 'remedy:'; hostdevctl explain {check} "
		"describes the check",
		{ NULL }, HD_MESSAGE_STATE,
	},
	{
		/* since 12.1; the nodes of a device and of IOMMUFD */
		"libvirt-iommufd-node", HD_SPEAKER_LIBVIRT,
		{ "cannot open VFIO device /dev/vfio/devices/{word:node}: No such file or directory" },
		"the guest's XML asks for IOMMUFD, but the kernel was built without "
		"CONFIG_VFIO_DEVICE_CDEV, as those of Debian are, the device is not on a VFIO driver, or a "
		"container (KubeVirt) was not given that file",
		"remove iommufd='yes' and <iommufd> from the guest's XML: the older interface works for "
		"all devices; in KubeVirt use a version whose device plugin passes the new files, too",
		{ "iommufd-available" }, HD_MESSAGE_EVENT,
	},
	{
		/* virhook.c virHookCheck, virHookCall */
		"libvirt-hook-not-executable", HD_SPEAKER_LIBVIRT,
		{ "Non-executable hook script {path}" },
		"{path} is where libvirt looks for hooks, but is not executable, so "
		"libvirt skips it",
		"if it is a script: chmod 0755 {path} and reload libvirt's daemon. If it "
		"is a directory, as some collections of hooks create it, the warning is harmless",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* qemu_migration.c */
		"libvirt-cannot-migrate", HD_SPEAKER_LIBVIRT,
		{ "cannot migrate a domain with <hostdev mode='subsystem' type='{word:type}'>",
		  "cannot migrate domain with <hostdev mode='subsystem' type='{word:type}'>",
		  "domain has assigned non-USB host devices" },
		"a guest with a host device cannot be migrated: the device stays on this host",
		"detach the device first (virsh detach-device), or shut the guest down",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* domain_addr.c virDomainPCIAddressReserveAddrInternal */
		"libvirt-function-0-only", HD_SPEAKER_LIBVIRT,
		{ "Only PCI device addresses with function=0 are supported",
		  "Single function device addresses with function=0 expected" },
		"a single device goes to function 0 of a guest's slot; the other functions "
		"are for the parts of one device that are plugged together",
		"give each function its address with multifunction='on' on function 0, as "
		"hostdevctl xml writes it for a graphics card, or plug it into a slot of its own",
		{ "guest-topology" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* qemu_hotplug.c */
		"libvirt-unplug-rejected", HD_SPEAKER_LIBVIRT,
		{ "unplug of device was rejected by the guest" },
		"the guest refused to release the device",
		"stop what uses it inside the guest and try again, or shut down the guest",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* domain_addr.c virDomainPCIAddressGetNextAddr */
		"libvirt-no-free-slot", HD_SPEAKER_LIBVIRT,
		{ "No more available PCI slots" },
		"the guest has no free PCI slot: a q35 guest has one per pcie-root-port",
		"add some <controller type='pci' model='pcie-root-port'/> while the guest is off",
		{ "guest-topology" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* virt-host-validate-common.c */
		"validate-no-dmar", HD_SPEAKER_LIBVIRT,
		{ "No ACPI DMAR table found", "No ACPI IVRS table found" },
		"virt-host-validate found no IOMMU in the firmware's tables. It looks only "
		"for the table of the processor's vendor; hostdevctl looks for all kinds of tables",
		"enable VT-d or AMD-Vi (IOMMU) in the firmware",
		{ "iommu-firmware", "iommu-enabled" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		"validate-iommu-off", HD_SPEAKER_LIBVIRT,
		{ "IOMMU appears to be disabled in kernel" },
		"virt-host-validate found no IOMMU group: the firmware has an IOMMU that the kernel "
		"does not use",
		"see iommu-enabled for the kernel parameter that this host needs; AMD needs none",
		{ "iommu-enabled", "iommu-firmware" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* virprocess.c virProcessSetMaxMemLock */
		"libvirt-cannot-limit-memlock", HD_SPEAKER_LIBVIRT,
		{ "cannot limit locked memory of process {number:pid} to {number:limit}",
		  "cannot limit locked memory to {number:limit}",
		  "cannot limit locked memory of process to {number:limit}" },
		"libvirt is not allowed to raise QEMU's limit on locked memory to {limit} "
		"bytes, which a guest with a PCI device needs",
		"give libvirt's unit LimitMEMLOCK=infinity and CAP_SYS_RESOURCE; in a "
		"container, both must be granted from outside",
		{ "memlock", "unit-hardening" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* virhostdev.c virHostdevPreparePCIDevices */
		"libvirt-unmanaged", HD_SPEAKER_LIBVIRT,
		{ "Unmanaged PCI device {address} must be manually detached from the host" },
		"{address} has managed='no' and is still on its host driver: nothing bound "
		"it to VFIO",
		"hostdevctl-hook binds it at the start if it is installed; else hostdevctl detach "
		"{address}, or managed='yes'",
		{ "iommu-group-viable", "vfio-modules", "managed-conflict" }, HD_MESSAGE_EVENT,
	},
	{
		"libvirt-pci-in-use", HD_SPEAKER_LIBVIRT,
		{ "PCI device {address} is in use by driver {word:driver}, domain {text:guest}",
		  "PCI device {address} is in use", },
		"another guest ({guest}) has {address}",
		"shut down {guest}, or detach the device from it",
		{ "iommu-group-exclusive", "holders-free" }, HD_MESSAGE_STATE,
	},
	{
		"libvirt-not-assignable", HD_SPEAKER_LIBVIRT,
		{ "PCI device {address} is not assignable" },
		"libvirt does not use VFIO for {address}, and for its older method the "
		"bridges above it do not isolate its traffic (ACS)",
		"use VFIO: <driver name='vfio'/>, or no <driver> at all",
		{ "iommu-enabled", "no-acs-override" }, HD_MESSAGE_EVENT,
	},
	{
		"libvirt-not-an-endpoint", HD_SPEAKER_LIBVIRT,
		{ "Non-endpoint PCI devices cannot be assigned to guests" },
		"the address belongs to a bridge",
		"pass the device behind it; bridges of a group stay on pcieport, which is fine",
		{ "device-endpoint" }, HD_MESSAGE_STATE,
	},
	{
		/* virpci.c virPCIGetHeaderType */
		"libvirt-header-type", HD_SPEAKER_LIBVIRT,
		{ "Unknown PCI header type '{number:type}' for device '{address}'",
		  "Unknown PCI header type '{number:type}'" },
		"{address} reads all ones: the device is dead or has no power",
		"switch the host off and on; then keep the device out of D3cold",
		{ "device-alive", "power-state" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* virpci.c virPCIDeviceDetach, virPCIDeviceReattach */
		"libvirt-active-device", HD_SPEAKER_LIBVIRT,
		{ "Not detaching active device {address}", "Not reattaching active device {address}",
		  "Not resetting active device {address}" },
		"a running guest has {address}",
		"shut down that guest first; hostdevctl status names it",
		{ "iommu-group-exclusive", "holders-free" }, HD_MESSAGE_STATE,
	},
	{
		"libvirt-driver-override", HD_SPEAKER_LIBVIRT,
		{ "Failed to add driver '{word:driver}' to driver_override interface of PCI device "
		  "'{address}'" },
		"libvirt cannot write to sysfs: a container, a read-only /sys, or a "
		"security module prevents it",
		"check ReadOnlyPaths and ProtectKernelTunables of libvirt's unit, and look "
		"for denials of SELinux or AppArmor",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		"libvirt-cannot-unbind", HD_SPEAKER_LIBVIRT,
		{ "Failed to unbind PCI device '{address}' from {word:driver}" },
		"{driver} does not release {address}: something uses it",
		"hostdevctl check {address} names who uses it; do not force it",
		{ "holders-free", "storage-free", "network-free", "display-free",
		  "driver-release-safe" }, HD_MESSAGE_EVENT,
	},
	{
		"libvirt-probe-failed", HD_SPEAKER_LIBVIRT,
		{ "Failed to trigger a probe for PCI device '{address}'" },
		"the kernel found a driver for {address}, but the driver refused the device",
		"the kernel's log says why: hostdevctl explain --journal",
		{ "device-alive", "vfio-modules", "not-denylisted" }, HD_MESSAGE_EVENT,
	},
	{
		"libvirt-module-prohibited", HD_SPEAKER_LIBVIRT,
		{ "Failed to load PCI driver module {word:module}: administratively prohibited" },
		"module {module} is blacklisted, or no more modules may be loaded",
		"see 'grep -r {module} /etc/modprobe.d' and kernel.modules_disabled",
		{ "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		"libvirt-module-no-driver", HD_SPEAKER_LIBVIRT,
		{ "module '{word:module}' does not implement any pci driver" },
		"<driver model='{module}'/> names a module without a PCI driver",
		"use the name of a VFIO driver (vfio-pci, or the card's own), or remove it",
		{ "vfio-modules" }, HD_MESSAGE_CERTAIN,
	},
	{
		"libvirt-no-reset", HD_SPEAKER_LIBVIRT,
		{ "Unable to reset PCI device {address}: no FLR, PM reset or bus reset available",
		  "Unable to reset PCI device {address}" },
		"{address} cannot be reset on its own; libvirt leaves the reset to VFIO "
		"when VFIO has the device",
		"expect it to work once per boot of the host; if the guest does not start, "
		"pass the other devices below the same bridge, too. Qubes: qvm-pci attach -o no-strict-reset=True",
		{ "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		"libvirt-usb-ambiguous", HD_SPEAKER_LIBVIRT,
		{ "Multiple USB devices for {hex:vendor}:{hex:product}, use <address> to specify one" },
		"several USB devices have the ids {vendor}:{product}",
		"hostdevctl xml usb:{vendor}:{product} lists them; name one by its port or serial: "
		"hostdevctl xml usb:PORT",
		{ "usb-unambiguous", "usb-present" }, HD_MESSAGE_STATE,
	},
	{
		"libvirt-usb-moved", HD_SPEAKER_LIBVIRT,
		{ "Multiple USB devices for {hex:vendor}:{hex:product} were found, but none of them is "
		  "at bus:{number:bus} device:{number:device}" },
		"the device got another number when it was plugged in again, and several "
		"devices have its ids",
		"generate its element again: hostdevctl xml usb:PORT",
		{ "usb-unambiguous", "usb-present" }, HD_MESSAGE_CERTAIN,
	},
	{
		"libvirt-usb-missing", HD_SPEAKER_LIBVIRT,
		{ "Did not find USB device {hex:vendor}:{hex:product}",
		  "Did not find USB device bus:{number:bus} device:{number:device}" },
		"the USB device does not exist: it was unplugged, it got another number, or it was not ready "
		"yet when the guest started",
		"plug it in, and start the guest once more; generate its element again if it has a number in "
		"it (hostdevctl xml usb:PORT); startupPolicy='optional' lets the guest start without it",
		{ "usb-present" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		"libvirt-usb-in-use", HD_SPEAKER_LIBVIRT,
		{ "USB device {text:device} is in use by driver {word:driver}, domain {text:guest}" },
		"another guest ({guest}) has the USB device",
		"shut down {guest}, or detach the device from it",
		{ "usb-free" }, HD_MESSAGE_STATE,
	},
	{
		/* virnetdev.c virNetDevSaveNetConfig, virNetDevSetNetConfig */
		"libvirt-pf-offline", HD_SPEAKER_LIBVIRT,
		{ "Unable to configure VF {number:vf} of PF '{text:parent}' because the PF is not "
		  "online" },
		"MAC address and VLAN of virtual function {vf} are set through {parent}, "
		"which is down",
		"ip link set {parent} up, now and at boot",
		{ "vf-parent-up" }, HD_MESSAGE_STATE,
	},
	{
		"libvirt-vf-no-netdev", HD_SPEAKER_LIBVIRT,
		{ "VF {number:vf} of PF '{text:parent}' is not bound to a net driver, so its MAC "
		  "address cannot be set" },
		"virtual function {vf} has no network driver on the host, so libvirt cannot set its "
		"MAC address this way",
		"bind the virtual function's driver before the start, or use managed='yes'",
		{ "vf-parent-up", "managed-conflict" }, HD_MESSAGE_CERTAIN,
	},
	{
		"libvirt-not-a-vf", HD_SPEAKER_LIBVIRT,
		{ "Interface type hostdev is currently supported on SR-IOV Virtual Functions only" },
		"<interface type='hostdev'> is for virtual functions; the address belongs "
		"to a physical function",
		"use <hostdev>: hostdevctl xml --as pci {address}",
		{ "vf-parent-up" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* virmdev.c virMediatedDeviceNew */
		"libvirt-mdev-missing", HD_SPEAKER_LIBVIRT,
		{ "mediated device '{word:uuid}' not found" },
		"the host has no mediated device {uuid}: they disappear when the host restarts, and "
		"this one was not created again; or the card offers none, because it is passed whole or "
		"its vGPU driver is not loaded",
		"virsh nodedev-list --cap mdev --all, then virsh nodedev-start NAME and nodedev-autostart "
		"NAME (without libvirt: mdevctl start -u {uuid}). If mdevctl types lists nothing, load "
		"the vGPU driver, or pass the whole card as a PCI device",
		{ "mdev-present" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		"libvirt-nvme-in-use", HD_SPEAKER_LIBVIRT,
		{ "NVMe device {text:device} already in use by driver {word:driver} domain {text:guest}" },
		"another guest ({guest}) has the NVMe controller",
		"shut down {guest}",
		{ "iommu-group-exclusive", "holders-free" }, HD_MESSAGE_STATE,
	},
	{
		/* src/conf/device_conf.c virPCIDeviceAddressIsValid */
		"libvirt-xml-pci-address", HD_SPEAKER_LIBVIRT,
		{ "Invalid PCI address {text:part}='{hex:value}', must be <= {hex:most}" },
		"an <address> in the guest's XML has a part that no PCI address has ({part} {value}): who "
		"wrote it split DOMAIN:BUS:SLOT.FUNCTION wrongly, as happens to one with a domain",
		"take the address from lspci -D, and write domain, bus, slot and function as its four "
		"parts (hostdevctl xml {address} generates the element); update the program that wrote it",
		{ "device-present" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* src/util/virpci.c virPCIDeviceIsBehindSwitchLackingACS */
		"libvirt-switch-without-acs", HD_SPEAKER_LIBVIRT,
		{ "is behind a switch lacking ACS and cannot be assigned" },
		"{address} is behind a PCIe switch or port that does not keep its devices apart (no ACS), so "
		"libvirt does not pass it",
		"hostdevctl list --long shows the group: another slot, at the processor, often has its own; "
		"pass all devices of the switch together; for guests that you trust: relaxed_acs_check = 1 "
		"in /etc/libvirt/qemu.conf, then restart libvirt's daemon",
		{ "iommu-group-viable", "iommu-group-exclusive" }, HD_MESSAGE_EVENT,
	},
	{
		/* src/util/virnetdev.c virNetDevGetVirtualFunctionInfo; virpci.c */
		"libvirt-pf-no-interface", HD_SPEAKER_LIBVIRT,
		{ "has no network device name, cannot get virtual function info",
		  "The PF device for VF {text:device} has no network device name" },
		"the physical function of that virtual function has no network interface on the host, "
		"through which libvirt would set MAC and VLAN: its driver is not bound, or it is on vfio-pci "
		"itself",
		"lspci -nnk of the physical function: bind it to its driver and set the interface up; it is "
		"meant to be on vfio-pci: give the virtual function as a plain <hostdev> instead of "
		"<interface type='hostdev'>",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* src/util/virnetdev.c virNetDevSaveNetConfig */
		"libvirt-mac-not-vf", HD_SPEAKER_LIBVIRT,
		{ "admin MAC can only be set for SR-IOV VFs, but {word:interface} is not a VF" },
		"<interface type='hostdev'> is for virtual functions, but {interface} is a whole card or "
		"port, whose MAC address libvirt cannot set",
		"name a virtual function in <source> (hostdevctl list shows them; none: hostdevctl setup "
		"vfs); or pass the whole port as <hostdev mode='subsystem' type='pci'> and set the MAC "
		"address in the guest",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
