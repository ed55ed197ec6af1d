/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_how.c - what helps if somebody asks how something is done, or if nothing happens at all? */
#include "config.h"

#include "explain/families_typed.h"

#define HOW "how do i|how to|how can i|how do you|how can one|can i|is it possible|i want to|what is the way|" \
	"what command|which command|should i|is my"

const struct hd_typed hd_families_how[] = {
	TYPED("nothing", "nothing happen*|nothing is happening|does nothing|not do anything|no reaction|in progress|"
	      "still waiting|not finish*|not end|never ends|stuck at creating|creating domain|seems to do nothing|"
	      "lock up|locks up|just hangs", SCRIPT "|manager|passthrough|start|enable|disable|claim|attach|detach|"
	      "launch|task|" GUEST, NULL,
	      "libvirt or the manager waits for something that does not end: a hook that hangs (it must not call "
	      "virsh), a driver that waits for who still uses the device, or a device that does not answer",
	      "over ssh: ps -eo pid,stat,wchan:30,args | grep -e hooks -e qemu -e ' D': the hook or QEMU that waits, "
	      "state D: the kernel waits for a device: journalctl -b -k | hostdevctl explain -; hostdevctl check "
	      "{address} names who uses the device: stop that; Kubernetes and Harvester: kubectl logs of the "
	      "controller for the device; then start the guest with virsh start, whose error hostdevctl explains",
	      CHECKS("hook-answers", "one-daemon", "holders-free", "driver-release-safe", "device-alive")),
	TYPED("log-out", "log out|logs out|logged out|logs me out|logged me out|logs you out|login screen|login "
	      "prompt|login manager|back to login|kicked out|kicked back|back to my desktop|returned to my|"
	      "goes back to my|session ends|session closes|desktop closes|back to "
	      "desktop|back to the desktop|returns to the desktop|back at the login", GUEST "|passthrough|start|"
	      "starts|starting|boot|black|screen", NULL,
	      "the start took the desktop's card, as it must with one card, but then failed, so that the desktop came "
	      "back: the error is in a log that nobody saw",
	      "hostdevctl explain --guest {guest} explains QEMU's last start; the hook's own output: journalctl -b -u "
	      "libvirtd -u virtqemud -n 50: hostdevctl explain it; then start the guest from ssh with virsh start "
	      "{guest} and read what it says; hostdevctl handover shows a plan for one card",
	      CHECKS("handover-possible", "display-free", "hook-answers", "iommu-group-viable")),
	TYPED("what-is", "what is an iommu*|what is iommu*|what is a iommu*|what is the iommu|what are iommu groups|"
	      "what does iommu|what does the iommu|what is vfio*|what does vfio*|what is a vf|what is sr-iov|"
	      "what is a virtual function|what is passthrough|what is pci passthrough|what is gpu passthrough|"
	      "what is a mediated device|what is mdev|what is vt-d", NULL, NULL,
	      "an IOMMU (VT-d, AMD-Vi) limits which memory a device reaches; an IOMMU group is the least that it can "
	      "keep apart, and goes to one guest as a whole; vfio-pci is the driver that holds a device for a guest "
	      "instead of its own; a virtual function (SR-IOV) or a mediated device is a part of a card for one guest",
	      "man hostdevctl has more; hostdevctl list --tree shows this host's groups, and "
	      "hostdevctl check what is still in the way of passing a device",
	      CHECKS("iommu-enabled", "vfio-modules", "iommu-group-viable")),
	TYPED("how-only-card", HOW, "single gpu|only gpu|only graphics card|only card|one gpu|one graphics card",
	      NULL,
	      "the only graphics card can go to a guest if the host's desktop ends before and starts again "
	      "after it; meanwhile the host has no screen",
	      "hostdevctl handover shows the plan for it, and whether something speaks against it; have ssh to "
	      "the host tried out first",
	      CHECKS("handover-possible", "last-gpu", "display-free")),
	TYPED("how-vf", HOW, VF, NULL,
	      "virtual functions are made on the host by the card's driver, and each goes to a guest of its own",
	      "hostdevctl setup vfs INTERFACE N shows what it would change, and does it with --apply, also at "
	      "each boot; then hostdevctl attach GUEST vf:INTERFACE/0",
	      CHECKS("sriov-vfs-off", "vf-parent-up", "iommu-enabled")),
	TYPED("how-back", HOW, BACK "|detach*|release|take away|remove", NULL,
	      "a device goes back to the host when its guest stops or gives it up; then it gets its former driver",
	      "hostdevctl detach-from GUEST DEVICE takes it out of a guest; hostdevctl reattach DEVICE gives it "
	      "back to its driver; hostdevctl recover does so after a crash; hostdevctl status says who holds it",
	      CHECKS("device-alive", "reset-works")),
	TYPED("how-group", HOW, "iommu group*|iommu_group*|groups|acs", NULL,
	      "a group is what the hardware cannot keep apart: software cannot split it safely, and all of it goes "
	      "to one guest",
	      "hostdevctl list --tree shows the groups: move the card to another slot, turn on ACS in the "
	      "firmware, or pass all functions of the group; pcie_acs_override hides the sharing and "
	      "protects nothing",
	      CHECKS("iommu-group-viable", "no-acs-override")),
	TYPED("how-unbind", HOW, "unbind*|unload*|free the|stop using|take the * from|get rid of|without rebooting|"
	      "without restart*", DEVICE "|" USB "|driver",
	      "a device leaves its driver when nothing uses it any more: programs, the desktop, mounts and the sound "
	      "server let it go first",
	      "hostdevctl check {address} names who uses it; hostdevctl detach {address} unbinds it and gives it to "
	      "vfio-pci, or says what is in the way; a graphics card of the desktop: stop the display manager first "
	      "(hostdevctl handover does all of it); NVIDIA: also nvidia-persistenced, then modprobe -r nvidia_drm "
	      "nvidia_modeset nvidia_uvm nvidia",
	      CHECKS("holders-free", "driver-release-safe", "display-free")),
	TYPED("acs", "acs override*|acs patch|pcie_acs_override*|acs", "safe|risk*|danger*|secure|need|worth|should|"
	      "what is|why", NULL,
	      "the override only hides that the hardware cannot keep the devices of a group apart: a guest can then "
	      "reach the others by DMA",
	      "hostdevctl list --tree shows the groups: another slot (one of the CPU's), ACS in the firmware, or all "
	      "of the group in one guest are safe; on a host whose guests are trusted it works, but protects nothing",
	      CHECKS("no-acs-override", "iommu-group-viable")),
	TYPED("how-pass", HOW, "pass*|give|attach|assign|add|use", DEVICE "|" USB,
	      "a device goes to a guest as a <hostdev> of its definition, after the host is prepared once",
	      "hostdevctl setup shows what the host lacks; hostdevctl list --long shows which device is free; "
	      "hostdevctl check {address} says why not; hostdevctl attach GUEST {address} --config adds it",
	      CHECKS("iommu-enabled", "vfio-modules", "iommu-group-viable")),
	TYPED("how-setup", HOW, "iommu|vt-d|vfio|passthrough|set up|setup|enable|prepare", NULL,
	      "the host needs an IOMMU that is on in the firmware and in the kernel, and the modules of VFIO",
	      "hostdevctl setup shows which kernel parameters and modules are missing, and sets them with "
	      "--apply; hostdevctl check says what remains, such as a switch of the firmware",
	      CHECKS("iommu-firmware", "iommu-enabled", "vfio-modules", "hook-installed")),
	{ .answer = { .id = NULL } },
};
