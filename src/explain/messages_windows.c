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
	{
		/* Windows CM_PROB_DRIVER_FAILED_LOAD (39), CM_PROB_FAILED_DRIVER_ENTRY (37) */
		"windows-code-39", HD_SPEAKER_TOOL,
		{ "(Code 39)", "(code 39)", "(Code 37)", "(code 37)" },
		"Windows could not load or start the driver's file: it is damaged or of another version "
		"than the rest, blocked by memory integrity (core isolation), or is not for this card",
		"remove the driver completely (DDU in safe mode), install the maker's newest one for "
		"exactly this card; Windows Security, Core isolation: Memory integrity off as a trial; "
		"for GPU-PV copy the host's driver files again after each update there",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Windows CM_PROB_UNSIGNED_DRIVER (52) */
		"windows-code-52", HD_SPEAKER_TOOL,
		{ "(Code 52)", "(code 52)",
		  "cannot verify the digital signature for the drivers required for this device" },
		"Windows refuses a driver without a valid signature: a patched or test driver, or Secure "
		"Boot in the guest",
		"take the maker's signed driver (patched ones are not needed any more: NVIDIA allows "
		"guests since release 465); a test driver: bcdedit /set testsigning on and a firmware "
		"without Secure Boot",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Windows CM_PROB_DISABLED (22), CM_PROB_DISABLED_SERVICE (32) */
		"windows-code-22", HD_SPEAKER_TOOL,
		{ "(Code 22)", "(code 22)", "(Code 32)", "(code 32)" },
		"the device or its driver's service is disabled in the Windows guest, by hand, a script "
		"at shutdown, or a tool",
		"Device Manager: Enable device (pnputil /enable-device); a script that disables the card "
		"before shutdown needs its counterpart at start; Code 32: set the service's start type "
		"back (sc config NAME start= demand), or install the driver afresh",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA Control Panel */
		"windows-no-picture-card", HD_SPEAKER_TOOL,
		{ "You are not currently using a display attached to an NVIDIA GPU" },
		"no monitor is on the passed NVIDIA card for Windows: nothing is plugged in, or the "
		"desktop is on the emulated card",
		"a monitor or dummy plug in the card (or a virtual display), then make it the main one; "
		"take the emulated card out (<video><model type='none'/></video>); the card must have no "
		"Code in the Device Manager",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Windows bug check 0x7B */
		"windows-boot-device", HD_SPEAKER_TOOL,
		{ "INACCESSIBLE_BOOT_DEVICE" },
		"Windows has no driver for the controller of the disk from which it starts: the disk "
		"moved (SATA to virtio, a real disk into a guest, another slot or AHCI against RAID/VMD)",
		"put the disk on SATA first, start, install virtio-win's viostor or vioscsi with a second "
		"small disk on that bus, then move it; a passed NVMe or SATA controller: the firmware "
		"mode of before (UEFI), VMD off; or start once in safe mode",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Windows bug check 0x5D UNSUPPORTED_PROCESSOR and kin */
		"windows-cpu-refused", HD_SPEAKER_TOOL,
		{ "UNSUPPORTED_PROCESSOR", "HYPERVISOR_ERROR" },
		"Windows does not get along with the processor that the guest shows: a model without "
		"features that it needs, a topology that cannot be, or nested virtualization",
		"<cpu mode='host-passthrough' migratable='off'><topology .../></cpu> with sockets='1', "
		"newest QEMU and microcode; without nesting (<feature policy='disable' name='vmx'/> or "
		"svm) if WSL, Hyper-V or memory integrity in the guest is not needed",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* Parsec */
		"parsec-encoder", HD_SPEAKER_TOOL,
		{ "Host Encoder Failed to Initialize", "Host Encoder failed to initialize",
		  "host encoder failed" },
		"Parsec could not open the encoder of the guest's card: the desktop is on the emulated "
		"card or no monitor is on the passed one, or the card's driver does not run",
		"a monitor, dummy plug or Parsec's virtual display on the passed card, as the main "
		"display; take the emulated card out; newest driver; the card without Code 43",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
