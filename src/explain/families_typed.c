/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_typed.c - what does a sentence that somebody types usually mean?
 *
 * "Guest does not see the card" has a subject and a complaint, and no program speaks.  Only
 * questions are asked here (log_search.h): in a log, the same words do not complain.
 */
#include "config.h"

#include "explain/families_typed.h"

#define NOT_SEEN "not see|not seen|not list*|not show*|not appear*|not detect*|undetected|not recogni*|not find|" \
	"not found|missing|disappear*|vanish*|gone|invisible|not visible|not there|not present|not in lspci"
#define BLACK "black|blank|no video|no display|no output|no signal|no picture|no image|no screen|dark|nothing on|" \
	"without a picture|without output|not display*|not any picture"
#define FREEZE "freez*|froze*|hang|hangs|hanging|hung|locks up|locked up|lock up|lockup|crash*|reboots|rebooting|" \
	"rebooted|reboot|unresponsive|stuck|bsod|blue screen|powers off|goes down|dies|falls off|fell off"
#define CUT_OFF "gone|lost|loses|lose|no|not|down|drops|unreachable|dead"
#define SLOW "pcie x*|lanes|link width|link speed|gen1|bare metal|slow|slower|slowly|stutter*|lag*|worse|latency|" \
	"fps|performance|jitter*|choppy|crackl*|bandwidth|sluggish|utilization|low speed|half the speed"
#define NO_START "not start*|not boot*|stops booting"
#define AGAIN "forced to shut*|forced shutdown|force off|forced off|once shut*|soft restart|soft reboot|" \
	"restart of*|reset of the vm|reset of the guest|reboot it|reboot the*|rebooting the*|on reboot|" \
	"when restarting|restarting the*|vm reboot*|guest reboot*|stopping and starting|stop and start|" \
	"start my other|other vm|another vm|second vm|next vm|second time|second start|after shutdown|" \
	"after vm shutdown|after guest shutdown|after restart*|after reboot*|after vm reboot|after guest reboot|" \
	"only once|works once|first time|first start|next start|shut down|shutting down|stopping the*|" \
	"start it again|restart the*|power cycl*|cold boot|cold start"
#define LOOSE "disconnect*|drops|drops out|dropping|dropped|replug*|reconnect*|intermittent*|loses|keeps losing"
#define CHOOSE "greyed|grayed|grey|gray|not choose|not select|not selectable|not add|no option|not in the list|" \
	"empty list|list is empty|nothing to choose"

#define MANAGER \
	"a manager offers only what it may pass: the IOMMU is off, the host uses the device, its group has other " \
	"users, another guest has it, or the list is older than the device", \
	"hostdevctl list --long shows whether it can go to a guest, and hostdevctl check {address} why not; if that " \
	"is well, hostdevctl attach GUEST {address} --config adds it without the manager; virsh nodedev-list --cap " \
	"pci must have it"

#define HOST_BLACK \
	"the card that shows the host's screen went to VFIO or to a guest: the host goes on without a screen", \
	"log in by ssh and run hostdevctl status and hostdevctl list gpu --long: if the host has one card only, " \
	"hostdevctl handover gives it back after the guest; to undo a binding at boot: hostdevctl setup " \
	"--revert; with two cards, choose the other one as primary in the firmware", \
	CHECKS("last-gpu", "display-free", "handover-possible")

#define GUEST_BLACK \
	"the guest shows no picture on the card: it draws on its virtual display, has no driver for the " \
	"card, the card's ROM is missing or was changed by the host's boot, the card was not reset, or " \
	"the monitor's cable is in another card", \
	"hostdevctl check {guest} first; then virsh dumpxml {guest}: the <hostdev> must be there, and " \
	"<video><model type='none'/> makes the card the only display; try a ROM (hostdevctl attach --rom " \
	"FILE); log in to the guest by network and look whether its driver runs; the end of " GUEST_LOG, \
	CHECKS("rom-file", "reset-works", "last-gpu", "guest-topology")

#define NOT_RESET \
	"the card is not reset between two starts: it has no reset that works (many AMD cards), or the " \
	"guest did not stop its driver before it ended", \
	"hostdevctl check {address} says which resets it has; journalctl -b -k | hostdevctl explain - has the " \
	"kernel's reason; shut the guest down from inside; AMD: the module vendor-reset, or a newer card; " \
	"until then power the host off between two starts", \
	CHECKS("reset-works", "device-alive", "power-state")

