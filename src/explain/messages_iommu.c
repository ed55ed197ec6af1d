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
		"the firmware keeps a memory range of its own for {address} (RMRR, IVMD), so that the "
		"kernel gives it to no guest",
		"look for a firmware setting of that device or slot (HP: shared memory features, "
		"HPE ProLiant's conrep; USB legacy support); no kernel parameter makes it safe",
		{ "no-direct-region" }, false,
	},
	{
		/* intel/dmar.c dmar_fault */
		"kernel-dma-fault-intel", HD_SPEAKER_KERNEL,
		{ "DRHD: handling fault status reg {hex:status}",
		  "Request device [{text:address}] fault addr {hex:target}",
		  "Request device [{text:address}] PASID" },
		"a device reached for memory that it was not given: the IOMMU stopped it. Common right "
		"after a guest died, and for devices with a range of their own (RMRR)",
		"reset the device or restart its guest; if it comes again while the host uses it, look "
		"for newer firmware",
		{ "no-direct-region", "device-alive" }, false,
	},
	{
		/* amd/iommu.c amd_iommu_report_page_fault */
		"kernel-dma-fault-amd", HD_SPEAKER_KERNEL,
		{ "Event logged [IO_PAGE_FAULT", },
		"a device reached for memory that it was not given: the IOMMU stopped it",
		"reset the device or restart its guest; if it comes again while the host uses it, look "
		"for newer firmware",
		{ "no-direct-region", "device-alive" }, false,
	},
	{
		/* amd/iommu.c iommu_completion_wait */
		"kernel-iommu-hangs-amd", HD_SPEAKER_KERNEL,
		{ "Completion-Wait loop timed out" },
		"the AMD IOMMU no longer answers; mostly a device behind it has died",
		"restart the host, by its power switch if a device stays dead; look for newer firmware",
		{ "device-alive" }, false,
	},
	{
		/* intel/irq_remapping.c intel_prepare_irq_remapping */
		"kernel-x2apic-opt-out", HD_SPEAKER_KERNEL,
		{ "x2apic is disabled because BIOS sets x2apic opt out bit" },
		"the firmware asks the kernel not to use x2APIC; interrupt remapping may work all the "
		"same",
		"see interrupt-remapping; if it fails, switch x2APIC on in the firmware",
		{ "interrupt-remapping" }, false,
	},
	{
		"kernel-interrupt-remapping-on", HD_SPEAKER_KERNEL,
		{ "Enabled IRQ remapping in {word:mode} mode", "AMD-Vi: Interrupt remapping enabled" },
		"a good sign: interrupt remapping works",
		"nothing is needed",
		{ "interrupt-remapping" }, true,
	},
	{
		/* iommu.c iommu_group_add_device */
		"kernel-iommu-group-added", HD_SPEAKER_KERNEL,
		{ "Adding to iommu group {number:group}" },
		"a good sign: the IOMMU is on and has {address} in group {group}",
		"nothing is needed",
		{ "iommu-group-present", "iommu-enabled" }, true,
	},
	{
		/* kmod tools/modprobe.c */
		"modprobe-in-use", HD_SPEAKER_TOOL,
		{ "Module {word:module} is in use" },
		"module {module} cannot be removed, since a program, a console or another module uses "
		"it; for a graphics driver that is mostly the display session",
		"do not go on with an unbind after this; hostdevctl check DEVICE names who uses the "
		"device, and hostdevctl detach needs no module removed",
		{ "display-free", "holders-free", "driver-release-safe" }, false,
	},
	{
		/* vfio_virqfd was merged into vfio by Linux 6.2 */
		"modprobe-no-virqfd", HD_SPEAKER_TOOL,
		{ "module not found: 'vfio_virqfd'", "Module vfio_virqfd not found",
		  "Failed to find module 'vfio_virqfd'", "Failed to find module 'vfio-virqfd'" },
		"vfio_virqfd is a part of vfio since Linux 6.2; something still asks for it by name",
		"remove vfio_virqfd from /etc/modules, /etc/modules-load.d and the initramfs's list; "
		"nothing else is missing",
		{ "vfio-modules-at-boot", "vfio-modules" }, true,
	},
	{
		"modprobe-not-found", HD_SPEAKER_TOOL,
		{ "modprobe: FATAL: Module {word:module} not found in directory {path}",
		  "Failed to find module '{text:module}'" },
		"the running kernel has no module {module}; often a kernel that was upgraded and not "
		"booted yet",
		"restart the host if its kernel was upgraded; else install the package with the "
		"kernel's extra modules",
		{ "vfio-modules" }, false,
	},
	{
		"modprobe-builtin", HD_SPEAKER_TOOL,
		{ "Module {word:module} is builtin" },
		"{module} is a part of this kernel and cannot be unloaded, which nobody needs",
		"remove 'modprobe -r {module}' from the script that calls it; devices are moved one by "
		"one, by driver_override",
		{ "vfio-modules" }, true,
	},
	{ .id = NULL },
};
