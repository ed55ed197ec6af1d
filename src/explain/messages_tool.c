/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_tool.c - what other managers of guests say. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_tool[] = {
	{
		/* Proxmox VE, PVE/Mapping/PCI.pm */
		"proxmox-mapping-changed", HD_SPEAKER_TOOL,
		{ "PCI device mapping invalid (hardware probably changed){text:detail}" },
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
	{
		/* supergfxctl src/error.rs */
		"supergfx-vfio-off", HD_SPEAKER_TOOL,
		{ "Can not switch to vfio mode if disabled in config file",
		  "Tried to set vfio mode but it is not enabled" },
		"supergfxctl's own setting forbids its VFIO mode",
		"\"vfio_enable\": true in /etc/supergfxd.conf, then systemctl restart supergfxd, supergfxctl "
		"-m Integrated, and supergfxctl -m Vfio",
		{ "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		/* supergfxctl src/error.rs */
		"supergfx-vfio-builtin", HD_SPEAKER_TOOL,
		{ "Can not switch to vfio mode if the modules are built in to kernel" },
		"this kernel has VFIO built in, which supergfxctl takes as impossible; passing devices works "
		"nevertheless",
		"leave that mode alone: a guest with managed='yes' takes the card itself, or hostdevctl "
		"detach ADDRESS; remove supergfxd's wish for Vfio from /etc/supergfxd.conf",
		{ "vfio-modules", "last-gpu" }, HD_MESSAGE_EVENT,
	},
	{
		/* supergfxctl src/error.rs */
		"supergfx-mux", HD_SPEAKER_TOOL,
		{ "Can not switch gfx modes when discreet/G-Sync mode is active",
		  "ASUS GPU MUX is in discreet mode" },
		"the laptop's switch (MUX) connects the screen to the NVIDIA card alone, so it cannot be "
		"given away or turned off",
		"set it to hybrid or Optimus (supergfxctl, asusctl, or the firmware's setup) and restart; "
		"then supergfxctl -m Vfio, or a guest with managed='yes'",
		{ "last-gpu" }, HD_MESSAGE_EVENT,
	},
	{
		/* driverctl */
		"driverctl-bind-failed", HD_SPEAKER_TOOL,
		{ "failed to bind device {address} to driver {word:driver}" },
		"the kernel did not bind {address} to {driver}: the driver is not loaded or does not take "
		"that device, or the device has failed",
		"journalctl -k -b -n 20 has the driver's reason; modprobe {driver}; lspci -nnks {address}; "
		"driverctl unset-override {address} goes back to the host's driver",
		{ "device-alive", "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		/* virt-manager virtManager/addhardware.py, details */
		"virt-manager-next-start", HD_SPEAKER_TOOL,
		{ "This device could not be attached to the running machine" },
		"the running guest did not take the device: the details below it have libvirt's reason. "
		"Behind the question, only the definition is changed",
		"answer Yes, then shut the guest down (not restart from inside) and start it; at once: open "
		"Details and paste that error into hostdevctl explain; often no pcie-root-port is free: add "
		"some while it is off",
		{ "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
