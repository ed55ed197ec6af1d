/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_driver.c - what drivers of other devices, udev and the boot say about devices that guests use. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_driver[] = {
	{
		/* drivers/net/ethernet/intel/e1000e/netdev.c e1000_print_hw_hang */
		"net-unit-hang", HD_SPEAKER_KERNEL,
		{ "Detected Hardware Unit Hang", "Detected Tx Unit Hang" },
		"the network card's sending part hangs, and its driver resets it: known for Intel's I217 to "
		"I219 under load with offloads or power saving; in a guest its interrupts do not arrive",
		"ethtool -K INTERFACE tso off gso off gro off and ethtool --set-eee INTERFACE eee off; then "
		"pcie_aspm=off as a kernel parameter, the newest firmware of the board, a newer kernel; in a "
		"guest see whether its numbers in /proc/interrupts grow",
		{ "power-state", "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* net/sched/sch_generic.c dev_watchdog */
		"net-watchdog", HD_SPEAKER_KERNEL,
		{ "NETDEV WATCHDOG: " },
		"the network card has not sent a packet for seconds: its interrupts do not arrive (in a guest "
		"above all), the card or its firmware hangs, or its link is bad",
		"/proc/interrupts: its numbers do not grow: interrupts: MSI-X on, q35 for a guest; they grow: "
		"ethtool -K INTERFACE tso off gso off, another cable, newer firmware and driver; hostdevctl check "
		"{address} shows whether it is alive",
		{ "device-alive", "interrupt-remapping" }, HD_MESSAGE_EVENT,
	},
	{
		/* igb, igc, ixgbe, i40e */
		"net-link-down", HD_SPEAKER_KERNEL,
		{ "NIC Link is Down", "Link is Down", "NIC Copper Link is Down" },
		"the network link went down: the cable was pulled, the other end restarted, or the driver set "
		"the card up again",
		"nothing to do, unless it comes and goes: then another cable and port, energy saving off (ethtool "
		"--set-eee INTERFACE eee off), a fixed speed (ethtool -s INTERFACE speed 1000 duplex full autoneg "
		"on), newer firmware of the card",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* arch/x86/kernel/apic/apic.c try_to_enable_x2apic */
		"kernel-x2apic-off", HD_SPEAKER_KERNEL,
		{ "IRQ remapping doesn't support X2APIC mode" },
		"interrupt remapping is off or has no x2APIC mode, so the kernel goes on with the older interrupt "
		"controller",
		"nothing to do, unless VFIO refuses devices or processors are missing: then enable VT-d (AMD: IOMMU) "
		"and interrupt remapping in the firmware and update it; a kernel built by yourself needs "
		"CONFIG_IRQ_REMAP",
		{ "interrupt-remapping", "iommu-enabled" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/iommu/intel/irq_remapping.c parse_ioapics_under_ir, drivers/iommu/amd/init.c */
		"kernel-no-remapping", HD_SPEAKER_KERNEL,
		{ "has no mapping iommu, interrupt remapping will be disabled", "Failed to enable irq remapping",
		  "Disabling interrupt remapping", "Not enabling interrupt remapping" },
		"interrupt remapping is off: the firmware's table of the IOMMU does not list an interrupt "
		"controller, or has it turned off. VFIO then refuses devices",
		"update the firmware, and enable VT-d (AMD: IOMMU) and x2APIC there; if you have the newest one and "
		"all guests are trusted: options vfio_iommu_type1 allow_unsafe_interrupts=1 in /etc/modprobe.d",
		{ "interrupt-remapping", "iommu-firmware" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/iommu/amd/init.c parse_amd_iommu_options */
		"kernel-amd-option", HD_SPEAKER_KERNEL,
		{ "AMD-Vi: Unknown option - 'on'" },
		"amd_iommu=on is not a setting: AMD's IOMMU is on unless the firmware has it off",
		"nothing to do; remove amd_iommu=on from the kernel's parameters",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/iommu/amd/iommu.c iommu_print_event, which some kernels split */
		"kernel-iommu-request", HD_SPEAKER_KERNEL,
		{ " INVALID_DEVICE_REQUEST device=", " ILLEGAL_DEV_TABLE_ENTRY device=" },
		"a device or interrupt controller sent a request that AMD's IOMMU has no entry for: the "
		"firmware's table lacks or misnames it",
		"update the firmware; if all devices work it does no harm; else iommu=pt, or reset the device "
		"that the line names",
		{ "iommu-firmware", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* systemd src/udev/udev-manager.c */
		"udev-worker-killed", HD_SPEAKER_TOOL,
		{ "processing SEQNUM={number:event} killed", "processing SEQNUM={number:event} is taking a long time" },
		"udev waits for a driver that starts a device and takes longer than udev's timeout: the driver is "
		"slow (many disks or functions), or hangs in the kernel; when udev ends its worker, the device is "
		"left half set up",
		"dmesg of that time shows what the driver does ('blocked for more than', 'timeout', 'firmware'): "
		"paste that into hostdevctl explain; only slow: udev.event_timeout=300 as a kernel parameter",
		{ "device-alive", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* kmod libkmod-config.c kmod_config_parse */
		"modprobe-bad-line", HD_SPEAKER_TOOL,
		{ "kmod_config_parse: {path} line {number:line}: ignoring bad line",
		  "kmod_config_parse: {path}:{number:line} ignoring bad line" },
		"line {line} of {path} is not a setting, so it has no effect: ids must stand behind 'options vfio-pci "
		"ids=' on one line",
		"correct it to one line, as 'options vfio-pci ids=10de:1b80,10de:10f0', then update-initramfs -u "
		"(dracut -f, mkinitcpio -P) and restart",
		{ "vfio-ids-bound", "vfio-modules-at-boot" }, HD_MESSAGE_EVENT,
	},
	{
		/* init/do_mounts.c mount_root_generic */
		"kernel-no-root", HD_SPEAKER_KERNEL,
		{ "VFS: Cannot open root device", "VFS: Unable to mount root fs" },
		"the kernel found no disk with the root file system: the initramfs is missing, broken or has no "
		"driver for the disk's controller, or vfio-pci took that controller",
		"boot an older entry of the boot menu, then build the initramfs again (update-initramfs -u -k all, "
		"dracut -f --regenerate-all, mkinitcpio -P; df /boot); no entry boots: take vfio-pci.ids= off the "
		"kernel's line in the boot menu, and remove the ids of the disk's controller from it",
		{ "storage-free", "vfio-ids-bound" }, HD_MESSAGE_EVENT,
	},
	{
		/* arch/x86/kernel/dumpstack.c show_regs */
		"kernel-crash-rest", HD_SPEAKER_KERNEL,
		{ "RIP: 0010:{text:function}+0x" },
		"a part of the report of a crash or warning in the kernel: in function {function}; what it was "
		"is in its first line (BUG, WARNING, Oops)",
		"journalctl -k -b -g 'BUG|Oops|WARNING|cut here' shows the first line; the module in brackets in "
		"the call trace is the driver concerned: if it was just unbound (unbind_store, remove), restart the "
		"host and keep that driver off the device from boot; look for a newer kernel",
		{ "driver-release-safe" }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* arch/x86/kvm/vmx/vmx.c dump_vmcs */
		"kvm-entry-refused", HD_SPEAKER_KERNEL,
		{ "last attempted VM-entry on CPU", "KVM: entry failed, hardware error" },
		"the processor refused to run the guest in the state that KVM set: a defect of KVM or of the outer "
		"hypervisor (nested virtualization), or of the guest's firmware",
		"systemd-detect-virt prints another word than 'none': update the outer host, or run without "
		"nesting; else a newer kernel, QEMU and microcode, and <cpu mode='host-passthrough'>",
		{ "cpu-virtualization" }, HD_MESSAGE_EVENT,
	},
	{
		/* arch/x86/kvm/x86.c, since Linux 6.2 */
		"kvm-msr-unhandled", HD_SPEAKER_KERNEL,
		{ "Unhandled WRMSR(", "Unhandled RDMSR(" },
		"the guest used a register of the processor that KVM does not emulate; most guests only try it. No "
		"host device is involved",
		"nothing to do, unless the guest crashes or hangs at that moment: then <msrs unknown='ignore'/> in "
		"its <features>, or options kvm ignore_msrs=1 in /etc/modprobe.d",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/scsi/megaraid/megaraid_sas_fusion.c */
		"storage-fw-fault", HD_SPEAKER_KERNEL,
		{ "FW in FAULT state", "fault_state(0x", "controller lockup detected" },
		"the firmware of the storage controller crashed: a defect of it, heat, or a controller that was not "
		"reset since its last user",
		"switch the host off and on; it comes again: update the controller's firmware, look at its "
		"temperature, stop tools that query it (storcli, megacli); in a guest: rom bar='off' and MSI-X off",
		{ "device-alive", "reset-works", "storage-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/pci/pcie/aer.c find_source_device */
		"kernel-aer-no-source", HD_SPEAKER_KERNEL,
		{ "can't find device of ID" },
		"the port reports errors of its link, mostly corrected ones, whose sender the kernel does not find: a "
		"WiFi card or another device whose link saves power (ASPM), or bad contact",
		"pcie_aspm=off as a kernel parameter, else pci=noaer, which only hides them; a lower link speed in "
		"the firmware, or another slot",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* arch/x86/kernel/apic/apic.c setup_APIC_eilvt, kernel/cpu/mce/amd.c */
		"kernel-apic-vector", HD_SPEAKER_KERNEL,
		{ ", try to use APIC{hex:register} (LVT offset", "failed to setup threshold interrupt for bank" },
		"the firmware sets up an interrupt of the processor's error counters twice; no device is concerned",
		"nothing to do; newer firmware may not have it",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* DPDK lib/eal/linux/eal.c eal_check_module */
		"dpdk-no-vfio-module", HD_SPEAKER_TOOL,
		{ "Module /sys/module/vfio", "VFIO modules not loaded, skipping VFIO support" },
		"the kernel's VFIO modules are not loaded, so DPDK or SPDK cannot use devices through VFIO",
		"modprobe vfio-pci (at each boot: hostdevctl setup), then bind the device to it (dpdk-devbind.py -b "
		"vfio-pci, SPDK's setup.sh)",
		{ "vfio-modules", "vfio-modules-at-boot", "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* SPDK scripts/setup.sh */
		"dpdk-memlock", HD_SPEAKER_TOOL,
		{ "memlock limit is less than", "DPDK with VFIO may not be able to initialize" },
		"this user may lock too little memory for DPDK or SPDK with VFIO",
		"'USER - memlock unlimited' in /etc/security/limits.conf and log in again, LimitMEMLOCK=infinity for a "
		"unit, --ulimit memlock=-1 for a container; or run it as root",
		{ "memlock" }, HD_MESSAGE_EVENT,
	},
	{
		/* pciutils lib/sysfs.c */
		"lspci-no-vpd", HD_SPEAKER_TOOL,
		{ "sysfs_read_vpd: read failed: Input/output error", "sysfs_read_vpd: read failed" },
		"lspci could not read the product data of a device, which many devices do not have",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/pci/setup-res.c pci_claim_resource */
		"kernel-bar-moved", HD_SPEAKER_KERNEL,
		{ "no compatible bridge window" },
		"the firmware set a memory window where the bridge above has none; the kernel gives it another "
		"address",
		"nothing to do, unless a line 'failed to assign' for the same device follows: then pci=realloc, or "
		"Above 4G Decoding in the firmware",
		{ "device-alive" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/pci/setup-res.c pci_assign_resource; windows 7 to 12 are those of virtual functions */
		"kernel-vf-window", HD_SPEAKER_KERNEL,
		{ "BAR 7: no space for [mem size ", "BAR 9: no space for [mem size ",
		  "BAR 10: no space for [mem size ", "VF BAR {text:bar}: can't assign; no space" },
		"there are no addresses for the windows of the card's virtual functions; the card itself works",
		"nothing to do, unless you want virtual functions: then enable SR-IOV and Above 4G Decoding in the "
		"firmware and update it, or boot with pci=realloc, and make fewer (sriov_numvfs)",
		{ "vf-parent-up" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/pci/setup-res.c pci_assign_resource */
		"kernel-io-window", HD_SPEAKER_KERNEL,
		{ "bridge window [io {text:size}]: can't assign; no space",
		  "bridge window [io {text:size}]: failed to assign", "no space for [io ", "failed to assign [io " },
		"a bridge or device got no I/O ports, of which there are few; hardly any device needs them today",
		"nothing to do, unless a device below it does not work: then fewer bridges and ports (hotplug slots "
		"off in the firmware)",
		{ "device-alive" }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/video/fbdev/nvidia/nvidia.c */
		"nvidiafb-unknown", HD_SPEAKER_KERNEL,
		{ "nvidiafb: unknown NV_ARCH" },
		"the old framebuffer driver nvidiafb does not know this card and leaves it alone",
		"nothing to do; 'blacklist nvidiafb' in /etc/modprobe.d hides it",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/net/wireless/ath, ath11k/pcic.c */
		"wifi-no-vectors", HD_SPEAKER_KERNEL,
		{ "MSI vectors, only {number:have} available" },
		"the card needs more interrupts (MSI vectors) than it gets: interrupt remapping is off, or a "
		"hypervisor gives one only",
		"enable interrupt remapping in the firmware (VT-d, x2APIC; dmesg: 'Enabled IRQ remapping') and boot "
		"with intel_iommu=on; in a guest: q35 and a PCIe port; a kernel without CONFIG_IRQ_REMAP cannot",
		{ "interrupt-remapping", "iommu-enabled" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/nvidia installer */
		"nvidia-install-load", HD_SPEAKER_TOOL,
		{ "Unable to load the '{word:module}' kernel module" },
		"NVIDIA's installer built module {module}, but the kernel does not load it: vfio-pci or nouveau has "
		"the card, Secure Boot refuses it, or the driver does not fit the kernel or the card",
		"lspci -nnk -d 10de: 'in use: vfio-pci' or nouveau: take the card off that and restart; mokutil "
		"--sb-state: enabled: sign the module; else the end of dmesg and of /var/log/nvidia-installer.log",
		{ "kernel-modules-installed", "vfio-ids-bound" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/vfio/pci/vfio_pci_core.c */
		"kernel-vfio-map-fault", HD_SPEAKER_KERNEL,
		{ "vfio_pci_mmap_huge_fault" },
		"the guest touched the memory of {address} while it was not mapped: the card slept, was in a reset, "
		"or has fallen off the bus; QEMU then ends with 'kvm run failed Bad address'",
		"lspci -vvs {address}: 'rev ff': switch the host off and on; it looks well: keep it awake with "
		"disable_idle_d3=1 for vfio-pci and echo on > /sys/bus/pci/devices/{address}/power/control, do not "
		"reset it while its guest runs, and try a newer kernel",
		{ "device-alive", "power-state", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* kernel/irq/spurious.c */
		"kernel-irq-disabled", HD_SPEAKER_KERNEL,
		{ "Disabling IRQ #{number:irq}" },
		"nobody handled interrupt {irq}, so the kernel turned it off, and every device on that line stands "
		"still: a device of a guest and one of the host share a legacy line, or a device was not reset",
		"grep ' {irq}:' /proc/interrupts shows who shares it: vfio-pci among them: use another slot, let the "
		"guest's driver use MSI, or give all of the line's devices away; irqpoll as a kernel parameter helps "
		"until then",
		{ "interrupt-remapping", "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* systemd, src/udev/udev-spawn.c */
		"udev-rule-program", HD_SPEAKER_TOOL,
		{ "udevd{text}Process '{text:command}' failed with exit code {number:code}" },
		"a rule of udev starts '{command}', and that ended with an error; the device itself was found",
		"grep -rl for the command's name in /etc/udev/rules.d and /usr/lib/udev/rules.d; run it by hand as "
		"root to see its error. A rule that binds or unbinds a driver must name a full path and may run "
		"before the driver is loaded",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* systemd, src/udev/net/link-config.c */
		"udev-no-fixed-mac", HD_SPEAKER_TOOL,
		{ "Could not generate persistent MAC address" },
		"the interface is a virtual one without a hardware address, so udev leaves it a random one",
		"nothing to do; MACAddressPolicy=none in a .link file silences it, and an address that must stay goes"
		" into the guest's or bridge's definition",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* systemd, src/udev/udev-watch.c */
		"udev-node-gone", HD_SPEAKER_TOOL,
		{ "inotify_add_watch({text}) failed" },
		"the node of a disk vanished while udev looked at it: the disk was taken away, or its controller went"
		" to vfio-pci",
		"nothing to do if it was unplugged or given to a guest; else dmesg of that time says why the disk "
		"left",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* ACPICA, nsarguments.c */
		"acpi-type-mismatch", HD_SPEAKER_KERNEL,
		{ "type mismatch - Found [{text}ACPI requires" },
		"the firmware (in a guest the virtual board) declares an argument of a method otherwise than the "
		"driver passes it; the call works",
		"nothing to do: it is not why a device fails",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* NVIDIA open-gpu-kernel-modules, system.c */
		"nvidia-unknown-cpu", HD_SPEAKER_KERNEL,
		{ "Unrecognized {word} processor in cpuidInfo" },
		"NVIDIA's driver has no entry for this processor and uses its defaults",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* NVIDIA open-gpu-kernel-modules, nvstatuscodes.h */
		"nvidia-out-of-memory", HD_SPEAKER_KERNEL,
		{ "NVRM{text}[NV_ERR_NO_MEMORY]" },
		"the driver got no memory: the card's own is used up, or in a guest the card's window or the guest's "
		"memory is too small",
		"nvidia-smi shows how much is used and by whom: end that program; little is used: free -m, and in a "
		"guest a larger 64-bit window (q35, OVMF, Above 4G Decoding) and more memory",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* NVIDIA open-gpu-kernel-modules, nvstatuscodes.h */
		"nvidia-in-reset", HD_SPEAKER_KERNEL,
		{ "NV_ERR_GPU_IN_FULLCHIP_RESET" },
		"the card is in a reset, which an earlier error (Xid) made needed; until that ends every call fails",
		"journalctl -k -b -g Xid: the first line is the cause: paste it into hostdevctl explain; end the "
		"programs of the card, nvidia-smi --gpu-reset; that fails: restart the host or guest",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/pm/swsmu/smu_cmn.c */
		"amdgpu-smu-all-ones", HD_SPEAKER_KERNEL,
		{ "SMU: response:0xFFFFFFFF", "SMU: response 0xFFFFFFFF" },
		"the card's power controller reads all ones: {address} has fallen off the bus or was not reset",
		"lspci -vvs {address}: 'rev ff': switch the host off and on, as a restart is often not enough; it "
		"comes back after each guest: vendor-reset or another reset_method, and keep the card awake "
		"(power/control on)",
		{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/amd/amdgpu/amdgpu_acpi.c */
		"amdgpu-no-acpi", HD_SPEAKER_KERNEL,
		{ "No matching acpi device found for" },
		"the board's firmware has no entry for this card's power and brightness, as is usual for cards in "
		"slots",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/pci/rom.c */
		"kernel-rom-end", HD_SPEAKER_KERNEL,
		{ "No more image in the PCI ROM" },
		"the kernel read the card's ROM to its last image",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* drivers/net/ethernet/mellanox/mlx5/core/events.c */
		"mlx5-slot-power", HD_SPEAKER_KERNEL,
		{ "Detected insufficient power on the PCIe slot" },
		"the slot announces less power than the card can need: the firmware set no limit for the slot, or the"
		" slot is a small one",
		"nothing to do if the card works; it fails under load or its cables (optics) stay dark: a slot that "
		"gives 75 W, its power plug if it has one, or the slot's power limit in the firmware",
		{ NULL }, HD_MESSAGE_HARMLESS_IF,
	},
	{
		/* drivers/net/ethernet/mellanox/mlx5/core/port.c, events.c */
		"net-module-fault", HD_SPEAKER_KERNEL,
		{ "Port module event[error]: {text:fault}" },
		"the cable or transceiver in the port reports a fault: too hot, not supported, unreadable or broken",
		"ethtool -m {interface} shows its temperature and type: another cable or transceiver that the card's "
		"list names, better cooling; 'Bus stuck', 'EEPROM': take it out and put it in again",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/pci/pci-sysfs.c */
		"sriov-no-driver", HD_SPEAKER_KERNEL,
		{ "No driver bound to device; cannot configure SR-IOV" },
		"{address} has no driver, and only the driver of a physical function can make virtual ones",
		"lspci -nnks {address}: 'Kernel modules' names the driver: modprobe it, then echo {address} > "
		"/sys/bus/pci/drivers/DRIVER/bind. It does not bind: dmesg has why (blacklist, force_probe, "
		"vfio-pci.ids); vfio-pci never makes them here",
		{ "vfio-ids-bound" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/gpu/drm/xe/xe_sriov_vf.c */
		"xe-vf-no-migration", HD_SPEAKER_KERNEL,
		{ "migration not supported by this module version" },
		"this build of the driver cannot move a guest with a virtual function to another host; the function "
		"works",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{
		/* sound/pci/hda/hda_intel.c */
		"hda-spurious", HD_SPEAKER_KERNEL,
		{ "spurious response {hex}:{hex}, last cmd={hex}", "hda-intel: spurious response" },
		"the sound function answers with zeros or ones: its graphics card is switched off, sleeps, or was not"
		" reset after a guest",
		"lspci -s {address}: 'rev ff': power the card on (bbswitch, power/control on) or switch the host off "
		"and on; a card that guests have: give its sound function to vfio-pci, too",
		{ "device-alive", "power-state" }, HD_MESSAGE_EVENT,
	},
	{
		/* dracut, dracut-initqueue.sh */
		"dracut-timeout", HD_SPEAKER_KERNEL,
		{ "dracut-initqueue timeout", "dracut-initqueue: timeout", "starting timeout scripts" },
		"the initramfs waits for the disk of the root file system and does not get it: no driver for its "
		"controller in the initramfs, vfio-pci took that controller, or root=, rd.lvm.lv= or resume= names a "
		"disk that is not there",
		"boot an older entry of the boot menu. It boots: dracut -f --regenerate-all --add-drivers DRIVER. It "
		"does not: in the boot menu ('e') take vfio-pci.ids= and rd.driver.pre=vfio-pci off, compare root= "
		"and rd.lvm.lv= with blkid and lvs; in the dracut shell: lspci -k, lsblk, cat "
		"/run/initramfs/rdsosreport.txt",
		{ "storage-free", "vfio-ids-bound" }, HD_MESSAGE_EVENT,
	},
	{
		/* drivers/usb/host/xhci-ring.c */
		"xhci-no-answer", HD_SPEAKER_KERNEL,
		{ "xHCI host not responding to" },
		"the USB controller {address} no longer reacts to commands: it hangs, was not reset after its guest, "
		"or the IOMMU blocked its DMA",
		"echo -n {address} > /sys/bus/pci/drivers/xhci_hcd/unbind, then the same to bind; if that fails, "
		"switch the host off and on; look for IOMMU faults before this line, and for newer firmware of "
		"the card",
		{ "device-alive", "reset-works", "usb-controller-free" }, HD_MESSAGE_EVENT,
	},
	{ .id = NULL },
};
