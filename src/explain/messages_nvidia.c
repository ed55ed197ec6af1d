/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * messages_nvidia.c - what NVIDIA's driver and nouveau say when a card does not work, on the host or
 * in a guest (open-gpu-kernel-modules: kernel-open/nvidia/nv.c, nv-pci.c, src/nvidia osinit.c, osapi.c).
 */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_nvidia[] = {
	{
		/* kernel_gsp_booter.c; github.com/NVIDIA/open-gpu-kernel-modules issue 1230 */
		"nvidia-not-reset", HD_SPEAKER_KERNEL,
		{ "unexpected WPR2 already up, cannot proceed with booting GSP",
		  "(the GPU is likely in a bad state and may need to be reset)",
		  "WPR2 initialized at an unexpected location", "Booter Unload: WPR2 is still up" },
		"the card still runs the firmware that its last user loaded: it was not reset, so the driver "
		"cannot load its own",
		"reset the card while no driver has it (echo 1 > "
		"/sys/bus/pci/devices/{address}/reset; a bus reset where reset_method offers it), or "
		"switch the host off and on",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* nv-pci.c nv_pci_validate_bars */
		"nvidia-bar-invalid", HD_SPEAKER_KERNEL,
		{ "BAR{number:bar} is 0M @ 0x0 (PCI:{address})", "BAR{number:bar} is 0M @ 0x0",
		  "This PCI I/O region assigned to your NVIDIA device is invalid",
		  "The system BIOS may have misconfigured your GPU" },
		"a memory window of {address} has no address. In a guest: its firmware's 64-bit PCI "
		"window is too small for the card. On the host: firmware, or the bridge above "
		"(Thunderbolt), left no room",
		"guest: UEFI firmware, host-passthrough processor, and a larger 64-bit PCI window "
		"(<pcihole64>, OVMF's PciMmio64Mb); host: Above 4G Decoding and newer firmware, else "
		"pci=realloc",
		{ "guest-topology", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* osapi.c, rm_is_supported_device; Xid 79 in NVIDIA's documentation */
		"nvidia-off-the-bus", HD_SPEAKER_KERNEL,
		{ "fallen off the bus and is not responding to commands", "GPU has fallen off the bus",
		  "GPU is lost.  Reboot the system", "unknown chipset (ffffffff)" },
		"the card does not answer on the PCI bus any more (all reads give ones): it lost its "
		"power or its link, is too hot, or is broken; or its slot put it to sleep",
		"switch the host off and on; check power, seating and temperature of the card; keep "
		"it awake: echo 0 > /sys/bus/pci/devices/{address}/d3cold_allowed, and pcie_aspm=off "
		"if it happens again",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* kernel_gsp.c; Xids 119 and 120 */
		"nvidia-gsp-silent", HD_SPEAKER_KERNEL,
		{ "s of waiting for RPC response from GPU", "Timeout waiting for RPC from GSP",
		  "GSP RM heartbeat timed out",
		  "Xid (PCI:{text:device}): 119" },
		"the card's own processor (GSP) does not answer the driver: its firmware hangs, or "
		"the card does",
		"reset the card while no driver has it or switch the host off and on; if it repeats, "
		"use another version of the driver, or NVreg_EnableGpuFirmware=0 for cards whose "
		"driver allows it",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* nv.c, osinit.c RmInitAdapter */
		"nvidia-init-failed", HD_SPEAKER_KERNEL,
		{ "RmInitAdapter failed!", "rm_init_adapter failed", "Cannot initialize GSP firmware RM",
		  "bailing out of RmInitAdapter" },
		"NVIDIA's driver could not start the card {address}. One of: the card was not reset "
		"since its last user, does not wake up, has a memory window without an address in "
		"this guest, needs the other kind of kernel module (open or closed), or is broken",
		"read the NVRM lines before it. Then: switch the host off and on; keep the card out "
		"of D3cold; give the guest the ROM file; install the driver's version that supports "
		"the card",
		{ "reset-works", "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		"nvidia-already-bound", HD_SPEAKER_KERNEL,
		{ "NVRM: GPU {address} is already bound to {word:driver}" },
		"a program on the host (such as nvidia-smi) loaded NVIDIA's driver, which found {address} on "
		"{driver} already and left it alone",
		"nothing to do if a guest is to have the card, which stays with {driver}; else "
		"hostdevctl reattach {address}",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* nv.c nv_module_init */
		"nvidia-not-called", HD_SPEAKER_KERNEL,
		{ "The NVIDIA probe routine was not called for {number:count} device",
		  "obtained ownership of the NVIDIA device(s)", "No NVIDIA devices probed" },
		"another driver has the card, so NVIDIA's driver was not asked: vfio-pci, because it "
		"is meant for a guest, or nouveau",
		"nothing to do if the card is for guests; else hostdevctl reattach {address}, or "
		"keep nouveau off it (blacklist nouveau)",
		{ "vfio-ids-bound" }, HD_MESSAGE_EVENT,
	},
	{
		"nvidia-none-works", HD_SPEAKER_KERNEL,
		{ "None of the NVIDIA devices were initialized", "The NVIDIA probe routine failed for" },
		"NVIDIA's driver found a card and could not use it: it does not answer, sleeps "
		"without power, or is not supported; the NVRM lines before say which",
		"if it was removed and found again (rescan) or a guest had it, switch the host off "
		"and on; do not remove a card that sleeps",
		{ "device-alive", "power-state", "reset-works" }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* osapi.c; nvidia-smi */
		"nvidia-versions-differ", HD_SPEAKER_KERNEL,
		{ "API mismatch: the client", "Driver/library version mismatch" },
		"the kernel module and the libraries of NVIDIA's driver have different versions; "
		"usual after an upgrade without a restart, and in containers",
		"install the same version of both (in the host, guest or container), then unload the "
		"module and load it again, or restart",
		{ "kernel-modules-installed" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* osapi.c rm_is_supported_device */
		"nvidia-needs-open-module", HD_SPEAKER_KERNEL,
		{ "requires use of the NVIDIA open kernel modules" },
		"the card (Blackwell or newer) works only with NVIDIA's open kernel modules, and the "
		"closed ones are installed",
		"install the open variant of the same driver version (packages named nvidia-open)",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		"nvidia-needs-other-driver", HD_SPEAKER_KERNEL,
		{ "supported through the NVIDIA {word:branch} Legacy drivers", "is not supported by open",
		  "is not supported by the NVIDIA" },
		"this version of NVIDIA's driver does not support the card: it is too old for it, or "
		"for the open kernel modules, which need a card of the Turing generation or newer",
		"install the closed modules, or the legacy branch that NVIDIA lists for the card",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* nv-pci.c nv_pci_probe */
		"nvidia-no-interrupt", HD_SPEAKER_KERNEL,
		{ "Can't find an IRQ for your NVIDIA card", "No interrupts of any type are available" },
		"the card {address} got no interrupt: in a guest because its legacy "
		"interrupt cannot be routed and MSI is off",
		"use a q35 guest with the card behind a pcie-root-port, and do not turn MSI off in the driver "
		"(NVreg_EnableMSI)",
		{ "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{
		"nvidia-window-taken", HD_SPEAKER_KERNEL,
		{ "NVRM: request_mem_region failed for", "when a driver such as rivatv is loaded" },
		"another driver owns a memory window of the card: a boot framebuffer (efifb, "
		"simpledrm) or nouveau, not rivatv",
		"grep -i -e fb -e drm -e vfio /proc/iomem names the owner; blacklist nouveau, or keep the boot "
		"framebuffer off the card",
		{ "display-free", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		"nvidia-vf-without-iommu", HD_SPEAKER_KERNEL,
		{ "NVRM: Aborting probe for VF {address} since IOMMU is not present" },
		"the virtual function {address} can only be used with an IOMMU, and the IOMMU is off",
		"enable VT-d or AMD-Vi in the firmware, and see iommu-enabled for the kernel parameter",
		{ "iommu-enabled", "iommu-firmware" }, HD_MESSAGE_STATE,
	},
	{
		"nvidia-unbind-lock", HD_SPEAKER_KERNEL,
		{ "Open failed as GPU is locked for unbind operation" },
		"a program wanted to use the card while it is being unbound from NVIDIA's driver; "
		"the driver refused, as it should",
		"nothing to do for the card; stop programs that poll it (nvidia-smi, monitoring) "
		"before the guest starts",
		{ "holders-free" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* nvidia-smi */
		"nvidia-smi-no-driver", HD_SPEAKER_TOOL,
		{ "couldn't communicate with the NVIDIA driver" },
		"nvidia-smi finds no driver: the module is not loaded or not built for this kernel, it "
		"refused the card, or the card is on vfio-pci, because it is for a guest",
		"dmesg | grep NVRM has the module's reason, dkms status whether it was built; on the host "
		"hostdevctl list shows the card's driver; in a guest install the driver there",
		{ "device-alive", "vfio-ids-bound" }, HD_MESSAGE_EVENT,
	},
	{
		/* the module runs, but the card's start failed; drivers before 465 refuse GeForce in guests */
		"nvidia-card-not-started", HD_SPEAKER_TOOL,
		{ "Unable to determine the device handle for GPU",
		  "No devices were found{near:nvidia|nvrm|cuda}" },
		"NVIDIA's driver is loaded, but could not start the card. In a guest: the driver refuses "
		"it because it sees that it runs in a guest (GeForce cards with drivers before 465), or "
		"the card's memory windows got no room. On the host: the card hangs, sleeps, or fell off "
		"the bus",
		"dmesg | grep NVRM has the reason. Guest: hide KVM from it (<kvm><hidden state='on'/></kvm> "
		"and a <vendor_id>), use UEFI and a newer driver. Host: hostdevctl check {address}, then "
		"switch it off and on",
		{ "device-alive", "reset-works", "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{
		/* nvidia-smi --gpu-reset */
		"nvidia-reset-in-use", HD_SPEAKER_TOOL,
		{ "In use by another client{near:GPU|nvidia}" },
		"the card cannot be reset while somebody has it open: persistence mode "
		"(nvidia-persistenced), monitoring, CUDA or the display",
		"nvidia-smi -pm 0, stop nvidia-persistenced and what hostdevctl check {address} names, "
		"then reset it again",
		{ "holders-free", "display-free" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* NVIDIA open-gpu-kernel-modules src/nvidia/src/kernel/gpu/fsp */
		"nvidia-boot-refused", HD_SPEAKER_KERNEL,
		{ "FSP boot cmds failed", "FSP response reported error. {text:details}" },
		"the card's boot processor (FSP) refused the driver's commands: its mode (confidential "
		"computing on or off) or its firmware does not fit the guest and the driver, or it was "
		"not reset",
		"set the card's confidential mode to what the guest is (nvidia_gpu_tools.py "
		"--set-cc-mode), reset it or switch the host off and on, and use the open driver that "
		"supports it",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA open-gpu-kernel-modules kernel-open/nvidia/nv-pci.c */
		"nvidia-card-unsupported", HD_SPEAKER_KERNEL,
		{ "installed in this system is not supported by the" },
		"that release of NVIDIA's driver does not support the card, or the card needs the other "
		"of its two variants (open or proprietary modules)",
		"install a newer (or for an old card an older, legacy) driver; cards since Blackwell need "
		"the open modules, those before Turing the proprietary ones; a vGPU needs the guest "
		"driver of its vGPU release",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA fabric manager user guide */
		"nvidia-fabric-version", HD_SPEAKER_TOOL,
		{ "fabric manager NVIDIA GPU driver interface version" },
		"the fabric manager and NVIDIA's driver have different versions",
		"install the fabric manager of exactly the driver's version, then restart "
		"nvidia-fabricmanager",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* CUDA cudaErrorSystemNotReady; NVIDIA fabric manager user guide */
		"nvidia-fabric-missing", HD_SPEAKER_TOOL,
		{ "the NVLink fabric is not ready", "CUDA Error 802", "system not yet initialized" },
		"the cards of an NVLink machine were not connected: no fabric manager runs, or the guest "
		"has only a part of a partition",
		"run the fabric manager on the host (systemctl status nvidia-fabricmanager), or give the "
		"guest the switches and run it there; a guest needs a whole NVLink partition; its version "
		"must be the driver's",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA open-gpu-kernel-modules kernel-open/nvidia/nv.c */
		"nvidia-no-card", HD_SPEAKER_KERNEL,
		{ "NVRM: No NVIDIA GPU found" },
		"NVIDIA's driver found no card: another driver (vfio-pci, nouveau) has it, or it is not "
		"there any more",
		"lspci -nnk -d 10de: shows the cards and their drivers; a card for guests stays on "
		"vfio-pci: then do not load nvidia on the host; else unbind it and load nvidia again",
		{ "device-present", "driver-release-safe" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA container toolkit, troubleshooting */
		"nvidia-container-lost", HD_SPEAKER_TOOL,
		{ "Failed to initialize NVML: Unknown Error" },
		"the container may not use the card any more: its rules for devices (cgroup) were written "
		"again, by systemctl daemon-reload",
		"start the container again; name the devices (--device /dev/nvidia0 ...) or use CDI, so "
		"that they stay",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/gpu/drm/nouveau/nvkm/engine/device/base.c */
		"nouveau-unknown-card", HD_SPEAKER_KERNEL,
		{ "unknown chipset ({hex:chip})" },
		"nouveau does not know the card, or reads nonsense from it because it does not answer",
		"for a guest's card keep nouveau off it (modprobe.blacklist=nouveau or vfio-pci.ids); "
		"hostdevctl check {address} shows whether it is alive; else use a newer kernel or NVIDIA's "
		"driver",
		{ "device-alive", "driver-release-safe" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA's Windows installer */
		"nvidia-guest-sees-no-card", HD_SPEAKER_TOOL,
		{ "could not find compatible graphics hardware" },
		"the installer finds no card that its driver knows: the guest has none, sees it without "
		"its memory (code 12), has a vGPU that needs the GRID driver, or the card is too old or "
		"too new for that driver",
		"Device Manager of the guest shows the card's ids (PCI\\VEN_10DE): compare with the "
		"driver's list; for a vGPU install the guest driver of the same vGPU release as the "
		"host's",
		{ "device-present", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA NVML */
		"nvidia-blocked-by-host", HD_SPEAKER_TOOL,
		{ "GPU access blocked by the operating system" },
		"the guest's host (Hyper-V, WSL or another hypervisor) does not let NVIDIA's tool reach "
		"the card, or the driver in the guest is not the one that fits the host's",
		"install in the guest the driver that belongs to the host's; on KVM look at dmesg of the "
		"guest for NVRM lines before this one",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA open-gpu-kernel-modules src/nvidia/src/kernel/gpu/gsp/kernel_gsp.c, older releases */
		"nvidia-gsp-missing-engine", HD_SPEAKER_KERNEL,
		{ "cannot initialize GSP-RM", "cannot bootstrap riscv/gsp" },
		"the open kernel module could not start the card's GSP firmware: the card is not one for "
		"it (older than Turing, or laptops' cards with early versions), the card was not reset "
		"since its last user, or its firmware files are missing",
		"power the host off and on first; again: ls /lib/firmware/nvidia/*/gsp*.bin of the "
		"driver's version; NVreg_OpenRmEnableUnsupportedGpus=1 for old releases, or the "
		"proprietary module instead of the open one (for cards before Turing always)",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA open-gpu-kernel-modules kernel-open/nvidia-drm/nvidia-drm-drv.c nv_drm_load */
		"nvidia-modeset-load", HD_SPEAKER_KERNEL,
		{ "Failed to allocate NvKmsKapiDevice",
		  "[nvidia-drm] [GPU ID 0x{hex:gpu}] Failed to register device" },
		"NVIDIA's display part found the card not started; the line of NVRM before it has the "
		"reason",
		"read the line of NVRM before it (RmInitAdapter, GSP, 'fallen off the bus') and paste it "
		"into hostdevctl explain; power the host off and on helps most often",
		{ "device-alive", "reset-works" }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* kernel/module/main.c, license and signature of a module */
		"nvidia-tainted", HD_SPEAKER_KERNEL,
		{ "nvidia: module verification failed: signature and/or required key missing",
		  "loading out-of-tree module taints kernel",
		  "module verification failed: signature and/or required key missing - tainting kernel" },
		"a module that is not from the kernel's makers was loaded; the kernel notes that for "
		"reports",
		"nothing to do, unless Secure Boot is on and the module was refused ('Key was rejected'): "
		"then sign it (mokutil, dkms)",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* NVIDIA open-gpu-kernel-modules src/nvidia-modeset/src/nvkms-rm.c, nvkms-evo3.c, nvkms-dma.c */
		"nvidia-modeset-idle", HD_SPEAKER_KERNEL,
		{ "Idling display engine timed out", "Failed to query display engine channel state",
		  "Error while waiting for GPU progress" },
		"the display part of NVIDIA's card no longer answers: the card hangs or was taken away "
		"while a display server used it (unbound for a guest, unplugged), or it was not reset",
		"dmesg | grep -e NVRM -e Xid before it: the first Xid is the cause; the card is for "
		"guests: stop the display server before the driver is unbound (hostdevctl handover), or "
		"keep nvidia off it from boot; then restart the host",
		{ "display-free", "device-alive", "driver-release-safe" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/nouveau/nouveau_drm.c, nvkm/core/subdev.c, nvkm/subdev/bios/shadow.c */
		"nouveau-init", HD_SPEAKER_KERNEL,
		{ "bios: unable to locate usable image", "gsp: init failed, -",
		  "gsp ctor failed: -", "failed to create kernel channel, -" },
		"nouveau could not start the NVIDIA card: its ROM cannot be read (the card was not the "
		"one of the boot, or was given back by a guest without a reset), its firmware files are "
		"missing, or the card is too new for this kernel",
		"a card that is for guests: keep nouveau off it (vfio-pci.ids from boot, or 'blacklist "
		"nouveau' and a new initramfs); in a guest install NVIDIA's own driver, and give it a ROM "
		"file if it still cannot start; else power the host off and on, and update linux-firmware",
		{ "reset-works", "rom-file", "vfio-ids-bound" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/nouveau/nvkm/subdev/acr/gm200.c, engine/gr/gm200.c */
		"nouveau-firmware", HD_SPEAKER_KERNEL,
		{ "acr: firmware unavailable", "gr: firmware unavailable" },
		"nouveau has no firmware for the card, so it shows pictures without acceleration",
		"nothing to do for a card that goes to guests; else install linux-firmware and build the "
		"initramfs again, or use NVIDIA's own driver; a card that is too new needs a newer kernel",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* NVIDIA open-gpu-kernel-modules src/nvidia/arch/nvalloc/unix/src/osinit.c */
		"nvidia-power-cables", HD_SPEAKER_KERNEL,
		{ "GPU does not have the necessary power cables connected" },
		"the card's extra power plugs are not connected, or its supply does not deliver",
		"switch the host off, plug in all of the card's power cables (each its own strand), seat "
		"a riser or adapter firmly; an external box: its power supply on",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/usb/typec/ucsi/ucsi.c, ucsi_ccg.c, drivers/i2c/busses/i2c-nvidia-gpu.c */
		"nvidia-ucsi", HD_SPEAKER_KERNEL,
		{ "PPM NOT RESPONDING{near:ucsi_ccg}", "failed to reset PPM!{near:ucsi_ccg}",
		  "ucsi_ccg_init failed - -",
		  "i2c timeout error e0000000" },
		"the USB-C part of the NVIDIA card does not answer, as on most cards without a USB-C "
		"socket, or with the card asleep or just given back by a guest",
		"nothing to do, unless that USB-C socket is used: then power the host off and on; to "
		"silence it: blacklist ucsi_ccg and i2c_nvidia_gpu, or bind that function (.3) to "
		"vfio-pci with the card",
		{ "device-alive" }, HD_MESSAGE_HARMLESS_IF,
	},
	{ .id = NULL },
};
