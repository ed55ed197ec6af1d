/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_errno.c - what does an error mean for what was tried, whichever driver or program says it? */
#include "config.h"

#include "explain/families.h"

/* Those who speak of a PCI device that they drive or pass. */
#define DEVICE (HD_SAYS_PCI | HD_SAYS_VFIO | HD_SAYS_QEMU | HD_SAYS_KUBE | HD_SAYS_LIBVIRT | HD_SAYS_PROXMOX)

const struct hd_family hd_families_errno[] = {
	{
		HD_SAYS_PCI, HD_TRIED_PROBE | HD_TRIED_FIRMWARE, "ETIMEDOUT ETIME EAGAIN",
		{ "general-probe-timeout", HD_SPEAKER_KERNEL, { NULL },
			"the device or its firmware did not answer its driver in time: it was "
			"not reset since its last user; or, in a guest, its interrupts do not "
			"arrive through the hypervisor",
			"in a guest see whether its numbers in /proc/interrupts grow, let the "
			"driver use MSI, and try it on the host. On the host: echo 1 > "
			"/sys/bus/pci/devices/{address}/reset while no driver has it, else "
			"switch the host off and on",
			{ "reset-works", "device-alive", "interrupt-remapping" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PCI, HD_TRIED_PROBE | HD_TRIED_FIRMWARE, "ENOENT",
		{ "general-probe-no-file", HD_SPEAKER_KERNEL, { NULL },
			"the driver found no file for the device, usually its firmware, or "
			"asked the device for something that this variant does not have",
			"dmesg names the file ('Direct firmware load for'); install "
			"linux-firmware (firmware-misc-nonfree) in the system that complains, "
			"then bind the device again",
			{ "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PCI, HD_TRIED_PROBE, "ENOMEM ENOSPC",
		{ "general-probe-room", HD_SPEAKER_KERNEL, { NULL },
			"the driver got no room for the device: its memory windows (BARs) have "
			"no addresses; memory itself is rarely short",
			"host: Above 4G Decoding in the firmware, else pci=realloc; guest: UEFI, "
			"q35 and a larger 64-bit PCI window (<pcihole64>). lspci -vs {address} "
			"shows windows without an address",
			{ "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PCI, HD_TRIED_PROBE, "ENODEV ENXIO EIO EREMOTEIO EPROTO",
		{ "general-probe-silent", HD_SPEAKER_KERNEL, { NULL },
			"the driver could not talk to the device or does not support it: it "
			"does not answer (a reset that failed, or asleep), or it is a variant "
			"that this version of the driver does not know",
			"hostdevctl check {address} shows whether it is alive: if not, switch "
			"the host off and on; else read the driver's lines before, and use a "
			"newer kernel or driver",
			{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PCI, HD_TRIED_PROBE | HD_TRIED_FIRMWARE, "EINVAL EPROBE_DEFER EOPNOTSUPP",
		{ "general-probe-invalid", HD_SPEAKER_KERNEL, { NULL },
			"the device is not in the state that the driver expects: driver and "
			"firmware do not fit together, or the device was not reset since its "
			"last user",
			"read the driver's lines before; use a newer kernel or driver, or "
			"firmware that fits; if it worked before a guest had it, switch the "
			"host off and on",
			{ "device-alive", "reset-works" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		DEVICE, HD_TRIED_RESET, "ENOTTY EOPNOTSUPP ENOTSUPP ENOSYS",
		{ "general-reset-none", HD_SPEAKER_KERNEL, { NULL },
			"the device has no reset that works for it alone; it is used as it is, "
			"and many devices work nevertheless",
			"cat /sys/bus/pci/devices/{address}/reset_method shows what it can; "
			"nothing to do if it works again for the next guest, else pass all "
			"functions of its slot together, or restart the host in between",
			{ "reset-works" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		DEVICE, HD_TRIED_RESET, "EBUSY EAGAIN",
		{ "general-reset-busy", HD_SPEAKER_KERNEL, { NULL },
			"the device cannot be reset now: its driver or another user holds it, "
			"or devices that share its bus belong to somebody else",
			"hostdevctl check {address} names the users; stop them, or unbind the "
			"driver first; then echo 1 > /sys/bus/pci/devices/{address}/reset",
			{ "holders-free", "reset-works", "iommu-group-viable" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU | HD_SAYS_KUBE, HD_TRIED_MAP, "ENOSPC",
		{ "general-map-too-many", HD_SPEAKER_QEMU, { NULL },
			"the guest's memory is mapped in more pieces than the kernel allows "
			"one guest (65535)",
			"options vfio_iommu_type1 dma_entry_limit=4294967295 in "
			"/etc/modprobe.d, or huge pages or larger memory blocks for the guest",
			{ NULL }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU | HD_SAYS_KUBE, HD_TRIED_MAP, "EEXIST",
		{ "general-map-exists", HD_SPEAKER_QEMU, { NULL },
			"a range of guest addresses was to be mapped a second time: devices or "
			"regions overlap, or the program maps memory once for each device",
			"update the program that runs the guest; until then pass one device "
			"only, or plug all of them before the start",
			{ NULL }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VFIO | HD_SAYS_QEMU | HD_SAYS_KUBE, HD_TRIED_MAP, "EPERM EACCES",
		{ "general-map-denied", HD_SPEAKER_QEMU, { NULL },
			"the kernel does not let the program lock the guest's memory: no "
			"CAP_IPC_LOCK, or a limit of 0, as in containers",
			"give the container or unit CAP_IPC_LOCK and LimitMEMLOCK=infinity "
			"(podman, docker: --cap-add IPC_LOCK --ulimit memlock=-1)",
			{ "memlock", "unit-hardening" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		DEVICE, HD_TRIED_ROM, "EACCES EPERM ENOENT",
		{ "general-rom-file", HD_SPEAKER_QEMU, { NULL },
			"QEMU cannot read the ROM file: it is not there, QEMU's user may not "
			"read it or a folder above it, or AppArmor or SELinux forbids it",
			"namei -l {path} shows the permissions of each folder; put the file "
			"below /usr/share/vgabios or /var/lib/libvirt/images, mode 0644",
			{ "rom-file" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_LIBVIRT | HD_SAYS_QEMU | HD_SAYS_PROXMOX, HD_TRIED_PLUG, "EBUSY",
		{ "general-plug-busy", HD_SPEAKER_LIBVIRT, { NULL },
			"the device cannot be plugged or taken out now: somebody on the host "
			"or another guest uses it, or the guest has not finished the last "
			"request for that slot",
			"hostdevctl check {address} names the users; for a device in the guest "
			"wait until its system has ejected it, then try again",
			{ "holders-free", "managed-conflict" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_PCI | HD_SAYS_VFIO, HD_TRIED_MSI, "ENOSPC EINVAL ENODEV ENOMEM EBUSY",
		{ "general-vectors-refused", HD_SPEAKER_KERNEL, { NULL },
			"the device got no interrupts: none is left on the host, it has no MSI "
			"that works, or, in a guest, the hypervisor refused them",
			"lspci -vvs {address} shows MSI and MSI-X and whether they are enabled; "
			"use fewer queues or virtual functions, enable interrupt remapping "
			"(x2APIC) in the firmware; in a guest update the hypervisor, or let the "
			"driver use MSI instead of MSI-X",
			{ "interrupt-remapping" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{ .answer = { .id = NULL } },
};
