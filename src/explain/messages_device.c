/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_device.c - what drivers of wireless cards, USB, storage and other devices say. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_device[] = {
	{
		/* drivers/gpu/drm/i915/gt/uc/intel_guc_log.c */
		"igpu-guc-log", HD_SPEAKER_KERNEL,
		{ "Zero GuC log ",
		  "GuC error state capture buffer maybe too small" },
		"the driver's buffers for logs of the graphics' firmware are small or off; "
		"graphics and virtual functions work without them",
		"nothing to do; if virtual functions are missing, look for other lines",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* NVIDIA's open kernel modules, kernel_gsp_tu102.c */
		"nvidia-gfw-boot", HD_SPEAKER_KERNEL,
		{ "failed to wait for GFW_BOOT",
		  "failed to wait for GFW boot complete" },
		"the card's own firmware did not finish its start after power-on or a reset: the "
		"card was not reset well, lacks power, or is broken",
		"switch the host off and on (unplug it for half a minute); if it comes again: "
		"check its power cables and seating, and try the card in another slot or host; "
		"keep it out of D3cold",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA's open kernel modules, kernel_gsp_booter_tu102.c */
		"nvidia-booter", HD_SPEAKER_KERNEL,
		{ "Booter failed with non-zero error code",
		  "failed to execute Booter Unload" },
		"the card's firmware processor (GSP) did not start or stop: the card still has "
		"the state of its last user, or driver and firmware do not fit it",
		"echo 1 > /sys/bus/pci/devices/{address}/reset while no driver has it, or switch "
		"the host off and on; then a newer driver, or its closed module with "
		"NVreg_EnableGpuFirmware=0",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/usb/core/hub.c hub_port_init */
		"usb-port-off", HD_SPEAKER_KERNEL,
		{ "Cannot enable. Maybe the USB cable is bad?" },
		"the port could not be enabled for the device: cable, hub or power are bad, the "
		"device hangs, or the program behind a virtual port does not answer",
		"unplug and plug the device, without a hub, at another port; in a guest pass the "
		"whole USB controller instead of the device",
		{ "usb-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/i915/gvt/firmware.c */
		"gvt-no-golden-state", HD_SPEAKER_KERNEL,
		{ "golden_hw_state failed with error -2" },
		"GVT-g looks for a file with the state of the hardware, which no distribution "
		"has, and reads the hardware itself instead",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/vfio/mdev; GVT-g; NVIDIA */
		"mdev-create-invalid", HD_SPEAKER_KERNEL,
		{ "echo: write error: Invalid argument{near:mdev_supported_types}",
		  "Failed to create mdev: Invalid argument" },
		"the card's driver refused to create the mediated device: the type does not go "
		"with those that exist, the driver does not support this card or is not ready, or "
		"the UUID is not one",
		"dmesg right after it, and for NVIDIA journalctl -u nvidia-vgpu-mgr, have the "
		"reason; mdevctl types shows what is available now; uuidgen makes a UUID; remove "
		"devices of other types",
		{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/wireless/intel/iwlwifi */
		"wifi-firmware-start", HD_SPEAKER_KERNEL,
		{ "Failed to start RT ucode",
		  "Failed to run INIT ucode",
		  "Failed to load firmware chunk!" },
		"the wireless card's firmware did not start: in a guest its interrupts (MSI) or "
		"DMA do not arrive, else it was not reset or the file does not fit",
		"in a guest: use QEMU with q35, and all functions of the card; dmesg of the host "
		"for faults of the IOMMU; switch the host off and on once; on the host: a newer "
		"linux-firmware",
		{ "interrupt-remapping", "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/net/wireless/ath/ath11k, ath12k */
		"wifi-mhi", HD_SPEAKER_KERNEL,
		{ "failed to power up mhi",
		  "failed to start mhi" },
		"ath11k and ath12k tell the card the address of its interrupts as the guest sees "
		"it, which is not the real one, so that the card does not start in a guest; on a "
		"host its firmware is missing or it hangs",
		"in a guest: a card of another maker, or a kernel with the patch that reads the "
		"real address; on a host: linux-firmware, and switch it off and on",
		{ "interrupt-remapping", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* FreeBSD sys/dev/pci/pci.c pcie_flr */
		"bhyve-flr-pending", HD_SPEAKER_KERNEL,
		{ "Transactions pending after FLR" },
		"the device still waited for memory when it was reset (FLR), and may not come "
		"back",
		"switch the host off and on; stop the guest cleanly before the next start; if it "
		"comes again the card is not fit for passing",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/iommu/dma-iommu.c */
		"kernel-iommu-device-off", HD_SPEAKER_KERNEL,
		{ "Failed to set up IOMMU for device" },
		"the kernel could not put the device behind its IOMMU: firmware tables (IORT, "
		"DMAR) describe it wrongly, or the IOMMU was set up for it otherwise",
		"update firmware and kernel; readlink /sys/bus/pci/devices/{address}/iommu_group: "
		"with a group the device can be passed nevertheless",
		{ "iommu-group-present", "iommu-firmware" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/amdgpu_amdkfd_gpuvm.c */
		"kfd-user-pages", HD_SPEAKER_KERNEL,
		{ "Failed to get user pages: " },
		"ROCm could not pin a program's memory for the card: the memory is not ordinary "
		"(a file, freed, another device's), or is short",
		"update ROCm and the kernel together; ulimit -l unlimited for the program; free "
		"memory, and try a small example first",
		{ "memlock" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/scsi/mpt3sas/mpt3sas_base.c */
		"storage-fault", HD_SPEAKER_KERNEL,
		{ "fault_state({hex:code})" },
		"the SAS controller's firmware reported a fault ({code}), and the driver resets "
		"it: heat, power, an old firmware, or a controller that was not reset after its "
		"guest",
		"see whether \"diag reset: SUCCESS\" follows: then it goes on; if it comes again: "
		"cooling, another slot, newer firmware (IT mode); if it fails, switch the host "
		"off and on",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/accel/ivpu */
		"npu-boot", HD_SPEAKER_KERNEL,
		{ "Failed to boot the firmware: " },
		"the firmware of Intel's NPU did not start: in a guest its DMA or interrupts do "
		"not work as on the host, else the firmware file does not fit",
		"in a guest: QEMU with q35 and a virtual IOMMU off; look for faults of the IOMMU "
		"on the host (journalctl -k -g DMAR); on a host: a newer linux-firmware and "
		"kernel",
		{ "interrupt-remapping", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/usb/core/message.c */
		"usb-set-config", HD_SPEAKER_KERNEL,
		{ "can't set config #{number:config}, error" },
		"the USB device refused its configuration: not enough power at the port, or in a "
		"guest the host's driver still has it or the emulated controller is too slow for "
		"it",
		"on the host: another port or a hub with its own power; in a guest: an emulated "
		"qemu-xhci controller, stop what uses the device on the host, or pass the whole "
		"controller",
		{ "usb-free", "usb-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/acpi/pci_irq.c */
		"kernel-no-gsi", HD_SPEAKER_KERNEL,
		{ "can't derive routing for PCI INT",
		  ": no GSI" },
		"the device's legacy interrupt is not routed in this machine (usual in guests of "
		"small hypervisors); it works only if its driver uses MSI",
		"nothing to do, unless its driver uses no MSI (grep it in /proc/interrupts) or the device does "
		"not work: then another machine type (q35) or hypervisor",
		{ "interrupt-remapping" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* amdgpu_psp.c, of trusted applications that most cards do not have */
		"amdgpu-optional", HD_SPEAKER_KERNEL,
		{ "optional rap ta ucode is not available", "optional securedisplay ta ucode is not available",
		  "PSP runtime database doesn't exist" },
		"the card's firmware lacks a part that is optional and that most cards lack; amdgpu works "
		"without it",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* arch/x86/kvm/x86.c */
		"kvm-msr", HD_SPEAKER_KERNEL,
		{ "unhandled rdmsr:", "unhandled wrmsr:", "ignored rdmsr:", "ignored wrmsr:" },
		"the guest used a register of the processor that KVM does not emulate; most guests only "
		"try it. No host device is involved",
		"nothing to do, unless the guest crashes or hangs at that moment: then options kvm "
		"ignore_msrs=1 in /etc/modprobe.d",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* intel_dmc.c */
		"i915-no-dmc", HD_SPEAKER_KERNEL,
		{ "Failed to load DMC firmware {text:file} Disabling runtime power management" },
		"the firmware for power saving of Intel's graphics is not in this system; the graphics works "
		"without, and needs more power",
		"nothing to do, unless it must save power: then install linux-firmware (Debian: "
		"firmware-misc-nonfree)",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* intel_dp.c; also of other drivers' connectors without a panel */
		"i915-no-panel", HD_SPEAKER_KERNEL,
		{ "failed to retrieve link info, disabling eDP" },
		"the firmware lists a built-in panel that the driver does not reach, and its connector is "
		"turned off: usual on a host without one",
		"nothing to do unless a panel that is there stays dark: then newer firmware, or video=eDP-1:e",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* target/i386/cpu.c */
		"qemu-amd-threads", HD_SPEAKER_QEMU,
		{ "This family of AMD CPU doesn't support hyperthreading" },
		"the guest has several threads for each core and a processor model that does not tell the "
		"guest of them. No host device is involved",
		"nothing to do, unless the guest is slow: then <cpu mode='host-passthrough'> with "
		"<feature policy='require' name='topoext'/>",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* at-spi, through QEMU's GTK window */
		"qemu-accessibility", HD_SPEAKER_QEMU,
		{ "Couldn't connect to accessibility bus", "Couldn't register with accessibility bus" },
		"QEMU's window does not reach the desktop's service for screen readers; nothing else needs it",
		"nothing to do; look for another line if the guest does not start",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* ice_main.c ice_log_pkg_init, ice_request_fw */
		"ice-safe-mode", HD_SPEAKER_KERNEL,
		{ "Entering Safe Mode", "entering Safe Mode" },
		"the driver of the Intel E800 found no DDP package that it can load into the card, and works "
		"without what needs it: virtual functions, RDMA and more than one queue",
		"install linux-firmware (ls /lib/firmware/intel/ice/ddp shows ice.pkg), add it to the "
		"initramfs (update-initramfs -u, dracut -f), then restart",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* ixgbe_main.c, i40e_ethtool.c */
		"net-unknown-module", HD_SPEAKER_KERNEL,
		{ "unsupported SFP+ or QSFP module type was detected",
		  "failed to detect unsupported module type", "an unsupported SFP+ module type was detected" },
		"the driver does not accept the transceiver in the card's port, and leaves the port off; its "
		"virtual functions have no link then",
		"use a transceiver or cable that the vendor lists; for ixgbe, options ixgbe "
		"allow_unsupported_sfp=1 in /etc/modprobe.d and in the initramfs accepts others",
		{ "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
