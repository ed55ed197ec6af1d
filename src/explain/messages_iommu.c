/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_iommu.c - what the kernel's IOMMU drivers and modprobe say (Linux drivers/iommu). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_iommu[] = {
	{
		/* iommu.c __iommu_device_set_domain; intel/iommu.c in older kernels */
		"kernel-direct-mapping-required", HD_SPEAKER_KERNEL,
		{ "Firmware has requested this device have a 1:1 IOMMU mapping, rejecting configuring "
		  "the device without a 1:1 mapping",
		  "Device is ineligible for IOMMU domain attach due to platform RMRR requirement" },
		"the firmware reserves a memory range for {address} (RMRR, IVMD), so the "
		"kernel gives it to no guest",
		"look for a firmware setting of that device or slot (HP: shared memory features, "
		"HPE ProLiant's conrep; USB legacy support); no kernel parameter makes it safe",
		{ "no-direct-region" }, HD_MESSAGE_STATE,
	},
	{
		/* intel/dmar.c dmar_fault */
		"kernel-dma-fault-intel", HD_SPEAKER_KERNEL,
		{ "DRHD: handling fault status reg {hex:status}",
		  "Request device [{text:address}] fault addr {hex:target} [fault reason {text:reason}",
		  "Request device [{text:address}] fault addr {hex:target}",
		  "Request device [{text:address}] PASID" },
		"a device accessed memory that is not mapped for it, and the IOMMU blocked the access: "
		"it still works on addresses of a guest that ended or restarted, because it was not "
		"reset; or at boot, graphics still read the firmware's screen memory (harmless once)",
		"reset the device (echo 1 > its reset file in /sys/bus/pci/devices while no driver has "
		"it), shut its guest down instead of restarting it, else restart the host; if it "
		"happens again while the host uses the device, update kernel and firmware",
		{ "no-direct-region", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* amd/iommu.c amd_iommu_report_page_fault */
		"kernel-dma-fault-amd", HD_SPEAKER_KERNEL,
		{ "Event logged [IO_PAGE_FAULT", },
		"a device accessed memory that is not mapped for it, and the IOMMU blocked "
		"the access",
		"reset the device or restart its guest; if it happens again while the host "
		"uses the device, look for newer firmware",
		{ "no-direct-region", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* amd/iommu.c iommu_completion_wait */
		"kernel-iommu-hangs-amd", HD_SPEAKER_KERNEL,
		{ "Completion-Wait loop timed out", "AMD-Vi: Command buffer timeout" },
		"the AMD IOMMU no longer answers; a device behind it has died",
		"restart the host, with its power switch if a device stays dead; look for "
		"newer firmware",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* intel/irq_remapping.c intel_prepare_irq_remapping */
		"kernel-x2apic-opt-out", HD_SPEAKER_KERNEL,
		{ "x2apic is disabled because BIOS sets x2apic opt out bit" },
		"the firmware asks the kernel not to use x2APIC; interrupt remapping may "
		"work anyway",
		"see interrupt-remapping; if it fails, enable x2APIC in the firmware",
		{ "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		"kernel-interrupt-remapping-on", HD_SPEAKER_KERNEL,
		{ "Enabled IRQ remapping in {word:mode} mode", "AMD-Vi: Interrupt remapping enabled" },
		"good: interrupt remapping works",
		"nothing to do",
		{ "interrupt-remapping" }, HD_MESSAGE_HARMLESS,
	},
	{
		/* iommu.c iommu_group_add_device */
		"kernel-iommu-group-added", HD_SPEAKER_KERNEL,
		{ "Adding to iommu group {number:group}" },
		"good: the IOMMU is on, and {address} is in group {group}",
		"nothing to do",
		{ "iommu-group-present", "iommu-enabled" }, HD_MESSAGE_HARMLESS,
	},
	{
		/* kmod tools/modprobe.c */
		"modprobe-in-use", HD_SPEAKER_TOOL,
		{ "Module {word:module} is in use" },
		"module {module} cannot be removed because a program, a console or another "
		"module uses it; for a graphics driver, usually the display session",
		"do not unbind the device after this. lsmod: the last column names modules to remove first "
		"(nvidia_uvm, nvidia_drm, nvidia_modeset, then nvidia); none there: hostdevctl check {address} "
		"and fuser -v /dev/nvidia* /dev/dri/* name the programs. hostdevctl detach {address} does not "
		"need the module removed",
		{ "display-free", "holders-free", "driver-release-safe" }, HD_MESSAGE_EVENT,
	},
	{
		/* vfio_virqfd was merged into vfio by Linux 6.2 */
		"modprobe-no-virqfd", HD_SPEAKER_TOOL,
		{ "module not found: 'vfio_virqfd'", "Module vfio_virqfd not found",
		  "Failed to find module 'vfio_virqfd'", "Failed to find module 'vfio-virqfd'" },
		"vfio_virqfd is part of vfio since Linux 6.2; something still asks for it by name",
		"remove vfio_virqfd from /etc/modules, /etc/modules-load.d and the "
		"initramfs's list of modules; nothing else is missing",
		{ "vfio-modules-at-boot", "vfio-modules" }, HD_MESSAGE_HARMLESS,
	},
	{
		"modprobe-not-found", HD_SPEAKER_TOOL,
		{ "modprobe: FATAL: Module {word:module} not found in directory {path}",
		  "Failed to find module '{text:module}'" },
		"the running kernel has no module {module}; often the kernel was upgraded "
		"but the host not rebooted yet",
		"restart the host if its kernel was upgraded; else install the package with the "
		"kernel's extra modules; some are gone (vboxpci, vfio_virqfd since Linux 6.2): take their "
		"names out of /etc/modules and modules-load.d",
		{ "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		"modprobe-builtin", HD_SPEAKER_TOOL,
		{ "modprobe: FATAL: Module {word:module} is builtin", "Module {word:module} is builtin" },
		"{module} is built into this kernel and cannot be unloaded; nothing needs that",
		"remove 'modprobe -r {module}' from the script that calls it; devices are "
		"moved one by one, with driver_override",
		{ "vfio-modules" }, HD_MESSAGE_HARMLESS,
	},
	{
		/* Linux drivers/iommu/intel/cap_audit.c */
		"iommu-feature-inconsistent", HD_SPEAKER_KERNEL,
		{ "IOMMU feature {word:feature} inconsistent" },
		"the host's IOMMU units differ in the feature {feature}, so Linux does not use it; "
		"assignment of devices works without it",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* Linux arch/x86/kernel/early-quirks.c */
		"iommu-remapping-erratum", HD_SPEAKER_KERNEL,
		{ "interrupt remapping on a chipset that contains an erratum" },
		"the chipset (Intel 5500, 5520, X58) has an error in its interrupt remapping, so that "
		"Linux switches it off",
		"there is no safe way on this chipset; vfio_iommu_type1.allow_unsafe_interrupts=1 permits "
		"assignment if you trust all guests",
		{ "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/iommu/amd/iommu_v2.c */
		"iommu-no-v2", HD_SPEAKER_KERNEL,
		{ "AMD IOMMUv2 functionality not available on this system - This is not a bug",
		  "AMD IOMMUv2 functionality not available on this system" },
		"the host's IOMMU has no AMD IOMMUv2 (shared page tables of graphics computing), which "
		"assignment of devices does not need",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{ .id = NULL },
};
