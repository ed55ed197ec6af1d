/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_pci.c - what the kernel's PCI core and its drivers say (Linux drivers/pci). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_pci[] = {
	{
		/* pci.c __pci_request_region */
		"kernel-bar-busy", HD_SPEAKER_KERNEL,
		{ "can't reserve [" },
		"something else owns a memory window of {address}: the framebuffer "
		"that the firmware set up (efifb, simpledrm, vesafb), or another driver",
		"hostdevctl check {address} names the owner and how to free it; 'grep -i -e fb -e drm "
		"/proc/iomem' shows a framebuffer inside the window",
		{ "display-free", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* pci.c pci_dev_wait */
		"kernel-device-not-ready", HD_SPEAKER_KERNEL,
		{ "not ready {number:ms}ms after {word:event}; giving up",
		  "not ready {number:ms}ms after {text:event}; giving up" },
		"{address} did not come back after a {event}: it is lost until its power is cycled",
		"switch the host off and on (a restart often keeps the card's power); then "
		"try another reset_method for the device, and d3cold_allowed 0",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* pci.c pci_power_up */
		"kernel-device-inaccessible", HD_SPEAKER_KERNEL,
		{ "Unable to change power state from {word:state} to D0, device inaccessible",
		  "can't change power state from {word:state} to D0 (config space inaccessible)" },
		"{address} does not wake up: it has fallen off the bus and reads all ones",
		"switch the host off and on; then keep the device awake: echo 0 > "
		"/sys/bus/pci/devices/{address}/d3cold_allowed, echo on > "
		"/sys/bus/pci/devices/{address}/power/control, and disable_idle_d3=1 for vfio-pci",
		{ "device-alive", "power-state", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* pci.c pcie_flr */
		"kernel-pending-transaction", HD_SPEAKER_KERNEL,
		{ "timed out waiting for pending transaction; performing function level reset anyway",
		  "timed out waiting for pending transaction: performing function level reset anyway" },
		"{address} was reset while it still waited for memory; a device that hung "
		"before the reset rarely recovers",
		"see the messages before this one; if the device stays dead, switch the "
		"host off and on",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* pci.c pci_set_low_power_state */
		"kernel-power-refused", HD_SPEAKER_KERNEL,
		{ "Refused to change power state from {word:state} to {word:wanted}",
		  "refused to change power state from {word:state} to {word:wanted}",
		  "efused to change power state, currently in {word:state}" },
		"{address} ignores the request to go from {state} to {wanted}; it hangs",
		"keep it awake (d3cold_allowed 0, power/control on); if it is dead, switch the host "
		"off and on",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* rom.c pci_get_rom_size */
		"kernel-rom-signature", HD_SPEAKER_KERNEL,
		{ "Invalid PCI ROM header signature: expecting {hex:wanted}, got {hex:got}",
		  "Invalid PCI ROM header signature" },
		"{address} shows no option ROM: it has none (integrated graphics, and cards of laptops, whose "
		"video BIOS is in the host's firmware), sleeps, or hides it while it is in use",
		"nothing to do if the guest works. If it shows no picture, or its driver stops (Code 43, no "
		"BIOS found), give it a ROM file, romfile: hostdevctl xml --rom FILE {address}; for laptops "
		"and integrated graphics the vBIOS from the host's firmware (ACPI table VFCT)",
		{ "rom-file", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* quirks.c nvidia_ion_ahci and the ThinkPad P50's quirk */
		"kernel-gpu-left-initialized", HD_SPEAKER_KERNEL,
		{ "GPU left initialized by EFI, resetting" },
		"the kernel repairs the state in which one laptop's firmware leaves its "
		"graphics card",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* setup-res.c pci_assign_resource */
		"kernel-bar-no-space", HD_SPEAKER_KERNEL,
		{ "can't assign; no space", "BAR {number:bar}: no space for [mem size " },
		"the bridge above {address} has no room for its memory windows, without which the "
		"device does not work. On a host its firmware left none; in a guest the guest's 64-bit "
		"PCI window or root port is too small, usual for large cards and for hotplug",
		"host: Above 4G Decoding (and Resizable BAR) in the firmware, else pci=realloc. Guest: "
		"UEFI and q35, the card at a pcie-root-port (with a large pref64-reserve for hotplug), a "
		"larger 64-bit PCI window (<pcihole64>, OVMF's PciMmio64Mb), or plug it before the start",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* iov.c sriov_numvfs_store */
		"kernel-sriov-no-driver", HD_SPEAKER_KERNEL,
		{ "no driver bound to device; cannot configure SR-IOV" },
		"the physical function's driver creates virtual functions, and {address} "
		"has no driver",
		"bind its driver first: hostdevctl reattach {address}",
		{ "vf-parent-up" }, HD_MESSAGE_CERTAIN,
	},
	{
		"kernel-sriov-not-supported", HD_SPEAKER_KERNEL,
		{ "driver does not support SR-IOV configuration via sysfs" },
		"the driver of {address} does not create virtual functions through sriov_numvfs",
		"use the driver's own method (a module parameter, devlink, the vendor's "
		"tool), or another driver",
		{ "vf-parent-up" }, HD_MESSAGE_CERTAIN,
	},
	{
		"kernel-sriov-already-enabled", HD_SPEAKER_KERNEL,
		{ " VFs already enabled. Disable before enabling {number:wanted} VFs" },
		"{address} has virtual functions, and their number must be set to 0 before "
		"it can change",
		"stop the guests that use them, then write 0 and then {wanted} to "
		"/sys/bus/pci/devices/{address}/sriov_numvfs",
		{ "sriov-vfs-off" }, HD_MESSAGE_STATE,
	},
	{
		/* iov.c sriov_enable */
		"kernel-sriov-no-memory-window", HD_SPEAKER_KERNEL,
		{ "not enough MMIO resources for SR-IOV", "SR-IOV: IOV BARS not allocated" },
		"the firmware left no addresses for the virtual functions of {address}",
		"enable SR-IOV and Above 4G Decoding in the firmware; else try the kernel "
		"parameter pci=realloc",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		"kernel-sriov-no-bus", HD_SPEAKER_KERNEL,
		{ "can't enable {number:count} VFs (bus {hex:bus} out of range of" },
		"{count} virtual functions need bus numbers that the bridge above {address} does not "
		"have",
		"create fewer of them, or try the kernel parameter pci=assign-busses",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		"kernel-sriov-assigned", HD_SPEAKER_KERNEL,
		{ "Cannot modify SR-IOV while VFs are assigned" },
		"a guest still has a virtual function of {address}",
		"stop the guests that use its virtual functions, then try again",
		{ "sriov-vfs-off", "iommu-group-exclusive" }, HD_MESSAGE_STATE,
	},
	{
		"kernel-sriov-left-enabled", HD_SPEAKER_KERNEL,
		{ "driver left SR-IOV enabled after remove" },
		"the driver of {address} was unbound while its virtual functions existed; "
		"they still exist, but nothing manages them",
		"bind the driver again (hostdevctl reattach {address}) and echo 0 > "
		"/sys/bus/pci/devices/{address}/sriov_numvfs",
		{ "sriov-vfs-off" }, HD_MESSAGE_STATE,
	},
	{
		/* pcie/err.c report_error_detected */
		"kernel-aer-cannot-recover", HD_SPEAKER_KERNEL,
		{ "can't recover (no error_detected callback)" },
		"the link of {address} reported a fatal error, and its driver cannot "
		"recover from it (vfio-pci leaves that to the guest)",
		"read the AER messages before this one; reseat the card, or try a slower "
		"link speed in the firmware",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* the NVIDIA driver, nv_pci_remove */
		"kernel-nvidia-usage-count", HD_SPEAKER_KERNEL,
		{ "NVRM: Attempting to remove device {address} with non-zero usage count!" },
		"NVIDIA's driver was unbound from {address} while it was in use, and now "
		"waits for users that can no longer leave; the process that unbinds it "
		"hangs as well",
		"only a restart of the host helps; then stop what uses the card before you "
		"unbind it: hostdevctl check {address} names it",
		{ "driver-release-safe", "holders-free", "display-free" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Linux drivers/net/ethernet/intel/igc, drivers/ata/ahci.c, drivers/scsi/mpt3sas */
		"kernel-device-gone", HD_SPEAKER_KERNEL,
		{ "PCIe link lost, device now detached", "AHCI controller unavailable!",
		  "SAS host is non-operational", "PCI device is inaccessible" },
		"the device does not answer any more (all its registers read as ones): its link failed, "
		"it did not wake up, or its last user left it without a working reset",
		"hostdevctl check {address} shows whether it is back; switch the host off and on; if it "
		"comes again, try pcie_aspm=off pcie_port_pm=off, another slot or cable",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux arch/x86/kernel/cpu/mce/core.c, drivers/firmware/efi/cper.c */
		"hardware-error", HD_SPEAKER_KERNEL,
		{ "[Hardware Error]: Machine check events logged",
		  "[Hardware Error]: Machine Check Exception",
		  "[Hardware Error]: Hardware error from APEI" },
		"the processor or the firmware reported an error of the hardware: memory, processor or a "
		"PCI Express device",
		"ras-mc-ctl --errors (package rasdaemon) or journalctl -k -g 'Hardware Error' show which; "
		"if it came with a device's error, check that device's slot, cable and power",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux kernel/rcu/tree_stall.h */
		"kernel-cpu-stall", HD_SPEAKER_KERNEL,
		{ "detected stalls on CPUs/tasks", "self-detected stall on CPU",
		  "soft lockup - CPU#{number:cpu} stuck for", "hard LOCKUP on cpu" },
		"a processor was busy in the kernel for many seconds: it waits for a device that does not "
		"answer, or the host (or the guest whose log this is) has too few processors left",
		"read the call trace below it: vfio_, pci_ or a driver's name says which device; "
		"hostdevctl check that; leave the host processors that no guest is pinned to",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/pci/setup-res.c pci_claim_resource */
		"kernel-bar-conflict", HD_SPEAKER_KERNEL,
		{ "can't claim; address conflict with {text:other}" },
		"a memory window of {address} overlaps with something else that the firmware reported: "
		"{other}; the kernel moves it, if there is room",
		"a later line 'assigned' for the same window: nothing. Else a newer firmware; it is the "
		"window of a graphics card and 'simple-framebuffer' or 'efifb' has it: hostdevctl handover; "
		"pci=nocrs or pci=realloc on the command line as the last try",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/pci/pci-sysfs.c reset_method_store */
		"kernel-reset-methods-off", HD_SPEAKER_KERNEL,
		{ "All device reset methods disabled by user" },
		"somebody wrote an empty reset_method for {address}: the kernel does not reset it between "
		"guests any more",
		"echo default > /sys/bus/pci/devices/{address}/reset_method; it was on purpose because its "
		"reset breaks it: the guest must be shut down cleanly each time",
		{ "reset-works" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
