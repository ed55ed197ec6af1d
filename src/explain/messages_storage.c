/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_storage.c - what drivers of disks and host adapters, and the tools on top of them, say. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_storage[] = {
	{
		/* drivers/scsi/megaraid/megaraid_sas_base.c megasas_init_fw, megaraid_sas_fusion.c */
		"megaraid-init", HD_SPEAKER_KERNEL,
		{ "Init cmd return status FAILED for SCSI host", "Failed from megasas_init_fw",
		  "megaraid_sas {address}: Failed to init firmware", "Waiting for FW to come to ready state" },
		"the RAID controller's firmware did not take the driver's first command: it was not reset "
		"since its last user (these controllers have no FLR), its interrupts do not arrive, or "
		"its memory accesses fault (a guest's IOMMU, a region of the firmware)",
		"dmesg on the host for DMAR or AMD-Vi faults of {address}; power the host off and on and "
		"give it to the guest from the first boot on (vfio-pci.ids); in the guest q35 with OVMF "
		"and <rom bar='off'/>; controllers that the firmware reserves memory for (RMRR) cannot be "
		"passed",
		{ "reset-works", "no-direct-region", "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/scsi/megaraid/megaraid_sas_base.c megasas_transition_to_ready */
		"megaraid-ready", HD_SPEAKER_KERNEL,
		{ "FW now in Ready state" },
		"the RAID controller's firmware is ready",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/scsi/mpt3sas/mpt3sas_base.c _base_wait_for_doorbell_int, _base_spin_on_doorbell_int */
		"mpt3sas-doorbell", HD_SPEAKER_KERNEL,
		{ "_base_wait_for_doorbell_int: failed due to timeout count",
		  "_base_spin_on_doorbell_int: failed due to timeout count",
		  "doorbell is in use (line=", "diag reset: FAILED" },
		"the SAS controller does not answer its driver: it hangs since its last user or a failed "
		"reset (int_status ffffffff: it is not there for the processor)",
		"lspci -s {address}: 'rev ff': power the host off and on; in a guest: shut it down (not "
		"restart), q35 and OVMF, <rom bar='off'/>, newest firmware (IT mode) of the controller; "
		"cooling: these controllers get hot",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/scsi/mpt3sas/mpt3sas_scsih.c _scsih_probe, mpt3sas_base.c mpt3sas_base_map_resources */
		"mpt3sas-probe", HD_SPEAKER_KERNEL,
		{ "scsih_probe()!{near:mpt2sas|mpt3sas}",
		  "unable to map adapter memory! or resource not found" },
		"the driver of the SAS controller gave up; with 'unable to map' the guest or host has no "
		"room for its memory windows",
		"the lines before it have the reason (doorbell, fault_state, diag reset): paste those; "
		"'unable to map': in a guest q35 with a pcie-root-port of its own for it, on the host "
		"pci=realloc and Above 4G Decoding",
		{ "device-alive", "guest-topology" }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* drivers/scsi/mpt3sas/mpt3sas_base.c _base_sas_log_info */
		"mpt3sas-log-info", HD_SPEAKER_KERNEL,
		{ "originator(PL), code(0x{hex:code}), sub_code(0x{hex:sub})" },
		"the SAS controller reports an event of its disks (code {code}): a command was taken "
		"back, a link was reset, a disk did not answer",
		"nothing to do, unless they come in numbers or with errors of a disk (sdX): then cables "
		"and backplane, smartctl -a of that disk, power supply, cooling and firmware of the "
		"controller",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/scsi/aacraid/commsup.c aac_fib_send, src.c, rx.c, linit.c */
		"aacraid-dead", HD_SPEAKER_KERNEL,
		{ "aac_fib_send: first asynchronous command timed out",
		  "Usually a result of a PCI interrupt routing problem",
		  "adapter kernel failed to start, init status =",
		  "aacraid: Host adapter abort request timed out" },
		"the Adaptec controller does not answer: its interrupts do not arrive (above all in a "
		"guest), or it was not reset since its last user",
		"in a guest: q35, <driver name='vfio'/> with MSI (the guest's /proc/interrupts must "
		"count), aacraid.msi=0 or 1 as a trial; power the host off and on; 'ffffffff': it is dead "
		"until then",
		{ "reset-works", "interrupt-remapping", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/scsi/hpsa.c controller_lockup_detected, smartpqi/smartpqi_sis.c */
		"hba-lockup", HD_SPEAKER_KERNEL,
		{ "Controller lockup detected: 0x{hex:code}", "failed to enter simple mode",
		  "controller is offline: status code 0x{hex:code}",
		  "controller not ready after {number:seconds} seconds" },
		"the firmware of the Smart Array controller stopped or did not start: a defect of the "
		"firmware, heat, or a controller that was not reset since its last user; HP's servers "
		"also reserve memory for it (RMRR), so that it cannot be given to a guest",
		"power the host off and on; newest firmware of the controller; for a guest: hostdevctl "
		"check {address} (no-direct-region), HP's conrep to exclude its slot from shared memory",
		{ "no-direct-region", "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/ata/libahci.c ahci_reset_controller */
		"ahci-reset", HD_SPEAKER_KERNEL,
		{ "controller reset failed (0x{hex:value})" },
		"the SATA controller does not answer a reset: it reads all ones (dead since its last "
		"user, or without power), or hangs",
		"lspci -s {address}: 'rev ff': power the host off and on; in a guest: another controller "
		"than the chipset's own first one, shut down instead of restart; give single disks (<disk "
		"type='block'>) if it cannot be reset",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/ata/libata-eh.c, libata-sata.c, libahci.c */
		"ata-link", HD_SPEAKER_KERNEL,
		{ "failed command: READ FPDMA QUEUED", "failed command: WRITE FPDMA QUEUED",
		  "COMRESET failed (errno=-", "softreset failed (" },
		"a SATA disk or its link had an error: cable, power or disk first; in a guest with a "
		"passed controller also interrupts that do not arrive",
		"smartctl -a of that disk (Current_Pending_Sector, UDMA_CRC_Error_Count), another cable "
		"and port; libata.force=noncq as a trial; in a guest /proc/interrupts must count for ahci",
		{ "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/ata/libata-core.c sata_print_link_status, ahci.c */
		"ata-link-empty", HD_SPEAKER_KERNEL,
		{ "SATA link down (SStatus 0 SControl ",
		  "SSS flag set, parallel bus scan disabled" },
		"no disk answers at that SATA port, as is usual for a port without disk",
		"nothing to do, unless a disk is plugged in there: then its cables, power and port",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/nvme/host/core.c nvme_init_ns_head, nvme_global_check_duplicate_ids */
		"nvme-duplicate-ids", HD_SPEAKER_KERNEL,
		{ "because of duplicate IDs", "globally duplicate IDs for nsid",
		  "duplicate IDs in subsystem for nsid" },
		"two disks carry the same identity: cheap disks with an identity that the maker did not "
		"set, one disk seen twice (multipath), or the kernel of a guest that sees a clone; the "
		"second one is not used",
		"a newer kernel (it knows more of such disks: quirk NVME_QUIRK_BOGUS_NID), firmware of "
		"the disk; a virtual NVMe disk in QEMU: its own serial and eui64; pass one of the two to "
		"a guest",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/nvme/host/core.c nvme_enable_ctrl */
		"nvme-page-size", HD_SPEAKER_KERNEL,
		{ "Minimum device page size {number:size} too large for host" },
		"the NVMe controller's registers read nonsense: it does not answer (not reset since its "
		"last user, asleep), so its smallest page size seems huge",
		"lspci -s {address}: 'rev ff': power the host off and on; then echo flr, bus or pm > "
		"/sys/bus/pci/devices/{address}/reset_method as a trial, "
		"nvme_core.default_ps_max_latency_us=0 in the guest, newest firmware of the disk",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/nvme/host/core.c nvme_configure_apst, pci.c nvme_probe */
		"nvme-optional-missing", HD_SPEAKER_KERNEL,
		{ "platform quirk: setting simple suspend", "could not set timestamp",
		  "failed to set APST feature" },
		"the disk lacks something that the driver can do without",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* QEMU hw/scsi/scsi-disk.c get_device_type, scsi_block_realize, scsi-generic.c */
		"qemu-scsi-no-sg", HD_SPEAKER_QEMU,
		{ "cannot get SG_IO version number" },
		"the disk was given to the guest as a SCSI device (device='lun', scsi-block), and it is "
		"none: an image, a partition, an NVMe disk, device mapper or LVM, or one that QEMU may "
		"not send commands to",
		"<disk device='disk'> instead of 'lun' for it; a whole SCSI or SATA disk by "
		"/dev/disk/by-id; QEMU as root or with rights on /dev/sg for <hostdev type='scsi'>",
		{ "scsi-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* LVM tools, mdadm, mkfs, ZFS */
		"tool-disk-exclusive", HD_SPEAKER_TOOL,
		{ "Mounted filesystem?",
		  "device-mapper: reload ioctl on {text:map}failed: Device or resource busy",
		  "mdadm: cannot open {path:path}: Device or resource busy",
		  "apparently in use by the system" },
		"something on the host has the disk already: a mount, swap, LVM, RAID, multipath, or a "
		"guest",
		"lsblk and hostdevctl status show it; multipath -f NAME, vgchange -an VG, mdadm --stop /dev/mdN, "
		"umount; a disk that a running guest has must not be used at both places",
		{ "storage-free", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* OpenZFS cmd/zpool/zpool_main.c do_import */
		"zpool-other-system", HD_SPEAKER_TOOL,
		{ "pool was previously in use from another system",
		  "pool may be in use from other system", "no such pool available" },
		"the pool belongs to another machine (host or guest) that did not export it, or its disks "
		"are not visible here: they are bound to vfio-pci or still with a guest",
		"be sure that nobody else has it imported (a guest and the host at once destroy it); then "
		"zpool import -f POOL; zpool import alone lists what is found; missing disks: hostdevctl "
		"status, lspci -nnk (vfio-pci), zpool import -d /dev/disk/by-id",
		{ "storage-free", "vfio-owned" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
