/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_subject.c - which messages are about something else than their speaker's usual trouble? */
#include "config.h"

#include "explain/families.h"

#define GRAPHICS (HD_SAYS_AMDGPU | HD_SAYS_NVIDIA | HD_SAYS_IGPU)

const struct hd_family hd_families_subject[] = {
	{
		0, 0, NULL,
		{ "general-program-killed", HD_SPEAKER_TOOL, { NULL },
			"a program was ended from outside (SIGKILL): usually by the kernel because memory "
			"was short, as a guest with host devices takes all of its memory at once; else by "
			"a limit or timeout of its unit or container",
			"journalctl -b -k -g 'Out of memory|oom-kill': a line at that time: give the guest "
			"less memory, or free some (free -h, huge pages); none: journalctl -b of its unit "
			"says who ended it",
			{ "hugepages" }, HD_MESSAGE_GENERAL },
		"killed|sigkill|signal 9|oom-kill*|status=9*|code=killed",
	},
	{
		0, 0, NULL,
		{ "general-program-crash", HD_SPEAKER_TOOL, { NULL },
			"a program crashed: an error in it or in a library, memory that is damaged, or a "
			"device's memory that vanished below it (bus error)",
			"coredumpctl info shows its name and where it crashed: QEMU with a function vfio_...: "
			"journalctl -b -k -g vfio has the device's part; another library (display, audio, "
			"storage): start the guest without that; then update the program, or go back to the "
			"version before",
			{ NULL }, HD_MESSAGE_GENERAL },
		"segfault*|segmentation fault|sigsegv|sigabrt|sigbus|sigill|core dumped|core-dump|dumped core|"
		"signal 11|signal 6|signal 7|invalid opcode|reason=crashed|bus error (core",
	},
	{
		0, 0, NULL,
		{ "general-build", HD_SPEAKER_TOOL, { NULL },
			"a program or kernel module could not be compiled; what it is for is not installed "
			"then. Usual are headers of the running kernel that are missing, and a source that "
			"is older than the kernel",
			"the first line with 'error:' of the build counts (DKMS: make.log below "
			"/var/lib/dkms); install linux-headers-$(uname -r), then a version of the source "
			"that knows this kernel",
			{ "kernel-modules-installed" }, HD_MESSAGE_GENERAL },
		"make[*|make:|gcc|cc1|ld:|collect2|undefined reference|builder step|cmake|configure:|"
		"cargo|rustc|-lpci|kernel headers|linux-headers*",
	},
	{
		0, 0, NULL,
		{ "general-download", HD_SPEAKER_TOOL, { NULL },
			"no host device is involved: something could not be fetched from the network or from a "
			"registry: no name service, a proxy, a certificate, or no right to it",
			"curl -I of the address that the line names: if that fails too, it is the network, the "
			"proxy or the clock; if it works, the name, the version or the login is wrong",
			{ NULL }, HD_MESSAGE_GENERAL },
		"resolve host|could not resolve|curl|wget|pull access|tls handshake|x509|"
		"temporary failure in name resolution",
	},
	{
		0, 0, NULL,
		{ "general-unit-job", HD_SPEAKER_TOOL, { NULL },
			"a unit of systemd was not ready in time: for a .device or .mount a disk that does "
			"not appear, because it is gone, has another name, or belongs to a guest now",
			"systemctl list-jobs, systemctl --failed and journalctl -b -u the unit show what it "
			"waits for; lsblk -f does not have the disk: 'hostdevctl list --long' shows whether "
			"vfio-pci has its controller: give that back, or add nofail to its line in "
			"/etc/fstab",
			{ "storage-free" }, HD_MESSAGE_GENERAL },
		"start job|device/start|mount/start|service/start|swap/start",
	},
	{
		GRAPHICS, 0, NULL,
		{ "general-display", HD_SPEAKER_KERNEL, { NULL },
			"the part of the graphics card that drives monitors reports an error: cable, "
			"monitor, mode, or the driver. A card that a guest has, or that only computes, is "
			"not concerned",
			"if the picture is right, nothing; on a host whose card is meant for a guest: "
			"hostdevctl check {address}: display-free fails: keep the host's driver off the "
			"card; else another cable or monitor (or a dummy plug), and a newer kernel or driver",
			{ "display-free" }, HD_MESSAGE_GENERAL },
		"flip_done|crtc*|edid|dmub*|dmcub|commit wait|underrun|atomic update|vblank|optc*|hdcp|"
		"connector*|displayport|display engine|mode validation|link training|dm_*|dc_*|acrtc|"
		"backlight|nvidia-modeset:|modeset failed|source oui|cursor|fault errors on pipe|pipe a|pipe b|"
		"frame buffer pin|dp-*|hdmi*",
	},
	{
		HD_SAYS_NVME | HD_SAYS_STORAGE, 0, NULL,
		{ "general-disk-health", HD_SPEAKER_KERNEL, { NULL },
			"the disk could not read or write a place: the disk itself is failing, or it was "
			"taken away while it was used",
			"smartctl -a (nvme smart-log) of the disk: media errors or a critical warning: save "
			"its data and replace it; none: lsblk does not list it any more: it went to a guest "
			"or lost its connection",
			{ "storage-free", "device-alive" }, HD_MESSAGE_GENERAL },
		"medium error|i/o error|media error|blk_update_request|unrecovered read|sector",
	},
	{
		HD_SAYS_KUBE, 0, NULL,
		{ "general-kube-no-device", HD_SPEAKER_TOOL, { NULL },
			"no host device is involved: a volume, image, disk or rule of the guest or pod is "
			"missing or not ready, or the launcher has not started yet",
			"kubectl describe vmi and pod: the first Warning event names it; kubectl get pvc,dv: "
			"not Bound: its storage class; an image: the node must reach its registry; a taint: "
			"a toleration in the guest; the launcher's socket: kubectl logs of virt-launcher",
			{ NULL }, HD_MESSAGE_GENERAL },
		"cloud-init|cloudinit|container disk|containerdisk*|image pull|imagepull*|errimagepull|"
		"persistentvolume*|pvc|datavolume*|volumes|disks|taint*|untolerated|ghost record|"
		"launcher-sock|launcher client|secret|configmap|quota|xorriso*",
	},
	{ .answer = { .id = NULL } },
};
