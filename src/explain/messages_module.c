/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_module.c - why a module is not loaded, and why a driver refuses a device. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_module[] = {
	{
		/* drivers/base/dd.c call_driver_probe; "probe with driver" since Linux 6.10; ENOMEM */
		"kernel-probe-no-memory", HD_SPEAKER_KERNEL,
		{ "probe of {address} failed with error -12",
		  "probe with driver {word:driver} failed with error -12" },
		"the driver of {address} got no memory (error -12): the device's memory "
		"windows have no addresses or not enough, rarely the system's memory is full",
		"on a host enable Above 4G Decoding and Resizable BAR in the firmware, or boot with "
		"pci=realloc; in a guest enlarge its 64-bit PCI window (<pcihole64>)",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* EBUSY */
		"kernel-probe-busy", HD_SPEAKER_KERNEL,
		{ "probe of {address} failed with error -16",
		  "probe with driver {word:driver} failed with error -16" },
		"the driver of {address} found that something else has it or its memory windows (error -16): "
		"a boot framebuffer or another driver",
		"hostdevctl check {address} names the owner; 'grep -i -e fb -e drm /proc/iomem' shows a "
		"framebuffer",
		{ "display-free", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* ETIMEDOUT */
		"kernel-probe-timeout", HD_SPEAKER_KERNEL,
		{ "probe of {address} failed with error -110",
		  "probe with driver {word:driver} failed with error -110" },
		"{address} did not answer its driver in time (error -110): it hangs, often because "
		"its last user left it in a state from which it was not reset; or, in a guest, its "
		"interrupts do not arrive",
		"unbind it, echo 1 > /sys/bus/pci/devices/{address}/reset, bind it again; if that "
		"fails, switch the host off and on. In a guest see whether its numbers in "
		"/proc/interrupts grow, and let the driver use MSI",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* EINVAL */
		"kernel-probe-invalid", HD_SPEAKER_KERNEL,
		{ "probe of {address} failed with error -22",
		  "probe with driver {word:driver} failed with error -22" },
		"the state or the firmware of {address} is not what the driver expects (error -22): "
		"driver and firmware do not fit together (the driver is too old for the card, or the "
		"firmware for the driver), or the card was not reset since its last user",
		"read the driver's lines before this one; use a newer kernel or driver, or firmware of the "
		"card that fits; if it worked before a guest had it, switch the host off and on",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* EIO, ENODEV */
		"kernel-probe-silent", HD_SPEAKER_KERNEL,
		{ "probe of {address} failed with error -19", "probe of {address} failed with error -5",
		  "probe with driver {word:driver} failed with error -19",
		  "probe with driver {word:driver} failed with error -5" },
		"the driver could not talk to {address}, or does not support it: it does not answer "
		"(after a reset that failed, or asleep), or it is a variant that this version of the "
		"driver does not know",
		"read the driver's lines before this one; hostdevctl check {address} shows whether it "
		"is alive: if not, switch the host off and on; else use a newer kernel or driver",
		{ "device-alive", "reset-works", "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* ENOENT */
		"kernel-probe-no-file", HD_SPEAKER_KERNEL,
		{ "probe of {address} failed with error -2",
		  "probe with driver {word:driver} failed with error -2" },
		"the driver of {address} did not find a file, the device's firmware (error -2)",
		"dmesg names the file ('Direct firmware load for'); install linux-firmware or the "
		"package with it, build the initramfs again, then bind the device again",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* ENOSPC */
		"kernel-probe-no-room", HD_SPEAKER_KERNEL,
		{ "probe of {address} failed with error -28",
		  "probe with driver {word:driver} failed with error -28" },
		"the driver of {address} got too few of something (error -28): interrupts (MSI vectors), which "
		"need interrupt remapping, or addresses for its memory windows",
		"enable interrupt remapping in the firmware (VT-d, x2APIC), fewer queues or functions; 'lspci -vvs "
		"{address}' shows MSI-X and windows without an address: Above 4G Decoding; in a guest q35 and a "
		"PCIe port",
		{ "interrupt-remapping", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		"kernel-probe-failed", HD_SPEAKER_KERNEL,
		{ "probe of {address} failed with error {number:code}",
		  "probe with driver {word:driver} failed with error {number:code}" },
		"the driver does not work with {address} (error {code}); its own lines before this one "
		"have the reason",
		"read the driver's lines before this one. If it worked before a guest had it, reset "
		"it or switch the host off and on",
		{ "device-alive", "reset-works", "display-free" }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* kmod tools/modprobe.c; kernel/module/signing.c, lockdown */
		"modprobe-key", HD_SPEAKER_TOOL,
		{ "could not insert '{word:module}': Key was rejected by service",
		  "could not insert '{word:module}': Required key not available",
		  "could not insert '{word:module}': Operation not permitted",
		  "Loading of unsigned module is rejected" },
		"the kernel loads only signed modules (Secure Boot), and {module} is not signed by a "
		"key that it knows; or modules may no longer be loaded (kernel.modules_disabled)",
		"enrol the key with which the module was built (mokutil --import FILE), or turn "
		"Secure Boot off",
		{ "vfio-modules" }, HD_MESSAGE_EVENT,
	},
	{
		"modprobe-no-device", HD_SPEAKER_TOOL,
		{ "could not insert '{word:module}': No such device",
		  "could not insert module {path:module}: No such device" },
		"the module {module} found no device that it can drive: none is there, it does not "
		"answer, or it is on another driver such as vfio-pci",
		"hostdevctl list shows the driver of each device; if it should answer and does not, switch the "
		"host off and on",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		"modprobe-other-kernel", HD_SPEAKER_TOOL,
		{ "could not insert '{word:module}': Exec format error",
		  "could not insert '{word:module}': Unknown symbol in module",
		  "could not insert '{word:module}': Invalid argument", "disagrees about version of symbol" },
		"{module} was built for another kernel, or has a parameter that it does not know",
		"dmesg has the symbol or parameter; build it again for this kernel (dkms "
		"autoinstall), or restart the host if its kernel was upgraded",
		{ "kernel-modules-installed" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux kernel/module/main.c; vfio-pci's and others' parameters */
		"kernel-unknown-parameter", HD_SPEAKER_KERNEL,
		{ ": unknown parameter '{word:parameter}' ignored" },
		"a file of modprobe.d or the kernel's command line sets {parameter} for a module "
		"that has no such parameter, so it has no effect",
		"grep -r {parameter} /etc/modprobe.d /proc/cmdline, and compare with modinfo -p MODULE",
		{ "boot-parameters-active" }, HD_MESSAGE_CERTAIN,
	},
	{
		"modprobe-not-loaded", HD_SPEAKER_TOOL,
		{ "ERROR: Module {word:module} is not currently loaded" },
		"{module} was to be unloaded, and it is not loaded",
		"nothing to do, unless a script ends at it (set -e), or {module} is not the driver that the "
		"device has: lspci -k",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* kmod tools/insmod.c */
		"insmod-wants-file", HD_SPEAKER_TOOL,
		{ "insmod: ERROR: could not load module {path:module}: No such file or directory",
		  "insmod: can't read '{text:module}': No such file or directory" },
		"insmod wants the file of a module, and {module} is not there: it was not built or lies elsewhere, "
		"or a bare name was given, which only modprobe looks up",
		"a module of the kernel: modprobe instead of insmod; one that is built apart (igb_uio, kvmfr, "
		"vendor-reset): build it for this kernel first: 'dkms status', or make in its source: the file is "
		"there then; igb_uio: vfio-pci needs no module of DPDK",
		{ "vfio-modules", "kernel-modules-installed" }, HD_MESSAGE_EVENT,
	},
	{
		/* bash, of a child that SIGKILL ended */
		"modprobe-killed", HD_SPEAKER_TOOL,
		{ "Killed{text:others}modprobe -r {word:module}" },
		"the kernel killed modprobe while it removed {module}: that driver crashed (an oops), "
		"because something still used its device",
		"dmesg has the oops; restart the host. Stop the display manager and all that uses the "
		"device before, and leave the driver loaded: unbind only the device",
		{ "driver-release-safe", "display-free", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux kernel/module: ENOEXEC */
		"module-other-kernel", HD_SPEAKER_TOOL,
		{ "Invalid module format" },
		"the module was built for another kernel than the one that runs, or for another compiler",
		"build it for this kernel (dkms autoinstall; for kvmfr make again) with its headers "
		"installed, or restart into the kernel it was built for; dmesg says which versions differ",
		{ "kernel-modules-installed" }, HD_MESSAGE_EVENT,
	},
	{
		/* dkms */
		"dkms-build-failed", HD_SPEAKER_TOOL,
		{ "Bad return status for module build on kernel: {word:kernel}" },
		"the module could not be built for kernel {kernel}: its source is too old for it, or "
		"headers or compiler are missing",
		"read make.log that the next line names; install the headers of {kernel}; use a newer "
		"version of the module, or an older kernel",
		{ "kernel-modules-installed" }, HD_MESSAGE_EVENT,
	},
	{
		/* kmod tools/modprobe.c */
		"modprobe-remove-failed", HD_SPEAKER_TOOL,
		{ "Error running remove command for {word:module}" },
		"the command that modprobe's configuration runs to remove {module} failed: {module} or a "
		"module on top of it is in use",
		"lsmod | grep {module} shows what uses it; fuser -v /dev/nvidia* /dev/dri/* shows "
		"processes: stop them (display manager, persistence daemon, console) before",
		{ "holders-free", "display-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux kernel/module/main.c */
		"module-licence-taints", HD_SPEAKER_KERNEL,
		{ ": module license 'NVIDIA' taints kernel", ": module license 'Proprietary' taints kernel" },
		"the kernel notes that a module without its source was loaded, for those who read reports of errors",
		"nothing to do: the module works the same",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{ .id = NULL },
};
