/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * families_boot.c - what do messages of the boot, of udev, of module files and of the kernel's own
 * memory and interrupts mean, whichever device they name?
 */
#include "config.h"

#include "explain/families.h"

const struct hd_family hd_families_boot[] = {
	{
		0, 0, NULL,
		{ "general-udev-slow", HD_SPEAKER_TOOL, { NULL },
			"udev waited for the driver of a device, which takes long to start or hangs in "
			"the kernel, and then ended its worker: the device can be left half set up. udev "
			"itself is not the cause",
			"dmesg of that time shows what the driver waits for ('blocked for more than', "
			"'timeout', 'firmware'): paste that into hostdevctl explain. No line, only slow "
			"(many disks or functions): udev.event_timeout=300 as a kernel parameter. A device "
			"that is for guests: give it to vfio-pci at boot (hostdevctl setup), so that no "
			"driver of the host starts",
			{ "device-alive", "reset-works" }, HD_MESSAGE_GENERAL },
		"processing seqnum*|taking a long time|udev-worker|worker [*",
	},
	{
		0, 0, NULL,
		{ "general-modprobe-file", HD_SPEAKER_TOOL, { NULL },
			"a line of a file in /etc/modprobe.d or /etc/modules-load.d is not a setting, so "
			"it has no effect: ids that are not behind 'options vfio-pci ids=', a line that "
			"was broken in two, a wrong name of a parameter",
			"open the file and the line that the message names: it must be one line 'options "
			"vfio-pci ids=10de:1b80,10de:10f0', 'softdep nvidia pre: vfio-pci' or 'blacklist "
			"nouveau'; modinfo -p MODULE lists parameters; then update-initramfs -u (dracut -f, "
			"mkinitcpio -P) and restart",
			{ "vfio-ids-bound", "vfio-modules-at-boot" }, HD_MESSAGE_GENERAL },
		"ignoring bad line|kmod_config_parse|modprobe.d*|modules-load.d*|unknown parameter|"
		"ignoring unknown",
	},
	{
		0, 0, NULL,
		{ "general-root-device", HD_SPEAKER_KERNEL, { NULL },
			"the system found no disk with its root file system: the initramfs has no driver "
			"for the disk's controller, vfio-pci took that controller, the disk does not "
			"answer, or root= names another disk",
			"boot an older entry of the boot menu. It boots: build the initramfs again "
			"(update-initramfs -u -k all, dracut -f --regenerate-all, mkinitcpio -P). It does "
			"not: take vfio-pci.ids= off the kernel's line in the boot menu ('e' in GRUB): the "
			"ids can be those of the disk's controller, too. Then compare root= with blkid",
			{ "storage-free", "vfio-ids-bound" }, HD_MESSAGE_GENERAL },
		"vfs:|cannot open root device|unable to mount root|root fs|unknown-block*|/sysroot|"
		"emergency mode|emergency shell|dracut-initqueue|initqueue|rootfs image",
	},
	{
		0, 0, NULL,
		{ "general-initramfs", HD_SPEAKER_TOOL, { NULL },
			"the initramfs was not built as asked: it names a module that this kernel does not "
			"have (vfio_virqfd is a part of vfio since Linux 6.2; others are built in), a file "
			"is missing, or /boot is full",
			"remove the module that the line names from /etc/mkinitcpio.conf, "
			"/etc/dracut.conf.d, /etc/initramfs-tools/modules or /etc/modules, build again, and "
			"look for errors; df /boot; lsinitrd or lsinitramfs piped to grep vfio must list "
			"vfio-pci, or modinfo vfio-pci says '(builtin)'",
			{ "vfio-modules-at-boot", "vfio-modules" }, HD_MESSAGE_GENERAL },
		"dracut*|mkinitcpio*|update-initramfs*|mkinitramfs*|initramfs*|initcpio|"
		"==> error*|==> warning*|build hook|the image may not be complete",
	},
	{
		0, 0, NULL,
		{ "general-module-symbol", HD_SPEAKER_KERNEL, { NULL },
			"the module was built for another kernel, or another module that it needs is not "
			"loaded or is of another version",
			"modinfo -F vermagic of the module and uname -r: they differ: build it for this "
			"kernel (dkms autoinstall) or restart into the kernel that was installed; they are "
			"equal: load it by modprobe, not insmod, after depmod -a; modprobe -D shows what it "
			"needs: those must come from the same package",
			{ "kernel-modules-installed" }, HD_MESSAGE_GENERAL },
		"unknown symbol|no symbol version|version of symbol|version magic|invalid module format",
	},
	{
		HD_SAYS_KMOD, 0, NULL,
		{ "general-module-used", HD_SPEAKER_TOOL, { NULL },
			"the module cannot be removed while something uses it: another module (nvidia_uvm, "
			"nvidia_drm and nvidia_modeset use nvidia), the display, a console or a program",
			"lsmod: the last column names the modules to remove first (modprobe -r nvidia_uvm "
			"nvidia_drm nvidia_modeset nvidia in that order); none there, but a count: fuser -v "
			"/dev/nvidia* /dev/dri/* names the programs: stop the display manager and "
			"nvidia-persistenced. To pass the card the module needs not be removed: hostdevctl "
			"detach {address}",
			{ "display-free", "holders-free", "driver-release-safe" }, HD_MESSAGE_GENERAL },
		"could not remove|cannot remove|is in use|in use by|unload*|remove module",
	},
	{
		0, 0, NULL,
		{ "general-module-install", HD_SPEAKER_TOOL, { NULL },
			"the installer could not load the module that it built: another driver has the card "
			"(vfio-pci, nouveau), Secure Boot refuses a module that is not signed, or this "
			"version of the driver does not fit the kernel or the card",
			"lspci -nnk -d 10de: 'in use: vfio-pci' or nouveau: take the card off that (remove "
			"its ids from /etc/modprobe.d, blacklist nouveau, build the initramfs, restart); "
			"mokutil --sb-state: enabled: sign the module; else the end of "
			"/var/log/nvidia-installer.log and of dmesg has the reason",
			{ "kernel-modules-installed", "vfio-ids-bound" }, HD_MESSAGE_GENERAL },
		"nvidia-installer*|unable to load the*|kernel module source|unable to build the*|"
		"unable to find the kernel source*",
	},
	{
		0, 0, NULL,
		{ "general-deferred", HD_SPEAKER_KERNEL, { NULL },
			"the driver waits for another device or driver that its device needs (clock, "
			"regulator, bus, IOMMU, interrupt controller), which is not there",
			"cat /sys/kernel/debug/devices_deferred names what it waits for: load that driver; "
			"in a guest that device must be passed, too, or the driver must do without",
			{ NULL }, HD_MESSAGE_GENERAL },
		"deferred probe*|probe deferral|probe pending|deferring probe|supplier*",
	},
	{
		0, 0, NULL,
		{ "general-dma-memory", HD_SPEAKER_KERNEL, { NULL },
			"the driver got no memory that its device can reach: none in one piece, none below "
			"4 GiB, or the buffer for devices that reach less (swiotlb) is full",
			"free -h, and /proc/buddyinfo (few blocks on the right: memory is in pieces): "
			"restart, or load the driver right after the boot; in a guest give it more memory "
			"and the driver fewer queues; 'swiotlb': swiotlb=65536 as a kernel parameter, or an "
			"IOMMU (iommu=pt takes less)",
			{ "hugepages" }, HD_MESSAGE_GENERAL },
		"page allocation failure|pci_pool_alloc*|dma_pool*|dma_alloc*|alloc_dma*|swiotlb*|sw-iommu|"
		"cma:|cma_alloc|coherent memory|contiguous|iova method memory|pool alloc*",
	},
	{
		0, 0, NULL,
		{ "general-hardware-error", HD_SPEAKER_KERNEL, { NULL },
			"the hardware itself reports an error: memory, processor, or, as PCIe root port, a "
			"device or its slot",
			"ras-mc-ctl --summary or 'journalctl -k -g \"Hardware Error|EDAC\"' names the part: a "
			"DIMM: test and replace it; 'PCIe error' with an address: hostdevctl check {address}, "
			"then another slot or riser; right when a guest starts or ends: the device that it "
			"has was not reset well: switch the host off and on",
			{ "device-alive", "reset-works" }, HD_MESSAGE_GENERAL },
		"hardware error|edac*|mce:|machine check|ghes*|system error (serr)|nmi:",
	},
	{
		0, 0, NULL,
		{ "general-irq-line", HD_SPEAKER_KERNEL, { NULL },
			"an interrupt cannot be set up or has nobody who handles it: a legacy line that "
			"several devices share, or too few vectors",
			"/proc/interrupts: devices on one line: let them use MSI, move the card to another "
			"slot, or unbind the other device of that line; vfio-pci with a shared line: options "
			"vfio-pci nointxmask=1, then no other driver may be on it; vectors exhausted: fewer "
			"queues or virtual functions",
			{ "interrupt-remapping" }, HD_MESSAGE_GENERAL },
		"genirq:|flags mismatch irq|irq handler|vector space exhaustion|vector allocation|"
		"no irq|affinity broken|no gsi|derive routing",
	},
	{
		0, 0, NULL,
		{ "general-lockdown", HD_SPEAKER_KERNEL, { NULL },
			"with Secure Boot the kernel forbids programs to reach devices directly (lockdown): "
			"setpci, /dev/mem, ports, unsigned modules, noiommu",
			"cat /sys/kernel/security/lockdown shows the level: use vfio-pci instead of direct "
			"access, sign modules (mokutil --import), or turn Secure Boot off in the firmware",
			{ "kernel-modules-installed" }, HD_MESSAGE_GENERAL },
		"lockdown:|kernel_lockdown|kernel lockdown|is restricted",
	},
	{
		0, 0, NULL,
		{ "general-slot", HD_SPEAKER_KERNEL, { NULL },
			"the slot (also Thunderbolt or a dock) says that its card is gone or its link is "
			"down: it was pulled, lost power, sleeps, or does not train its link after a reset",
			"lspci does not list the card: echo 1 > /sys/bus/pci/rescan; still not: power and "
			"cable, switch the host off and on; it comes back but goes again: pcie_aspm=off "
			"pcie_port_pm=off; during a guest's reset: a reset_method other than bus, or "
			"pcie_ports=compat",
			{ "device-present", "device-alive", "power-state" }, HD_MESSAGE_GENERAL },
		"pciehp*|slot(*|card not present|thunderbolt*|failed to check link|link inactive",
	},
	{
		0, 0, NULL,
		{ "general-acpi", HD_SPEAKER_KERNEL, { NULL },
			"the firmware's tables (ACPI) lack a method or have an error in it; for passing "
			"devices that mostly does not matter. Programs that switch a laptop's card on and "
			"off by it (bbswitch, acpi_call) cannot work on this computer",
			"if all devices are in lspci and work, nothing. A card that does not wake up: "
			"hostdevctl check {address} (power-state): remove bbswitch, echo on > its "
			"power/control; else update the firmware",
			{ "power-state" }, HD_MESSAGE_GENERAL },
		"ae_not_found|ae_*|_dsm*|aml|bbswitch:|acpi_call",
	},
	{
		0, 0, NULL,
		{ "general-suspend", HD_SPEAKER_KERNEL, { NULL },
			"a device did not go to sleep or did not wake up, so the host stays awake or comes "
			"back without it: its driver could not save the card's memory (too little free memory), "
			"a guest has it, or it does not answer",
			"the line names the device and its driver. A guest has it: end or hibernate the guest "
			"before the host sleeps; 'evict', 'no memory': free memory or swap as large as the card's; "
			"a dead device ('rev ff' in lspci -vvs {address}): switch the host off and on, then unbind "
			"its driver in a unit Before=sleep.target, or keep it from sleeping at all",
			{ "device-alive", "power-state" }, HD_MESSAGE_GENERAL },
		"pci_pm_suspend*|pci_pm_resume*|dpm_run_callback*|failed to suspend|failed to resume|"
		"some devices failed to suspend|suspend failed|evicting device resources|buffer eviction",
	},
	{ .answer = { .id = NULL } },
};
