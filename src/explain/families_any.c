/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_any.c - what is looked at first if somebody complains of a thing, whatever the complaint?
 *
 * Asked of sentences that no row of families_typed.c fits: the thing decides which log, setting and check
 * tell the causes apart.  The narrower a thing, the earlier its row.
 */
#include "config.h"

#include "explain/families_typed.h"

#define COMPLAINT \
	"not|nothing|no|error|errors|fail*|problem|problems|issue|issues|wrong|trouble|broken|breaks|broke|" \
	"bad|stuck|hang|hangs|hanging|hung|freez*|froze*|crash*|lost|loses|lose|missing|gone|dead|dies|died|drops|" \
	"slow*|stops|stopped|weird|strange|disabled|removed|unavailable|glitch*|worse|unstable|incorrect|timeout|" \
	"times out|reboots|refuse*|denied|unable|disappear*|vanish*|lag*|unusable|" \
	"only|takes|minutes|half|green|prints|garbage|recovery|cursor|blinking|kills|although|though|but|worse|"\
	"instead of|again and again|sometimes|randomly|random|eventually|suddenly"

const struct hd_typed hd_families_any[] = {
	TYPED("any-vgpu", VGPU, COMPLAINT, NULL,
	      "the vGPU is not there or not right for the guest: its type or UUID, the versions of the host's and the "
	      "guest's driver, its licence, or another guest that has the room",
	      "mdevctl list must show its UUID (hostdevctl setup mdev makes it at each boot), nvidia-smi vgpu the "
	      "guest that has it; journalctl -b -u nvidia-vgpu-mgr: its first error: hostdevctl explain it; in the "
	      "guest nvidia-smi -q: driver of the same vGPU release, and licensed",
	      CHECKS("vgpu-vendor-ready", "mdev-present")),
	TYPED("any-sound", SOUND, COMPLAINT, NULL,
	      "the guest's sound comes from another device than meant: the card's audio function was not passed, the "
	      "guest has no driver for the codec, or plays to another output",
	      "in the guest, lspci -nnk (Device Manager) must show the audio device with a driver; virsh dumpxml "
	      "{guest} has a <hostdev> for it (01:00.1 of a card); choose it as the output; a codec that the guest "
	      "does not know: pass a USB sound card, or use <sound> with <audio> of the host",
	      CHECKS("iommu-group-viable", "device-present")),
	TYPED("any-usb", USB, COMPLAINT, NULL,
	      "the guest has the USB device not at all, under another number, or through a controller that is too "
	      "slow; or the host uses it, too",
	      "hostdevctl list usb --long shows whether it is here and who uses it; journalctl -b -k -f while it "
	      "happens: disconnects are cable, port or power; virsh dumpxml {guest} must have its <hostdev> and a "
	      "qemu-xhci controller; hostdevctl attach {guest} DEVICE --replug follows it; what must be in time or "
	      "resets itself takes the whole controller",
	      CHECKS("usb-present", "usb-free", "usb-unambiguous", "replug-started")),
	TYPED("any-vf", VF, COMPLAINT, NULL,
	      "the virtual functions belong to the physical one: they end when that is reset, passed or changes its "
	      "driver, have no link while it is down, and need a driver in the guest",
	      "hostdevctl list --tree shows them and their drivers: none: hostdevctl setup vfs INTERFACE N --apply; "
	      "pass a function, never the physical one (00:02.1, not 00:02.0); journalctl -b -k of the physical "
	      "function's address has its driver's reason; ip link show INTERFACE: MAC, VLAN, trust, state",
	      CHECKS("sriov-vfs-off", "vf-parent-up", "device-present")),
	TYPED("any-net", NET, COMPLAINT, NULL,
	      "the network card's driver in the guest does not run with it, its link is down, or the host lost the "
	      "card that it needs itself",
	      "in the guest lspci -nnk: no card: virsh dumpxml {guest}; no driver: install it, or its firmware "
	      "(dmesg); ip -br link: down: cable, or the physical function; on the host hostdevctl check {guest}: "
	      "network-free names what the host uses; journalctl -b -k | hostdevctl explain -: a reset that failed",
	      CHECKS("network-free", "reset-works", "vf-parent-up", "device-present")),
	TYPED("any-disk", DISK, COMPLAINT, NULL,
	      "the controller or disk is used by the host, did not come back from a reset, or the guest has no driver "
	      "or boot entry for it",
	      "hostdevctl check {address}: storage-free names what of the host is on it; lspci -s {address}: 'rev ff': "
	      "switch the host off and on; journalctl -b -k | hostdevctl explain - has timeouts and resets; in the "
	      "guest's firmware it needs a boot entry, in Windows its driver; a controller's own ROM that hangs: "
	      "<rom bar='off'/>",
	      CHECKS("storage-free", "device-alive", "reset-works", "iommu-group-viable")),
	TYPED("any-kube", KUBE, COMPLAINT, NULL,
	      "a part of the cluster that gives devices to pods and guests does not do so on that node: its pod "
	      "fails, it does not see the device as its selector wants it, or a guest still has it",
	      "kubectl get pods -A -o wide: those of that node which are not Running: kubectl describe and logs "
	      "(--previous): the first error: hostdevctl explain it; kubectl describe node: Allocatable must have the "
	      "resource; on the node lspci -nnk: the driver that the plugin wants (vfio-pci for guests); restart the "
	      "plugin's pod after a change",
	      CHECKS("iommu-enabled", "vfio-modules", "holders-free")),
	TYPED("any-script", SCRIPT, COMPLAINT, NULL,
	      "the hook, or what starts the guest, fails or waits: a command in it fails on this host, calls virsh and "
	      "so waits for itself, or unbinds a driver that is in use",
	      "run the hook's commands one by one over ssh with set -x and the guest off: the one that fails or hangs "
	      "is the cause: hostdevctl explain its message; journalctl -b -u libvirtd -u virtqemud has its output; "
	      "remove virsh from hooks (<hostdev managed='yes'> does the same); hostdevctl check {guest} shows what "
	      "uses the devices",
	      CHECKS("hook-answers", "hook-installed", "holders-free", "driver-release-safe")),
	TYPED("any-gpu", GPU "|" SCREEN, COMPLAINT, NULL,
	      "the card is not free or not reset on the host, or the guest's driver does not get along with it: its "
	      "ROM, its memory window, or that it sees a virtual machine",
	      "hostdevctl check {guest} first: what fails there is the cause; all passes: in the guest, lspci -nnk or "
	      "Device Manager: no card: virsh dumpxml {guest}; a code or an error of its driver: hostdevctl explain "
	      "it; journalctl -b -k | hostdevctl explain - on the host: a reset that failed; with a ROM of this very "
	      "card (hostdevctl attach --rom FILE), q35 and UEFI",
	      CHECKS("reset-works", "rom-file", "display-free", "iommu-group-viable", "guest-topology")),
	TYPED("any-device", DEVICE, COMPLAINT, NULL,
	      "the device is not free, not alone in its group, or not reset on the host; or the guest does not have "
	      "it or no driver for it",
	      "hostdevctl check {address} names what is wrong on the host, and hostdevctl status who has the device; "
	      "all passes: in the guest, lspci -nnk: not listed: virsh dumpxml {guest}; without a driver: the guest "
	      "lacks it; journalctl -b -k | hostdevctl explain - has the kernel's own reason",
	      CHECKS("iommu-group-viable", "device-alive", "reset-works", "holders-free")),
	TYPED("any-guest", GUEST, COMPLAINT, NULL,
	      "the guest meets something that its device, its memory or its firmware does not give",
	      "hostdevctl explain --guest {guest}: QEMU's own error of the last start; hostdevctl check {guest}: what "
	      "is wrong with its devices; journalctl -b -k | hostdevctl explain - at that time; start it once without "
	      "the device: if that works, the device or its driver in the guest is the cause, else look into the "
	      "guest's own log",
	      CHECKS("reset-works", "memlock", "guest-topology", "device-alive")),
	{ .answer = { .id = NULL } },
};
