/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_other.c - what do messages of other programs and unknown speakers mean in general? */
#include "config.h"

#include "explain/families.h"

const struct hd_family hd_families_other[] = {
	{
		HD_SAYS_XEN, HD_TRIED_IOMMU | HD_TRIED_GROUP, NULL,
		{ "general-xen-iommu", HD_SPEAKER_TOOL, { NULL },
			"Xen found no IOMMU that it can use for the device",
			"xl info shows 'hvm_directio' if it has one: enable VT-d or AMD-Vi in the "
			"firmware, remove iommu=0 from Xen's parameters; xl dmesg has its reason",
			{ "iommu-enabled", "iommu-firmware" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_XEN, HD_TRIED_RESET | HD_TRIED_ANSWER, NULL,
		{ "general-xen-reset", HD_SPEAKER_TOOL, { NULL },
			"the device did not come back from its reset, or the guest's device model did "
			"not answer in time",
			"stop the guest, wait, and start it again with one device less; if the device "
			"stays silent, switch the host off and on. Keep drivers of dom0 off it (xen-"
			"pciback.hide), or allow its use without a reset (permissive, no-strict-reset)",
			{ "reset-works", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_XEN, 0, NULL,
		{ "general-xen", HD_SPEAKER_TOOL, { NULL },
			"Xen's tools say: '{reason}'. Where it is about a device, it is usually "
			"not assigned to pciback (hidden), or its address is written wrongly",
			"xl pci-assignable-list must show the device: no: modprobe xen-pciback; xl "
			"pci-assignable-add {address}, or xen-pciback.hide=(0000:01:00.0) in "
			"dom0's kernel parameters, as lspci -D writes it; yes: the first error of "
			"that time in /var/log/libvirt/libxl/libxl-driver.log or /var/log/xen, in "
			"the console log of the guest's device model (guest-NAME-dm.log), and xl "
			"dmesg",
			{ "device-present", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHARED, 0, "EACCES EPERM",
		{ "general-shared-denied", HD_SPEAKER_TOOL, { NULL },
			"the shared memory (/dev/shm/looking-glass, /dev/kvmfr0) may not be opened: its "
			"owner or mode, libvirt's list of devices (cgroup_device_acl), AppArmor or "
			"SELinux",
			"a udev rule or systemd-tmpfiles gives it your user, group kvm and mode 0660; "
			"add /dev/kvmfr0 to cgroup_device_acl in /etc/libvirt/qemu.conf, and to "
			"AppArmor's rules for guests; journalctl -k -g DENIED and ausearch -m avc show "
			"denials",
			{ "unit-hardening" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_SHARED, 0, NULL,
		{ "general-shared", HD_SPEAKER_TOOL, { NULL },
			"the shared memory of Looking Glass is not usable: the file or /dev/kvmfr0 is "
			"not there, has another size or owner than host and guest expect, another "
			"program has it open, or the guest has no IVSHMEM device or driver",
			"ls -l /dev/shm/looking-glass /dev/kvmfr0: owner, mode 0660 and size must fit "
			"<shmem> of the guest (a power of two, 64 or 128 MiB for high resolutions; for "
			"kvmfr static_size_mb); start the guest before the client; Windows needs the "
			"IVSHMEM driver, and only one host application",
			{ "kernel-modules-installed" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_FIRMWARE, 0, "EACCES EPERM",
		{ "general-uefi-denied", HD_SPEAKER_LIBVIRT, { NULL },
			"QEMU or libvirt may not read the guest's UEFI firmware or write its variables",
			"ls -lZ {path}: variables belong below /var/lib/libvirt/qemu/nvram, owned by "
			"QEMU's user; restorecon -v {path}; journalctl -k -g DENIED shows AppArmor's",
			{ "unit-hardening" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_FIRMWARE, 0, NULL,
		{ "general-uefi", HD_SPEAKER_LIBVIRT, { NULL },
			"the guest's UEFI firmware cannot be used: its files are not installed, are at "
			"another path or of another size (4M) on this distribution, or have no template "
			"for the variables",
			"install ovmf (edk2-ovmf, pve-edk2-firmware); in the guest's XML replace "
			"<loader> and <nvram> by <os firmware='efi'>, so that libvirt chooses (ls "
			"/usr/share/qemu/firmware lists what it knows); variables of another size: "
			"virsh start --reset-nvram",
			{ NULL }, HD_MESSAGE_GENERAL }, NULL,
	},
	{ .answer = { .id = NULL } },
};

const struct hd_family hd_families_last[] = {
	{
		HD_SAYS_STORAGE, 0, NULL,
		{ "general-storage-controller", HD_SPEAKER_KERNEL, { NULL },
			"the driver of a storage controller cannot work with it: it was not reset since "
			"its last user, its interrupts or DMA do not arrive, or its firmware does not "
			"fit",
			"hostdevctl check {address} shows whether it is alive; switch the host off and "
			"on; in a guest try it without its ROM (<rom bar='off'/>) and with MSI off, and "
			"use the firmware for plain disks (IT mode)",
			{ "device-alive", "reset-works", "interrupt-remapping", "storage-free" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_CONTAINER, HD_TRIED_PLUG, NULL,
		{ "general-container-plug", HD_SPEAKER_TOOL, { NULL },
			"the container's virtual machine could not take the device: no port is set for "
			"it, it did not appear in time, or QEMU refused it",
			"Kata: cold_plug_vfio or hot_plug_vfio = 'root-port' and pcie_root_port in "
			"the configuration that the runtime reads; QEMU's own error is in the runtime's "
			"log (journalctl -t kata); all devices of the group must be on vfio-pci",
			{ "iommu-group-viable", "vfio-modules" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_CONTAINER, 0, "ENOENT ENODEV ENXIO",
		{ "general-container-missing", HD_SPEAKER_TOOL, { NULL },
			"the device or its file that the container is to have is not there, or was not "
			"given to it",
			"ls -l /dev/vfio shows the groups of this host; give the container "
			"/dev/vfio/vfio and the group's file (--device), and bind the device to vfio-"
			"pci first",
			{ "vfio-node", "vfio-modules", "device-present" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_CONTAINER, 0, "EACCES EPERM",
		{ "general-container-denied", HD_SPEAKER_TOOL, { NULL },
			"the container may not use the device: its file, its cgroup, or the limit on "
			"locked memory",
			"pass /dev/vfio/vfio and the group's file with --device, and --cap-add IPC_LOCK "
			"--ulimit memlock=-1",
			{ "memlock", "vfio-node" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_CONTAINER, 0, NULL,
		{ "general-container", HD_SPEAKER_TOOL, { NULL },
			"the program that runs the container or its virtual machine says: "
			"'{reason}'",
			"a node or file in these words: ls -l it on the host: not there: bind the "
			"device to vfio-pci (hostdevctl detach {address}) or load the driver that "
			"makes it; there: give it to the container (--device, CDI file in /etc/cdi "
			"or /var/run/cdi); QEMU: its reason is in the runtime's log (journalctl -t "
			"kata; lxc info NAME --show-log); a setting: lxc config show NAME, the "
			"runtime's configuration.toml",
			{ "iommu-group-viable", "device-present", "holders-free" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_UNIT, 0, NULL,
		{ "general-unit", HD_SPEAKER_TOOL, { NULL },
			"a unit of systemd did not start or ended; what depends on it does not work "
			"either",
			"systemctl status[[ {unit}]]; journalctl -b[[ -u {unit}]] shows its own first error: "
			"paste that into hostdevctl explain",
			{ "one-daemon", "hook-answers" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_FILE, 0, NULL,
		{ "general-file", HD_SPEAKER_TOOL, { NULL },
			"a program cannot use that file of the host: it is not there, may not "
			"be opened by this user or container, or its device is in use or gone",
			"ls -l {path}: not there: its driver or device is missing (dmesg, "
			"lspci -k); there: fuser -v {path} shows who has it; try it as root "
			"on the host: if that works, rights or the container's device rules "
			"(--device, DeviceAllow) are the cause",
			{ "vfio-node", "holders-free", "vfio-modules" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, 0, "EBUSY",
		{ "general-error-busy", HD_SPEAKER_TOOL, { NULL },
			"something is still in use: another guest, a program, a mount or a "
			"driver",
			"hostdevctl check {address} names who uses a device",
			{ "holders-free", "storage-free", "network-free", "display-free" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		0, 0, "ENOMEM",
		{ "general-error-memory", HD_SPEAKER_TOOL, { NULL },
			"memory is short: of the host, lockable memory of the process, huge pages, "
			"or the windows of a device: '{reason}'",
			"free -h: little left: give the guest less, or stop others (a guest with "
			"host devices needs all of its memory at once); enough: prlimit -l of the "
			"process or ulimit -l: lower than the guest's memory: raise LimitMEMLOCK=; "
			"grep Huge /proc/meminfo: HugePages_Free less than the guest wants; a "
			"device's BAR in the line: enable Above 4G Decoding in the firmware",
			{ "memlock", "hugepages", "unit-hardening" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, 0, "EACCES EPERM",
		{ "general-error-denied", HD_SPEAKER_TOOL, { NULL },
			"the program may not do that: permissions, a container's rules, "
			"AppArmor or SELinux, or a kernel lockdown",
			"ls -l {path} shows who may; journalctl -k -g DENIED and ausearch -m avc "
			"show what AppArmor and SELinux forbid; try it as root and outside of a "
			"container",
			{ "vfio-node", "unit-hardening" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, 0, "ENODEV ENXIO ENOENT",
		{ "general-error-missing", HD_SPEAKER_TOOL, { NULL },
			"a device, file or module that was asked for is not there",
			"ls -ld {path} and the folders above it; compare names with lspci -D and "
			"lsusb; load the module that creates it",
			{ "device-present", "vfio-modules" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, 0, "ETIMEDOUT ETIME EIO EREMOTEIO",
		{ "general-error-device", HD_SPEAKER_TOOL, { NULL },
			"a device did not answer in time or answered wrongly; often it was "
			"not reset since its last user",
			"hostdevctl check {address} shows whether it is alive; reset it while no "
			"driver has it, or switch the host off and on",
			{ "device-alive", "reset-works" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		0, 0, "EINVAL ENOTTY EOPNOTSUPP ENOTSUPP ENOSYS",
		{ "general-error-refused", HD_SPEAKER_TOOL, { NULL },
			"what was asked for does not exist in this kernel, driver or device, "
			"or a value is wrong",
			"the last lines of dmesg right after it have the driver's reason; "
			"none: compare names and numbers with lspci -nnk -D; uname -r and "
			"modinfo of the driver: a newer one may have it. hostdevctl check "
			"{address} names what the device lacks (reset, IOMMU group)",
			{ NULL }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_NAMES_GUEST, 0, NULL,
		{ "general-guest", HD_SPEAKER_TOOL, { NULL },
			"something failed with guest {guest}: QEMU ended (its log says why), "
			"a device of it is not free, or its definition is wrong",
			"hostdevctl explain --guest {guest}: QEMU's own error; if it has "
			"none, QEMU was not started: hostdevctl check --guest {guest} shows "
			"which device stops it; virt-xml-validate the output of virsh dumpxml "
			"{guest} finds errors of the definition",
			{ "iommu-group-viable", "device-present", "holders-free" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_NAMES_GROUP, 0, NULL,
		{ "general-vfio-group", HD_SPEAKER_TOOL, { NULL },
			"something failed with IOMMU group {group}: one of its devices is on a driver "
			"of the host, in use, or gone",
			"ls /sys/kernel/iommu_groups/{group}/devices shows its devices: hostdevctl "
			"check each of them; fuser -v /dev/vfio/{group} shows who has it open",
			{ "iommu-group-viable", "vfio-node", "holders-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_NAMES_DRIVER, 0, NULL,
		{ "general-driver", HD_SPEAKER_TOOL, { NULL },
			"the driver {driver} could not do what was asked of it: it does not "
			"fit the device or kernel, or the device does not answer it",
			"journalctl -k -b -g {driver}: its first error is the cause (paste it "
			"into hostdevctl explain); modinfo {driver} fails: it is not "
			"installed for this kernel: restart after an upgrade, or install it; "
			"else hostdevctl check {address}: device-alive fails: switch the host "
			"off and on",
			{ "kernel-modules-installed", "driver-release-safe" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_NAMES_INTERFACE, 0, NULL,
		{ "general-interface", HD_SPEAKER_TOOL, { NULL },
			"something failed with the network interface {interface}",
			"ip -d link show {interface} shows its state and its virtual functions, ethtool "
			"-i {interface} its driver and PCI address: hostdevctl check that",
			{ "vf-parent-up", "network-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{ .answer = { .id = NULL } },
};
