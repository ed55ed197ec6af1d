/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_object.c - which messages are about a thing that decides what they mean, whoever speaks?
 *
 * A mediated device, an option by its name, a setting of a virtual function, what the host as a whole cannot.
 */
#include "config.h"

#include "explain/families.h"

#define ABSENT "ENOENT ENXIO ENODEV"
#define REFUSED "EOPNOTSUPP ENOTSUPP EINVAL EPERM EBUSY ERANGE ENODEV EIO"

#define OBJECT(errnos, words, id, ...) \
	{ 0, 0, errnos, { "general-" id, HD_SPEAKER_TOOL, { NULL }, __VA_ARGS__, HD_MESSAGE_GENERAL }, words }
#define CHECKS(...) { __VA_ARGS__ }

const struct hd_family hd_families_object[] = {
	OBJECT(NULL, "requested x-*|requested igd*|requested vga*|x-vga|x-igd*|x-no-*|x-pci-*|x-enable*|x-msix*",
		"requested-feature",
		"an option that somebody set by its name asks for something that this kernel or device does not offer: "
		"'{reason}'",
		"without the option it must start: leave it out. It is needed: x-vga: the kernel with "
		"CONFIG_VFIO_PCI_VGA, no disable_vga of vfio-pci, and a card that is the firmware's primary one (UEFI "
		"guests need no x-vga); x-igd-*: integrated graphics at 00:02.0 that the firmware shows first; "
		"qemu-system-x86_64 -device vfio-pci,help lists this QEMU's",
		CHECKS("last-gpu", "vfio-modules")),
	{
		0, HD_TRIED_MEDIATED, NULL,
		{ "general-mediated", HD_SPEAKER_QEMU, { NULL },
			"the mediated device that the line names by its UUID could not be used: it is not started, "
			"another guest has it, or the vendor's driver that makes it refused: '{reason}'",
			"mdevctl list must show the UUID (hostdevctl setup mdev starts it at each boot); ls -l "
			"/sys/bus/mdev/devices shows its parent: NVIDIA: journalctl -b -u nvidia-vgpu-mgr; Intel "
			"GVT-g: journalctl -k -b -g gvt; s390 and others: the parent's driver in journalctl -k -b: "
			"the first error there; no group: modprobe vfio_mdev (kernels before 5.19); another guest: "
			"virsh list",
			{ "mdev-present", "vgpu-vendor-ready", "vfio-modules" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	OBJECT(NULL, "device assignment|support passthrough*|supports passthrough*|passthrough is not supported|"
	       "passthrough not supported|passthrough is not available|passthrough unsupported|interrupt remapping|"
	       "irq remapping|interrupts cannot be remapped|remap interrupts|hvm_directio|directed i/o",
		"host-cannot-pass",
		"this host as a whole cannot pass devices now: the IOMMU or its remapping of interrupts is off or "
		"missing: '{reason}'. The guest's definition is not the cause",
		"hostdevctl check: iommu-firmware fails: turn on VT-d or AMD-Vi (apart from VT-x and SVM) in the "
		"firmware; iommu-enabled fails: hostdevctl setup --apply; interrupt-remapping fails: x2APIC and a "
		"newer firmware, or, only for guests that you trust, allow_unsafe_interrupts=1 of vfio_iommu_type1; "
		"libvirt in a container or a guest: the host above must offer an IOMMU; restart libvirt's daemon "
		"after a change",
		CHECKS("iommu-firmware", "iommu-enabled", "interrupt-remapping", "vfio-modules")),
	OBJECT("ENOSPC", "mdev*|mdev_supported_types*|available_instances|vgpu*|mediated|instances",
		"instance-room",
		"there is no room for one more mediated device of that type: its instances are used up, another type "
		"is on the card, or the memory that they share is divided already",
		"mdevctl types: available_instances of the type: 0: stop a guest or mdevctl stop a device that nobody "
		"uses (mdevctl list); all types of a card must be equal on most cards; Intel GVT-g: more aperture and "
		"low memory in the firmware (DVMT), a smaller type",
		CHECKS("vgpu-vendor-ready", "mdev-present")),
	OBJECT(NULL, "relocate*|move bar|move the bar|cannot be moved|bar reprogramming|reprogram*|bar address|moving "
	      "bar|move_bar",
		"bar-moved",
		"the guest's firmware or kernel moved a memory window (BAR) of the device, and the emulator cannot "
		"follow: '{reason}'",
		"in the guest: without pci=realloc and with the window where the firmware put it; a larger PCI window "
		"from the start (<pcihole64>, machine option of the hypervisor); a newer QEMU or cloud-hypervisor; "
		"the device without hot-plug",
		CHECKS("device-alive")),
	OBJECT(REFUSED, "set vf|vf vlan|vf mac|vf link*|vf trust|vf rate|vlan*|spoofchk|max-tx-rate|for ifname|set mac|"
	       "set interface mac|vf config*",
		"vf-setting",
		"the driver of the physical function refused a setting of a virtual function: it does not have it, "
		"the card is in a mode that excludes it (switchdev), the function is used, or the value is not "
		"allowed: '{reason}'",
		"by hand on the host: ip link set INTERFACE vf N mac|vlan|trust|state ...: the same error: journalctl "
		"-k -b -n 20 has the driver's reason; devlink dev eswitch show: switchdev: VLAN and MAC go by the "
		"representors; a MAC that the host set already: trust on; leave the element out of <interface> to see "
		"whether it is that",
		CHECKS("vf-parent-up", "sriov-vfs-off")),
	OBJECT("EOPNOTSUPP ENOTSUPP EINVAL ELOOP EBUSY", "to bridge|bridge port|add port|to a bridge|addif|master",
		"bridge-port",
		"the interface cannot become a port of that bridge: its driver or kind (a WiFi or virtual function, "
		"another bridge) does not allow it, or it is a port of another one",
		"ip -d link show {interface}: master: take it out first; WiFi without 4addr cannot: use routing or "
		"macvtap; a virtual function: trust on and spoofchk off of its physical one, or pass the function "
		"itself (<interface type='hostdev'>); ip link set X master BRIDGE by hand shows the same error: the "
		"kernel's log has its reason",
		CHECKS("network-free", "vf-parent-up")),
	OBJECT(ABSENT, "/sys/bus/pci/drivers/*|/drivers/*",
		"driver-folder",
		"that driver is not loaded now, or its name is another one: its folder below /sys exists only while "
		"it is: the module is missing, blacklisted or removed, or the name has - where _ was written "
		"(vfio-pci)",
		"ls /sys/bus/pci/drivers: not there: modprobe it (vfio-pci, nvidia, amdgpu), and for each boot "
		"/etc/modules-load.d; modprobe fails: journalctl -k -b -n 20; built in and absent: another kernel; "
		"instead of the driver's files: driver_override of the device and drivers_probe, or hostdevctl detach "
		"{address}",
		CHECKS("vfio-modules", "kernel-modules-installed", "device-present")),
	OBJECT(NULL, "/sys/class/mdev_bus*|mdev_bus|/sys/bus/mdev|/sys/bus/mdev/devices|/sys/class/mdev*",
		"no-mdev-bus",
		"no driver on this host offers mediated devices now: the folder exists only while one does (NVIDIA's "
		"vGPU driver, i915 with GVT-g, AMD's, s390's)",
		"nobody wants mediated devices: harmless, as a question of a daemon; else lspci -nnk: the card needs "
		"the vendor's vGPU driver, not the ordinary one, and vfio-pci offers none: modprobe mdev, kvmgt "
		"(i915.enable_gvt=1); newer NVIDIA cards: virtual functions first (sriov-manage -e ALL), and no mdev "
		"at all since Linux 6.8: then current_vgpu_type; a manager that takes a whole card for a vGPU: its "
		"settings for the device",
		CHECKS("vgpu-vendor-ready", "mdev-present")),
	OBJECT(NULL, "device model*|device-model*|stubdom*|stub domain*|stubdomain*|refused to add device|device "
	      "model not",
		"device-model",
		"the program that emulates the guest's hardware (Xen's device model, a QEMU, perhaps in a stub "
		"domain) did not start or refused the device; a warning about its reset before that is not the cause",
		"its own log has the reason: /var/log/xen/qemu-dm-NAME.log; Qubes: "
		"/var/log/xen/console/guest-NAME-dm.log and /var/log/libvirt/libxl/libxl-driver.log: the last lines: "
		"hostdevctl explain them; often: permissive or no-strict-reset for the device (qvm-pci attach -o), "
		"less memory for the guest, or not enough of it in the stub domain; without the device it starts: xl "
		"dmesg",
		CHECKS("device-present", "reset-works")),
	OBJECT(NULL, "host-devices|creade*|create hostdevice*|create host device*|generate host device*|pci address "
	       "from|no pci address*|addresses from pool|address pool",
		"launcher-devices",
		"the pod of the guest has no address for the device that its definition asks for: the plugin gave it "
		"none, or under another resource name: '{reason}'",
		"in the pod: env | grep -e PCI_RESOURCE -e PCIDEVICE -e MDEV: missing: the resource of the guest, of "
		"permittedHostDevices (or the network's annotation) and of the plugin must be one name; kubectl "
		"describe node: Allocatable; externalResourceProvider: true if another plugin gives it; delete the "
		"pod after a change",
		CHECKS("device-present", "vfio-modules")),
	OBJECT(NULL, "insufficient_*|not_enough*|no_capacity|insufficient capacity|capacity_exceeded|"
	       "insufficientcapacity*|no_resource*|no capacity|out of capacity|not enough capacity|"
	       "insufficientserver*",
		"capacity",
		"the manager has no host that still has what the guest asks for: memory, CPUs or the device: "
		"'{reason}'",
		"what a host offers: virsh nodeinfo and free -h there, hostdevctl list --long for devices that are "
		"free; what is asked: the offering, flavor or request of the guest; the device: its tag, group or "
		"mapping must belong to a host that is up and enabled, and not given to a guest that is stopped; the "
		"manager's log above this line names which host lacked what",
		CHECKS("device-present", "holders-free", "hugepages")),
	OBJECT(NULL, "that owns|which owns|owned by claim|no owner|orphan*|stale",
		"stale-object",
		"an object of the manager refers to a device that its list does not have (any more): the device "
		"moved, its name changed, or the list is older: '{reason}'",
		"compare: kubectl get pcidevices,pcideviceclaims (or the manager's own list) with lspci -nnk on that "
		"host: the name has an address that is not there: delete the object and make it again; it is there: "
		"restart the controller's pod or agent on that node, which reads the list again",
		CHECKS("device-present", "device-alive")),
	OBJECT(NULL, "device name not found|no name for|name for device|could not find device name|pci.ids|not in "
	       "pci*ids|unknown device name",
		"device-name",
		"the plugin or tool does not know the device's id by name: its list of ids is older than the card: "
		"'{reason}'",
		"lspci -nn shows the id; update the list (update-pciids, a newer image of the plugin), or name the "
		"resource in its configuration yourself; the device works without a name, but its resource is then "
		"called after the id",
		CHECKS("device-present")),
	OBJECT(NULL, "cannot execute|could not execute|failed to execute|fork/exec|failed to exec|exec failed",
		"cannot-execute",
		"a program could not be started: it is not there, not executable, of another architecture, or "
		"forbidden: '{reason}'",
		"ls -lZ of it and file of it; command -v; which program the runtime is set to (crictl info, "
		"/etc/libvirt/qemu.conf, <emulator>); journalctl -k -b -g DENIED and ausearch -m avc: AppArmor or "
		"SELinux; findmnt -T: noexec",
		CHECKS("hook-answers", "unit-hardening")),
	OBJECT(NULL, "initializing...|initializing adapter|press ctrl-*|press <ctrl*|adapter bios|boot agent|pxe-e*|"
	       "boot rom|option rom runs|hba bios",
		"option-rom",
		"the device's own option ROM runs on the guest's firmware screen, which it may never leave: '{reason}'",
		"switch the ROM off for that device: <rom bar='off'/> (Proxmox: rombar=0): a controller or network "
		"card needs it only to boot from; boot from it: a ROM file that fits (<rom file=>), or UEFI with its "
		"UEFI driver; the guest's boot order (<boot order='1'/> at its disk)",
		CHECKS("rom-file", "device-alive")),
	{ .answer = { .id = NULL } },
};
