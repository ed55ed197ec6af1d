/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_scope.c - whose complaint is it: which system, manager or step does a sentence speak of?
 *
 * A cluster, another hypervisor, a board or a script has causes of its own, whatever the complaint; what
 * families_typed.c says of guests and hosts in general fits less.  So these rows are asked before.
 */
#include "config.h"

#include "explain/families_typed.h"

#define FAILS \
	"not|no|fail*|error|errors|problem*|issue|issues|broken|broke|black|blank|stuck|hang|hangs|hung|freez*|" \
	"froze*|" \
	"crash*|lost|lose|loses|missing|dead|dies|unstable|slow|panic*|unable|disappear*|brings|down|trouble|strand*"
#define UNSEEN "not see|not show*|not appear*|not detect*|not recogni*|not work*|missing|no access|not find|" \
	"not found|" \
	"not available|not visible|not accessible"

const struct hd_typed hd_families_scope[] = {
	TYPED("other-hypervisor", "esxi|vmware|vsphere|virtualbox|hyper-v|bhyve|acrn|xcp-ng|"
	"xenserver", FAILS, DEVICE "|"
	      USB "|" GUEST "|" HOST,
	      "the device is not free, not reset, or needs more room for its memory than the hypervisor gives "
	      "the guest; "
	      "a host that goes down with it: the device or its driver breaks the link, or the firmware is too old",
	      "the hypervisor's own log at that time: ESXi: vmkernel.log and vmware.log (all memory reserved, "
	      "pciPassthru.use64bitMMIO for large cards); bhyve: pciconf -lv must show ppt, with wired memory "
	      "(-S); Xen: xl "
	      "dmesg, xl pci-assignable-list; VirtualBox: USB only; then Above 4G Decoding and a firmware "
	      "update of the host, and the same card in a host with KVM, where hostdevctl check shows what is wrong",
	      CHECKS("iommu-enabled", "reset-works")),
	TYPED("pod-stuck", "pod|pods|plugin|stuck in pending|daemonset|validator|virt-launcher|"
	"containercreating|device plugin|operator",
	      "stuck|crash*|pending|not start*|not schedul*|unschedulable|not ready|restarting|not come up|not running|"
	      "containercreating|fails|failing|lose*|lost|not mount|stuck in pending", NULL,
	      "the pod waits for, or fails in, one step of its start: a resource that no node has free, a "
	      "network plugin that does not get its function, or an init container that checks a card of another kind",
	      "kubectl describe pod: its last event, and the state of each init container; kubectl logs POD -c "
	      "CONTAINER --previous: the first error: hostdevctl explain it; FailedMount, FailedCreatePodSandBox: "
	      "journalctl -u kubelet of that node; Pending: kubectl describe node: Allocatable less Allocated of the "
	      "resource; on the node hostdevctl list --tree shows functions and drivers",
	      CHECKS("iommu-enabled", "vfio-modules", "sriov-vfs-off", "holders-free")),
	TYPED("nested", "nested|inside a vm|inside of a vm|vm inside|vm in a vm|within a vm|inside a guest|"
	"inside another",
	      FAILS, DEVICE "|" GUEST "|iommu",
	      "a guest can pass a device on only if it sees an IOMMU of its own, and CPU features of the host "
	      "for a second level; a device that it got is otherwise bound to it",
	      "outer host: <cpu mode='host-passthrough'/>, and <iommu model='intel'> (q35, caching_mode='on') or "
	      "model='virtio' in the guest's definition; in the guest: intel_iommu=on, and hostdevctl check "
	      "there; nested=Y "
	      "in /sys/module/kvm_*/parameters; if it is only for a container: no second level is needed",
	      CHECKS("iommu-enabled", "guest-topology")),
	TYPED("release-changed", "kernel|kernels|proxmox|pve|ubuntu|fedora|debian|unraid|truenas|release|version",
	      "6.*|5.*|7.*|8.*|9.*|22.04|24.04|26.04|latest|newest|newer|new",
	      "not support*|not work|not seem to work|not seem support*|not build|not compile|broke|broken|"
	      "stopped|worked "
	      "with|worked on|worked in|worked before|worked until|regression|not working|since upgrading|after "
	      "upgrading",
	      "that release differs from what the setup or script was made for: a module that does not build for its "
	      "kernel, an option or device name that changed, or a fault of the release itself",
	      "boot the former kernel once (Proxmox: proxmox-boot-tool kernel pin): does it work there, it is "
	      "the release: "
	      "dkms status and its make.log name a module that was not built: its version for this kernel, and "
	      "matching "
	      "headers; hostdevctl doctor names options that this host ignores; addresses may have moved: hostdevctl "
	      "relocate {guest}; journalctl -b -k of both kernels shows what differs",
	      CHECKS("kernel-modules-installed", "boot-parameters-active", "vfio-modules", "hook-installed")),
	TYPED("unbind-hangs", "unbind*|unload*|rmmod|modprobe -r", "hang|hangs|hung|stuck|not return|freez*|"
	"froze*|panic*|100%|not finish*|forever|not succeed|not work|seconds of waiting", NULL,
	      "the driver waits until nobody uses the card, or fails in giving it up: a display server, a "
	      "compute program, a monitor of sensors, its sound function or the framebuffer of the boot has it",
	      "hostdevctl status, fuser -v /dev/dri/* /dev/nvidia* and /dev/snd/* name who has it: stop these before "
	      "(display manager, nvidia-persistenced, containers, sensors); unbind the sound function and "
	      "/sys/class/vtconsole/*/bind first; once it hangs only a restart helps (journalctl -b -1 -k has "
	      "the trace); surest: vfio-pci from the boot on: hostdevctl setup boot",
	      CHECKS("holders-free", "display-free", "driver-release-safe", "last-gpu")),
	TYPED("rebound", "bind|binding|rebind*|unbind*|switching drivers|rebound", "unstable|until reboot|until "
	"restart|until a restart|crash*|corrupt*|only after a reboot|needs a reboot|artifacts", NULL,
	      "the host's driver leaves the card in a state that the guest's driver does not expect, and its "
	      "reset does not undo that",
	      "let vfio-pci have the card from the boot on (hostdevctl setup boot), so that the host's driver "
	      "never starts "
	      "it; hostdevctl check {address} shows its resets; AMD: the module vendor-reset for older cards; "
	      "else power the host off between both uses",
	      CHECKS("reset-works", "driver-release-safe", "device-alive")),
	TYPED("option-ignored", "vfio-pci.ids*|vfio_pci.ids*|kernel parameter*|boot parameter*|kernel option*|"
	"kernel command line|cmdline|modprobe.d|softdep|pcie_acs_override*|intel_iommu*|amd_iommu*|driverctl",
	      "ignored|no effect|not effective|not applied|not take effect|still activated|still uses|still loaded|"
	      "still bound|still in use|still used|not work|not loaded|nothing changes|not change*|not seem to", NULL,
	      "the option does not reach the kernel, or too late: the boot loader's file was not written again, the "
	      "graphics driver in the initramfs loads before vfio-pci, or the kernel has the module built in "
	      "and so does not read modprobe.d",
	      "cat /proc/cmdline: not there: the boot loader (update-grub, grub2-mkconfig, kernelstub, "
	      "proxmox-boot-tool "
	      "refresh); there: vfio-pci must be in the initramfs before the driver: lsinitramfs or lsinitrd | "
	      "grep vfio, "
	      "softdep DRIVER pre: vfio-pci, then build the initramfs; lspci -nnk shows the result; hostdevctl "
	      "setup boot does all of it for this host",
	      CHECKS("boot-parameters-active", "vfio-modules", "iommu-enabled", "kernel-modules-installed")),
	TYPED("only-card-boot", "only gpu|only graphics card|only card|single gpu|my gpu|one gpu|primary "
	"gpu", "not boot|not "
	      "start|not get back|not log in|no display|bricked|locked out", "pass*|vfio*|bound|virtio|stub|isolat*",
	      "the host starts, but without its screen: vfio-pci took the only card at boot; or its desktop "
	      "waits for a display that is not there",
	      "at the boot loader press e and delete vfio-pci.ids= (or add modprobe.blacklist=vfio-pci) for one "
	      "start, or log in by ssh; then hostdevctl setup --revert undoes the binding; with one card, hostdevctl "
	      "handover gives it to the guest only while that runs",
	      CHECKS("last-gpu", "display-free", "handover-possible")),
	TYPED("script-screen", "script|hook|hooked|hooks|unhook*|start.sh|revert.sh", "black|blank|frozen|"
	"cursor|sleep|no signal|no display|dark|not come back|screen|text", NULL,
	      "the script that frees the card stopped in the middle, or the guest did not start after it: the host has "
	      "no screen then, and nobody sees the error; or the guest started and does not draw on the card",
	      "over ssh: virsh list: does the guest run; no: run the script's commands one by one: the one that "
	      "fails or hangs is the cause, and journalctl -b -u libvirtd -u virtqemud has its output: hostdevctl "
	      "explain it; yes: "
	      "hostdevctl check {guest}: ROM, reset and <video model='none'>; hostdevctl handover makes a script for "
	      "this host",
	      CHECKS("hook-answers", "handover-possible", "display-free", "rom-file", "reset-works")),
	TYPED("macos", "macos|mac os|mac os x|opencore|clover|hackintosh|monterey|ventura|sonoma|sequoia|big "
	"sur", FAILS,
	      DEVICE "|" SCREEN "|" USB "|" GUEST,
	      "macOS starts the card only if it has a driver for that very model (some AMD ones; NVIDIA up to "
	      "Kepler) and finds ROM, id and ports as it expects",
	      "is the card on a list of those that this release of macOS supports: no: no setting helps; yes: "
	      "boot verbose "
	      "(-v): where it stops; boot-args agdpmod=pikera for newer AMD cards; WhateverGreen; the card's own ROM "
	      "(hostdevctl attach --rom FILE); <video model='none'>; no virtual display beside it; hostdevctl "
	      "check {guest}: its reset",
	      CHECKS("rom-file", "reset-works", "guest-topology")),
	TYPED("bsd", "pfsense|opnsense|freebsd|openbsd|openwrt", FAILS, NET "|" DEVICE "|" USB,
	      "the guest's system has no driver, or no firmware, for this revision of the card, or its "
	      "interrupts (MSI-X) do not arrive",
	      "in the guest pciconf -lv (OpenWrt: lspci -k, dmesg): none@ means no driver: a newer release, or "
	      "the package of "
	      "the vendor's driver (realtek-re-kmod; kmod-... and firmware for OpenWrt); there but dead: "
	      "hw.pci.enable_msix=0; works nowhere: give the guest a virtio card on a bridge and leave the "
	      "driver to the host; on the host hostdevctl check {address}",
	      CHECKS("device-present", "network-free", "reset-works")),
	TYPED("board", "jetson|orin|xavier|raspberry*|rk3588|rockchip|orange pi|smmu|arm64|aarch64|ampere|"
	"risc-v|riscv", FAILS,
	      NULL,
	      "boards with ARM describe devices in a device tree: the SMMU, MSI controller and groups that "
	      "passing needs "
	      "are there only for some ports, and an option for all (iommu off, bypass) takes devices away that "
	      "need it",
	      "dmesg | grep -i -e smmu -e gic -e iommu, and ls /sys/kernel/iommu_groups: no group: this port "
	      "cannot; take an "
	      "option back that was set for all (from a serial console or the boot loader's backup entry) and "
	      "set it for the one device instead; platform devices go by vfio-platform, PCI ones need GICv3 with ITS",
	      CHECKS("iommu-enabled", "iommu-group-viable", "interrupt-remapping")),
	TYPED("usb-node", "/dev/bus/usb*|usb device path|usb node|usb device node", "owned|owner|permission*|"
	"root|not access|denied|not open|group", NULL,
	      "the node of the USB device belongs to root, and who starts the guest may not open it; it is made "
	      "again at each plug, so that chown does not last",
	      "a udev rule: SUBSYSTEM==\"usb\", ATTR{idVendor}==\"VVVV\", ATTR{idProduct}==\"PPPP\", GROUP=\"kvm\", "
	      "MODE=\"0660\" in /etc/udev/rules.d, udevadm control --reload, plug it again; the user in that "
	      "group, a new login; or let libvirt (qemu:///system) pass it, which does that itself",
	      CHECKS("usb-present", "usb-free")),
	TYPED("view-stale", "ui|dashboard|web interface|widget|appears as|shows as|listed as|listed under|"
	"marked|reverts|gui|"
	      "status", "but|although|revert*|stale|does nothing|still|not be listed|not show*|wrong|not change*",
	      DEVICE "|" KUBE "|cloudstack|qubes|widget",
	      "what the manager shows is its own record: the step on the host failed or was not done, or the "
	      "next discovery sees the device with another driver and overwrites it",
	      "on the host hostdevctl status and lspci -nnk show who has it in truth; the agent's or "
	      "controller's log of that "
	      "host at that minute has the failed step: hostdevctl explain it; take the device away in the "
	      "manager and add "
	      "it again; a functions list of the host's driver never shows what vfio-pci has, as it must be",
	      CHECKS("holders-free", "device-present", "vfio-modules")),
	TYPED("laptop-tool", "supergfx*|asusctl|envycontrol|optimus*|prime-select|force-igpu|gpu mode|vfio mode|"
	"mux switch|switcheroo*|hybrid", FAILS, NULL,
	      "the tool that switches graphics keeps a mode of its own, which a restart sets again, and "
	      "conflicts with others that bind the card",
	      "its status (supergfxctl -g, envycontrol -q) and its file in /etc: set Hybrid there from a "
	      "console or ssh, "
	      "restart its service, log out; stuck: disable the service and restart: the card is then with its "
	      "driver; only one of it and hostdevctl setup boot may bind the card",
	      CHECKS("last-gpu", "display-free", "driver-release-safe", "boot-parameters-active")),
	TYPED("after-end", "upon shutdown|after shutdown|after the vm stops|after vm shutdown|after closing|"
	      "on shutdown|when i shut down|after shutting down|after the guest|when shutting down|"
	      "upon shutting down|when i close the", "host|desktop|display manager|linux|screens|monitors|my screen",
	      "turning off|turn off|turns off|stay off|not launch|not come|no display|black|no signal|not return|"
	      "not start|no picture|login|tty|stays",
	      "the guest has ended, but its card did not come back to the host's driver, or the desktop was not "
	      "started again: the hook of the end did not run to its end",
	      "over ssh: virsh list: is the guest off; lspci -nnk: which driver has the card now: vfio-pci or "
	      "none: run the "
	      "end hook's commands one by one: the one that fails or hangs is the cause: hostdevctl explain it; "
	      "the host's driver: systemctl restart display-manager; hostdevctl recover gives back what was left; 'rev "
	      "ff': power the host off and on",
	      CHECKS("hook-answers", "driver-release-safe", "reset-works", "handover-possible")),
	TYPED("program-unused", "ollama|jellyfin|plex|emby|frigate|pytorch|torch|tensorflow|rocm|cuda|opencl|"
	"blender|steam|"
	      "hardware acceleration|transcod*|nvenc|llm|stable diffusion|whisper", "not use|not using|not used|"
	      "not utilize*|cpu|"
	      "hang|hangs|not work*|falls back|not possible|instead of", NULL,
	      "the system has the card, but the program does not use it: its library does not fit the driver, "
	      "the user or "
	      "container lacks the node, the guest's CPU lacks an instruction (AVX), or its own setting is off",
	      "where the program runs (the very guest or container): nvidia-smi, rocminfo, clinfo or vainfo: "
	      "fails: driver and "
	      "node first (ls -l /dev/dri /dev/nvidia* /dev/kfd, groups render and video, --device, --gpus "
	      "all); works: the program's own log at its start, its version for that CUDA or ROCm, <cpu "
	      "mode='host-passthrough'/> (Proxmox: host); AMD compute needs PCIe atomics: dmesg | grep -i atomic",
	      CHECKS("device-present", "device-alive")),
	TYPED("which-driver", "do i need|do i have to|which driver*|what driver*|should i install|install as "
	"per normal|need to uninstall|install that first|supposed to|suppose to|next steps|what do i install",
	      "driver|drivers|plugin|install|rom|module|package", NULL,
	      "the guest gets the device itself, and so needs the maker's usual driver, as on a machine of its "
	      "own; a vGPU needs "
	      "the guest driver of the host driver's release instead. The host needs no driver for a passed "
	      "device, only "
	      "vfio-pci; for vGPU and virtual functions it needs the maker's host driver, and no second one beside it",
	      "host: lspci -nnk: vfio-pci for a whole card, the maker's driver (vGPU, physical function) "
	      "otherwise: remove other "
	      "drivers of the same card before; guest: install the usual driver, restart, and lspci -nnk or "
	      "Device Manager must "
	      "show it; a container uses the driver of the system it runs on, with libraries of the same version",
	      CHECKS("vfio-modules", "device-present", "vgpu-vendor-ready")),
	TYPED("windows-crash", "windows|win10|win11|windows server|virtio-win|viogpu*", "bsod|blue screen|"
	"bluescreen*|bugcheck|dod crash*|driver crash*|crashes on|crash on",
	      NULL,
	      "the guest's system crashed, not the host: a driver in it met a device or a feature of the "
	      "hypervisor that it does not know, usually the one that was installed or attached last",
	      "in the guest: the stop code and the file that it names (Event Viewer, C:\\Windows\\Minidump): "
	      "hostdevctl explain "
	      "the code; another release of that very driver (newer, or the last that knows this Windows); "
	      "start it once without the device: safe then: the device or its reset; hostdevctl check {guest}; <cpu "
	      "mode='host-passthrough'/> and kvm.ignore_msrs=1 for faults at the CPU",
	      CHECKS("reset-works", "guest-topology", "device-alive")),
	TYPED("late", "have to restart|must restart|need to restart|needs a restart|restart the service|until i "
	"restart|have to reload|must reload|every reboot|each reboot|after every boot|start or reboot|doesn't "
	      "remember", DEVICE "|" USB "|"
	      KUBE, NULL,
	      "something reads the devices only when it starts, and the device, its driver or a setting comes "
	      "later than that; or a setting was made by hand and is gone after a boot",
	      "what must be restarted by hand: systemctl edit it: After= the unit that makes the device ready "
	      "(the driver's, or "
	      "hostdevctl's), or restart it after each change (kubectl rollout restart of a plugin); journalctl "
	      "-b: which came first; settings in /sys: hostdevctl setup makes them at each boot",
	      CHECKS("boot-parameters-active", "vfio-modules", "sriov-vfs-off")),
	TYPED("container", "docker|container|containers|podman|lxc|dockur|dockurr", UNSEEN, DEVICE "|" USB "|" GUEST,
	      "a container has only the nodes it is given, with its user's rights; a guest inside of it needs "
	      "the device by VFIO (/dev/vfio), and a GPU shared with the container is none in that guest",
	      "ls -l of the node in the container: missing: --device (/dev/dri, /dev/bus/usb, /dev/vfio/vfio and "
	      "/dev/vfio/GROUP), there: --group-add of its group, --ulimit memlock=-1 for VFIO; a USB device "
	      "that is plugged "
	      "later needs the whole /dev/bus/usb; for a guest inside: vfio-pci on the host (hostdevctl list "
	      "--tree), and -device vfio-pci,host=ADDRESS among QEMU's arguments",
	      CHECKS("vfio-node", "vfio-modules", "iommu-group-viable", "memlock")),
	TYPED("window", "resizable bar|rebar|re-bar|above 4g|above4g|large bar|bar size|64-bit bar|bar space|mmio size",
	      FAILS, NULL,
	      "the card's memory window has no room: the host's firmware gives addresses below 4 GiB only, or "
	      "the guest's 64-bit window is smaller than the card's memory",
	      "lspci -vvs {address}: Region and Resizable BAR; host's firmware: Above 4G Decoding on, CSM off; "
	      "guest: UEFI, q35, "
	      "<pcihole64 unit='GiB'> above the card's memory on the PCI root; a card that fails only with it: "
	      "Resizable BAR off in the firmware, or a smaller size by its resource1_resize before the guest's start",
	      CHECKS("device-alive", "guest-topology")),
	TYPED("external", "egpu|thunderbolt|usb4|oculink", FAILS, NULL,
	      "what is plugged by Thunderbolt comes after the boot, perhaps at another address and without room "
	      "for its windows; it has to be allowed, and leaves the bus with a cable or a sleeping link",
	      "boltctl list: authorized; plug it before the start; lspci -vvs {address}: windows without an address: "
	      "pci=realloc,hpbussize=0x33,hpmmioprefsize=32G; bind by id (hostdevctl setup boot) as its address "
	      "may move; pcie_aspm=off against a sleeping link; in its group: hostdevctl list --tree",
	      CHECKS("device-present", "iommu-group-viable", "device-alive", "power-state")),
	TYPED("detected", "anti-cheat|anticheat|easy anti*|battleye|vanguard|ricochet|vm detected|virtual "
	"machine detected|running in a virtual machine|detects the vm", NULL, NULL,
	      "the program looks for signs of a virtual machine and refuses to run in one; that is its maker's "
	      "rule, and no fault of the device",
	      "ask its maker whether guests are allowed: some are; hiding KVM (<kvm><hidden state='on'/>) helps "
	      "against drivers, rarely against such programs, and may break their terms; for these programs start the "
	      "system on the machine itself",
	      CHECKS("guest-topology")),
	TYPED("can-it", "wondering|is it possible|possible to|is there a way|any way to|does anyone|has anyone|"
	"any plans|running under|run under|run inside|work inside|work in a vm|support running|will it work|would "
	      "it work|can this|does this support|is this supported", DEVICE "|" GUEST "|" USB "|driver|npu", NULL,
	      "a device can go to a guest if it is a PCI function (or USB device), alone in its IOMMU group, "
	      "with a reset "
	      "that works, and the guest has its driver; then the driver sees the real device and works as on "
	      "the host. A part of a device needs SR-IOV or mediated devices, and a container no passing at all",
	      "hostdevctl list --tree shows groups, functions and resets of this host; hostdevctl check ADDRESS "
	      "whether this "
	      "one can go to a guest, and what is in the way; hostdevctl attach GUEST ADDRESS gives it; in a "
	      "container: its node with --device; whether the driver itself refuses virtual machines, its maker's "
	      "documentation says",
	      CHECKS("iommu-enabled", "iommu-group-viable", "reset-works", "last-gpu")),
	{ .answer = { .id = NULL } },
};
