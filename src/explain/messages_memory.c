/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_memory.c - memory and files of a guest that QEMU cannot open: shared memory, UEFI firmware, images */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_memory[] = {
	{
		/* Looking Glass client/src/main.c, common/src/ivshmem.c */
		"looking-glass-memory", HD_SPEAKER_TOOL,
		{ "Failed to map the shared memory file: {path}",
		  "Failed to map the shared memory device: {path}", "Failed to open the shared memory" },
		"Looking Glass cannot open or map the shared memory: {path} is not there, too small, or "
		"the user may not read and write it",
		"create it before the guest starts, with owner and mode for your user and QEMU's "
		"(systemd-tmpfiles: f /dev/shm/looking-glass 0660 USER kvm); look for a denial of SELinux "
		"or AppArmor",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Looking Glass host/platform/Windows/src/service.c */
		"looking-glass-no-device", HD_SPEAKER_TOOL,
		{ "Unable to find the IVSHMEM device", "Unable to enumerate the device, it is attached?" },
		"the Windows guest has no IVSHMEM device, or no driver for it",
		"add <shmem> of the model ivshmem-plain to the guest and install the IVSHMEM driver in "
		"Windows (System devices, PCI standard RAM controller)",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Looking Glass host/platform/Windows; 0x224 is ERROR_ALREADY_INITIALIZED's kin of the driver */
		"looking-glass-in-use", HD_SPEAKER_TOOL,
		{ "DeviceIoControl Failed: 0x00000224" },
		"the shared memory device of the guest is open already: another instance of the host "
		"application runs, usually the service",
		"end the other instance of looking-glass-host in the guest",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Looking Glass client/src/main.c */
		"looking-glass-too-small", HD_SPEAKER_TOOL,
		{ "IVSHMEM too small", "Recommend increase size to {number:mib} MiB" },
		"the shared memory is too small for the guest's resolution",
		"make it larger, a power of two (64 or 128 MiB): the size of <shmem> in the guest, and "
		"static_size_mb of kvmfr if that is used",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU system/physmem.c qemu_ram_alloc_from_file */
		"qemu-backing-denied", HD_SPEAKER_QEMU,
		{ "can't open backing store {path} for guest RAM: Permission denied" },
		"QEMU's user may not open {path}, which holds memory of the guest: its owner or mode, "
		"libvirt's list of devices, AppArmor or SELinux",
		"ls -lZ {path}: give it to QEMU's user or group kvm, mode 0660 (udev rule); a device like "
		"/dev/kvmfr0 must be in cgroup_device_acl of /etc/libvirt/qemu.conf; journalctl -k -g "
		"DENIED and ausearch -m avc show denials",
		{ "hugepages", "unit-hardening" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU system/physmem.c qemu_ram_alloc_from_file */
		"qemu-backing-missing", HD_SPEAKER_QEMU,
		{ "can't open backing store {path} for guest RAM: No such file or directory" },
		"{path}, which is to hold memory of the guest, is not there: hugetlbfs is not mounted, or "
		"the module that makes the device (kvmfr) is not loaded",
		"mount hugetlbfs there (systemctl start dev-hugepages.mount), or modprobe kvmfr "
		"static_size_mb=64",
		{ "hugepages" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU system/physmem.c */
		"qemu-backing-size", HD_SPEAKER_QEMU,
		{ "backing store size {hex:has} does not match 'size' option {hex:wanted}",
		  "backing store {path} size {hex:has} does not match 'size' option {hex:wanted}" },
		"the file or device that holds the guest's memory is smaller than the guest's definition "
		"says",
		"use one size in both: <size> of <shmem> and the file (truncate, or static_size_mb of "
		"kvmfr); remove an old file below /dev/shm first",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* QEMU hw/block/block.c blk_check_size_and_read_all */
		"qemu-uefi-size", HD_SPEAKER_QEMU,
		{ "device requires {number:wanted} bytes, block backend provides {number:has} bytes" },
		"the guest's UEFI firmware and its variables are of different sizes: one is of the 2M, "
		"the other of the 4M edition",
		"use OVMF_CODE and OVMF_VARS of the same edition; virsh start --reset-nvram {guest} makes "
		"new variables (boot entries are lost)",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* libvirt src/qemu/qemu_firmware.c, qemu_process.c qemuPrepareNVRAM */
		"libvirt-no-uefi", HD_SPEAKER_LIBVIRT,
		{ "nable to find any master var store for loader",
		  "Unable to find any firmware to satisfy",
		  "firmware that is compatible with the current configuration",
		  "Unable to find efi firmware" },
		"libvirt does not know UEFI firmware as the guest wants it: the package is missing, or "
		"the loader's path belongs to another distribution or to the older 2M files, so that it "
		"has no template for the variables",
		"install ovmf (edk2-ovmf); in the guest's XML replace <loader> and <nvram> by <os "
		"firmware='efi'>, or name files that are there (ls /usr/share/OVMF /usr/share/edk2*) with "
		"<nvram template=...>; /usr/share/qemu/firmware lists what libvirt knows",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/i386/x86-common.c x86_bios_rom_init */
		"qemu-no-bios", HD_SPEAKER_QEMU,
		{ "could not load PC BIOS '{text:path}'" },
		"QEMU cannot load the guest's firmware {path}: the file is missing or may not be read, or "
		"UEFI firmware is given as a BIOS, where it must be pflash",
		"ls -l the file: install ovmf (edk2-ovmf) or seabios; give UEFI firmware as <loader "
		"readonly='yes' type='pflash'> or with <os firmware='efi'>",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Incus internal/server/instance/drivers/edk2, Proxmox PVE/QemuServer/OVMF.pm */
		"uefi-files-missing", HD_SPEAKER_TOOL,
		{ "Unable to locate matching firmware", "EFI base image '{text:path}' not found",
		  "EFI vars image '{text:path}' not found" },
		"the UEFI firmware files for the guest are not where the program looks for them",
		"install the firmware (Proxmox: pve-edk2-firmware; Incus, LXD: ovmf or edk2 with the 4MB "
		"files); for Incus INCUS_EDK2_PATH names another folder",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* libvirt src/qemu/qemu_tpm.c */
		"libvirt-no-tpm", HD_SPEAKER_LIBVIRT,
		{ "Could not run '{text:program}swtpm_setup'",
		  "Unable to find 'swtpm_setup' binary in $PATH" },
		"libvirt could not make the guest's emulated TPM: swtpm is not installed, or its user may "
		"not write its folders",
		"install swtpm and swtpm-tools; the end of the log that the message names says why; "
		"usually chown -R tss:root /var/lib/swtpm-localca (Debian: swtpm) helps",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* edk2 MdeModulePkg/Universal/BdsDxe, SeaBIOS src/boot.c */
		"uefi-nothing-to-boot", HD_SPEAKER_QEMU,
		{ "BdsDxe: No bootable option or device was found", "No bootable device." },
		"the guest's firmware found nothing to start from: the disk's controller was passed and "
		"its disk has no EFI system partition, the boot order does not name it, or the guest was "
		"installed with the other firmware (BIOS or UEFI)",
		"set <boot order='1'/> in the disk's entry or the passed controller's <hostdev>; use the "
		"firmware that the guest was installed with; for a passed controller try its ROM (<rom "
		"bar='on'/>)",
		{ "rom-file" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU ui/console.c */
		"guest-no-display", HD_SPEAKER_QEMU,
		{ "Guest has not initialized the display" },
		"the guest does not draw on its emulated display: it uses the passed card instead (look "
		"at that card's monitor), or it hangs before its firmware has one",
		"connect a monitor to the card, or ssh to the guest; if nothing comes there, remove the "
		"card's <rom> or add a ROM file, and look for reset errors in dmesg",
		{ "rom-file", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux mm/memory_hotplug.c */
		"kvmfr-range", HD_SPEAKER_KERNEL,
		{ "Hotplug memory [{text:range}] exceeds maximum addressable range" },
		"the kernel cannot use the guest's shared memory device (kvmfr, IVSHMEM): its address is "
		"above what the processor or the kernel can map",
		"limit the guest's physical addresses (<maxphysaddr mode='passthrough'/> or "
		"host-phys-bits-limit), or place the IVSHMEM device behind a PCI bus with a lower 64-bit "
		"window",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Looking Glass client/src/main.c */
		"looking-glass-follows", HD_SPEAKER_TOOL,
		{ "| Failed to map memory" },
		"Looking Glass ended because it could not map the shared memory; the line before says why",
		"read the line before it; ls -l /dev/shm/looking-glass /dev/kvmfr0 shows owner, mode and "
		"size",
		{ NULL }, HD_MESSAGE_FOLLOWS,
	},
	{ .id = NULL },
};
