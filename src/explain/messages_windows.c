/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_windows.c - what does the Device Manager of a Windows guest say of a device? */
#include "config.h"

#include "explain/message.h"

/* The numbers are in Microsoft's error codes of the Device Manager; typed ones are read so, too (typed.c). */
const struct hd_message hd_messages_windows[] = {
	{
		"windows-code-43", HD_SPEAKER_TOOL,
		{ "reported problems. (Code 43)", "(Code 43)", "(code 43)", "Code 43" },
		"the guest's driver refuses the card. One of: a card that was not reset after its last use, "
		"without its ROM file, or not behind a pcie-root-port of a q35 guest; its functions in different "
		"slots; NVIDIA's drivers before 465 in a guest that does not hide KVM; a vGPU whose guest driver "
		"does not fit; a laptop's card that misses its vBIOS or battery",
		"if it works at the first start after a cold boot of the host, it is the reset: hostdevctl check "
		"{address}, journalctl -b -k. Else put the card behind a pcie-root-port, all functions in one slot "
		"(hostdevctl xml --guest {guest} {address}), give it its ROM file (--rom FILE), add <kvm><hidden "
		"state='on'/></kvm> for old NVIDIA drivers, and update the guest's driver. A vGPU needs the guest "
		"driver of the host's vGPU release; a laptop's NVIDIA card an emulated battery (SSDT) and the vBIOS "
		"from the firmware's tables; integrated graphics the address 00:02.0 and its OpRegion",
		{ "guest-topology", "rom-file", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		"windows-code-10", HD_SPEAKER_TOOL,
		{ "device cannot start. (Code 10)", "(Code 10)", "(code 10)" },
		"the driver in the Windows guest was loaded and could not start the device: it does not answer "
		"because it was not reset, has no interrupt (MSI), or the driver is not for it",
		"shut the guest down (not restart) and start it: if that does not help, journalctl -b -k on the "
		"host for {address}: 'rev ff', a reset that failed: power the host off and on. Else install the "
		"maker's newest driver afresh in the guest; a virtual function needs its parent up and the driver "
		"of its card's release",
		{ "reset-works", "device-alive", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		"windows-code-12", HD_SPEAKER_TOOL,
		{ "free resources that it can use. (Code 12)", "(Code 12)", "(code 12)" },
		"Windows finds no addresses for the memory windows of the card: the guest's 64-bit "
		"PCI window is too small, or its firmware is not UEFI",
		"use UEFI (OVMF) and q35, and enlarge the window (<pcihole64> of pcie-root, OVMF's "
		"PciMmio64Mb); or turn Resizable BAR off in the host's firmware",
		{ "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{
		"windows-no-driver", HD_SPEAKER_TOOL,
		{ "(Code 28)", "(code 28)", "VIDEO_TDR_FAILURE" },
		"Windows in the guest has no driver for the device, or that driver crashed "
		"(VIDEO_TDR_FAILURE)",
		"install the maker's current driver in the guest; if it crashes or does not install, the "
		"card does not work there: reset it (restart the host), give it a ROM file (hostdevctl "
		"xml --rom FILE {address})",
		{ "device-alive", "reset-works", "rom-file" }, HD_MESSAGE_EVENT,
	},
	{
		"windows-code-31", HD_SPEAKER_TOOL,
		{ "drivers required for this device. (Code 31)", "(Code 31)", "(code 31)" },
		"Windows loaded no driver for the device: the one that it has is for another card or Windows, or "
		"its start failed",
		"remove the device with its driver in the Device Manager, install the maker's newest driver for "
		"exactly this card, and restart the guest; if it stays, shut the guest down, and power the host off "
		"and on in case that the card was not reset (hostdevctl check {address})",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		"windows-code-45", HD_SPEAKER_TOOL,
		{ "not connected to the computer. (Code 45)", "(Code 45)", "(code 45)" },
		"the device is not in the guest now: its <hostdev> was removed, it was unplugged, or it is at "
		"another address there, for which Windows has a second entry",
		"virsh dumpxml {guest} (of the running guest) must have its <hostdev>: if not, hostdevctl attach "
		"{guest} {address} --config; if it has, look for the other entry in the Device Manager: this one is "
		"old and can be removed",
		{ "device-present", "guest-topology", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
