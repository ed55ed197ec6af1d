/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_pci.c - what the kernel's PCI core and its drivers say (Linux drivers/pci). */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_pci[] = {
	{
		/* pci.c __pci_request_region */
		"kernel-bar-busy", HD_SPEAKER_KERNEL,
		{ "can't reserve [" },
		"a memory window of {address} belongs to somebody else: mostly the framebuffer that "
		"the firmware set up (efifb, simpledrm, vesafb), or another driver",
		"hostdevctl check {address} names the owner and how to free it; 'grep -i -e fb -e drm "
		"/proc/iomem' shows a framebuffer inside the window",
		{ "display-free", "holders-free" }, false,
	},
	{
		/* pci.c pci_dev_wait */
		"kernel-device-not-ready", HD_SPEAKER_KERNEL,
		{ "not ready {number:ms}ms after {word:event}; giving up",
		  "not ready {number:ms}ms after {text:event}; giving up" },
		"{address} did not come back after a {event}: it is gone until its power is cycled",
		"switch the host off and on (a restart often keeps the card's power); before the next "
		"time try another reset_method of the device and d3cold_allowed 0",
		{ "device-alive", "reset-works", "power-state" }, false,
	},
	{
		/* pci.c pci_power_up */
		"kernel-device-inaccessible", HD_SPEAKER_KERNEL,
		{ "Unable to change power state from {word:state} to D0, device inaccessible" },
		"{address} does not wake up: it has dropped off the bus, and reading it gives all ones",
		"switch the host off and on; before the next time keep it awake: echo 0 > "
		"/sys/bus/pci/devices/{address}/d3cold_allowed, echo on > "
		"/sys/bus/pci/devices/{address}/power/control, and disable_idle_d3=1 for vfio-pci",
		{ "device-alive", "power-state", "reset-works" }, false,
	},
	{
		/* pci.c pcie_flr */
		"kernel-pending-transaction", HD_SPEAKER_KERNEL,
		{ "timed out waiting for pending transaction; performing function level reset anyway" },
		"{address} was reset while it still waited for memory; what hung before the reset is "
		"seldom better after it",
		"see the lines before this one; if the device stays dead, switch the host off and on",
		{ "device-alive", "reset-works" }, false,
	},
	{
		/* pci.c pci_set_low_power_state */
		"kernel-power-refused", HD_SPEAKER_KERNEL,
		{ "Refused to change power state from {word:state} to {word:wanted}" },
		"{address} ignores the request to go from {state} to {wanted}; mostly it hangs",
		"keep it awake (d3cold_allowed 0, power/control on); if it is dead, switch the host "
		"off and on",
		{ "device-alive", "power-state" }, false,
	},
	{
		/* rom.c pci_get_rom_size */
		"kernel-rom-signature", HD_SPEAKER_KERNEL,
		{ "Invalid PCI ROM header signature: expecting {hex:wanted}, got {hex:got}",
		  "Invalid PCI ROM header signature" },
		"{address} shows no option ROM: it has none (a graphics unit of the processor), or it "
		"is in use and hides it",
		"nothing is needed unless the guest's firmware must show a picture on it; then give a "
		"ROM file: hostdevctl xml --rom FILE {address}",
		{ "rom-file" }, true,
	},
	{
		/* quirks.c nvidia_ion_ahci and the ThinkPad P50's quirk */
		"kernel-gpu-left-initialized", HD_SPEAKER_KERNEL,
		{ "GPU left initialized by EFI, resetting" },
		"the kernel repairs what the firmware of one laptop leaves behind in its graphics card",
		"nothing is needed",
		{ NULL }, true,
	},
	{
		/* setup-res.c pci_assign_resource */
		"kernel-bar-no-space", HD_SPEAKER_KERNEL,
		{ "can't assign; no space" },
		"the bridges above {address} have no room for its memory windows, and the device does "
		"not work without them",
		"switch Above 4G Decoding (and Resizable BAR) on in the firmware; else try the kernel "
		"parameter pci=realloc",
		{ "device-alive" }, false,
	},
	{
		/* iov.c sriov_numvfs_store */
		"kernel-sriov-no-driver", HD_SPEAKER_KERNEL,
		{ "no driver bound to device; cannot configure SR-IOV" },
		"virtual functions are made by the driver of the physical function, and {address} has "
		"none",
		"bind its driver first: hostdevctl reattach {address}",
		{ "vf-parent-up" }, false,
	},
	{
		"kernel-sriov-not-supported", HD_SPEAKER_KERNEL,
		{ "driver does not support SR-IOV configuration via sysfs" },
		"the driver of {address} does not make virtual functions by sriov_numvfs",
		"use the driver's own way (a module parameter, devlink, the vendor's tool), or "
		"another driver",
		{ "vf-parent-up" }, false,
	},
	{
		"kernel-sriov-already-enabled", HD_SPEAKER_KERNEL,
		{ " VFs already enabled. Disable before enabling {number:wanted} VFs" },
		"{address} has virtual functions, and their number can only be changed by way of 0",
		"stop the guests that use them, then echo 0 and after it {wanted} into "
		"/sys/bus/pci/devices/{address}/sriov_numvfs",
		{ "sriov-vfs-off" }, false,
	},
	{
		/* iov.c sriov_enable */
		"kernel-sriov-no-memory-window", HD_SPEAKER_KERNEL,
		{ "not enough MMIO resources for SR-IOV" },
		"the firmware left no addresses for the virtual functions of {address}",
		"switch SR-IOV and Above 4G Decoding on in the firmware; else try the kernel parameter "
		"pci=realloc",
		{ NULL }, false,
	},
	{
		"kernel-sriov-no-bus", HD_SPEAKER_KERNEL,
		{ "can't enable {number:count} VFs (bus {hex:bus} out of range of" },
		"{count} virtual functions need bus numbers that the bridge above {address} does not "
		"have",
		"make fewer of them, or try the kernel parameter pci=assign-busses",
		{ NULL }, false,
	},
	{
		"kernel-sriov-assigned", HD_SPEAKER_KERNEL,
		{ "Cannot modify SR-IOV while VFs are assigned" },
		"a guest still has a virtual function of {address}",
		"stop the guests that use its virtual functions, then try again",
		{ "sriov-vfs-off", "iommu-group-exclusive" }, false,
	},
	{
		"kernel-sriov-left-enabled", HD_SPEAKER_KERNEL,
		{ "driver left SR-IOV enabled after remove" },
		"the driver of {address} was unbound while its virtual functions existed; they are "
		"still there, with nobody who looks after them",
		"bind the driver again (hostdevctl reattach {address}) and echo 0 > "
		"/sys/bus/pci/devices/{address}/sriov_numvfs",
		{ "sriov-vfs-off" }, false,
	},
	{
		/* pcie/err.c report_error_detected */
		"kernel-aer-cannot-recover", HD_SPEAKER_KERNEL,
		{ "can't recover (no error_detected callback)" },
		"the link of {address} reported an error that is fatal, and its driver has no way to "
		"recover (vfio-pci leaves that to the guest)",
		"read the AER lines before this one; seat the card again, try a slower link speed in "
		"the firmware",
		{ "device-alive" }, false,
	},
	{
		/* the NVIDIA driver, nv_pci_remove */
		"kernel-nvidia-usage-count", HD_SPEAKER_KERNEL,
		{ "NVRM: Attempting to remove device {address} with non-zero usage count!" },
		"NVIDIA's driver was unbound from {address} while it was in use, and now waits for "
		"users that can no longer leave; whoever unbinds hangs with it",
		"only a restart of the host helps; before the next time end what uses the card: "
		"hostdevctl check {address} names it",
		{ "driver-release-safe", "holders-free", "display-free" }, false,
	},
	{ .id = NULL },
};
