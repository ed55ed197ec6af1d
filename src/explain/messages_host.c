/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_host.c - what the host's bus, sleep, modules and installers say about devices for guests. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_host[] = {
	{
		/* kernel/power/process.c try_to_freeze_tasks */
		"sleep-freeze-failed", HD_SPEAKER_KERNEL,
		{ "Freezing of tasks failed after", "Freezing user space processes failed after",
		  "Freezing remaining freezable tasks failed after" },
		"the host did not go to sleep, because a task could not be stopped: a driver that waits "
		"for a device which does not answer (a passed USB controller or disk, a share on the "
		"network), or QEMU in the middle of a request",
		"the lines after it name the task or workqueue: usb_hub_wq: a USB device that hangs: "
		"unplug it; a mount on the network: unmount it; guests with passed devices must be shut "
		"down or saved before (hostdevctl check: sleep-handled)",
		{ "sleep-handled" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/base/power/main.c pm_dev_err, kernel/power/suspend.c */
		"sleep-device-refused", HD_SPEAKER_KERNEL,
		{ "PM: failed to suspend async: error -{number:error}",
		  "PM: failed to suspend: error -{number:error}",
		  "PM: pci_pm_suspend(): {text:function}returns -{number:error}",
		  "Some devices failed to suspend, or early wake event detected" },
		"the host stayed awake, because the driver of a device refused to sleep: it is in use by "
		"a guest (VFIO), by the card's driver, or it does not answer",
		"the address in the line is the device: bound to vfio-pci: shut its guest down or suspend "
		"it before; NVIDIA: nvidia-suspend.service enabled and "
		"NVreg_PreserveVideoMemoryAllocations=1; xhci: its devices' wake-up off "
		"(/proc/acpi/wakeup)",
		{ "sleep-handled", "vfio-owned" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/base/power/main.c */
		"sleep-resume-failed", HD_SPEAKER_KERNEL,
		{ "PM: failed to resume async: error -{number:error}",
		  "PM: failed to resume: error -{number:error}" },
		"the device did not come back from the host's sleep: it has no power or no link, or its "
		"state was lost, as happens to devices that a guest had",
		"lspci -s {address}: 'rev ff': echo 1 > /sys/bus/pci/devices/{address}/remove; echo 1 > "
		"/sys/bus/pci/rescan, else power the host off and on; for the next time: shut the guest "
		"down before, pcie_aspm=off not set, newest firmware",
		{ "device-alive", "power-state", "sleep-handled" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/pci/hotplug/pciehp_ctrl.c */
		"pciehp-empty", HD_SPEAKER_KERNEL,
		{ "pciehp: Slot({text:slot}): Card not present",
		  "pciehp: Slot({text:slot}): No link" },
		"slot {slot} is empty for the kernel: no card is in it, it was unplugged, an external box lost "
		"its cable or power, or a reset made its link drop, which the slot's driver took for unplugging",
		"nothing to do for an empty slot; if a card is in it: echo 1 > /sys/bus/pci/rescan; at each start or "
		"reset of a guest: unbind the port (echo ADDRESS:pcie004 > /sys/bus/pci_express/drivers/pciehp/unbind) "
		"before; external: cable, its firmware, boltctl",
		{ "device-present", "reset-works" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/pci/hotplug/pciehp_hpc.c pcie_wait_cmd, pciehp_check_link_status */
		"pciehp-timeout", HD_SPEAKER_KERNEL,
		{ "pciehp: Timeout on hotplug command 0x{hex:command}",
		  "Timeout on hotplug command 0x{hex:command}",
		  "pciehp: Failed to check link status" },
		"the controller of a hot-plug slot did not report in time; some never do (Thunderbolt "
		"bridges, emulated ports)",
		"nothing to do, unless the card in that slot is missing: then echo 1 > "
		"/sys/bus/pci/rescan, reseat it, newest firmware of the board or box",
		{ "device-present" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/pci/pci.c pci_bridge_wait_for_secondary_bus, drivers/pci/quirks.c pcie_failed_link_retrain */
		"pci-link-not-trained", HD_SPEAKER_KERNEL,
		{ "Data Link Layer Link Active not set in",
		  "broken device, retraining non-functional downstream link", "retraining failed" },
		"the link to the card below this port did not come up: after a reset the card does not "
		"answer, it has no power, or slot, riser or cable is bad",
		"power the host off and on (not restart); it works then until the first reset: the card "
		"does not take it: another reset_method (echo flr or device_specific), hostdevctl check; "
		"else another slot, no riser, a lower PCIe generation in the firmware",
		{ "reset-works", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA nvidia-installer */
		"nvidia-installer-load", HD_SPEAKER_TOOL,
		{ "Unable to load the kernel module 'nvidia.ko'",
		  "Unable to load the kernel module 'nvidia-vgpu-vfio.ko'",
		  "Unable to load the 'nvidia-drm' kernel module" },
		"the module was built and does not start: the card is bound to vfio-pci or nouveau, "
		"Secure Boot refuses it, the card is not one for this driver, or it does not answer in "
		"this guest",
		"lspci -nnk -d 10de: vfio-pci in its line: take its id out of vfio-pci.ids and restart; "
		"nouveau: blacklist it, new initramfs, restart; dmesg | grep -e NVRM -e nvidia has the "
		"card's own reason; 'Key was rejected': sign it (mokutil) or Secure Boot off; vGPU needs "
		"the host's vgpu-kvm driver of a release for this kernel",
		{ "vfio-owned", "vfio-ids-bound", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA nvidia-installer, DKMS */
		"nvidia-installer-build", HD_SPEAKER_TOOL,
		{ "An error occurred while performing the step: \"Building kernel modules\"",
		  "Unable to find the kernel source tree for the currently running kernel",
		  "Your kernel headers for kernel {word:kernel} cannot be found" },
		"a driver's module could not be built for this kernel: its headers or compiler are "
		"missing, or the driver is older than the kernel",
		"install the headers of exactly this kernel (uname -r): linux-headers-$(uname -r), "
		"proxmox-headers-$(uname -r), kernel-devel; gcc and make; then the first 'error:' in "
		"/var/lib/dkms/NAME/VERSION/build/make.log (or /var/log/nvidia-installer.log): functions "
		"or types that differ: a newer driver, or boot an older kernel",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA nvidia-installer */
		"nvidia-installer-busy", HD_SPEAKER_TOOL,
		{ "appears to already be loaded in your kernel",
		  "You appear to be running an X server; please exit X before installing",
		  "The Nouveau kernel driver is currently in use by your system" },
		"the installer needs the card unused, and another driver or a display server has it",
		"systemctl isolate multi-user.target; rmmod nvidia_uvm nvidia_drm nvidia_modeset nvidia "
		"(hostdevctl status names who holds it); nouveau: echo 'blacklist nouveau' > "
		"/etc/modprobe.d/nouveau.conf, new initramfs, restart",
		{ "display-free", "holders-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* mdevctl src/mdev.rs; libvirt */
		"mdev-parent-missing", HD_SPEAKER_TOOL,
		{ "Unable to find parent device '{word:parent}'",
		  "unable to find parent device '{word:parent}'" },
		"the device that shall make the mediated device does not do that (now): its driver "
		"(nvidia vgpu-kvm, i915 with GVT-g) is not loaded or bound to vfio-pci, its virtual "
		"functions are off, or the address changed",
		"ls /sys/class/mdev_bus: the parents that exist; lspci -nnk -s ADDRESS: the vendor's "
		"driver, not vfio-pci; NVIDIA with functions: /usr/lib/nvidia/sriov-manage -e ADDRESS at "
		"each boot (before mdevctl); systemctl status nvidia-vgpud; kernels from 6.8 on with new "
		"NVIDIA drivers have no mdev: use current_vgpu_type",
		{ "mdev-present", "vgpu-vendor-ready", "sriov-vfs-off" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA nvidia-vgpud */
		"vgpu-display-mode", HD_SPEAKER_TOOL,
		{ "failed to read pGPU information" },
		"NVIDIA's vGPU manager cannot use the card: it is in display mode (a workstation card), "
		"not one that vGPU supports, or its driver did not start it",
		"nvidia-smi on the host must list the card; a workstation card (RTX A5000 and the like): "
		"displaymodeselector --gpumode physical_display_disabled, then a cold start; lspci -nnk: "
		"driver nvidia",
		{ "vgpu-vendor-ready", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA kernel-open/nvidia/nv.c nv_start_device */
		"nvidia-irq", HD_SPEAKER_KERNEL,
		{ "NVRM: request_irq() failed" },
		"the card has no interrupt: the firmware or the guest gave it none, or MSI is off",
		"in a guest: q35, the card on a pcie-root-port, without pci=nomsi, NVreg_EnableMSI=1; on "
		"the host: firmware: 'PnP OS' off, newest release; pci=noacpi not set",
		{ "interrupt-remapping", "guest-topology" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/iommu/amd/init.c, intel/dmar.c */
		"iommu-notice", HD_SPEAKER_KERNEL,
		{ "Intel-IOMMU force enabled due to platform opt in",
		  "AMD-Vi: IOMMU performance counters supported",
		  "Failed to find handle for ACPI object", "SNP: IOMMU SNP feature not enabled" },
		"the IOMMU's driver tells what the machine offers",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/iommu/intel/iommu.c __domain_mapping */
		"iommu-double-map", HD_SPEAKER_KERNEL,
		{ "DMAR: ERROR: DMA PTE for vPFN 0x{hex:page} already set" },
		"a driver mapped an address for a device that was mapped already: a defect of the driver "
		"(often an out-of-tree one) or of the kernel, or a region that the firmware reserved for "
		"that device",
		"newer kernel and driver; the warning's call trace below it names the driver; iommu=pt "
		"avoids it for the host's own devices; a device with reserved memory (RMRR) cannot go to "
		"a guest",
		{ "no-direct-region", "iommu-passthrough-mode" }, HD_MESSAGE_EVENT,
	},
	{
		/* kernel/dma/swiotlb.c swiotlb_tbl_map_single */
		"swiotlb-full", HD_SPEAKER_KERNEL,
		{ "swiotlb buffer is full (sz: {number:size} bytes)" },
		"the buffer for devices that cannot reach all memory is full: the device works without an "
		"IOMMU's help (none, or iommu=soft, or a guest with encrypted memory), and asks for "
		"{size} bytes at once",
		"turn the IOMMU on (intel_iommu=on iommu=pt needs a device with 64-bit DMA); "
		"swiotlb=131072 as a kernel parameter (in the guest where it is printed); newest driver",
		{ "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* netmap sys/dev/netmap/netmap_mem2.c nm_mem_assign_group */
		"netmap-iommu-group", HD_SPEAKER_KERNEL,
		{ "iommu group mismatch: {number:first} vs {number:second}" },
		"netmap gives all interfaces of one program one memory, and the IOMMU keeps these two "
		"apart (groups {first} and {second})",
		"iommu=pt (or intel_iommu=off where no guest has devices) as a kernel parameter; else one "
		"program with memory of its own for each interface",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Proxmox qemu-server PVE/QemuServer/PCI/Mdev.pm, PVE/QemuServer.pm */
		"proxmox-mdev-exists", HD_SPEAKER_TOOL,
		{ "already existed, using it", "mediated device driver finishing clean up",
		  "actively clean up mediated device with UUID" },
		"Proxmox found the mediated device of an earlier start, or takes it away after the "
		"guest's end",
		"nothing to do, unless the start fails: read the error after it: then remove the device "
		"by hand (echo 1 > /sys/bus/mdev/devices/UUID/remove) and restart nvidia-vgpu-mgr",
		{ "mdev-present", "vgpu-vendor-ready" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* Proxmox qemu-server PVE/QemuServer/OVMF.pm */
		"proxmox-no-efidisk", HD_SPEAKER_TOOL,
		{ "no efidisk configured! Using temporary efivars disk" },
		"the machine has UEFI firmware and no disk for its variables, so that boot entries and "
		"settings are lost at each start",
		"nothing to do, unless its boot entries or Secure Boot's keys must stay: then qm set VMID "
		"--efidisk0 local-lvm:1,efitype=4m",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/video/fbdev/efifb.c, vesafb.c, drivers/gpu/drm/tiny/simpledrm.c */
		"framebuffer-not-reserved", HD_SPEAKER_KERNEL,
		{ "efifb: cannot reserve video memory", "vesafb: cannot reserve video memory",
		  "[drm] *ERROR* could not acquire memory range" },
		"the kernel's own screen of the boot could not take the memory of the card, because the "
		"card's driver has it already",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/vfio/pci/vfio_pci_config.c vfio_ecap_init, drivers/pci/vgaarb.c */
		"vfio-hides-capability", HD_SPEAKER_KERNEL,
		{ "vfio_ecap_init: hiding ecap", "VGA decodes changed: olddecodes=",
		  "changed VGA decodes: olddecodes=", "vgaarb: deactivate vga console" },
		"the kernel tells what it hides from the guest, or which card answers for old VGA "
		"addresses",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* kernel/module/main.c simplify_symbols */
		"module-symbol-unknown", HD_SPEAKER_KERNEL,
		{ "nvidia: Unknown symbol {word:symbol}",
		  "nvidia_drm: Unknown symbol {word:symbol}",
		  "nvidia_modeset: Unknown symbol {word:symbol}" },
		"NVIDIA's module was built for another kernel, or the modules that it needs (drm, "
		"drm_ttm_helper, nvidia itself) are not loaded or were removed by hand",
		"modprobe nvidia (not insmod), which loads what it needs; still: dkms autoinstall -k "
		"$(uname -r), depmod -a, new initramfs, restart; never load modules of two driver versions",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/crypto/intel/qat/qat_common/adf_sriov.c, adf_gen2_pfvf.c, adf_admin.c */
		"qat-no-iommu", HD_SPEAKER_KERNEL,
		{ "IOMMU should be enabled for SR-IOV to work correctly",
		  "ACK not received from remote", "Failed to send admin msg to accelerator" },
		"Intel's QAT device cannot serve virtual functions: the IOMMU is off, the physical "
		"function's driver is down or waits for firmware, or the guest's function gets no answer "
		"from it",
		"intel_iommu=on and VT-d; adf_ctl status (or cat /sys/bus/pci/devices/ADDRESS/qat/state) "
		"must say up; linux-firmware with qat_*.bin; then sriov_numvfs; guest and host driver of "
		"one release",
		{ "iommu-enabled", "vf-parent-up" }, HD_MESSAGE_EVENT,
	},
	{
		/* sound/soc/sof, sound/hda/hdac_i915.c, sound/pci/hda */
		"sof-no-machine", HD_SPEAKER_KERNEL,
		{ "no matching ASoC machine driver found", "couldn't bind with audio component",
		  "HSW/BDW HD-audio HDMI/DP requires binding with gfx driver" },
		"the sound chip's driver found no part that it needs: the graphics chip whose sound it "
		"carries is with vfio-pci or another guest, or in a guest the sound chip was passed "
		"without the board's codec description",
		"nothing to do, unless sound is missing: then on the host give the graphics chip back or "
		"disable its HDMI sound; in a guest snd_intel_dspcfg.dsp_driver=1 (plain HDA instead of "
		"SOF)",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/misc/mei/hw-me.c mei_me_hw_ready_wait, init.c */
		"mei-no-answer", HD_SPEAKER_KERNEL,
		{ "wait hw ready failed", "hw_start failed ret = -" },
		"Intel's management engine did not answer its driver: it was given to a guest or reset "
		"with other functions of the chipset, or its firmware is off",
		"nothing to do, unless HDCP or the Xe graphics' content protection is needed: then do not "
		"pass 00:16.0, power the host off and on, newest firmware",
		{ "function-readable" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* kernel/time/clocksource.c, arch/x86/kvm/x86.c */
		"tsc-unstable", HD_SPEAKER_KERNEL,
		{ "SMP vm created on host with unstable TSC",
		  "as unstable because the skew is too large",
		  "Marking clocksource 'tsc' as unstable" },
		"the processor's counters do not run evenly, so that the system uses a slower clock, and "
		"guests with several processors may see jumps",
		"nothing to do, unless guests stutter or their clock is wrong: then newest firmware and "
		"microcode, tsc=reliable only if the board is known to be right; in a guest <timer "
		"name='tsc' present='yes' mode='native'/> or kvmclock",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* kernel/events/core.c, kernel/time/hrtimer.c, drivers/pci/pcie/aspm.c, arch/x86/kvm/vmx/vmx.c */
		"kernel-timing-notices", HD_SPEAKER_KERNEL,
		{ "perf: interrupt took too long", "hrtimer: interrupt took",
		  "ASPM: current common clock configuration is inconsistent, reconfiguring",
		  "L1TF CPU bug present and SMT on, data leak possible" },
		"the kernel reports a setting that it changed or a risk that it knows; devices are not "
		"concerned",
		"nothing to do, unless it says 'data leak possible' and you do not trust the guests: then boot "
		"the host with l1tf=full,force (slower: it turns hyper-threading off), newest microcode",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/pci/setup-res.c pci_std_update_resource */
		"bar-error-updating", HD_SPEAKER_KERNEL,
		{ "error updating (0x{hex:wanted} != 0xffffffff)",
		  "error updating (high 0x{hex:wanted} != 0xffffffff)",
		  "error updating ({text:wanted} != 0xffffffff)" },
		"the device reads all ones: it is not there for the processor while the kernel sets its "
		"addresses (dead after a reset, asleep without power, unplugged)",
		"power the host off and on (a restart is not enough); then hostdevctl check {address}: "
		"its reset and power state; newest firmware of card and board",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* initramfs-tools hook-functions, mkinitcpio */
		"initramfs-firmware-possible", HD_SPEAKER_TOOL,
		{ "Possible missing firmware /lib/firmware/{text:file} for module",
		  "Possibly missing firmware for module" },
		"the initramfs lists firmware files that a driver could want and that are not installed",
		"nothing to do, unless the host needs that driver for its own device: then install "
		"linux-firmware (firmware-misc-nonfree, firmware-amd-graphics) and build the initramfs "
		"again",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* OpenStack Nova nova/exception.py */
		"nova-pci-spec", HD_SPEAKER_TOOL,
		{ "Invalid [pci]device_spec config", "PciDeviceNotFoundById",
		  "hypervisor does not support PCI devices" },
		"Nova's list of devices does not fit the host: device_spec names a device that does not "
		"exist or twice, a card that was removed is still in its database, or virt_type is qemu "
		"without KVM",
		"lspci -nn on the compute node against [pci] device_spec (vendor_id, product_id, address, "
		"physical_network); removed cards: delete or migrate their servers, then restart "
		"nova-compute; virt_type=kvm",
		{ "device-present", "offer-matches" }, HD_MESSAGE_EVENT,
	},
	{
		/* arch/x86/mm/pat/memtype.c, memtype_interval.c, arch/x86/kernel/cpu/mtrr/mtrr.c */
		"mtrr-mismatch", HD_SPEAKER_KERNEL,
		{ "conflicting memory types {text:range} ", "memtype_reserve failed [mem",
		  "mtrr: type mismatch for" },
		"two users want the same memory window of a card with different caching: a host driver or "
		"framebuffer still has it while the guest or VFIO maps it",
		"nothing to do, unless the guest's picture or speed is bad: then keep the host's drivers "
		"and the boot framebuffer off the card (vfio-pci.ids, initcall_blacklist=sysfb_init), and "
		"restart",
		{ "display-free", "vfio-ids-bound" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/pci/probe.c pci_scan_bridge_extend */
		"pci-bus-numbers", HD_SPEAKER_KERNEL,
		{ "devices behind bridge are unusable because [bus",
		  "partially hidden behind bridge" },
		"the firmware left too few bus numbers below a bridge, so that devices behind it (a "
		"Thunderbolt box, a card with a switch, virtual functions) are not usable",
		"pci=assign-busses as a kernel parameter (pci=hpbussize=10 for Thunderbolt), newest "
		"firmware, the box plugged in at boot",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/acpi/acpica; firmware's _ON and _OFF methods */
		"acpi-power-on-aborted", HD_SPEAKER_KERNEL,
		{ "PEGP._ON due to previous error (AE_AML_LOOP_TIMEOUT)",
		  "AE_AML_LOOP_TIMEOUT{near:PEG|GPP}" },
		"the firmware's program that switches a laptop's graphics card on did not end: the card "
		"does not answer, or the firmware thinks that another release of Windows runs",
		"keep the card switched on: echo on > /sys/bus/pci/devices/ADDRESS/power/control (udev "
		"rule), vfio-pci.disable_idle_d3=1; newest firmware; acpi_osi=! acpi_osi=\"Windows 2015\" "
		"as a trial; power the host off and on",
		{ "power-state", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
