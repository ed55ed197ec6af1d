/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * messages_fault.c - errors that PCI ports and IOMMUs report (Linux drivers/pci/pcie, drivers/iommu
 * intel/dmar.c, amd/iommu.c, arm/arm-smmu).
 */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_fault[] = {
	{
		/* pcie/aer.c; PCIe specification, ACS violation */
		"kernel-aer-acs", HD_SPEAKER_KERNEL,
		{ "] ACSViol" },
		"the port saw a request that its access control (ACS) forbids, such as a device that "
		"writes to another one or uses an address that the IOMMU did not give it",
		"update the firmware of board and device; while a guest has the device, stop the "
		"guest and reset the device; if the device still works, the request was dropped and "
		"that was all",
		{ "device-alive", "no-acs-override" }, HD_MESSAGE_EVENT,
	},
	{
		/* pcie/err.c pcie_do_recovery */
		"kernel-aer-not-recovered", HD_SPEAKER_KERNEL,
		{ "AER: device recovery failed", "AER: subordinate device reset failed", "AER: can't recover",
		  "device recovery failed" },
		"the kernel could not recover the device below {address} after an error of its link: "
		"a driver there has no handler for that (vfio-pci leaves it to the guest), or the "
		"reset failed",
		"read the error before it; if the device is dead, switch the host off and on; reseat "
		"the card, update its firmware",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* pcie/aer.c aer_print_error, aer_print_port_info */
		"kernel-aer-uncorrected", HD_SPEAKER_KERNEL,
		{ "PCIe Bus Error: severity=Uncorrect", "Uncorrectable (Fatal) error message received from",
		  "Uncorrectable (Non-Fatal) error message received from", "Multiple Uncorrectable (" },
		"a port or device reported an error of the PCI Express link or of a transfer that "
		"was not corrected; the bit names that follow say which (UnsupReq, CmpltTO: the "
		"device did not answer)",
		"read the lines after it: the bit in [ ], and whether the device recovered. Right "
		"after a guest's end it may be harmless; else reseat the card, try a slower link "
		"speed in the firmware, pcie_aspm=off",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		"kernel-aer-corrected", HD_SPEAKER_KERNEL,
		{ "PCIe Bus Error: severity=Corrected", "Corrected error message received from",
		  "AER: Corrected error received", "Multiple Corrected error" },
		"an error of the PCI Express link was found and corrected; nothing was lost",
		"nothing to do, unless there are thousands: then reseat the card or boot with pcie_aspm=off",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* pcie/dpc.c, hotplug/pciehp_ctrl.c */
		"kernel-link-lost", HD_SPEAKER_KERNEL,
		{ "DPC: containment event, status", "DPC: unmasked uncorrectable error detected",
		  "): Link Down" },
		"the port above the device cut its link, or the device fell off it: to the host and "
		"to a guest it is gone",
		"stop the guest that has it; see the AER lines around it; if it does not come back "
		"(hostdevctl list), switch the host off and on. For a device that a guest resets, "
		"turn hotplug of the slot off in the firmware",
		{ "device-present", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* amd/iommu.c iommu_print_event */
		"kernel-iommu-device-silent-amd", HD_SPEAKER_KERNEL,
		{ "Event logged [IOTLB_INV_TIMEOUT device={text:device} address",
		  "Event logged [IOTLB_INV_TIMEOUT" },
		"device {device} did not answer the IOMMU: it is dead, after a reset that failed",
		"switch the host off and on; see reset-works for the device",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		"kernel-iommu-event-amd", HD_SPEAKER_KERNEL,
		{ "Event logged [INVALID_DEVICE_REQUEST", "Event logged [ILLEGAL_DEV_TABLE_ENTRY",
		  "Event logged [COMMAND_HARDWARE_ERROR", "Event logged [PAGE_TAB_HARDWARE_ERROR" },
		"the AMD IOMMU refused a request of a device: the device uses an address or an "
		"interrupt that it was not given, or firmware and kernel disagree about it",
		"update the board's firmware; if it came with a guest, restart the guest and see "
		"whether the device still works",
		{ "device-alive", "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* intel/dmar.c dmar_fault_do_one, irq_remapping_fault_reasons */
		"kernel-interrupt-fault-intel", HD_SPEAKER_KERNEL,
		{ "[INTR-REMAP] Request device [{text:address}] fault index",
		  "INTR-REMAP: Request device [{text:address}]",
		  "Blocked a compatibility format interrupt request",
		  "Present field in the IRTE entry is clear" },
		"device {address} raised an interrupt that was not set up for it, and the IOMMU "
		"blocked it: the device was in use when its interrupts were taken away, or it is an "
		"old device or firmware",
		"harmless once, when a guest starts or ends; if it goes on, reset the device or "
		"restart its guest, and update the board's firmware",
		{ "interrupt-remapping", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* intel/dmar.c qi_check_fault */
		"kernel-iommu-hangs-intel", HD_SPEAKER_KERNEL,
		{ "Invalidation Time-out Error", "VT-d detected Invalidation Queue Error",
		  "VT-d detected Invalidation Completion Error", "QI HEAD: " },
		"a device did not answer Intel's IOMMU in time; a device behind it is dead "
		"after a reset or has no power",
		"find the device that is dead (hostdevctl list --long) and switch the host off and on; see "
		"reset-works for it",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* intel/dmar.c warn_invalid_dmar, dmar_validate_one_drhd */
		"kernel-dmar-broken", HD_SPEAKER_KERNEL,
		{ "DMAR reported at address {hex:register} returns all ones", "DMAR reported at address zero",
		  "warn_invalid_dmar", "Your BIOS is broken; DMAR" },
		"the firmware's table (DMAR) names an IOMMU whose registers it did not enable: they "
		"read all ones, so Linux ignores it",
		"update the firmware, or turn VT-d off and on in its setup; without it nothing can be passed",
		{ "iommu-enabled", "iommu-firmware" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* intel/dmar.c, iommu.c arch_rmrr_sanity_check */
		"kernel-rmrr-not-reserved", HD_SPEAKER_KERNEL,
		{ "[Firmware Bug]: No firmware reserved region can cover this RMRR" },
		"the firmware asks for a memory range for a device and did not mark that memory as reserved; "
		"the kernel reserves it itself",
		"nothing to do, unless the device of that range is for a guest, which it may not go to: "
		"hostdevctl check ADDRESS (no-direct-region); newer firmware may not do that",
		{ "no-direct-region" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* arm-smmu-v3.c arm_smmu_handle_event, arm-smmu.c arm_smmu_context_fault */
		"kernel-smmu-fault", HD_SPEAKER_KERNEL,
		{ "event {hex:event} received:", "event: F_TRANSLATION", "Unhandled context fault: fsr=",
		  "event: C_BAD_STREAMID" },
		"the SMMU blocked an access of a device to memory that is not mapped for it; common "
		"right after its guest died",
		"reset the device or restart its guest; if it happens while the host uses the "
		"device, look for newer firmware",
		{ "device-alive", "no-direct-region" }, HD_MESSAGE_EVENT,
	},
	{
		"kernel-smmu-hangs", HD_SPEAKER_KERNEL,
		{ "CMD_SYNC timeout at", "CMDQ timeout", "TLB sync timed out -- SMMU may be deadlocked" },
		"the SMMU no longer finishes its commands; a device behind it is dead",
		"restart the host, with its power switch if a device stays dead",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux kernel/irq/spurious.c */
		"kernel-irq-nobody", HD_SPEAKER_KERNEL,
		{ ": nobody cared (try booting with the \"irqpoll\" option)" },
		"an interrupt came that no driver wanted, so the kernel turned its line off; devices that "
		"share the line stop working. Often a passed device without a working MSI caused it",
		"cat /proc/interrupts shows who shares the line; let the guest use MSI for the device, or "
		"bind the others of that line elsewhere; restart the host",
		{ "interrupt-remapping", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux init/main.c print_unknown_bootoptions */
		"kernel-parameter-unknown", HD_SPEAKER_KERNEL,
		{ "Unknown kernel command line parameters \"{text:others}pcie_acs_override",
		  "Unknown kernel command line parameters \"pcie_acs_override",
		  "Unknown kernel command line parameters \"{text:others}iommu" },
		"the running kernel does not know a parameter that is meant for passing devices: "
		"pcie_acs_override needs a patched kernel, others are misspelt",
		"correct it (intel_iommu=on, iommu=pt; options of modules as vfio-pci.ids=10de:1b80), or "
		"use a kernel with the ACS override patch; cat /proc/cmdline shows what arrived",
		{ "iommu-enabled" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Linux drivers/vfio/pci/vfio_pci.c vfio_pci_fill_ids */
		"kernel-vfio-ids-wrong", HD_SPEAKER_KERNEL,
		{ "invalid id string" },
		"the list of ids for vfio-pci (vfio-pci.ids=) has an entry that is written wrongly, so it "
		"and what follows may be ignored",
		"write vendor:device pairs in hex with commas and no blanks: "
		"vfio-pci.ids=10de:1b80,10de:10f0 (lspci -nn shows them), update the initramfs, restart",
		{ "driver-release-safe" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Linux arch/x86/kvm */
		"kernel-kvm-off", HD_SPEAKER_KERNEL,
		{ "kvm: disabled by {word:by}", "SVM disabled (by BIOS)", "VMX not enabled (by BIOS)",
		  "kvm: no hardware support" },
		"hardware virtualization (VT-x, SVM) is off in the firmware, so no guest can use it",
		"enable VT-x or SVM in the firmware's setup (the IOMMU, VT-d or AMD-Vi, is another "
		"switch: enable it, too), then switch the host off and on",
		{ "cpu-virtualization", "iommu-enabled" }, HD_MESSAGE_STATE_SEVERAL,
	},
	{
		/* Linux drivers/iommu/amd/init.c init_iommu_perf_ctr */
		"kernel-iommu-counters", HD_SPEAKER_KERNEL,
		{ "Unable to read/write to IOMMU perf counter" },
		"the performance counters of AMD's IOMMU cannot be used; passing devices does not need "
		"them",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* Linux drivers/pci/iov.c sriov_enable */
		"kernel-sriov-bus-range", HD_SPEAKER_KERNEL,
		{ "SR-IOV: bus number out of range" },
		"the virtual functions need bus numbers that the firmware did not give to the slot",
		"boot with pci=assign-busses (or pci=realloc), create fewer of them, enable SR-IOV and "
		"ARI in the firmware, or use another slot",
		{ "vf-parent-up" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* gasket-driver apex_driver.c; Linux mpt3sas_config.c, hdac_controller.c */
		"kernel-device-silent", HD_SPEAKER_KERNEL,
		{ "RAM did not enable within timeout", "_config_request: command timeout",
		  "CORB reset timeout" },
		"the device did not answer its driver's first commands: it was not reset since its last "
		"user, sleeps, gets no power or cannot interrupt",
		"hostdevctl check {address} shows whether it is alive; switch the host off and on; try "
		"pcie_aspm=off, another slot or adapter, and in a guest MSI off",
		{ "device-alive", "reset-works", "power-state", "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* SPDK lib/env_dpdk; uio has no container of VFIO */
		"dpdk-uio-and-vfio", HD_SPEAKER_TOOL,
		{ "Cannot update DMA mapping, error 22" },
		"the device is bound to uio, but the program found VFIO loaded and wants to map memory "
		"through it",
		"bind it to vfio-pci (dpdk-devbind.py -b vfio-pci, or SPDK's setup.sh with the IOMMU on), "
		"or unload vfio-pci before",
		{ "vfio-modules", "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/gpu/drm/i915/i915_driver.c */
		"igpu-not-started", HD_SPEAKER_KERNEL,
		{ "i915 {address}: Device initialization failed" },
		"the driver of Intel's graphics gave {address} up; the error before this line is the "
		"cause",
		"read the line before it; a virtual function needs a driver with SR-IOV in the guest, and "
		"the host's driver must hold the physical function (00:02.0)",
		{ "vf-parent-up", "device-alive" }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* Linux sound/hda/controllers/intel.c */
		"hda-not-operational", HD_SPEAKER_KERNEL,
		{ "GPU sound probed, but not operational" },
		"the sound function of the graphics card does not work without the card's graphics driver, "
		"which is usual if the graphics function is passed or has no driver",
		"nothing to do if the card goes to a guest: pass the sound function with it. If the host "
		"itself shall have its sound, load the card's graphics driver",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* Linux arch/x86/kernel/cpu/bus_lock.c */
		"split-lock-slow", HD_SPEAKER_KERNEL,
		{ "split lock detection: #AC: " },
		"a program, of a guest if it is CPU .../KVM, made an access that locks the bus of all processors: "
		"the kernel reports it and slows that program down",
		"nothing to do, unless the guest is slow (often a game): split_lock_detect=off on the host's "
		"kernel command line takes the brake off, and lets one guest slow all others",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* arch/x86/kvm/vmx/vmx.c, svm/svm.c kvm_is_*_supported */
		"kvm-not-by-processor", HD_SPEAKER_KERNEL,
		{ "VMX not supported by CPU",
		  "SVM not supported by CPU" },
		"this processor, or the one that an outer hypervisor shows, has no hardware virtualization "
		"(VT-x, SVM) for KVM",
		"lscpu | grep -i virtual: nothing: in a guest: <cpu mode='host-passthrough'/> and nested=1 "
		"of the outer host's kvm module; on hardware: turn it on in the firmware and switch off and "
		"on; kvm_intel is for Intel, kvm_amd for AMD",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
