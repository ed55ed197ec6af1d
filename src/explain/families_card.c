/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_card.c - what do messages about graphics, network, USB and NVMe devices mean in general? */
#include "config.h"

#include "explain/families.h"

const struct hd_family hd_families_card[] = {
	{
		HD_SAYS_VGPU | HD_SAYS_NVIDIA, HD_TRIED_LICENCE, NULL,
		{ "general-vgpu-licence", HD_SPEAKER_TOOL, { NULL },
			"the guest's vGPU has no licence: its driver cannot reach the licence "
			"server, has no valid token, or its clock is wrong",
			"in the guest, 'nvidia-smi -q | grep -i license' shows the state; "
			"check /etc/nvidia/gridd.conf, the token in "
			"/etc/nvidia/ClientConfigToken, the clock and the way to the server, "
			"then restart nvidia-gridd. A whole card that is passed needs no "
			"licence",
			{ "vgpu-vendor-ready" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VGPU, HD_TRIED_VERSION, NULL,
		{ "general-vgpu-version", HD_SPEAKER_TOOL, { NULL },
			"the vGPU driver of the host, its kernel module and its libraries, or "
			"the driver of the guest, are of versions that do not fit together",
			"install one vGPU release on the host (module and libraries), reload "
			"the module or restart, and use the guest driver of the same release",
			{ "vgpu-vendor-ready", "kernel-modules-installed" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VGPU, 0, "ENOSPC",
		{ "general-vgpu-full", HD_SPEAKER_TOOL, { NULL },
			"the card has no room (memory, instances) for one more mediated "
			"device of that type",
			"available_instances of the type shows how many are left; remove a "
			"mediated device, use a smaller type, or for Intel's enlarge the "
			"aperture in the firmware. Many cards allow only one type at a time",
			{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VGPU, HD_TRIED_MEMLOCK | HD_TRIED_MAP, NULL,
		{ "general-vgpu-memory", HD_SPEAKER_TOOL, { NULL },
			"the guest's memory could not be pinned for the mediated device: the "
			"limit on locked memory of QEMU is too small",
			"raise the limit: let libvirt set it (memtune hard_limit, "
			"LimitMEMLOCK of its unit), or ulimit -l for a QEMU started by hand",
			{ "memlock", "unit-hardening" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VGPU, HD_TRIED_SRIOV, NULL,
		{ "general-vgpu-functions", HD_SPEAKER_TOOL, { NULL },
			"the card's virtual functions, which carry its vGPUs, are not "
			"enabled, or were enabled before the vGPU manager was ready",
			"disable and enable them again after the vGPU manager runs (NVIDIA: "
			"sriov-manage -d, then -e; a unit at boot that starts after nvidia-"
			"vgpu-mgr)",
			{ "vgpu-vendor-ready", "vf-parent-up", "mdev-present" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VGPU, 0, "ENOENT ENODEV ENXIO",
		{ "general-vgpu-missing", HD_SPEAKER_TOOL, { NULL },
			"the host has no mediated device or no type of that name: the vGPU "
			"host driver is not installed or loaded, mediated devices are not "
			"enabled (Intel: i915.enable_gvt=1, kvmgt), the virtual functions are "
			"off, or the device was not created since the boot",
			"load the vGPU driver, enable the virtual functions after it, and "
			"create the device; mdevctl types and mdevctl list show what there "
			"is. Devices vanish at a restart unless mdevctl starts them",
			{ "vgpu-vendor-ready", "mdev-present", "kernel-modules-installed" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_VGPU, HD_TRIED_TYPE, NULL,
		{ "general-vgpu-type", HD_SPEAKER_TOOL, { NULL },
			"the mediated device cannot be created with that type: the type does "
			"not exist on this card, no instance of it is left, or another type "
			"is in use",
			"mdevctl types lists what the card offers now, and "
			"available_instances how many are left; use one type for all devices "
			"of a card",
			{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VGPU, 0, "EACCES EPERM EBUSY",
		{ "general-vgpu-busy", HD_SPEAKER_TOOL, { NULL },
			"the mediated device is in use by another guest or program, or may "
			"not be opened",
			"see who has it (hostdevctl check UUID), stop that, or create another "
			"mediated device",
			{ "mdev-present", "vgpu-vendor-ready", "holders-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_VGPU, 0, NULL,
		{ "general-vgpu-manager", HD_SPEAKER_TOOL, { NULL },
			"what divides the card for guests (NVIDIA's vGPU manager, GVT-g, mdevctl) says: "
			"'{reason}'. Most of its errors are a host driver that does not run, a guest's "
			"driver of another release, or a type that the card does not have left",
			"journalctl -b -u nvidia-vgpu-mgr: the first line with 'error' of that time "
			"is the cause: paste it into hostdevctl explain. 'nvidia-smi vgpu' fails: the "
			"host driver does not run: restart nvidia-vgpud and nvidia-vgpu-mgr; it works "
			"but the guest has no vGPU: mdevctl list must show its UUID, and host and "
			"guest drivers must be of one vGPU release",
			{ "vgpu-vendor-ready", "mdev-present" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_AMDGPU, 0, "ENOMEM ENOSPC",
		{ "general-amdgpu-room", HD_SPEAKER_KERNEL, { NULL },
			"the driver cannot map the card's memory: its memory windows (BARs) "
			"got no room, or memory is short",
			"enable Above 4G Decoding and Resizable BAR in the firmware; in a "
			"guest, a larger 64-bit PCI window",
			{ "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_AMDGPU, HD_TRIED_UNBIND, NULL,
		{ "general-amdgpu-unbind", HD_SPEAKER_KERNEL, { NULL },
			"amdgpu was taken off the card, or is taken off, while programs or "
			"the display still used it; it does not clean up well then, and "
			"cannot bind a second time",
			"stop the display manager and every program that uses the card before "
			"it is detached; leave the card on vfio-pci between guests. If the "
			"driver is already confused, restart the host",
			{ "display-free", "holders-free", "driver-release-safe",
			  "reset-works" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_AMDGPU, HD_TRIED_FIRMWARE, NULL,
		{ "general-amdgpu-firmware", HD_SPEAKER_KERNEL, { NULL },
			"the card's own processors (PSP, SMU) did not start: the card was not "
			"reset since its last user, the host's boot framebuffer (simpledrm, "
			"efifb) or a guest left it in use, or a firmware file is missing",
			"switch the host off and on, then keep host drivers and the boot "
			"framebuffer off the card before the guest gets it; vendor-reset "
			"helps older cards (Vega, Navi); for a missing file install linux-"
			"firmware",
			{ "reset-works", "device-alive", "display-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_AMDGPU, HD_TRIED_RESET | HD_TRIED_ANSWER | HD_TRIED_POWER, NULL,
		{ "general-amdgpu-reset", HD_SPEAKER_KERNEL, { NULL },
			"the card does not come back: many AMD cards cannot be reset, or "
			"hang, after a guest used or crashed them",
			"switch the host off and on (a restart is not always enough); then "
			"try another reset_method, the vendor-reset module for older cards, a "
			"newer kernel, and let the guest shut down cleanly",
			{ "reset-works", "device-alive", "power-state" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_AMDGPU, HD_TRIED_ROM, NULL,
		{ "general-amdgpu-rom", HD_SPEAKER_KERNEL, { NULL },
			"the card's video BIOS could not be read: it is shadowed for the boot "
			"graphics, or the card is not reset",
			"give the guest a ROM file of the card, or make another card the boot "
			"graphics in the firmware",
			{ "rom-file", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_AMDGPU, 0, "ENODEV ENXIO",
		{ "general-amdgpu-gone", HD_SPEAKER_KERNEL, { NULL },
			"amdgpu was taken off the card while programs or the display still "
			"used it, and they can no longer release what they have on it",
			"restart the host; stop the display manager and every program that "
			"uses the card before it is detached",
			{ "display-free", "holders-free", "driver-release-safe" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_AMDGPU, 0, NULL,
		{ "general-amdgpu-start", HD_SPEAKER_KERNEL, { NULL },
			"amdgpu, which starts the card block by block, says: '{reason}'. Most of its "
			"errors are a card that a guest had before and that was not reset, firmware that "
			"is missing, or a window of its memory that got no room",
			"journalctl -b -k -g amdgpu: the first *ERROR* of that time is the cause, not "
			"the last: paste it into hostdevctl explain. hostdevctl check {address}: "
			"device-alive fails: switch the host off and on; all passes and the card "
			"works: nothing; it comes back after each guest: vendor-reset or another "
			"reset_method; without guests: a newer kernel and linux-firmware",
			{ "reset-works", "device-alive", "driver-release-safe" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NVIDIA, HD_TRIED_VERSION, NULL,
		{ "general-nvidia-version", HD_SPEAKER_KERNEL, { NULL },
			"the kernel module and the libraries or programs of NVIDIA's driver "
			"are of different versions, or the driver does not know the card",
			"install one version of both, in the host, guest or container where "
			"the message is from, then reload the module or restart",
			{ "kernel-modules-installed" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NVIDIA, HD_TRIED_ROOM, NULL,
		{ "general-nvidia-room", HD_SPEAKER_KERNEL, { NULL },
			"the card's memory windows (BARs) have no address: the firmware, the "
			"bridge above the card, or in a guest its too small 64-bit PCI window "
			"left no room",
			"on a host enable Above 4G Decoding in the firmware, else boot with "
			"pci=realloc; in a guest use UEFI with host-passthrough and enlarge "
			"its 64-bit PCI window",
			{ "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NVIDIA, HD_TRIED_FIRMWARE, NULL,
		{ "general-nvidia-firmware", HD_SPEAKER_KERNEL, { NULL },
			"the card's firmware processor (GSP) could not be started: usually "
			"the card still runs what its last user loaded, because it was not "
			"reset",
			"reset the card while no driver has it (echo 1 > reset), or switch "
			"the host off and on; then one version of driver and firmware files",
			{ "reset-works", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NVIDIA, HD_TRIED_ANSWER | HD_TRIED_LINK | HD_TRIED_POWER, NULL,
		{ "general-nvidia-dead", HD_SPEAKER_KERNEL, { NULL },
			"the card no longer answers on the PCI bus, or hung: power, seating, "
			"temperature, a failed reset or a sleeping slot",
			"switch the host off and on; check the card's power and seating; turn "
			"off its runtime power saving (power/control on) and ASPM if it "
			"happens again",
			{ "device-alive", "power-state", "reset-works" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NVIDIA, HD_TRIED_UNBIND | HD_TRIED_LOCK, NULL,
		{ "general-nvidia-in-use", HD_SPEAKER_KERNEL, { NULL },
			"NVIDIA's driver is still used: by the display, nvidia-persistenced, "
			"CUDA or a container",
			"stop the display manager, nvidia-persistenced and the programs that "
			"hostdevctl check {address} names, then detach the card",
			{ "display-free", "holders-free", "driver-release-safe" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NVIDIA, HD_TRIED_BIND, NULL,
		{ "general-nvidia-bound", HD_SPEAKER_KERNEL, { NULL },
			"another driver (usually vfio-pci) has the card, so NVIDIA's cannot "
			"take it; for a card that is for guests this is right",
			"nothing to do if a guest is to have it; else hostdevctl reattach "
			"gives it back to its host driver",
			{ "driver-release-safe" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NVIDIA, 0, NULL,
		{ "general-nvidia-start", HD_SPEAKER_KERNEL, { NULL },
			"NVIDIA's driver says: '{reason}'. Most of its errors are a card that another "
			"driver has, that was not reset after a guest, that lost power or its bus, or "
			"that this version does not support",
			"journalctl -b -k -g NVRM: the first line of that time is the cause: paste it "
			"into hostdevctl explain. nvidia-smi lists the card: it works, and the "
			"program that complains is the place to look; it does not: 'hostdevctl list "
			"--long' shows its driver: vfio-pci is right for a card of guests; else "
			"switch the host off and on; in a guest, UEFI firmware and a driver that "
			"supports the card",
			{ "reset-works", "device-alive", "driver-release-safe" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_IGPU, HD_TRIED_SRIOV, NULL,
		{ "general-igpu-functions", HD_SPEAKER_KERNEL, { NULL },
			"the virtual functions of Intel's graphics were not created or do not "
			"work with their driver: host and guest have different versions of "
			"the driver, the physical function has no driver with SR-IOV, or the "
			"firmware has no room (SR-IOV, Above 4G Decoding)",
			"use the same version of i915-sriov-dkms (or a kernel with xe's SR- "
			"IOV) on host and guest; enable SR-IOV, VT-d and Above 4G Decoding in "
			"the firmware; keep the host driver on the physical function",
			{ "vf-parent-up", "sriov-vfs-off" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_IGPU, HD_TRIED_FIRMWARE, NULL,
		{ "general-igpu-firmware", HD_SPEAKER_KERNEL, { NULL },
			"the graphics's firmware (GuC, HuC, DMC) was not loaded: the file is "
			"missing, of another version, or a virtual function may not load it",
			"install the newest linux-firmware (firmware-misc-nonfree), "
			"enable_guc=3 where the driver wants it, then restart",
			{ "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_IGPU, HD_TRIED_ROM | HD_TRIED_XML, NULL,
		{ "general-igpu-legacy", HD_SPEAKER_QEMU, { NULL },
			"legacy mode of integrated graphics needs slot 02.0 of an i440fx "
			"guest, a ROM or its VGA ranges, and an empty slot 1f.0; something of "
			"these is missing",
			"use an i440fx machine (pc) for legacy mode and remove other "
			"graphics, or use a UEFI guest with a ROM file and x-igd-opregion=on "
			"without legacy mode",
			{ "rom-file", "display-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_IGPU, HD_TRIED_RESET | HD_TRIED_ANSWER, NULL,
		{ "general-igpu-hang", HD_SPEAKER_KERNEL, { NULL },
			"the integrated graphics hung or did not answer; after a guest it was "
			"usually not reset",
			"restart the host; then keep i915 off it while guests use it, and use "
			"a newer kernel",
			{ "reset-works", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_IGPU, 0, NULL,
		{ "general-igpu-start", HD_SPEAKER_KERNEL, { NULL },
			"the driver of Intel's graphics says: '{reason}'. Most of its errors are firmware "
			"(GuC, HuC, DMC) that is missing or of another version, a display that does not "
			"answer, or graphics that a guest has or had",
			"journalctl -b -k -g 'i915|xe 0000': the first *ERROR* of that time is the "
			"cause: paste it into hostdevctl explain. hostdevctl check {address}: "
			"display-free fails: the host uses the graphics, which a guest cannot have "
			"then; device-alive fails: restart the host; all passes and the picture is "
			"right: nothing",
			{ "display-free", "device-alive", "holders-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NET, HD_TRIED_SWITCH, NULL,
		{ "general-net-switchdev", HD_SPEAKER_KERNEL, { NULL },
			"the card's switch cannot change its mode (switchdev, legacy) in this "
			"state; many firmwares refuse it while virtual functions exist",
			"set sriov_numvfs to 0, change the mode with devlink dev eswitch set, "
			"then create the virtual functions again; update the card's firmware",
			{ "sriov-vfs-off", "vf-parent-up" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NET | HD_SAYS_LIBVIRT, HD_TRIED_MAC, NULL,
		{ "general-net-trust", HD_SPEAKER_KERNEL, { NULL },
			"a guest asked for what an untrusted virtual function may not have: "
			"another MAC address, a VLAN, promiscuous mode, more addresses",
			"on the host: ip link set {interface} vf {vf} trust on (or spoofchk off), set the "
			"MAC there before the guest starts, or use fewer addresses in the "
			"guest",
			{ "vf-parent-up", "network-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NET, HD_TRIED_MSI | HD_TRIED_ASSIGN, NULL,
		{ "general-net-vectors", HD_SPEAKER_KERNEL, { NULL },
			"the card or host has not enough interrupts, queues or memory windows "
			"for that many virtual functions",
			"create fewer virtual functions; give the physical function fewer "
			"queues, unload its RDMA driver (irdma); enable SR-IOV and Above 4G "
			"Decoding in the firmware",
			{ "vf-parent-up", "interrupt-remapping" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NET, HD_TRIED_VERSION | HD_TRIED_FIRMWARE, NULL,
		{ "general-net-version", HD_SPEAKER_KERNEL, { NULL },
			"the drivers of the physical and the virtual function, or the driver "
			"and the card's firmware, do not fit together",
			"update the card's firmware and both drivers (the virtual function's "
			"in the guest) to versions that the vendor lists together",
			{ "vf-parent-up" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NET, HD_TRIED_PROBE | HD_TRIED_BIND, "EINVAL EPROTO EOPNOTSUPP",
		{ "general-net-driver-age", HD_SPEAKER_KERNEL, { NULL },
			"the card's driver and its firmware, or the drivers of virtual and "
			"physical function, do not fit together: usually the driver is much "
			"older than the card's firmware",
			"use a newer kernel or driver where the message is from (host or "
			"guest), or firmware of the card that the vendor lists for it",
			{ "vf-parent-up", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NET, HD_TRIED_RESET | HD_TRIED_ANSWER | HD_TRIED_PROBE, NULL,
		{ "general-net-vf-reset", HD_SPEAKER_KERNEL, { NULL },
			"the virtual function waits for its physical function: that is in a reset, "
			"down, has another driver, or does not answer its requests",
			"set the physical function up (ip link set {interface} up) with its host "
			"driver bound, wait a second and try again; then create the virtual functions "
			"again, and update both drivers",
			{ "vf-parent-up", "device-alive", "reset-works" }, HD_MESSAGE_GENERAL },
		"vf|vfs|virtual function*|iavf|ixgbevf|igbvf|i40evf|fm10kvf|mailbox|pf|adminq|aq|"
		"admin queue|virtchnl|avf",
	},
	{
		HD_SAYS_NET, HD_TRIED_RESET | HD_TRIED_ANSWER | HD_TRIED_PROBE, NULL,
		{ "general-net-card", HD_SPEAKER_KERNEL, { NULL },
			"the network card or its link does not answer its driver: cable or "
			"transceiver, a card that hangs, its firmware, or a slot that lost power",
			"ip -s link show {interface} and ethtool -m {interface}: no carrier or a "
			"transceiver with an error: change that; hostdevctl check {address}: "
			"device-alive fails: switch the host off and on; all passes: update the "
			"card's firmware, and try pcie_aspm=off",
			{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_GENERAL },
		NULL,
	},
	{
		HD_SAYS_NET, 0, "ENODEV ENOENT ENXIO",
		{ "general-net-missing", HD_SPEAKER_KERNEL, { NULL },
			"a network function or interface of that name does not exist or has "
			"no driver: it was unbound, given to a guest, or the virtual "
			"functions were turned off",
			"ip link and lspci -k show what there is; bind its driver again "
			"(drivers_probe) or create the virtual functions again",
			{ "device-present", "vf-parent-up" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NET, 0, "EBUSY",
		{ "general-net-busy", HD_SPEAKER_KERNEL, { NULL },
			"the network function is used: virtual functions are in guests, or it "
			"is part of a bridge, bond or the host's own connection",
			"stop the guests that have its virtual functions and take it out of "
			"the bridge or bond",
			{ "network-free", "sriov-vfs-off", "vf-parent-up" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NET, 0, NULL,
		{ "general-net-function", HD_SPEAKER_KERNEL, { NULL },
			"the driver of a network card says: '{reason}'. Most of its errors are a setting "
			"that the card, its firmware or its parent refuses, a link that is down, or a "
			"card that does not answer after a reset",
			"journalctl -b -k -g the driver's name: the first error of that time is the "
			"cause: paste it into hostdevctl explain. ip -s link show {interface}: DOWN "
			"or without carrier: cable, transceiver or switch; errors that grow: the "
			"same; ethtool -i {interface} shows driver and firmware: update the older "
			"one; a virtual function: its physical function must be up with its host "
			"driver",
			{ "vf-parent-up", "network-free", "device-alive" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_USB,
		HD_TRIED_ANSWER | HD_TRIED_RESET | HD_TRIED_PROBE | HD_TRIED_POWER, NULL,
		{ "general-usb-controller-dead", HD_SPEAKER_KERNEL, { NULL },
			"the USB controller does not stop, start or answer: its last user "
			"left it running, it was not reset, or its power saving fails",
			"unbind it, reset it (echo 1 > reset) and bind it again; if that "
			"fails switch the host off and on; turn off its runtime power saving, "
			"and pass another controller if it cannot be reset",
			{ "reset-works", "device-alive", "usb-controller-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_USB, 0, "EACCES EPERM",
		{ "general-usb-denied", HD_SPEAKER_QEMU, { NULL },
			"QEMU or its container may not open the USB device: permissions, its "
			"cgroup, or a security module",
			"let libvirt pass it (<hostdev type='usb'>), or allow /dev/bus/usb "
			"for QEMU's user and container",
			{ "usb-present", "usb-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_USB, 0, "ENODEV ENOENT ENXIO",
		{ "general-usb-missing", HD_SPEAKER_QEMU, { NULL },
			"the USB device is not on this host now, or has another bus and "
			"device number since it was plugged in again",
			"lsusb shows it; name it by vendor and product instead of bus and "
			"device",
			{ "usb-present", "usb-unambiguous" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_USB, 0, NULL,
		{ "general-usb", HD_SPEAKER_KERNEL, { NULL },
			"a USB device or its controller reports an error: a driver of the "
			"host has it, cable or power are bad, or the controller was not reset "
			"after its guest",
			"lsusb -t: 'Driver=' names who has it (usbfs: a guest); unplug and "
			"plug it, without a hub; if lsusb does not list it any more, another "
			"port or cable; if all devices of the controller fail, echo 1 > its "
			"reset file or switch the host off and on",
			{ "usb-present", "usb-free", "usb-controller-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NVME, HD_TRIED_POWER, NULL,
		{ "general-nvme-power", HD_SPEAKER_KERNEL, { NULL },
			"the disk disappears or fails with power saving (APST, D3, ASPM)",
			"boot with nvme_core.default_ps_max_latency_us=0 and pcie_aspm=off; "
			"update the disk's firmware",
			{ "device-alive", "power-state", "storage-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NVME, HD_TRIED_RESET | HD_TRIED_ANSWER | HD_TRIED_PROBE, NULL,
		{ "general-nvme-dead", HD_SPEAKER_KERNEL, { NULL },
			"the disk does not answer or did not become ready after a reset, so "
			"the driver gives up",
			"switch the host off and on; if it happens again suspect the disk, "
			"its firmware or its power saving "
			"(nvme_core.default_ps_max_latency_us=0)",
			{ "device-alive", "reset-works", "storage-free" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_NVME, 0, NULL,
		{ "general-nvme", HD_SPEAKER_KERNEL, { NULL },
			"the NVMe disk or its driver reports an error: it does not answer "
			"after a reset, hangs over its power saving, or is still in use on "
			"the host",
			"nvme list and lsblk: if the disk is not there, lspci -k shows its "
			"driver, and 'rev ff' that it is dead: switch the host off and on; if "
			"it is there, smartctl -a its health. What uses it: hostdevctl check "
			"{address} (storage-free). If it comes back: "
			"nvme_core.default_ps_max_latency_us=0",
			{ "storage-free", "device-alive", "reset-works" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{
		HD_SAYS_WINDOWS, 0, NULL,
		{ "general-windows-code", HD_SPEAKER_TOOL, { NULL },
			"Windows does not use the device; the number of the code says why. 37, 39, 32, "
			"48: its driver could not be loaded; 14, 38: the guest must restart; 19: its "
			"entry in the registry is broken; 22: it is turned off there; 24, 47: it is not "
			"in the guest or does not answer; 52: the driver is not signed. Other numbers: "
			"Microsoft's list of Device Manager error codes",
			"in the Device Manager: 22: enable it; 52, 39, 32, 48, 37: install the vendor's "
			"newest driver; 19: remove the device and scan again; 14, 38: shut the guest "
			"down (not restart); 24, 47: virsh dumpxml {guest} must have its <hostdev>; if "
			"it has, switch the host off and on in case the card was not reset",
			{ "reset-works", "device-alive", "guest-topology" }, HD_MESSAGE_GENERAL }, NULL,
	},
	{ .answer = { .id = NULL } },
};
