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
		"nothing if the driver uses MSI (grep it in /proc/interrupts); else another "
		"machine type (q35) or hypervisor",
		{ "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
