/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_tool.c - what other managers of guests say. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_tool[] = {
	{
		/* Proxmox VE, PVE/Mapping/PCI.pm */
		"proxmox-mapping-changed", HD_SPEAKER_TOOL,
		{ "PCI device mapping invalid (hardware probably changed)" },
		"Proxmox stores the ids and the IOMMU group of a mapped device, and "
		"another device is at its address now",
		"find the device that has the address now (hostdevctl list), then create "
		"the mapping again",
		{ "device-present", "device-identity" }, HD_MESSAGE_EVENT,
	},
	{
		/* Unraid, /usr/local/sbin/qemu */
		"unraid-pci-changed", HD_SPEAKER_TOOL,
		{ "Start/autostart is disabled PCI Change detected" },
		"Unraid found another device at the address that the guest uses",
		"find the device that has the address now (hostdevctl list), correct the "
		"guest, and confirm the change in Unraid",
		{ "device-present", "device-identity" }, HD_MESSAGE_EVENT,
	},
	{
		/* Incus, gpu_physical.go */
		"incus-device-in-use", HD_SPEAKER_TOOL,
		{ "Cannot use device \"{text:device}\", {number:count} processes are still attached to "
		  "it" },
		"{count} processes on the host have the graphics card {device} open",
		"hostdevctl check {device} names them; stop them first",
		{ "holders-free", "display-free", "driver-release-safe" }, HD_MESSAGE_STATE,
	},
	{ .id = NULL },
};
