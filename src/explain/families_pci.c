/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_pci.c - what do messages of modules, AppArmor, PCI, VFIO and the IOMMU mean in general? */
#include "config.h"

#include "explain/families.h"

const struct hd_family hd_families_rules[] = {
	{
		0, HD_TRIED_KERNEL, NULL,
		{ "general-kernel-failure", HD_SPEAKER_KERNEL, { NULL },
			"the kernel itself met a failure (oops, lockup, warning), often in "
			"the driver that the call trace names; devices that it drives can be "
			"lost until the restart",
			"save the log, restart the host, and look for a newer kernel or "
			"driver; if a device was just detached or reset, stop its users first "
			"next time",
			{ "driver-release-safe", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_KMOD, 0, "ENODEV",
		{ "general-module-no-device", HD_SPEAKER_TOOL, { NULL },
			"the module found no device that it can drive: the device is absent, "
			"dead, on another driver, or not supported by this version",
			"check that lspci shows the device and its driver; restart the host "
			"(off and on) if it was removed while asleep",
			{ "device-alive", "device-present" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_KMOD, 0, "EBUSY",
		{ "general-module-busy", HD_SPEAKER_TOOL, { NULL },
			"the module is in use, or another driver has the device",
			"hostdevctl check {address} names who uses it; hostdevctl detach does "
			"not need the module removed",
			{ "display-free", "holders-free", "driver-release-safe" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_KMOD, 0, "EPERM ENOKEY EKEYREJECTED EACCES",
		{ "general-module-denied", HD_SPEAKER_TOOL, { NULL },
			"the kernel refused the module: it is not signed and Secure Boot is "
			"on, or the shell is not root's",
			"enrol the key that signed it (mokutil --import) or turn Secure Boot "
			"off; use root",
			{ "kernel-modules-installed" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_KMOD, 0, "EINVAL",
		{ "general-module-parameter", HD_SPEAKER_TOOL, { NULL },
			"the module or one of its parameters does not fit this kernel",
			"dmesg has the reason; check the options in /etc/modprobe.d, and "
			"install the module built for this kernel (uname -r)",
			{ "kernel-modules-installed" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_KMOD, 0, NULL,
		{ "general-module", HD_SPEAKER_TOOL, { NULL },
			"a kernel module could not be found or loaded: the running kernel has "
			"none of that name, often because it was upgraded and the host not "
			"restarted; insmod wants a file, modprobe a name",
			"use modprobe; restart the host if its kernel was upgraded, else "
			"install the package with the module or build it for this kernel "
			"(dkms status)",
			{ "kernel-modules-installed", "vfio-modules", "vfio-modules-at-boot" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_APPARMOR, 0, NULL,
		{ "general-apparmor", HD_SPEAKER_TOOL, { NULL },
			"AppArmor denied the access: the profile of the guest, of libvirt or "
			"of its snap does not list that file or action. Denials of settings "
			"that QEMU's libraries only look at are harmless",
			"if the guest fails because of it, add a rule for the path to "
			"/etc/apparmor.d/local/abstractions/libvirt-qemu (guests) or "
			"local/usr.sbin.libvirtd, reload the profile, or move the file below "
			"a directory that the profile allows",
			{ "rom-file" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SELINUX, 0, NULL,
		{ "general-selinux", HD_SPEAKER_TOOL, { NULL },
			"SELinux denied the access, unless the line says permissive=1, which "
			"only reports it",
			"restorecon the file, or label it for guests (virt_image_t, "
			"svirt_image_t); update selinux-policy or the policy of the "
			"container; ausearch -m avc shows all of them",
			{ "rom-file" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_KUBE, HD_TRIED_ASSIGN, NULL,
		{ "general-kube-resource", HD_SPEAKER_TOOL, { NULL },
			"the guest or pod asks for a device that the cluster does not offer "
			"or permit: the resource name is not in permittedHostDevices, the "
			"device plugin does not run, no node has one left, or the device is "
			"not bound to vfio-pci there",
			"add the device's ids and that resource name to "
			"spec.configuration.permittedHostDevices of the KubeVirt resource; "
			"kubectl describe node shows how many a node has; on the node "
			"hostdevctl check {address}",
			{ "iommu-group-viable", "vfio-modules", "device-present" }, HD_MESSAGE_GENERAL },
		"insufficient*|permittedhostdevices|device plugin|device-plugin|deviceplugin|hostdevice*|"
		"host device*|host-device*|gpu|gpus|pci_resource_*|mdev*|vgpu*|pci device*|pcidevice*|com/*|"
		"io/*|sriov*|allocatable|vfio*|resource name*|unschedulable",
	},
	{
		HD_SAYS_KUBE, HD_TRIED_GROUP | HD_TRIED_IOMMU, NULL,
		{ "general-kube-iommu", HD_SPEAKER_TOOL, { NULL },
			"the device of that node is not in any IOMMU group, or its group is "
			"shared: the IOMMU is off there",
			"enable VT-d or AMD-Vi in the node's firmware and intel_iommu=on, "
			"then restart the node",
			{ "iommu-enabled", "iommu-group-present", "iommu-group-viable" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{ .answer = { .id = NULL } },
};

const struct hd_family hd_families_pci[] = {
	{
		0, HD_TRIED_SRIOV, "ENOMEM ENOSPC",
		{ "general-sriov-room", HD_SPEAKER_KERNEL, { NULL },
			"the kernel has no memory addresses or bus numbers for the virtual "
			"functions: the firmware left no room",
			"enable SR-IOV and Above 4G Decoding (MMIO above 4 GB) in the "
			"firmware, or boot with pci=realloc; ask for fewer functions",
			{ "vf-parent-up" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0,
		HD_TRIED_SRIOV, "ENOENT ENOSYS EACCES EPERM EROFS EOPNOTSUPP ENOTSUPP ENOTTY",
		{ "general-sriov-no-driver", HD_SPEAKER_KERNEL, { NULL },
			"the device has no SR-IOV that can be used now: no capability (or it "
			"is off in the firmware), no driver bound to the physical function, "
			"or a driver that cannot create virtual functions; in a container "
			"/sys is read-only",
			"check that lspci -vv shows SR-IOV, enable it in the firmware, and "
			"bind a driver with SR-IOV support to the physical function, then "
			"write the number again; dmesg says which it is",
			{ "device-present", "vf-parent-up" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_SRIOV, "EBUSY EEXIST EINVAL ERANGE EDOM",
		{ "general-sriov-busy", HD_SPEAKER_KERNEL, { NULL },
			"the number of virtual functions cannot be changed now: some exist "
			"already, some are with guests, or the number is larger than "
			"sriov_totalvfs",
			"stop the guests that have virtual functions, write 0 to "
			"sriov_numvfs, then a number of up to sriov_totalvfs",
			{ "sriov-vfs-off", "vf-parent-up" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_SRIOV, NULL,
		{ "general-sriov", HD_SPEAKER_KERNEL, { NULL },
			"virtual functions could not be created or used: their physical "
			"function has no driver or is down, the firmware has no room, or they "
			"were turned off",
			"bind the host's driver to the physical function and create them "
			"again (sriov_numvfs); enable SR-IOV and Above 4G Decoding in the "
			"firmware; dmesg has the reason",
			{ "vf-parent-up", "device-present", "sriov-vfs-off" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHELL | HD_SAYS_VFIO | HD_SAYS_PCI | HD_SAYS_KUBE, HD_TRIED_BIND, "EINVAL",
		{ "general-bind-invalid", HD_SPEAKER_KERNEL, { NULL },
			"the driver refused the device (invalid argument): vfio-pci does so "
			"if the device is not in any IOMMU group, because the IOMMU is off; "
			"new_id, if the ids are not two hex numbers",
			"enable VT-d or AMD-Vi in the firmware and intel_iommu=on in the "
			"kernel's parameters, then restart; bind by driver_override and "
			"drivers_probe; dmesg has the reason",
			{ "iommu-enabled", "iommu-group-present", "not-denylisted",
			  "iommu-firmware" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_BIND, "EEXIST",
		{ "general-bind-exists", HD_SPEAKER_KERNEL, { NULL },
			"the driver already has those ids or that device; a second write is "
			"an error since Linux 5.12",
			"nothing to do for the ids; bind the device by its address "
			"(driver_override, then drivers_probe)",
			{ "overrides-match", "vfio-ids-bound" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHELL | HD_SAYS_VFIO | HD_SAYS_PCI | HD_SAYS_KUBE,
		HD_TRIED_BIND | HD_TRIED_UNBIND, "ENODEV ENXIO ENOENT",
		{ "general-bind-missing", HD_SPEAKER_KERNEL, { NULL },
			"there is no device of that address, or it is not with that driver: a "
			"wrong or short address (it needs its domain, 0000:01:00.0), a driver "
			"that is not loaded or does not know the device, or a device that "
			"already has another driver",
			"lspci -D -k shows addresses and drivers; load the module (modprobe "
			"vfio-pci), unbind the old driver, set driver_override, then write "
			"the address to drivers_probe; hostdevctl detach {address} does it "
			"all. Of another bus: ls its drivers' folder for the driver's name",
			{ "device-present", "vfio-modules", "overrides-match",
			  "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_BIND | HD_TRIED_UNBIND | HD_TRIED_PROBE, "EBUSY",
		{ "general-bind-busy", HD_SPEAKER_KERNEL, { NULL },
			"the device is bound already, perhaps to that driver (then there is no "
			"harm), or somebody uses it",
			"look at its driver link before binding; hostdevctl check {address} "
			"names who uses it, hostdevctl detach {address} binds it",
			{ "holders-free", "storage-free", "network-free", "display-free" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_SHELL, HD_TRIED_BIND | HD_TRIED_UNBIND, "EACCES EPERM EROFS",
		{ "general-bind-denied", HD_SPEAKER_KERNEL, { NULL },
			"only root may write that file, and 'sudo echo x > file' does not "
			"write as root; in a container /sys is read-only; with Secure Boot "
			"lockdown forbids some writes",
			"use a root shell, or: echo VALUE | sudo tee {path}; outside of a "
			"container; ls -l {path} shows whether it can be written at all",
			{ NULL }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHELL, 0, "EACCES EPERM EROFS",
		{ "general-sysfs-denied", HD_SPEAKER_KERNEL, { NULL },
			"the file below /sys does not exist, so that it would have to be "
			"created, which sysfs refuses even to root; or the shell is not "
			"root's ('sudo echo x > file' writes as you), or /sys is read-only in "
			"a container",
			"ls -l {path}: if it is not there, the device has no such feature (a "
			"reset, SR-IOV) or another address; else use a root shell, or: echo "
			"VALUE | sudo tee {path}",
			{ "device-present" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHELL, HD_TRIED_RESET, NULL,
		{ "general-reset-write", HD_SPEAKER_KERNEL, { NULL },
			"the kernel refused to reset the device, or the reset method: the "
			"method is not possible for it (vendor-reset not loaded for "
			"'device_specific'), the device is in use, or it did not answer",
			"cat reset_method shows the possible ones; load vendor-reset first "
			"where it is meant; dmesg names what was refused",
			{ "reset-works", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PCI | HD_SAYS_VFIO | HD_SAYS_AMDGPU | HD_SAYS_NVIDIA,
		HD_TRIED_LINK, NULL,
		{ "general-link-errors", HD_SPEAKER_KERNEL, { NULL },
			"the PCIe link of the device or the port above it reports errors: bad "
			"contact or riser, power saving (ASPM), a device that was not reset, "
			"or access control (ACS) that stopped a request",
			"seat the card again, try without a riser and with pcie_aspm=off or a "
			"lower link speed; update the firmware of board and device; while a "
			"guest has the device, stop it and reset the device",
			{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_IOMMU, HD_TRIED_DMA, NULL,
		{ "general-iommu-fault", HD_SPEAKER_KERNEL, { NULL },
			"a device accessed memory that is not mapped for it, and the IOMMU "
			"blocked it: common right after a guest died, for a device that was "
			"not reset, and for firmware-reserved ranges",
			"reset the device or restart its guest; if it happens while the host "
			"uses the device, update firmware and driver",
			{ "no-direct-region", "device-alive", "reset-works" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_IOMMU, HD_TRIED_FIRMWARE, NULL,
		{ "general-iommu-table", HD_SPEAKER_KERNEL, { NULL },
			"the firmware's table of the IOMMU (DMAR, IVRS) has an error; the "
			"kernel works around it, or ignores that IOMMU",
			"if devices have no group (ls /sys/kernel/iommu_groups): turn VT-d or "
			"AMD-Vi off and on in the firmware's setup and update the firmware; "
			"else nothing",
			{ "iommu-firmware", "iommu-enabled", "boot-parameters-active",
			  "cpu-virtualization" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_IOMMU, NULL,
		{ "general-iommu-missing", HD_SPEAKER_KERNEL, { NULL },
			"there is no IOMMU that the hypervisor can use: it is off in the "
			"firmware, not turned on by a kernel parameter, or the firmware's table "
			"of it is broken; in a container its tables may only be hidden. "
			"Without it no PCI device can be passed",
			"ls /sys/kernel/iommu_groups on the host itself: if it is empty, enable "
			"VT-d or AMD-Vi in the firmware (and update it), boot with "
			"intel_iommu=on on Intel, then restart",
			{ "iommu-enabled", "iommu-firmware", "boot-parameters-active",
			  "cpu-virtualization" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO, 0, "EINVAL",
		{ "general-vfio-invalid", HD_SPEAKER_KERNEL, { NULL },
			"VFIO refused the request as invalid: often the IOMMU cannot isolate "
			"the device, firmware reserved a memory range for it (error 22), or "
			"the device was not set up",
			"dmesg has the reason; turn off the firmware's shared memory for that "
			"slot, check the IOMMU",
			{ "no-direct-region", "iommu-enabled", "iommu-group-viable",
			  "interrupt-remapping" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU | HD_SAYS_LIBVIRT | HD_SAYS_PCI,
		HD_TRIED_GROUP, NULL,
		{ "general-group", HD_SPEAKER_QEMU, { NULL },
			"the device's IOMMU group cannot be used as a whole: other devices of "
			"it still have host drivers or another user, it has no group because "
			"the IOMMU is off, or its node /dev/vfio/N may not be opened",
			"bind the other devices of the group to vfio-pci too or leave them "
			"without a driver (a bridge stays); enable the IOMMU if there is no "
			"group; else use another slot",
			{ "iommu-group-viable", "iommu-group-present", "iommu-group-exclusive", "holders-free",
			  "iommu-enabled", "vfio-node" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU, HD_TRIED_OPEN, "EACCES EPERM",
		{ "general-vfio-denied", HD_SPEAKER_QEMU, { NULL },
			"QEMU may not open the device's node: the permissions of /dev/vfio, "
			"the device rules (cgroup) of its container or unit, AppArmor or "
			"SELinux forbid it",
			"let libvirt start the guest; in a container allow /dev/vfio/vfio and "
			"the group's node (DeviceAllow, --device); look for denials in the "
			"audit log",
			{ "vfio-node", "unit-hardening", "holders-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU, HD_TRIED_OPEN, "EBUSY",
		{ "general-vfio-busy", HD_SPEAKER_QEMU, { NULL },
			"another program or guest has the device or its group open",
			"hostdevctl check {address} names it; stop it, or the guest that has the device",
			{ "holders-free", "iommu-group-exclusive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO, HD_TRIED_OPEN, "ENOENT ENODEV ENXIO",
		{ "general-vfio-missing", HD_SPEAKER_QEMU, { NULL },
			"the device is not on a VFIO driver, so its group has no node below "
			"/dev/vfio, or the VFIO modules are not loaded",
			"modprobe vfio-pci, then bind the device (managed='yes' or hostdevctl "
			"detach)",
			{ "vfio-modules", "vfio-node", "iommu-enabled", "device-present" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU | HD_SAYS_LIBVIRT, HD_TRIED_MEMLOCK, NULL,
		{ "general-memlock", HD_SPEAKER_QEMU, { NULL },
			"the guest's memory could not be locked or its huge pages are "
			"missing: the limit on locked memory of QEMU or its container is too "
			"small, or too few huge pages are free",
			"raise the limit (memtune hard_limit, LimitMEMLOCK of libvirt's unit, "
			"ulimit -l), or reserve more huge pages (hostdevctl setup)",
			{ "memlock", "hugepages", "unit-hardening", "hugepages-on-each-node" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU, HD_TRIED_MAP, "ENOMEM",
		{ "general-map-memory", HD_SPEAKER_QEMU, { NULL },
			"the guest's memory could not be mapped for the device: the limit on "
			"locked memory is too small, or the host's memory is short",
			"raise the limit (memtune hard_limit, LimitMEMLOCK, ulimit -l) to the "
			"guest's memory and 1 GiB more, or free memory",
			{ "memlock", "unit-hardening", "hugepages" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU, HD_TRIED_MAP, "EBUSY",
		{ "general-map-busy", HD_SPEAKER_QEMU, { NULL },
			"the device's memory window is still used by the host: a boot "
			"framebuffer (efifb, simpledrm, vesafb) or a driver that left it "
			"reserved",
			"release the framebuffer before the guest starts (unbind it; "
			"video=efifb:off on older kernels), or make another card the boot "
			"graphics",
			{ "display-free", "holders-free", "driver-release-safe" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU, HD_TRIED_MAP, "EINVAL EFAULT",
		{ "general-map-invalid", HD_SPEAKER_QEMU, { NULL },
			"memory or a memory window could not be mapped for the device: it is not "
			"aligned to the IOMMU's pages, mapped twice, beyond the addresses that the "
			"IOMMU can translate, or a reserved range of firmware",
			"the address in the line: above 2^39: a smaller address width (host-phys-"
			"bits-limit=39, <maxphysaddr>); a range that dmesg calls reserved or RMRR: "
			"hostdevctl check {address}: no-direct-region; else its end not on a page: "
			"huge pages that are shared (DPDK: --iova-mode=va, --legacy-mem), no hot-plug "
			"of memory; a mapping of another device's window that fails is only slower",
			{ "no-direct-region", "iommu-enabled", "interrupt-remapping" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU | HD_SAYS_PCI, HD_TRIED_MSI, NULL,
		{ "general-interrupts", HD_SPEAKER_KERNEL, { NULL },
			"the device's interrupts could not be set up: no interrupt remapping, "
			"no vectors left, or an interrupt table that shares a page with "
			"registers",
			"enable interrupt remapping (x2APIC, VT-d) in the firmware; QEMU's "
			"x-msix-relocation moves a table; use fewer queues",
			{ "interrupt-remapping", "iommu-firmware", "device-alive" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_PCI | HD_SAYS_VFIO | HD_SAYS_SHELL, HD_TRIED_ROOM, NULL,
		{ "general-room", HD_SPEAKER_KERNEL, { NULL },
			"a memory window (BAR) of the device has no address or is reserved by "
			"somebody: the firmware left no room, or the boot framebuffer holds "
			"it",
			"enable Above 4G Decoding in the firmware, or boot with pci=realloc; "
			"take the boot framebuffer off the card "
			"(initcall_blacklist=sysfb_init, or another boot graphics)",
			{ "display-free", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PCI | HD_SAYS_VFIO, HD_TRIED_POWER, NULL,
		{ "general-power", HD_SPEAKER_KERNEL, { NULL },
			"the device does not wake up from power saving (D3): it or the port "
			"above has lost power or does not answer",
			"switch the host off and on; then disable_idle_d3=1 for vfio-pci, "
			"power/control on, and pcie_aspm=off if it happens again",
			{ "power-state", "device-alive", "reset-works" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PCI | HD_SAYS_VFIO, HD_TRIED_RESET | HD_TRIED_ANSWER, NULL,
		{ "general-reset", HD_SPEAKER_KERNEL, { NULL },
			"the device does not come back after a reset, or cannot be reset at "
			"all",
			"wait for the last such line; if it gives up switch the host off and "
			"on, then try another reset_method; other functions in its slot must "
			"go with it for a bus reset",
			{ "reset-works", "device-alive", "iommu-group-viable" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU, HD_TRIED_ROM, NULL,
		{ "general-rom", HD_SPEAKER_QEMU, { NULL },
			"the ROM of the card could not be read or is not valid: boot graphics "
			"has a shadowed one, or QEMU's user, AppArmor or SELinux may not read "
			"the file",
			"give the guest a ROM file of exactly this card below a directory "
			"that QEMU's user may read (/usr/share/vgabios), or rombar='off' "
			"where no picture at boot is needed",
			{ "rom-file", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{ .answer = { .id = NULL } },
};
