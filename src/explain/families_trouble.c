/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_trouble.c - what does a line mean by what it is about, if only its speaker or error is known?
 *
 * Asked as families_path.c: a line that names an operation or a resource says more than that a driver or
 * manager reports something, and who pastes it has no other line.
 */
#include "config.h"

#include "explain/families.h"

#define MANAGERS (HD_SAYS_KUBE | HD_SAYS_NOVA | HD_SAYS_PROXMOX | HD_SAYS_XEN | HD_SAYS_CONTAINER | \
		  HD_SAYS_LIBVIRT | HD_SAYS_QEMU)

#define ABOUT(speakers, words, id, ...) \
	{ speakers, 0, NULL, { "general-about-" id, HD_SPEAKER_TOOL, { NULL }, __VA_ARGS__, HD_MESSAGE_GENERAL }, \
	  words }
#define CHECKS(...) { __VA_ARGS__ }

const struct hd_family hd_families_trouble[] = {
	ABOUT(0, "swiotlb*|bounce buffer*|dma mapping|map dma|dma_map*|coherent dma|dma buffer*|dma memory|iova|"
	      "dma mask|dma address*",
		"dma",
		"the device got no memory that it can reach by DMA: '{reason}'. The bounce buffer (swiotlb) is full or "
		"too small for its requests, which confidential and Xen guests all go through, or the IOMMU refused "
		"the mapping",
		"dmesg | grep -i -e swiotlb -e iommu where it was printed: full: swiotlb=131072 (slots of 2 KiB) on "
		"that kernel's command line, or less queues of the driver; in a guest without memory encryption "
		"there should be none: give it more memory below 4 GiB, or the driver's 64-bit DMA; refused on "
		"the host: journalctl -k -b -g 'DMAR|IO_PAGE_FAULT' names the device",
		CHECKS("iommu-enabled", "no-direct-region")),
	ABOUT(0, "aperture|gtt|ggtt|gart|stolen memory|ring buffer*|out of vram|vram allocation|buffer object*|"
	      "allocate vram|video memory|graphics memory|allocate bo|pin buffer|pin object*",
		"graphics-memory",
		"the graphics card's own memory or its address table is too small or not reachable for what was asked: "
		"'{reason}'. Too much is drawn or computed, the window (BAR) is smaller than the memory, or the "
		"firmware reserved too little for an integrated GPU",
		"fewer programs or a smaller model on the card (nvidia-smi, radeontop, intel_gpu_top); integrated: "
		"more 'DVMT' or 'UMA' memory and aperture in the firmware; at the driver's start: lspci -vs {address}: "
		"a window without an address: Above 4G Decoding, in a guest q35 with UEFI; after a guest had it: "
		"switch the host off and on",
		CHECKS("reset-works", "device-alive", "no-direct-region")),
	ABOUT(0, "vbios|video bios|bios image|atombios|atom bios|bios signature|vfct|acrx|usable image|bios rom|"
	      "option rom|rom image|vbt|opregion|expansion rom|rom contents|bios table*",
		"card-rom",
		"the driver did not find the card's ROM (video BIOS): '{reason}'. It takes it from the card, or from "
		"tables of the host's firmware, which a guest does not have",
		"on the host: cat the card's rom file below /sys/bus/pci/devices/{address} (echo 1 > it first) while "
		"nothing uses the card, or take the vendor's file of this very card: hostdevctl attach --rom FILE "
		"gives it to the guest; integrated and laptop GPUs: their ROM is in the firmware: extract it (VFCT "
		"table, UEFI update file); a card that only computes does without",
		CHECKS("rom-file", "last-gpu")),
	ABOUT(0, "query|get info|control call|rpc call|unsupported by|not supported by|telemetry|sensor*|"
	      "unknown request|unhandled request|optional|getter",
		"query",
		"somebody asked the device or driver for something that it does not have: '{reason}'. Such questions "
		"come at each start and are harmless if the device works otherwise; a driver or tool that is newer "
		"than the card or the host's part asks more of them",
		"does the device work in the guest: yes: nothing to do; no: it is not this line: look for another "
		"error near it: host's and guest's driver must be of one release, and the card on the vendor's list; "
		"a modified driver (unlocked vGPU): its patch must be the one for this release",
		CHECKS("vgpu-vendor-ready", "device-alive")),
	ABOUT(0, "guilty|vram is lost|gpu hang|gpu reset|context lost|job timed out|job timeout|ring timeout|engine "
	      "reset|device lost|context reset|soft recovered|skipped job*",
		"work-hung",
		"a program's work on the card hung, the driver reset the card, and what was in its memory is lost: "
		"'{reason}'",
		"start the programs that drew or computed again (the desktop, too); the line names whose work it was: "
		"the same program each time: update it and the driver (mesa, ROCm, CUDA); any program: the card's "
		"power, heat or overclocking; right after a guest had it: it was not reset: switch the host off and "
		"on",
		CHECKS("reset-works", "device-alive", "power-state")),
	ABOUT(HD_SAYS_NET | HD_SAYS_NVME | HD_SAYS_PCI | HD_SAYS_IGPU | HD_SAYS_VGPU | HD_SAYS_NVIDIA | HD_SAYS_AMDGPU,
	      "from pf|to pf|the pf|pf is|mailbox|virtchnl|handshake|vf mode|vf2pf|parent function|is a vf|as vf|"
	      "no done completion",
		"vf-parent",
		"the driver of a virtual function gets no answer from the physical function's driver: that is not "
		"loaded, of another release, or resets; or the host's driver took functions that are meant for guests",
		"readlink /sys/bus/pci/devices/{address}/physfn/driver: none or vfio-pci: give the physical function "
		"to its driver; functions for guests: echo 0 > sriov_drivers_autoprobe of the physical function "
		"before they are made, or hostdevctl setup vfs binds them; in a guest: the physical function's driver "
		"on the host must fit (dmesg there at that time)",
		CHECKS("vf-parent-up", "sriov-vfs-off")),
	ABOUT(0, "page size*|pagesize|pagesizes|not aligned|alignment|unaligned|granule|64k|64 kib|page boundary",
		"page-size",
		"sizes or places in memory do not fit the page size of host and guest: '{reason}'",
		"getconf PAGE_SIZE on host and guest: 64 KiB on one side (arm64, ppc64): use a kernel with 4 KiB "
		"pages on the host, or the same on both; <memory> and huge pages of the guest: a multiple of the page "
		"size; a device whose window is smaller than a page: a newer QEMU, or another device",
		CHECKS("hugepages")),
	ABOUT(0, "no such option|unknown parameter|module option*|parameter '*|boot parameter|kernel parameter|"
	      "unrecognized parameter|option is|ignoring option|ignored option|unknown kernel command",
		"option",
		"an option that somebody set is not one of this kernel, driver or program: '{reason}'. It may be new, "
		"gone, built out of this kernel, or need something that is off in the firmware",
		"modinfo -p of the module, the program's --help, or the kernel's documentation of uname -r lists what "
		"there is; grep -r the option's name in /etc/modprobe.d and /proc/cmdline: correct or remove it; then "
		"rebuild the initramfs and restart",
		CHECKS("boot-parameters-active")),
	ABOUT(0, "not offered|offered by|unknown resource|no device with|pci address of|no pci address*|device plugin*|"
	      "does not belong|for claim|capacity|allocatable|not registered|resource name|"
	      "insuf*|unschedulable|failedscheduling",
		"resource",
		"the manager does not find the device that it shall give: '{reason}'. Its plugin or controller offers "
		"only what its selector fits (ids, drivers, names) and what was there at its start; a device that "
		"moved has another name since",
		"what it offers: kubectl describe node (Allocatable), kubectl get pcidevices,pcideviceclaims, pvesh "
		"get /cluster/mapping/pci, openstack resource provider inventory list; what there is: lspci -nnk on "
		"that host: id and driver must be those of the selector; a name of an object that is not there: "
		"delete the stale claim or mapping and make it again; then restart the plugin",
		CHECKS("device-present", "iommu-group-viable", "vfio-modules")),
	ABOUT(0, "no device*|no gpu*|no supported gpu*|no compatible*|no capable device*|no cuda*|no cuda-capable*|no "
	      "opencl*|no vulkan*|no suitable device*|no adapter*|no accelerator*|no coral|no edgetpu|no tpu*|not "
	      "find any|no rocm-capable*|no nvidia*|no amd gpu*|no intel gpu*|devices were discovered|gpus were "
	      "discovered|no platforms|no hip*|device count 0|0 devices|found 0|no usable device*|no hardware",
		"program-no-device",
		"the program finds no device of its kind in the system or container that it runs in: the device is "
		"not in there at all, it has no driver there, or the container was not given its node: '{reason}'",
		"in that system: lspci -nnk and lsusb: not listed: virsh dumpxml {guest} (of the running guest) must "
		"have it; listed without 'driver in use': small and cloud kernels lack it: linux-modules-extra or the "
		"vendor's driver, modprobe it, dmesg; with a driver, but not in a container: pass its node (--device "
		"/dev/dri, --gpus all, /dev/apex_0, /dev/bus/usb)",
		CHECKS("device-present", "device-alive")),
	ABOUT(MANAGERS, "hookscript*|hook script*|hooks/*|pre-start|post-stop|prepare begin|snippets/*",
		"hook",
		"a script that runs at the guest's start or end failed, and the start with it: '{reason}'. Its own "
		"output has the command that failed",
		"run it by hand with the arguments of the line and sh -x, the guest off: the first command that fails "
		"is the cause: hostdevctl explain its message; not found or not permitted: chmod +x, a first line "
		"like #!/bin/sh; virsh in a libvirt hook waits for itself; without the script (qm set VMID --delete "
		"hookscript, or move it away) the guest starts: it is only the script",
		CHECKS("hook-answers", "hook-installed", "holders-free")),
	ABOUT(MANAGERS, "device model*|stubdom*|emulator|qemu process|qemu exited|child process|child exited|"
	      "helper process|did not start|exited with status|exit status|exit code|terminated|"
	      "process exited|exited unexpectedly|quit unexpectedly|died|monitor closed",
		"child",
		"a program that the manager started for the guest ended; its own words are in its own log: '{reason}'",
		"libvirt, KubeVirt: hostdevctl explain --guest {guest} (/var/log/libvirt/qemu, in a pod the "
		"launcher's compute container: kubectl logs -c compute); Xen: /var/log/xen/qemu-dm-NAME.log, Qubes: "
		"/var/log/xen/console/guest-NAME-dm.log; Proxmox: the task's log above this line; LXD, Incus: lxc "
		"info NAME --show-log; Kata: journalctl -t kata; no log at all: it could not be executed: command -v "
		"of it, journalctl -k -b -g DENIED",
		CHECKS("iommu-group-viable", "device-present", "holders-free")),
	ABOUT(MANAGERS, "traceback|unexpected error|internal server error|error 500|500 internal|unhandled|"
	      "stack trace|bug in",
		"manager-fault",
		"the manager itself failed over something that it did not expect: '{reason}'",
		"its own log at that time has the cause above this line (journalctl -b -u of its unit, kubectl logs "
		"--previous of its pod); try the same with virsh, qm or xl directly: works: it is the manager: update "
		"it; fails: that message is the cause: hostdevctl explain it",
		CHECKS("one-daemon")),
	ABOUT(HD_SAYS_USB, "submit*|bandwidth|isoc*|isochronous|-28|babble|-71|-32|-75|-84",
		"usb-stream",
		"the USB device's transfers fail: too little bandwidth is left on its controller for a stream, or it "
		"answers wrongly: cable, port, a hub, or the emulated controller of a guest, which is too slow for "
		"cameras and sound",
		"-28: too many streams on one controller: another port of another controller (lsusb -t), or a lower "
		"resolution; -71, -32, -84: cable, hub, power: plug it in directly; only in a guest: pass the whole "
		"controller (hostdevctl list usb --long), or <controller type='usb' model='qemu-xhci'/>",
		CHECKS("usb-present", "usb-controller-free", "power-state")),
	ABOUT(0, "rtnetlink*|set interface|interface flags|vlan*|set mac|mac address|vf trust|spoof*|max-tx-rate|"
	      "promisc*|link state|netlink*",
		"link-setting",
		"the kernel or the card's driver refused a setting of the interface or virtual function: the driver "
		"does not have it, the card is in a mode that excludes it (switchdev, bond), or the function is gone "
		"or in use",
		"do the same by hand: ip link set INTERFACE vf N mac|vlan|trust|state ...: the same error: journalctl "
		"-k -b -n 20 has the driver's reason; devlink dev eswitch show pci/{address}: switchdev sets VLAN and "
		"MAC by its representors; not supported: leave the element out of the guest's <interface>, or a newer "
		"kernel",
		CHECKS("vf-parent-up", "sriov-vfs-off")),
	ABOUT(0, "cloud-hypervisor|firecracker|crosvm|<vmm>|vmboot|dragonball|openvmm|vfiomapregion|devicemanager|"
	      "virtualbox|vboxmanage|verr_*|vmware|esxi",
		"other-vmm",
		"that is a hypervisor other than QEMU, and it could not take or map the device: '{reason}'. It knows "
		"fewer kinds of devices and layouts of their memory windows than QEMU",
		"hostdevctl check {address} names what is wrong on the host for each of them (driver vfio-pci, group, "
		"memory limit): that first; all passes: start it once with QEMU (-device vfio-pci,host={address}): "
		"works: update the hypervisor or report it with lspci -vvv; fails, too: QEMU's message: hostdevctl "
		"explain it",
		CHECKS("iommu-group-viable", "vfio-modules", "memlock", "device-alive")),
	{ .answer = { .id = NULL } },
};