const struct hd_typed hd_families_typed[] = {
	TYPED("no-iommu", "iommu|vt-d|vtd|amd-vi|dmar", "not enabled|disabled|not working|missing|"
	      "not found|unavailable|not supported|not available|not on|is off|no iommu|no vt-d|no groups|empty|"
	      "inactive|not active|nothing in", NULL,
	      "the IOMMU is off: in the firmware (VT-d, AMD-Vi, often apart from VT-x or SVM), on Intel also on "
	      "the kernel's command line, or the host is itself a guest without one",
	      "hostdevctl check names which: no DMAR or IVRS: turn it on in the firmware; the parameter: "
	      "hostdevctl setup --apply and restart; ls /sys/kernel/iommu_groups must not be empty then",
	      CHECKS("iommu-firmware", "iommu-enabled", "boot-parameters-active")),
	TYPED("group", "iommu group*|same group|groups|group", "same|share*|together|all|everything|other devices|"
	      "other device|both|not enough|few|bad|huge|not split|can not|not viable|one group|lumped|separate*", NULL,
	      "the hardware between the devices of a group cannot keep them apart, so that all of them must leave "
	      "the host together",
	      "hostdevctl list --tree shows what shares the group, and hostdevctl check {address} what is in the "
	      "way: pass all of it, move the card to another slot (one of the CPU's), or turn on ACS in the "
	      "firmware; an override of ACS protects nothing",
	      CHECKS("iommu-group-viable", "no-acs-override")),
	TYPED("same-id",
	      "both of my|both gpus|both devices|same id*|same vendor|identical|same model|same device id|same pci id|"
	      "both cards|twice|same ids",
	      DEVICE "|" USB, NULL,
	      "vfio-pci.ids and <hostdev> by vendor and product mean all devices of a model; only the address "
	      "tells two of them apart",
	      "hostdevctl list --long shows both addresses: hostdevctl setup bind {address} --apply reserves "
	      "the one, and hostdevctl attach GUEST {address} passes it; of USB devices use the port or the serial "
	      "number (--by)",
	      CHECKS("vfio-ids-bound", "usb-unambiguous")),
	TYPED("choose", CHOOSE, DEVICE "|" USB "|" GUEST, NULL,
	      MANAGER,
	      CHECKS("iommu-enabled", "iommu-group-viable", "libvirt-finds-devices")),
	TYPED("manager",
	      DEVICE "|" USB, NOT_SEEN, "virt-manager|cockpit|web interface|gui|menu|drop-down|dropdown", MANAGER,
	      CHECKS("libvirt-finds-devices", "iommu-enabled", "iommu-group-viable")),
	TYPED("permission-usb", "permission*|not permitted|access denied|not allowed|no rights|no access|not "
	      "accessible", USB, NULL,
	      "who runs QEMU or the viewer may not open the USB device's node: a user's own session, a container "
	      "without the node, or a redirection that wants the right to it",
	      "lsusb, then ls -l /dev/bus/usb/BUS/DEVICE: a udev rule gives it to your group (then plug it again); "
	      "guests of qemu:///system need none: virsh -c qemu:///system list --all; redirection by a viewer: "
	      "install its helper (spice-client-glib-usb-acl-helper) and its polkit rule; a container: --device "
	      "/dev/bus/usb and the cgroup rule c 189:* rmw",
	      CHECKS("usb-present", "usb-free")),
	TYPED("permission-shell", "permission*|not permitted|denied|not allowed", "echo|sudo|tee|redirect*|/sys/*|"
	      "bash|fish|zsh",
	      NULL,
	      "in 'sudo echo x > file' your own shell opens the file, and not root's; only the echo runs as root",
	      "echo x | sudo tee /sys/..., or sudo sh -c 'echo x > /sys/...'; as root the same error: a container (do "
	      "it on the host), or a kernel that is locked down: dmesg -t | grep -i lockdown; hostdevctl detach does "
	      "it with its checks",
	      CHECKS("device-present")),
	TYPED("permission", "permission*|not permitted|access denied|not allowed|no rights|no access", DEVICE "|" USB
	      "|" GUEST "|vfio", NULL,
	      "who runs QEMU may not open the device's node: a guest of a user's own session, a denial of "
	      "AppArmor or SELinux, or a container without the node",
	      "virsh -c qemu:///system list --all must have the guest; journalctl -b -k | hostdevctl explain - "
	      "names a denial; ls -l /dev/vfio shows whose the nodes are; hostdevctl check {address}",
	      CHECKS("vfio-node", "vfio-owned")),
	TYPED("rebind", "driver|drivers|nvidia|amdgpu|nouveau|i915|host|console|desktop", BACK "|" "after detach*",
	      NULL,
	      "the device did not go back to its driver: something still holds it, the card was not reset, or "
	      "its driver cannot start it a second time",
	      "hostdevctl status says who holds it; hostdevctl recover gives back what a crash left; hostdevctl "
	      "reattach {address}; journalctl -b -k has the driver's own reason; 'rev ff' in lspci: only a power "
	      "cycle of the host helps",
	      CHECKS("device-alive", "reset-works", "driver-release-safe", "power-state")),
	TYPED("d3", "d3|d3cold|d3hot|power state|suspend*|sleep|asleep|wake*|resume*", DEVICE "|" HOST "|" GUEST, NULL,
	      "the device did not wake: it lost its power while it was unused (D3cold), a reset ended badly, or the "
	      "host slept while a guest had it",
	      "lspci -s {address}: 'rev ff' means that it is dead, and only a power cycle of the host helps; else "
	      "echo on > /sys/bus/pci/devices/{address}/power/control, and vfio-pci.disable_idle_d3=1 at the "
	      "next boot; hostdevctl check {address} shows its resets",
	      CHECKS("device-alive", "power-state", "reset-works", "sleep-handled")),
	TYPED("update",
	      "updat*|upgrad*|new kernel|newer kernel", "worked|works|work|broke|broken|breaks|after|since|stopped",
	      DEVICE "|" GUEST "|kernel",
	      "the update changed which driver takes the device first, an address or a group, or a setting of the boot "
	      "that was written by hand got lost",
	      "hostdevctl check and hostdevctl doctor name what is missing now; hostdevctl relocate {guest} follows a "
	      "card that moved; boot the kernel before it once: if that works, compare journalctl -b -k of both",
	      CHECKS("boot-parameters-active", "kernel-modules-installed", "vfio-modules", "hook-installed")),
	TYPED("vgpu-none", VGPU, "nothing|empty|no types|not list*|no output|none|no supported|0 instances|no "
	      "instances|not show*|not appear*|no mdev|missing", NULL,
	      "the host's driver offers no vGPU types: it is the ordinary driver and not the vGPU one, the card does "
	      "not have vGPU (or the modified driver does not run), its SR-IOV functions are off, or nvidia-vgpud did "
	      "not start",
	      "ls /sys/class/mdev_bus and mdevctl types: nothing: nvidia-smi vgpu: not supported: the driver or card "
	      "is the wrong kind; it is: journalctl -b -u nvidia-vgpud -u nvidia-vgpu-mgr: the first error; Ampere "
	      "and newer: /usr/lib/nvidia/sriov-manage -e ALL first; Intel: i915.enable_gvt=1 (up to the 10th "
	      "generation); then hostdevctl setup mdev",
	      CHECKS("vgpu-vendor-ready", "mdev-present")),
	TYPED("vf", VF, NOT_SEEN "|no link|no carrier|no network|no traffic|not created|zero|not work*|"
	      "limit*|too few|no connection", NULL,
	      "virtual functions are off in the firmware or are not made since the last boot, the physical function "
	      "is down, or the guest has no driver for them",
	      "hostdevctl list --tree shows how many there are: none: hostdevctl setup vfs INTERFACE N --apply; "
	      "ip link show INTERFACE: it must be up, and names each function's MAC, VLAN and link state; in the "
	      "guest, lspci -k shows the driver",
	      CHECKS("sriov-vfs-off", "vf-parent-up")),
	TYPED("program-no-device", "container|docker|podman|lxc|pod|program|application|app|ffmpeg|jellyfin|plex|"
	      "frigate|ollama|pytorch|tensorflow|cuda|vulkan|opencl|blender|rocm|nvidia-smi|obs|steam|game|games|"
	      "opengl|vainfo|vaapi",
	      NOT_SEEN "|no gpu*|no device*|not available|no cuda|not use|no adapter|no accel*|no hardware|no card",
	      GUEST "|container|docker|podman|lxc|pod|my|inside",
	      "the program finds no device of its kind where it runs: the device is not in there, it has no driver "
	      "there, or the container was not given its node",
	      "where the program runs, lspci -nnk and lsusb: not listed: virsh dumpxml {guest} (of the running guest) "
	      "must have its <hostdev>; listed without 'driver in use': small and cloud kernels lack it: "
	      "linux-modules-extra or the vendor's driver, modprobe, dmesg; with a driver, only the container does "
	      "not see it: pass the node (--device /dev/dri, --gpus all, /dev/apex_0, /dev/bus/usb)",
	      CHECKS("device-present", "device-alive")),
	TYPED("host-not-seen", DEVICE, NOT_SEEN,
	      "lspci|host|bios|firmware|listed|hostdevctl|libvirt|after shutdown|any more|"
	      "anymore|bus",
	      "the host does not see the device: it did not come back from a reset or from sleep, it is off in the "
	      "firmware, its slot has no power or shares lanes with another, or it was removed by software",
	      "lspci -nn lists what is there; echo 1 > /sys/bus/pci/rescan finds what was removed; journalctl -b "
	      "-k names a link that is down; then power the host off (a restart may not be enough), and look "
	      "into the firmware and at the slot",
	      CHECKS("device-present", "device-alive", "power-state")),
	TYPED("usb-lost", USB, "reset*|removed|re-enumerat*|re-enumerates|other id|another id|changes its id|"
	      "product id|not owned|unavailable|not available|plug it back|back in|unplug*|lost|taken away|"
	      "stops being|on startup|at startup|after being used", NULL,
	      "the device resets itself or comes back with another number or id (when its firmware is loaded, when "
	      "it is opened or restored), and the guest, which has the old one, loses it; or the host had it first",
	      "journalctl -b -k -f on the host while it happens: a disconnect and a new number: hostdevctl attach "
	      "{guest} DEVICE --replug follows it, by vendor and product or by port; two ids in turn (lsusb before "
	      "and after): pass both, or the whole controller (hostdevctl list usb --long); a driver or program of "
	      "the host has it: hostdevctl list usb --long names it",
	      CHECKS("usb-present", "replug-started", "usb-free", "usb-controller-free")),
	TYPED("reset", "reset issue*|reset problem*|reset broken|vendor-reset|vendor reset|reset bug|reset method*|"
	      "reset_method|flr|bus reset|not reset",
	      "not|fails|failed|error|problem*|issue*|bug|still|stopped|broken|no|unsupported|hits|since", NULL,
	      NOT_RESET),
	TYPED("again", DEVICE "|" GUEST, AGAIN "|reset bug|not reset", NULL,
	      NOT_RESET),
	TYPED("usb-sound", USB, "crackl*|stutter*|choppy|distort*|glitch*|dropouts|drop outs|delay*|out of sync", SOUND,
	      "sound needs its packets in time, and a USB device that goes through QEMU's emulated controller does "
	      "not get them when a virtual CPU has to wait",
	      "pass the whole USB controller with the device on it: hostdevctl list usb --long shows the "
	      "controller, hostdevctl check of that what else hangs on it; until then a larger buffer in the "
	      "guest's program, and pinned CPUs (<vcpupin>, <emulatorpin>)",
	      CHECKS("usb-controller-free", "numa-near")),
	TYPED("sound", SOUND, "no|not|stops|lost|crackl*|missing|stutter*|" LOOSE
	      "|choppy|distort*", NULL,
	      "the card's audio function was not passed with it, its interrupts are slow in the guest, or the guest "
	      "plays to another output",
	      "hostdevctl show {address}: pass all functions of the card (01:00.1 as well); crackling: turn on MSI "
	      "for it in Windows' registry, and pin the guest's CPUs; look at the guest's choice of output",
	      CHECKS("iommu-group-viable", "numa-near")),
	TYPED("host-boot", "boot*|loading|splash|plymouth|initramfs|ramdisk|initrd|grub|startup|starting up",
	      FREEZE "|" BLACK "|stops|stop|not boot*|emergency*|not start*|not come up|loading initial", "bind*|"
	      "isolat*|vfio*|vfio-pci.ids|modprobe*|dracut|mkinitcpio|initramfs|blacklist*|binding|bound|intel_iommu*|"
	      "amd_iommu*|iommu=pt|kernel parameter*|hook",
	      "the boot misses what was taken from it: the disk's or the only card's driver went to vfio-pci, a "
	      "module of the configuration does not exist in this kernel (vfio_virqfd), or only the picture is gone "
	      "and the host runs",
	      "look whether it answers by ssh: then only its screen is gone (hostdevctl handover); else in the boot "
	      "menu press e, remove vfio-pci.ids and what was added last, or take the fallback or former entry; then "
	      "hostdevctl setup --revert undoes what it set; remove vfio_virqfd from the initramfs' configuration on "
	      "Linux 6.2 and newer",
	      CHECKS("last-gpu", "storage-free", "boot-parameters-active", "kernel-modules-installed")),
	TYPED("host-screen", BLACK, "host screen*|host's screen|host display|host monitor|host goes|host is|host "
	      "turns|host console|desktop goes|desktop is|host loses", NULL, HOST_BLACK),
	TYPED("black-after", BLACK "|tty|text console", "shuts down|shutdown|shut down|vm stops|guest stops|vm ends|"
	      "guest ends|powers off|after the vm|after exiting|after i close|when it ends|when it stops", GUEST "|"
	      "single gpu|passthrough|host",
	      "the host's card did not come back to the desktop after the guest: it was not reset, its driver did not "
	      "take it again, or nothing started the display manager",
	      "over ssh: hostdevctl status and hostdevctl recover; lspci -nnk -s {address}: vfio-pci: hostdevctl "
	      "reattach {address}; 'rev ff': switch the host off and on; its own driver: systemctl restart "
	      "display-manager; journalctl -b -k | hostdevctl explain - has the driver's reason; hostdevctl handover "
	      "does all of this itself",
	      CHECKS("reset-works", "handover-possible", "device-alive", "display-free")),
	TYPED("looking-glass", "looking glass|looking-glass|kvmfr|ivshmem", SLOW "|" BLACK "|not|error|broken|crash*|"
	      "freez*|no|fail*|wrong",
	      NULL,
	      "Looking Glass shows what the guest draws on the card: the guest needs a monitor (or dummy plug, or "
	      "virtual display driver) on it, the host application running, and shared memory of the same size on "
	      "both sides",
	      "black: no monitor on the card: a dummy plug; Windows' host application: its log in %ProgramData%; ls "
	      "-l /dev/shm/looking-glass /dev/kvmfr0: size of <shmem> for the resolution (64 MiB for 1440p, 128 for "
	      "4K), owner of the user; slow: kvmfr with DMA instead of /dev/shm, pinned CPUs, no second virtual "
	      "display; host and client of one release",
	      CHECKS("numa-near", "kernel-modules-installed")),
	TYPED("black", BLACK, "guest|guests|vm|vms|virtual machine*|windows|win10|win11|macos|ubuntu|fedora|debian",
	      SCREEN "|" GPU "|passthrough|qemu|proxmox|kvm|virt-manager", GUEST_BLACK),
	TYPED("host-black", BLACK,
	      "host|console|desktop|boot|booting|login|after binding|vfio-pci|linux", SCREEN "|" GPU, HOST_BLACK),
	TYPED("no-picture", BLACK, SCREEN "|" GPU "|" GUEST "|passthrough", NULL, GUEST_BLACK),
	TYPED("grab", "mouse|keyboard|cursor|pointer|input", "grab*|ungrab*|captured|released|trapped|get out|get "
	      "back", NULL,
	      "the guest's window, or QEMU's evdev input, keeps mouse and keyboard until its key is pressed",
	      "a window: Ctrl+Alt (QEMU, virt-viewer: left Ctrl and Alt; Ctrl+Alt+G with GTK; Looking Glass: Scroll "
	      "Lock); evdev (<input type='evdev'>): both Ctrl keys together; <input type='tablet' bus='usb'/> needs "
	      "no grab; it does not come back: over ssh virsh shutdown {guest}",
	      CHECKS("usb-free", "usb-controller-free")),
	TYPED("input", "keyboard|mouse|mice", "kills|takes away|not work*|stop*|dead|frozen|freez*|froze*|"
	      "unresponsive|not respond*|no input|lost|lose|loses|not use|locked", "host|locked|usb|controller|port|"
	      "hub|evdev|passed|passthrough|attach*|guest",
	      "the guest has what the host's keyboard and mouse hang on: the whole USB controller, the devices "
	      "themselves, or their input (evdev), which the guest keeps until both Ctrl keys are pressed",
	      "hostdevctl list usb --long shows which controller they hang on, and hostdevctl plan {guest} whether a "
	      "start takes that: plug them into another controller's port (lsusb -t), or pass another one; over ssh: "
	      "virsh shutdown {guest} gives them back; evdev: press left and right Ctrl",
	      CHECKS("usb-controller-free", "usb-free")),
	TYPED("boot-hang", GUEST, "100%|1 cpu|one cpu|one core|single core|maxing|full load|tianocore|ovmf|uefi*|"
	      "seabios|logo|splash|boot screen|bios screen|firmware|initializ*|grub|boot menu|waiting for",
	      FREEZE "|not boot*|not start*|black|loop*|spins|spinning|boots into|boots to|drops to|lands in|ends in|"
	      	"shell",
	      "the guest's firmware or the start of its system does not get past the device: the card's ROM, its "
	      "memory window that has no room, a display that is missing, or memory that is ballooned or pinned "
	      "for minutes",
	      "the end of " GUEST_LOG "; try one at a time: with a virtual display (<video> other than none) to see "
	      "where it stops; <rom bar='off'/> or the card's own ROM file; without <memballoon>; less memory or "
	      "a larger 64-bit PCI window for cards with a large BAR; without the device: it starts: hostdevctl "
	      "check {guest}",
	      CHECKS("rom-file", "reset-works", "memlock", "guest-topology")),
	TYPED("guest-freeze", GUEST, "guest freez*|guest hang*|guest crash*|guest reboot*|guest stuck|guest is stuck|"
	      "vm freez*|vm hang*|vm crash*|vm reboot*|vm stuck|vm is stuck|windows freez*|windows crash*|"
	      "windows hang*|windows reboot*|bsod|blue screen|boot loop|guest froze|vm froze", NULL,
	      "the guest's driver lost the device (a reset or power state, an interrupt that never comes), or the "
	      "guest has too little memory or the wrong CPU model",
	      "journalctl -b -k on the host at that time: lines of {address}: hostdevctl explain them; the end of "
	      GUEST_LOG "; hostdevctl check {guest}; start the guest once without the device: if it runs, the "
	      "device or its driver is the cause",
	      CHECKS("reset-works", "power-state", "memlock", "hugepages")),
	TYPED("release-crash", "detach*|unbind*|releas*|rmmod|virsh|modprobe|command|reattach*|re-attach*|nodedev*|"
	      "giv* back|rebind*|echo",
	      "crash*|panic*|oops|oopses|kernel bug|segfault*|kills|reboots", NULL,
	      "the device's driver fell over while it gave the device up or took it back: the card was not reset, or "
	      "the driver cannot do it twice; the kernel is then in no state to go on",
	      "restart the host first; journalctl -b -1 -k | hostdevctl explain - has the trace; then leave the "
	      "device on vfio-pci from the boot on (hostdevctl setup bind {address} --apply), or take it back only "
	      "after a guest that was shut down from inside; all functions of the card together; a newer kernel or "
	      "driver",
	      CHECKS("driver-release-safe", "reset-works", "device-alive")),
	TYPED("host-freeze", HOST, FREEZE, NULL,
	      "the host loses a device that it needs (its only graphics card, its disk or network, all of a group), "
	      "a driver hangs while it gives up the device, or a reset of the card takes the bus down",
	      "first look whether the host still answers by ssh: then only its screen is gone; after a restart, "
	      "journalctl -b -1 -k -e shows the last lines: hostdevctl explain them; hostdevctl check {guest} "
	      "and hostdevctl plan {guest} say what a start takes away",
	      CHECKS("last-gpu", "storage-free", "network-free", "driver-release-safe", "reset-works")),
	TYPED("release", "detach*|unbind*|releas*|rmmod|virsh|libvirtd|echo|shell|command|reattach*|re-attach*|"
	      "nodedev*|giv* back|rebind*",
	      "hang|hangs|hanging|hung|stuck|freez*|not return*|blocks|forever|takes minutes|waits", NULL,
	      "the device's driver waits for who still uses the device: a desktop, a program, a mounted disk, a "
	      "sound server; the kernel does not give up by itself",
	      "hostdevctl check {address} names who uses it: stop that, and the command ends; in another terminal "
	      "journalctl -b -k | hostdevctl explain - has 'blocked for more than'; if nothing uses it, the "
	      "driver is confused: restart the host, and bind the device to VFIO at boot (hostdevctl setup bind)",
	      CHECKS("driver-release-safe", "holders-free", "display-free")),
	TYPED("garbled",
	      SCREEN "|" GPU, "garbage|garbled|artifact*|artefact*|distort*|corrupt*|flicker*|scrambled|colours|"
	      "colors|resolution|refresh rate", NULL,
	      "the guest draws on the card without the card's own driver or with a wrong ROM, or host and guest write "
	      "into the same memory of an integrated GPU",
	      "look whether the guest runs the card's own driver (lspci -k, Device Manager); try the ROM of this "
	      "very card (hostdevctl attach --rom FILE); hostdevctl check {guest} names memory that the firmware "
	      "reserves, and a host console on the card",
	      CHECKS("rom-file", "display-free", "no-direct-region")),
	TYPED("vgpu-slow", VGPU, SLOW, NULL,
	      "a vGPU without a licence is slowed down after some minutes, its frame rate is limited, or what shows "
	      "the picture (RDP, VNC) or the guest's CPUs are the limit, and not the vGPU",
	      "in the guest, nvidia-smi -q | grep -i licen: not licensed: nvidia-gridd's log; nvidia-smi while it "
	      "lags: low GPU-Util: the CPUs or the remote display: pin CPUs (<vcpupin>), use a display that the GPU "
	      "encodes (Looking Glass, Moonlight, Parsec); the frame limit: frame_rate_limiter=0 in the vGPU's plugin "
	      "parameters (B and Q types)",
	      CHECKS("vgpu-vendor-ready", "mdev-present", "numa-near")),
	TYPED("slow-start", GUEST, "minutes|takes long|long time|takes ages|takes forever|slow to start|slow start|so "
	      "long", "start*|boot*",
	      "with a passed device all memory of the guest is allocated and locked at the start, and cards with large "
	      "memory windows take the guest's firmware long to set up",
	      "huge pages make it seconds (hostdevctl setup hugepages {guest}); less memory for the guest; a large "
	      "BAR: newer OVMF and QEMU, host-passthrough CPU with migratable off (maxphysaddr); what waits: top on "
	      "the host: QEMU at 100% of one CPU: memory; a manager that gives up: a longer start timeout",
	      CHECKS("hugepages", "memlock", "numa-near")),
	TYPED("slow", DEVICE "|" GUEST "|" USB "|" SCREEN, SLOW, NULL,
	      "the guest's CPUs or memory are far from the device or are shared with the host, its disk or interrupts "
	      "are emulated, or the card's link runs with fewer lanes or at a lower speed",
	      "hostdevctl show {address}: link speed and NUMA node; pin the guest's CPUs to that node "
	      "(<vcpupin>, <numatune>), use huge pages (hostdevctl setup hugepages {guest}) and "
	      "host-passthrough as CPU; Windows: turn on MSI for the card",
	      CHECKS("numa-near", "hugepages", "iommu-passthrough-mode")),
	TYPED("loose", USB "|" DEVICE, LOOSE, NULL,
	      "the device comes and goes: cable, hub or power, power saving of its port, or a reset by the guest; "
	      "a USB device that comes back has a new number, which the guest does not follow",
	      "journalctl -b -k -f while it happens: 'USB disconnect' is the cable, hub or power; pass it by its "
	      "port and give it again when it comes back (hostdevctl attach {guest} DEVICE --replug), or pass "
	      "the whole controller",
	      CHECKS("usb-present", "replug-started", "power-state")),
	TYPED("usb", USB, NOT_SEEN "|not pass*|not work*|stops working|no input|unknown device", NULL,
	      "the guest does not have the USB device: it was plugged in again since, has another id or number "
	      "now, the host or another guest uses it, or the guest has no controller for its speed",
	      "hostdevctl list usb --long shows whether it is here and who uses it; virsh dumpxml {guest} must have "
	      "its <hostdev> and a <controller type='usb' model='qemu-xhci'/>; hostdevctl attach {guest} DEVICE "
	      "--replug follows it; lsusb in the guest lists it, but nothing works: a small (cloud, virt) kernel "
	      "lacks its driver",
	      CHECKS("usb-present", "usb-unambiguous", "usb-free", "replug-started")),
	TYPED("guest-not-seen", DEVICE, NOT_SEEN "|not work*|not usable|not available", NULL,
	      "the running guest does not have the device: it is only in the definition of the next start or of "
	      "another guest, the guest has no driver for it, or a hook or manager took it out",
	      "virsh dumpxml {guest} (of the running guest) must have its <hostdev>: if not, hostdevctl attach "
	      "{guest} {address}; if it is there, lspci -nn in the guest lists it and lspci -k its driver: not "
	      "listed: the end of " GUEST_LOG "; hostdevctl check {guest} says what is wrong on the host",
	      CHECKS("device-present", "guest-topology", "device-alive")),
	TYPED("guest-driver", GUEST "|" GPU, "unknown device|llvmpipe|basic display|software render*|no acceleration|"
	      "not accelerat*|exclamation mark|yellow", NULL,
	      "the guest has the device but no driver for it, or its driver did not start",
	      "install the vendor's driver in the guest (for virtio devices virtio-win's); lspci -nnk in the guest "
	      "names driver and ids; Windows: the device's status in Device Manager has a code: hostdevctl explain "
	      "it; hostdevctl check {guest} shows whether its resets and ROM are well",
	      CHECKS("rom-file", "reset-works")),
	TYPED("not-pass", "not pass*|not made*|not become*|not attach*|not assign*|not add*|not hotplug*|not "
	      "hot-plug*|not work*|not unbind*|not detach*", DEVICE "|" USB "|function", NULL,
	      "something on the host forbids it: the IOMMU is off, the host or another guest uses the device, or "
	      "its group has others that must go with it",
	      "hostdevctl check {address} names each reason and its remedy; hostdevctl plan {address} shows what a "
	      "start would do; then hostdevctl attach GUEST {address}",
	      CHECKS("iommu-enabled", "iommu-group-viable", "storage-free", "network-free", "display-free")),
	TYPED("plug", "hot plug*|hotplug*|hot-plug*|plug in|plugged|plugging", "nothing|not|no", DEVICE "|" USB,
	      "the running guest was not given what was plugged in: it takes a rule for it, or the guest has no free "
	      "port for one more PCI device",
	      "hostdevctl attach GUEST DEVICE --replug gives a USB device again whenever it is plugged in; PCI: "
	      "hostdevctl attach GUEST {address} --live says what the guest lacks, such as a pcie-root-port",
	      CHECKS("replug-started", "usb-present", "guest-topology")),
	TYPED("host-network",
	      "network|lan|internet|ssh|connection", CUT_OFF,
	      HOST,
	      "the start took the network card that the host uses, alone or with its IOMMU group, or the names of "
	      "interfaces changed with a new card",
	      "hostdevctl plan {guest} shows what a start takes away, and hostdevctl check {guest} which of it the "
	      "host uses; ip -br link shows the names that the host's configuration must have",
	      CHECKS("network-free", "iommu-group-viable")),
	TYPED("network",
	      "network|lan|internet|connection|" NET, CUT_OFF,
	      GUEST,
	      "the guest's card has no link or no driver, or the switch or physical function drops what it sends "
	      "(MAC, VLAN, trust)",
	      "in the guest, ip -br link: no interface: lspci -k shows whether it has a driver; down: cable, or the "
	      "link state of the virtual function; up: ip link show INTERFACE on the host shows MAC and VLAN; "
	      "hostdevctl check {guest}",
	      CHECKS("vf-parent-up", "sriov-vfs-off", "device-present")),
	TYPED("memlock", "locked memory|memlock|memory lock|ulimit*|rlimit*", "error|limit*|exceed*|fail*|not|too|"
	      "denied", NULL,
	      "QEMU must lock all memory of a guest with a passed device, and who runs it may not lock so much",
	      "libvirt sets the limit itself, unless a unit or container is tighter: systemctl show virtqemud "
	      "libvirtd -p LimitMEMLOCK; <memtune><hard_limit> above the guest's memory and some GiB; QEMU by hand: "
	      "ulimit -l unlimited (limits.d: memlock); hostdevctl check {guest} compares them",
	      CHECKS("memlock", "unit-hardening", "hugepages")),
	TYPED("memory",
	      "memory|ram|swap|oom", "too much|too high|all|full|used|uses|using|allocated|locked|out of memory|"
	      "runs out|out of|killed|eats", GUEST "|" HOST "|" DEVICE,
	      "with a passed device all memory of the guest is locked in the host's RAM from the start: the device may "
	      "write anywhere in it, so that ballooning and swap do not help",
	      "free -h before the start must show the guest's <memory> and some more; give the guest less, or reserve "
	      "huge pages (hostdevctl setup hugepages {guest}); hostdevctl check {guest} compares the limits",
	      CHECKS("memlock", "hugepages")),
	TYPED("migrate", "migrat*|snapshot*|managedsave|save|hibernat*", GUEST "|" DEVICE, NULL,
	      "the state inside a passed device cannot be saved, so that such a guest is not migrated or "
	      "saved while it runs, unless the device's VFIO driver can do so",
	      "hostdevctl detach-from {guest} {address} first, then migrate or save, and attach it again (virtual "
	      "functions: --teaming keeps the network up); or shut the guest down; hostdevctl check {guest} shows "
	      "which devices can migrate",
	      CHECKS("migration-possible")),
	TYPED("shared",
	      "two guests|two vms|both guests|both vms|several vms|several guests|multiple vms|multiple guests|"
	      "share*|same card|same gpu", DEVICE "|" USB, NULL,
	      "a whole device belongs to one running guest at a time; only its virtual functions or mediated devices "
	      "can go to several",
	      "hostdevctl status shows who has it; network cards: hostdevctl setup vfs INTERFACE N; GPUs with vGPU: "
	      "hostdevctl setup mdev PARENT TYPE; else several equal cards, and hostdevctl attach GUEST --any "
	      "takes one that is free",
	      CHECKS("iommu-group-exclusive", "sriov-vfs-off", "mdev-present")),
	TYPED("idle",
	      GPU "|" DEVICE "|fan|fans", "idle|hot|watt|watts|full speed|power consumption|fan|fans|loud|noisy", NULL,
	      "a card on vfio-pci without a guest has no driver that lowers its clocks and controls its fans",
	      "give it back to its driver while no guest runs: hostdevctl reattach {address} (the hook does so at each "
	      "stop if it was not bound to VFIO at boot); hostdevctl show {address} has its driver and power state",
	      CHECKS("power-state", "driver-release-safe")),
	TYPED("serial",
	      "serial|ttyusb*|ttyacm*|ttys0|com port|com1",
	      "not|missing|gone|disappear*|renamed|changes|wrong|busy|lost",
	      NULL,
	      "the serial port is used on the host, its /dev/ttyUSB number has changed, or the guest's definition "
	      "names another one",
	      "hostdevctl list serial --long shows the ports and who uses them; give it by the name below "
	      "/dev/serial/by-id, which stays: hostdevctl attach {guest} /dev/serial/by-id/NAME --config",
	      CHECKS("serial-present", "serial-free")),
	TYPED("paused", GUEST, "paused|pauses|pause", NULL,
	      "QEMU stopped the guest: its disk is full or has an error, the CPU met what KVM cannot run, or the host "
	      "slept while the guest had a device",
	      "virsh domstate {guest} --reason: 'I/O error': df -h for its disks; then virsh resume {guest}; else the "
	      "end of " GUEST_LOG ": hostdevctl explain it",
	      CHECKS("sleep-handled")),
	TYPED("bound", "driver|drivers|vfio-pci|vfio|nouveau|amdgpu|nvidia|i915|xhci_hcd|snd_hda_intel",
	      "grab*|claim*|not bound|not bind*|still uses|still bound|instead of|takes|still load*|loads anyway|"
	      "blacklist*|not take|not grab|not claim|not use vfio*|wrong driver|not load*|bind", NULL,
	      "the host's driver took the device before vfio-pci: the ids are missing in the initramfs or on the "
	      "command line, vfio-pci loads too late, or the driver is built into the kernel",
	      "lspci -nnk -s {address} names the driver that has it; hostdevctl attach and the hook bind it at the "
	      "guest's start, so that nothing needs to be bound at boot; else hostdevctl setup bind {address} "
	      "--apply, and restart",
	      CHECKS("vfio-ids-bound", "vfio-modules-at-boot", "driver-release-safe", "overrides-match")),
	TYPED("identity", "bitlocker|activation|activated|anti-cheat|anticheat|licence|license|tpm", "lost|loses|"
	      "recovery|asks|not|again|deactivated|missing|fail*|error|banned|after", GUEST "|passthrough|device|"
	      "adding|windows",
	      "the guest's system ties it to the hardware that it sees, and that changed: another machine type, TPM, "
	      "board identity or firmware variables; the passed device itself rarely counts",
	      "virsh dumpxml {guest} before and after: keep <uuid>, <sysinfo>, the machine type and <nvram>; <tpm> "
	      "with its state below /var/lib/libvirt/swtpm; suspend BitLocker before a change; a vGPU's licence: "
	      "nvidia-smi -q in the guest",
	      CHECKS("guest-topology")),
	TYPED("no-start", GUEST, NO_START, NULL,
	      "the start is refused or ends early: the device is used by the host or another guest, its group is "
	      "not free, memory cannot be locked, or the guest's firmware does not find its disk",
	      "hostdevctl check {guest} names what refuses; virsh start {guest} prints libvirt's reason, and "
	      "hostdevctl explain --guest {guest} QEMU's: hostdevctl explain it. It is started (virsh domstate: "
	      "running), but does not come up: a virtual display beside the card shows where it stops; <rom "
	      "bar='off'/> or the card's own ROM file; without the device it boots: the driver of its system does not "
	      "get along with it",
	      CHECKS("iommu-group-viable", "memlock", "storage-free", "device-present")),
	TYPED("no-boot", HOST, NO_START, NULL,
	      "the host lost what it boots from or shows: a parameter, a driver bound to VFIO at boot that it needs, "
	      "or addresses of devices that moved",
	      "in the boot menu press e, remove vfio-pci.ids and what was added last, and boot; then hostdevctl setup "
	      "--revert undoes what it changed, and hostdevctl check says what is wrong",
	      CHECKS("boot-parameters-active", "storage-free", "last-gpu")),
	TYPED("device-freeze", DEVICE "|" USB, FREEZE "|not respond*|dead", NULL,
	      "the device no longer answers: a reset or wake-up failed, its driver or firmware hangs, or it is "
	      "too hot or short of power",
	      "lspci -s {address}: 'rev ff' means that it is dead, and only a power cycle of the host helps; "
	      "journalctl -b -k | hostdevctl explain - has the kernel's reason; hostdevctl check {address} shows its "
	      "resets and power state",
	      CHECKS("device-alive", "reset-works", "power-state")),
	{ .answer = { .id = NULL } },
};
