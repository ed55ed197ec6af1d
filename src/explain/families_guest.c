/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_guest.c - what do messages of those who manage guests, and bare errors, mean in general? */
#include "config.h"

#include "explain/families.h"

const struct hd_family hd_families_guest[] = {
	{
		HD_SAYS_KUBE, 0, "EACCES EPERM",
		{ "general-kube-denied", HD_SPEAKER_TOOL, { NULL },
			"the container may not do that: a rule of its cgroup, SELinux or "
			"AppArmor, or a read-only /sys prevents it",
			"look for a denial of SELinux or AppArmor on the node at that time; "
			"update KubeVirt or its SELinux policy",
			{ "vfio-node" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_KUBE, 0, "ENOENT ENODEV ENXIO ECONNREFUSED",
		{ "general-kube-missing", HD_SPEAKER_TOOL, { NULL },
			"a file, device or socket that the container needs is not there "
			"(yet): the launcher tries its daemon's socket before that runs, or "
			"the node lost the device",
			"if a later line says that it worked, nothing; else check on the node "
			"that the device is on vfio-pci and restart the device plugin",
			{ "vfio-node", "device-present" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube", HD_SPEAKER_TOOL, { NULL },
			"Kubernetes or KubeVirt says: '{reason}'",
			"a device or resource in these words: kubectl describe node: Allocatable 0 "
			"means that the plugin does not see it: lspci -nnk on the node must show "
			"vfio-pci; a volume, image, secret or network: kubectl get "
			"pvc,dv,secret,net-attach-def -A; libvirt or QEMU: kubectl logs of "
			"virt-launcher -c compute, the first line with level error (paste it into "
			"hostdevctl explain); a field: kubectl explain its path. Nothing of these: "
			"kubectl get events --sort-by=.lastTimestamp: the first Warning of that "
			"time is the cause",
			{ NULL }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NOVA, HD_TRIED_TYPE, NULL,
		{ "general-nova-mdev", HD_SPEAKER_TOOL, { NULL },
			"Nova could not create or find a mediated device: the type is not "
			"enabled in nova.conf, none is left, or mdevctl or the vGPU driver is "
			"missing on the compute host",
			"enabled_mdev_types and device_addresses in nova.conf, mdevctl types "
			"on the host, then restart nova-compute",
			{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_GENERAL },
		"mdev*|vgpu*|mediated|supported type*|available_instances|gpu type*",
	},
	{
		HD_SAYS_NOVA, 0, NULL,
		{ "general-nova", HD_SPEAKER_TOOL, { NULL },
			"Nova says: '{reason}'",
			"the request's id (req-...) of the line in nova-compute.log of the host "
			"and nova-scheduler.log: the first ERROR with it is the cause. About a "
			"device or alias: [pci] alias (controller) and device_spec (compute host) "
			"must agree in vendor_id, product_id and device_type; nothing free: the "
			"table pci_devices; libvirt or QEMU: paste that line into hostdevctl "
			"explain; a port or volume: openstack port show, volume show: status",
			{ "device-present", "iommu-group-viable", "holders-free" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_PROXMOX, HD_TRIED_LOCK, NULL,
		{ "general-proxmox-lock", HD_SPEAKER_TOOL, { NULL },
			"the guest's configuration is locked by another task, it is still "
			"starting or stopping, or another guest has the device",
			"stop the other guest, or wait for that task; qm unlock {guest} removes "
			"a lock that an interrupted task left",
			{ "holders-free", "managed-conflict" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PROXMOX, 0, "ENOENT ENODEV",
		{ "general-proxmox-missing", HD_SPEAKER_TOOL, { NULL },
			"the host has no device at the address, or no mapping of the name, "
			"that the guest's hostpci line names",
			"compare hostpciN in /etc/pve/qemu-server/{guest}.conf with lspci -D; "
			"virtual functions must be created at each boot",
			{ "device-present", "vf-parent-up" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PROXMOX, HD_TRIED_ASSIGN, NULL,
		{ "general-proxmox-device", HD_SPEAKER_TOOL, { NULL },
			"the host has no device at the address, or no mapping of the name, "
			"that the guest's hostpci line names; virtual functions and mediated "
			"devices do not outlive a restart or their driver",
			"compare hostpciN in /etc/pve/qemu-server/{guest}.conf with lspci -D; "
			"create the virtual functions again (sriov_numvfs) with the host's "
			"driver bound to the physical function",
			{ "device-present", "vf-parent-up", "mdev-present" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PROXMOX, 0, NULL,
		{ "general-proxmox", HD_SPEAKER_TOOL, { NULL },
			"Proxmox says: '{reason}'. Where its last line only repeats that the start "
			"failed, the reason is in the lines before it",
			"qm start {guest} in a terminal on the node shows all lines, the first of "
			"which counts (kvm: ..., the hook script, or the device); qm config "
			"{guest} | grep hostpci its devices, each of which pvesh get "
			"/nodes/$(hostname)/hardware/pci must list; a disk or storage: pvesm "
			"status; a lock: qm unlock {guest} after the other task ended; hostdevctl "
			"check {address} what is wrong with a device",
			{ "device-present", "iommu-enabled", "iommu-group-viable",
			  "reset-works" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT, HD_TRIED_LOCK, NULL,
		{ "general-libvirt-state", HD_SPEAKER_LIBVIRT, { NULL },
			"libvirt could not get the guest's lock or monitor in time: another "
			"operation runs, or QEMU or a hook hangs",
			"wait for the other operation; virsh domjobinfo and the state of QEMU "
			"(D: it hangs in the kernel, often for a dead device) show more; "
			"never kill -9 while a device is being reset",
			{ "hook-answers", "one-daemon", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT, HD_TRIED_NETWORK, "ENODEV ENOENT ENXIO",
		{ "general-libvirt-interface", HD_SPEAKER_LIBVIRT, { NULL },
			"the network interface or network that the guest names does not exist "
			"on this host, has another name, or was given to a guest",
			"ip link and virsh net-list --all show what there is; write the name "
			"into the guest's <source>",
			{ "pool-has-function", "network-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT, HD_TRIED_NETWORK, NULL,
		{ "general-libvirt-network-kind", HD_SPEAKER_LIBVIRT, { NULL },
			"the network is not of the kind that the program or guest expects (a "
			"pool of virtual functions has no bridge), or is not active",
			"virsh net-dumpxml and net-start; use <interface type='hostdev'> for "
			"a pool of virtual functions",
			{ "pool-has-function", "vf-parent-up" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT | HD_SAYS_QEMU, HD_TRIED_PLUG, NULL,
		{ "general-hotplug", HD_SPEAKER_LIBVIRT, { NULL },
			"the device cannot be added or removed while the guest runs: no free "
			"hot-pluggable port, a machine or device without hotplug, or a guest "
			"that does not let go",
			"add pcie-root-port controllers to a q35 guest, let the guest's "
			"system eject the device, or do it while the guest is off",
			{ "guest-topology", "managed-conflict" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT | HD_SAYS_QEMU, HD_TRIED_XML, NULL,
		{ "general-guest-definition", HD_SPEAKER_LIBVIRT, { NULL },
			"the guest's definition asks for something that does not fit: '{reason}'",
			"virsh edit {guest} and search for the words in it. Two devices at one PCI "
			"address, a slot, bus or controller: remove the <address> of the devices "
			"involved, so that libvirt chooses, and use q35 with a pcie-root-port for "
			"each; a name: compare it with virsh nodedev-list "
			"(pci_DOMAIN_BUS_SLOT_FUNCTION, with underscores) and lspci -D; anything "
			"else: remove that element: the guest must be accepted then, and a newer "
			"libvirt may know it",
			{ "device-present", "guest-topology", "managed-conflict" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_LIBVIRT, HD_TRIED_UNBIND | HD_TRIED_BIND, NULL,
		{ "general-libvirt-driver", HD_SPEAKER_LIBVIRT, { NULL },
			"libvirt could not move the device between its host driver and vfio-"
			"pci",
			"hostdevctl check {address} names what uses it; dmesg has the kernel's "
			"reason",
			{ "holders-free", "driver-release-safe", "vfio-modules",
			  "libvirt-finds-devices" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT | HD_SAYS_QEMU, 0, "EACCES EPERM",
		{ "general-guest-denied", HD_SPEAKER_LIBVIRT, { NULL },
			"QEMU or libvirt may not open that file or device: the permissions of "
			"the file or a directory above it, AppArmor, SELinux, or the rules of "
			"a container",
			"namei -l {path} shows the permissions of each directory: QEMU's user "
			"(libvirt-qemu, qemu) needs x on all and r on the file; journalctl -k -g "
			"DENIED and ausearch -m avc show denials",
			{ "unit-hardening", "vfio-node", "rom-file" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT | HD_SAYS_QEMU, 0, "ENOENT",
		{ "general-guest-missing", HD_SPEAKER_LIBVIRT, { NULL },
			"a file, program or device that the guest's definition names is not "
			"on this host",
			"ls -l {path}: install or create it, or correct the path in the guest's "
			"XML (virsh edit {guest}); a program that libvirt looks for belongs into "
			"a package",
			{ "device-present", "rom-file" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT | HD_SAYS_QEMU, 0, "EBUSY",
		{ "general-guest-busy", HD_SPEAKER_LIBVIRT, { NULL },
			"something else has the device: another guest, a program, a driver of "
			"the host or its boot framebuffer",
			"hostdevctl check {address} names it",
			{ "holders-free", "managed-conflict", "display-free", "storage-free" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_LIBVIRT | HD_SAYS_QEMU, 0, "ENODEV ENXIO",
		{ "general-guest-no-device", HD_SPEAKER_LIBVIRT, { NULL },
			"the device that the guest names does not exist on this host now, or "
			"does not answer",
			"compare the name with lspci -D and lsusb; virtual functions and "
			"mediated devices must be created again after each boot",
			{ "device-present", "device-alive", "mdev-present", "usb-present" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_LIBVIRT | HD_SAYS_QEMU, 0, "ECONNRESET EPIPE EIO ECONNREFUSED",
		{ "general-guest-ended", HD_SPEAKER_LIBVIRT, { NULL },
			"QEMU or the daemon at the other end of the connection ended; this "
			"line only follows from that",
			"read the lines before it: QEMU's own error is in "
			"/var/log/libvirt/qemu/{guest}.log (hostdevctl explain --guest {guest})",
			{ "one-daemon" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT | HD_SAYS_QEMU, 0, "ENOMEM",
		{ "general-guest-memory", HD_SPEAKER_LIBVIRT, { NULL },
			"the host has not enough memory, huge pages or lockable memory for "
			"the guest",
			"free memory or make the guest smaller; check hugepages and the limit "
			"on locked memory",
			{ "memlock", "hugepages", "unit-hardening" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_LICENCE, NULL,
		{ "general-licence", HD_SPEAKER_TOOL, { NULL },
			"a licence is missing or could not be verified",
			"check the licence server, the token and the clock of the system that "
			"complains",
			{ "vgpu-vendor-ready" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHELL, 0, "ENOSPC",
		{ "general-write-full", HD_SPEAKER_KERNEL, { NULL },
			"the device has no room for one more of what was asked for (virtual "
			"functions, mediated devices)",
			"ask for fewer; available_instances or sriov_totalvfs shows how many "
			"are possible",
			{ "vf-parent-up", "vgpu-vendor-ready" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHELL, 0, "ENOENT",
		{ "general-write-missing", HD_SPEAKER_KERNEL, { NULL },
			"there is no such file below /sys: the device, driver or feature is "
			"not there, or the address lacks its domain (0000:)",
			"ls the directories above {path}: the first that is missing is the cause: "
			"the address (lspci -D), the driver (load its module), or a feature "
			"(an IOMMU group: the IOMMU is off; a reset, SR-IOV)",
			{ "device-present", "vfio-modules" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHELL, 0, "ENODEV ENXIO",
		{ "general-write-no-device", HD_SPEAKER_KERNEL, { NULL },
			"what the script wrote names something that is not there: in scripts "
			"for graphics cards usually the boot framebuffer "
			"(efi-framebuffer.0, which newer kernels do not have); else a device "
			"that is not on that driver, or that the driver could not start",
			"run the script with bash -x to see which line it is; leave a line "
			"for a framebuffer or console out, for a device look at its driver "
			"(ls -l its driver link) and read the end of dmesg",
			{ "display-free", "device-present" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHELL, 0, "EBUSY",
		{ "general-write-busy", HD_SPEAKER_KERNEL, { NULL },
			"what the script wants to set up exists already or is in use, often "
			"because the script ran before",
			"look at the present value (cat the file); undo the earlier run or "
			"stop what uses it, then run the script once; bash -x shows the line",
			{ "holders-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHELL,
		0, "EINVAL EIO EBUSY ENODEV ENXIO ENOMEM EEXIST EOPNOTSUPP ENOSYS ENOTTY ETIMEDOUT",
		{ "general-write-refused", HD_SPEAKER_KERNEL, { NULL },
			"the kernel took the write and refused it; the error's name says the "
			"kind: EINVAL a wrong value or a driver that refuses the device, "
			"EBUSY something uses it, ENODEV the driver does not take it, EIO or "
			"ETIMEDOUT it does not answer",
			"the last lines of dmesg right after the write have the driver's "
			"reason (paste them into hostdevctl explain); none: the value is "
			"wrong: cat the file and its neighbours; hostdevctl check {address}",
			{ "device-present", "device-alive", "iommu-enabled" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_UNBIND, NULL,
		{ "general-driver-left", HD_SPEAKER_KERNEL, { NULL },
			"a driver could not let go of a device, or left something behind when "
			"it was unbound, so that it cannot bind a second time",
			"stop what uses the device before it is detached, and leave it on "
			"vfio-pci between guests; if the driver is already confused, restart "
			"the host",
			{ "driver-release-safe", "holders-free", "display-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_ANSWER, NULL,
		{ "general-no-answer", HD_SPEAKER_KERNEL, { NULL },
			"a device or driver did not finish or answer in time: it was not "
			"reset since its last user, its interrupts do not arrive, or it is "
			"dead",
			"lspci -vvv -s {address}: 'rev ff' means that it is dead: switch the "
			"host off and on; else echo 1 > /sys/bus/pci/devices/{address}/reset "
			"while no driver has it and start again; works on the host but not in "
			"a guest: its interrupts: newer QEMU, q35, interrupt remapping "
			"(hostdevctl check)",
			{ "device-alive", "reset-works" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_RESET, NULL,
		{ "general-no-reset", HD_SPEAKER_KERNEL, { NULL },
			"a device or virtual function did not come back from a reset, or "
			"waits for one that does not happen",
			"try again after a second; then echo 1 > "
			"/sys/bus/pci/devices/{address}/reset while no driver has it, update "
			"its driver, or switch the host off and on",
			{ "reset-works", "device-alive", "vf-parent-up" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_ROM | HD_TRIED_FIRMWARE, NULL,
		{ "general-firmware", HD_SPEAKER_KERNEL, { NULL },
			"the firmware or ROM of a device could not be read, loaded or started: a "
			"file is missing, or the device was not reset since its last user",
			"dmesg names a file that is missing: install linux-firmware; else reset "
			"the device (hostdevctl check {address}, reset-works) or switch the host "
			"off and on; a guest that needs a ROM gets a file: hostdevctl xml --rom "
			"FILE {address}",
			{ "rom-file", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_MSI, NULL,
		{ "general-vectors", HD_SPEAKER_KERNEL, { NULL },
			"interrupts for the device could not be set up: too few are left, or in a "
			"guest its hypervisor refused them",
			"create fewer virtual functions or queues; enable interrupt remapping in "
			"the firmware; in a guest update the hypervisor, or let the driver use MSI "
			"instead of MSI-X, or its legacy interrupt",
			{ "interrupt-remapping" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, HD_TRIED_MODULE, NULL,
		{ "general-module-load", HD_SPEAKER_TOOL, { NULL },
			"a kernel module is missing, or does not fit the running kernel: '{reason}'",
			"modinfo of the name in it: 'not found': ls -d /lib/modules/$(uname -r): "
			"not there: restart the host, its kernel was upgraded; there: install the "
			"package with the module (linux-modules-extra, kernel-modules, DKMS: dkms "
			"status), or the name is wrong; found: modprobe it and read the end of "
			"dmesg: version magic or unknown symbol: build it again; no such device: "
			"the hardware is not one of it",
			{ "kernel-modules-installed", "vfio-modules" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT, 0, NULL,
		{ "general-libvirt", HD_SPEAKER_LIBVIRT, { NULL },
			"libvirt refused the guest, the device or the command: '{reason}'",
			"an element, attribute, model or address in these words: virsh edit "
			"{guest} and search for it; a domain, network, pool or device that it does "
			"not find: virsh list, net-list, pool-list or nodedev-list with --all, as "
			"root; a file: namei -l it as QEMU's user, and journalctl -k -g DENIED; "
			"QEMU or the monitor: hostdevctl explain --guest {guest} has QEMU's own "
			"error. Nothing of these: the first line of that second in journalctl -b "
			"-p warning -u virtqemud -u libvirtd",
			{ "iommu-enabled", "libvirt-finds-devices", "one-daemon" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_QEMU, 0, NULL,
		{ "general-qemu", HD_SPEAKER_QEMU, { NULL },
			"QEMU refused an option or ended over it: '{reason}'",
			"journalctl -k -b -g vfio right after the start: lines there mean that the "
			"kernel refused the device (paste them into hostdevctl explain). No lines: "
			"the option named before these words is wrong: virsh dumpxml {guest} shows "
			"the element that makes it, without which the guest must start; "
			"qemu-system-x86_64 -device TYPE,help lists what this version takes; a "
			"file in it: namei -l it as QEMU's user",
			{ "iommu-group-viable", "device-alive", "vfio-modules" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO, 0, NULL,
		{ "general-vfio", HD_SPEAKER_KERNEL, { NULL },
			"VFIO could not take or use the device: it or another device of its "
			"group is on a driver of the host, another program has the group "
			"open, the node may not be opened, or the device does not answer",
			"hostdevctl check {address}: if iommu-group-viable fails, bind what "
			"it names to vfio-pci; if holders-free fails, end that program; if "
			"device-alive fails, switch the host off and on. If all pass: ls -l "
			"/dev/vfio as the user who runs it, and journalctl -k -b -g vfio: "
			"'error -22' means no IOMMU",
			{ "iommu-group-viable", "vfio-modules", "device-alive",
			  "holders-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_IOMMU, 0, NULL,
		{ "general-iommu", HD_SPEAKER_KERNEL, { NULL },
			"the IOMMU or its table in the firmware has an error, or a device "
			"behind it does what it may not",
			"ls /sys/kernel/iommu_groups: if it is empty, the IOMMU is off: "
			"enable VT-d or AMD-Vi in the firmware and update that; if there are "
			"groups, devices can be passed and only the device that the line "
			"names is concerned: hostdevctl check {address}, and switch the host "
			"off and on if it is dead",
			{ "iommu-enabled", "iommu-firmware", "no-direct-region" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PCI, 0, NULL,
		{ "general-pci", HD_SPEAKER_KERNEL, { NULL },
			"the line is about the PCI device {address}: '{reason}'",
			"lspci -nnk -vvv -s {address}: nothing: it is gone or has another address; "
			"'rev ff': it is dead: switch the host off and on; 'Memory at "
			"<unassigned>': enable Above 4G Decoding or boot with pci=realloc; 'Kernel "
			"driver in use' names its driver: vfio-pci is right for guests. journalctl "
			"-k -b -g {address}: the first error, not the last, is the cause: paste it "
			"into hostdevctl explain; hostdevctl status shows which guest has it",
			{ "device-alive", "device-present", "power-state" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{ .answer = { .id = NULL } },
};
