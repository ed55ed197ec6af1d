/* SPDX-License-Identifier: GPL-2.0-or-later */
/* families_kind.c - what do messages mean for one kind of device, or for one part of a driver? */
#include "config.h"

#include "explain/families.h"

#define START (HD_TRIED_RESET | HD_TRIED_ANSWER | HD_TRIED_PROBE | HD_TRIED_POWER | HD_TRIED_FIRMWARE | \
	       HD_TRIED_MSI | HD_TRIED_DMA | HD_TRIED_LINK)
#define SOUND "snd_*|snd-*|hdaudio*|azx_*|corb|rirb|sof-audio*|sof_*|hda-codec*|hda codec"
#define WIFI "iwlwifi|iwl*|ath9k*|ath10k*|ath11k*|ath12k*|mt76*|mt79*|rtw88*|rtw89*|rtw_*|brcmfmac*|" \
	     "brcmsmac*|mhi|cfg80211|mac80211|wlan*"
#define SATA "ata1*|ata2*|ata3*|ata4*|ata5*|ata6*|ata7*|ata8*|ata9*|ahci"
#define MEDIA "cx23885*|cx25840*|cx24117*|saa71*|saa716*|tbs*|ddbridge*|dvb*|em28xx*|ivtv*|v4l2*|videodev|" \
	      "mpeg risc"

const struct hd_family hd_families_kind[] = {
	{
		0, START, NULL,
		{ "general-sound-silent", HD_SPEAKER_KERNEL, { NULL },
			"the sound function does not answer its driver: it is a part of a graphics card "
			"and was not reset with it after a guest, its interrupts (MSI) do not arrive, or it "
			"does not wake up from power saving",
			"lspci -vvs {address}: 'rev ff': switch the host off and on. A graphics card's "
			"sound: keep both functions on vfio-pci and give both to the guest together "
			"(hostdevctl list --long). Else, where the message is from: options snd_hda_intel "
			"enable_msi=0 power_save=0 in /etc/modprobe.d, and for a DSP (sof) options "
			"snd_intel_dspcfg dsp_driver=1; then load the driver again",
			{ "device-alive", "reset-works", "power-state" }, HD_MESSAGE_GENERAL },
		SOUND,
	},
	{
		0, 0, NULL,
		{ "general-sound", HD_SPEAKER_KERNEL, { NULL },
			"the sound driver has trouble with its codec, jack or settings: only sound is "
			"concerned",
			"aplay -l lists cards: it plays: nothing; a device that is for a guest: the host's "
			"driver should not have it (hostdevctl detach {address}); else a newer kernel, or "
			"alsactl init",
			{ "holders-free" }, HD_MESSAGE_GENERAL },
		SOUND,
	},
	{
		0, START, NULL,
		{ "general-wifi-start", HD_SPEAKER_KERNEL, { NULL },
			"the WiFi card's own processor does not start or answer: its firmware file is "
			"missing or too old; in a guest its interrupts do not arrive (many cards need 16 or "
			"32 MSI vectors, and some read the host's interrupt address, which no guest has); or "
			"it was not reset since its last user",
			"'Direct firmware load' in dmesg: install linux-firmware. Try the card on the host: "
			"it works there: enable interrupt remapping (VT-d, x2APIC), use a q35 guest and a "
			"newer kernel in it; ath11k and ath12k often cannot be passed at all: use another "
			"card. It fails there, too: switch the host off and on, then a newer kernel",
			{ "interrupt-remapping", "device-alive", "reset-works" }, HD_MESSAGE_GENERAL },
		WIFI,
	},
	{
		0, 0, NULL,
		{ "general-wifi", HD_SPEAKER_KERNEL, { NULL },
			"the WiFi driver reports trouble with the card, its firmware or the radio",
			"dmesg: 'Direct firmware load' names a file that is missing: install linux-firmware; "
			"rfkill list: blocked: rfkill unblock wifi; else a newer kernel and firmware. hostdevctl "
			"check {address}: device-alive fails: switch the host off and on",
			{ "device-alive" }, HD_MESSAGE_GENERAL },
		WIFI,
	},
	{
		HD_SAYS_STORAGE, 0, NULL,
		{ "general-storage-fault", HD_SPEAKER_KERNEL, { NULL },
			"the controller's own firmware crashed or does not answer (fault, lockup), and its "
			"driver resets it: a defect of that firmware, heat, or, after a guest, a controller "
			"that was not reset",
			"lspci -vvs {address}: 'rev ff': switch the host off and on. It comes again: update "
			"the controller's firmware (storcli, sas3flash), look at its temperature and cables, "
			"stop monitoring tools that query it; in a guest: <rom bar='off'/> and a driver "
			"without MSI-X (msix_disable=1 for mpt3sas and megaraid_sas)",
			{ "device-alive", "reset-works", "storage-free" }, HD_MESSAGE_GENERAL },
		"fault state|fault code|fault|lockup|non-operational|doorbell|diag reset|ioc*|firmware state|"
		"fw state|fw in|controller is dead|outstanding",
	},
	{
		0, 0, NULL,
		{ "general-sata", HD_SPEAKER_KERNEL, { NULL },
			"a disk or its cable at that SATA port does not answer, or, if all ports of the "
			"controller fail, the controller: its link is bad, it was not reset, or its DMA or "
			"interrupts do not get through the IOMMU",
			"one port only: another cable, port and power; smartctl -a the disk. All ports: "
			"lspci -vvs {address}: 'rev ff': switch the host off and on; journalctl -k -g "
			"'DMAR|IO_PAGE_FAULT' has its address: such a controller (Marvell 88SE9xxx) cannot "
			"work behind an IOMMU; 'AER' or 'BadDLLP' lines: a slower PCIe generation in the "
			"firmware, another slot or adapter; in a guest only: q35 and rom bar='off'",
			{ "device-alive", "reset-works", "storage-free" }, HD_MESSAGE_GENERAL },
		SATA "|softreset|comreset|hard resetting link|sata link|srst failed",
	},
	{
		0, 0, NULL,
		{ "general-media", HD_SPEAKER_KERNEL, { NULL },
			"the TV or capture card does not work with its driver: its bus (i2c) or DMA does not "
			"answer because interrupts do not arrive or the card was not reset, or driver and "
			"firmware file are of another version of the card",
			"switch the host off and on, and try the card on the host: it works there: MSI on or "
			"off for its driver (modinfo -p names the option, as int_type or enable_msi), q35 for "
			"the guest; 'risc op code error': options cx23885 dma_reset_workaround=2; it fails "
			"there, too: the vendor's newest driver and firmware file for this kernel",
			{ "device-alive", "reset-works", "interrupt-remapping" }, HD_MESSAGE_GENERAL },
		MEDIA,
	},
	{
		0, 0, NULL,
		{ "general-qat", HD_SPEAKER_KERNEL, { NULL },
			"the QuickAssist driver refuses its configuration or its device: host and guest "
			"ask for different services, SR-IOV is set otherwise than the driver was built, or "
			"the physical function is not up",
			"adf_ctl status on the host: the physical function must be up; make ServicesEnabled "
			"of its /etc/*_dev0.conf and of the guest's file the same, SRIOV_Enabled = 1 with "
			"virtual functions (or build the driver without SR-IOV), then restart qat_service on "
			"the host, then in the guest; the kernel's own driver: cat "
			"/sys/bus/pci/devices/{address}/qat/cfg_services",
			{ "vf-parent-up", "device-alive" }, HD_MESSAGE_GENERAL },
		"qat*|4xxx*|420xx*|c3xxx*|c4xxx*|c6xx*|dh895*|icp_*|adf_*",
	},
	{
		0, 0, NULL,
		{ "general-accelerator", HD_SPEAKER_KERNEL, { NULL },
			"the accelerator does not work with its driver: it was not reset since its last "
			"user, its interrupts or DMA do not get through to a guest, it sleeps, or driver and "
			"firmware do not fit",
			"lspci -vvs {address}: 'rev ff': switch the host off and on. Try it on the host: it "
			"works there but not in the guest: q35 with a PCIe port, interrupt remapping on, no "
			"power saving (pcie_aspm=off); journalctl -k -g 'DMAR|IO_PAGE_FAULT' on the host "
			"shows blocked DMA: then it cannot be passed that way. It fails there, too: vendor's "
			"driver and firmware of one release",
			{ "device-alive", "reset-works", "interrupt-remapping" }, HD_MESSAGE_GENERAL },
		"apex|gasket|intel_vpu|ivpu*|idxd|habanalabs|hailo*|tenstorrent|xdma|xocl*|xclmgmt*|fioerr|"
		"fioinf|fio-*",
	},
	{
		0, 0, NULL,
		{ "general-kvm-entry", HD_SPEAKER_KERNEL, { NULL },
			"the processor refused to run the guest in the state that KVM set: a defect of KVM "
			"or of the outer hypervisor (nested virtualization), or firmware of the guest that "
			"uses what the processor lacks",
			"systemd-detect-virt prints another word than 'none': nested: update the outer host, "
			"or run without nesting; else a newer kernel and microcode, another <cpu> "
			"(host-passthrough), and the guest without SMM or nested features. No host device is "
			"the cause",
			{ "cpu-virtualization" }, HD_MESSAGE_GENERAL },
		"kvm_intel|kvm_amd|vmcs*|vm-entry|vmentry",
	},
	{
		HD_SAYS_AMDGPU, 0, NULL,
		{ "general-amdgpu-host", HD_SPEAKER_KERNEL, { NULL },
			"AMD's host driver (gim) or a virtual function of its card has trouble: the virtual "
			"functions hang or get no answer from the host's driver, which is not loaded, has no "
			"memory, or resets the whole card",
			"on the host: lsmod shows gim and not amdgpu for the card (blacklist amdgpu: it must "
			"not take virtual functions there); stop all guests of the card, modprobe -r gim, "
			"modprobe gim; still errors: switch the host off and on. 'memory': iommu=pt, more "
			"free memory. In a guest: its driver must be of the release that fits the host's gim",
			{ "vf-parent-up", "reset-works", "device-alive" }, HD_MESSAGE_GENERAL },
		"gim|gim_*|libgv|ack from pf|amdgv*|virtualization scheduler",
	},
	{
		HD_SAYS_AMDGPU, 0, NULL,
		{ "general-amdgpu-block", HD_SPEAKER_KERNEL, { NULL },
			"one part of the card (decoder, display, copy engine, ring) did not start, or the "
			"card used memory that it may not: it still has what its last user left, or its "
			"firmware file does not fit the kernel",
			"worked before a guest or an unbind: switch the host off and on, then keep amdgpu off "
			"the card. Never worked: newer linux-firmware and kernel. Only a decoder (uvd, vcn, "
			"vce): amdgpu.ip_block_mask leaves it out (dmesg 'add ip block number' gives the "
			"bit). Page faults while programs run: the program or Mesa: update it",
			{ "reset-works", "device-alive", "driver-release-safe" }, HD_MESSAGE_GENERAL },
		"ip block|page fault|protection_fault*|mmhub*|gfxhub*|ring test|ib test*|uvd*|vcn*|vce*|"
		"sdma*|kiq*|mes|queue|queues|evict*|doorbell*|fence*",
	},
	{
		HD_SAYS_VGPU, 0, NULL,
		{ "general-gvt-guest", HD_SPEAKER_KERNEL, { NULL },
			"the guest's graphics driver did what Intel's GVT-g does not understand (a command, a "
			"page table), so that it stops this virtual graphics; the host and other guests go "
			"on",
			"restart the guest; use an older driver of Intel's in it (Windows: 27.20.100.x or the "
			"one of the card's time) and a newer kernel on the host; without need of more "
			"guests pass the whole graphics (GVT-g is no longer developed; 12th generation and "
			"newer have SR-IOV instead)",
			{ "mdev-present" }, HD_MESSAGE_GENERAL },
		"cmd parser*|shadow page|guest page|spt|ppgtt*|ggtt*|failsafe*|workload*|handler error|"
		"mi_*|gvt internal error|scan wa ctx*",
	},
	{
		0, 0, NULL,
		{ "general-remapping", HD_SPEAKER_KERNEL, { NULL },
			"interrupt remapping cannot be used: the firmware's table of the IOMMU does not list "
			"an interrupt controller, or the IOMMU or that part of it is off. VFIO then refuses "
			"devices, or many processors cannot be used",
			"enable VT-d (AMD: IOMMU) and x2APIC in the firmware and update it; dmesg must say "
			"'Enabled IRQ remapping'. No newer firmware: intremap=no_x2apic_optout, or for "
			"trusted guests only options vfio_iommu_type1 allow_unsafe_interrupts=1",
			{ "interrupt-remapping", "iommu-firmware", "iommu-enabled" }, HD_MESSAGE_GENERAL },
		"irq remapping|interrupt remapping|dmar-ir*|x2apic*|irq-injection|ioapic*|intremap*",
	},
	{
		HD_SAYS_IOMMU, 0, NULL,
		{ "general-iommu-request", HD_SPEAKER_KERNEL, { NULL },
			"a device or interrupt controller sent a request that the IOMMU's tables do not "
			"allow: usually the firmware's table lacks or misnames it; else the device behind it "
			"was not reset after its guest",
			"lspci -s the address that the line names: an interrupt controller or nothing: update "
			"the firmware; it is harmless if all devices work; a device: reset it (hostdevctl "
			"check {address}); repeated for a device of the host: iommu=pt",
			{ "iommu-firmware", "device-alive", "no-direct-region" }, HD_MESSAGE_GENERAL },
		"invalid_device_request|illegal_dev*|invalid_ppr*|dev_tab_hardware*|illegal_command*|event logged",
	},
	{
		0, 0, NULL,
		{ "general-bluetooth", HD_SPEAKER_KERNEL, { NULL },
			"the Bluetooth device does not answer the system that has it now: the host's driver "
			"loaded its firmware or holds it still, it was not reset between host and guest, its "
			"firmware is missing, or it is one half of a WiFi card whose other half is elsewhere",
			"on the host: lsusb -t: Driver=btusb: options btusb or blacklist btusb, so that only the "
			"guest starts it; unplug it or power the host off once (a restart does not reset it); in "
			"the guest: dmesg | grep -i firmware: missing: linux-firmware there; it stays: pass the "
			"USB controller it hangs on, or another dongle on a hub; both halves of a combined card to "
			"one system",
			{ "usb-free", "usb-present", "usb-controller-free" }, HD_MESSAGE_GENERAL },
		"bluetooth*|hci0|hci1|btusb|hci_*",
	},
	{
		0, 0, NULL,
		{ "general-windows-storage", HD_SPEAKER_TOOL, { NULL },
			"Windows waited too long for a disk and reset its controller: '{reason}'. The disk on the "
			"host is slow or stalls for a moment, or the driver (vioscsi, viostor, storahci, stornvme) "
			"does not get along with it",
			"on the host at that time: journalctl -k -b -g 'timeout|reset' and iostat -x 1: the disk "
			"itself stalls; else a newer virtio-win driver, <driver io='native' cache='none'/> or "
			"aio=threads; a controller that is passed: give the disks one by one instead, or MSI on "
			"for it; more time: TimeoutValue below Services\\Disk in the registry",
			{ "storage-free", "interrupt-remapping" }, HD_MESSAGE_GENERAL },
		"reset to device*|raidport*|vioscsi|viostor|storahci|stornvme|event id 129|event 129",
	},
	{
		0, 0, NULL,
		{ "general-net-hang", HD_SPEAKER_KERNEL, { NULL },
			"the network card's sending part hangs under load, and the driver resets it: known "
			"for Intel's I217 to I219 and others with offloads and power saving",
			"ethtool -K {interface} tso off gso off gro off, and ethtool --set-eee {interface} "
			"eee off; pcie_aspm=off; it stays: newer kernel or driver. In a guest also see "
			"whether its numbers in /proc/interrupts grow, and use MSI",
			{ "power-state", "interrupt-remapping" }, HD_MESSAGE_GENERAL },
		"unit hang|netdev watchdog|transmit queue|tx hang|tx timeout|tx_timeout|tx unit",
	},
	{
		HD_SAYS_NET, 0, NULL,
		{ "general-net-nvm", HD_SPEAKER_KERNEL, { NULL },
			"the card's own memory (EEPROM, NVM, firmware image) cannot be read or is damaged, "
			"or is of another version than the driver wants",
			"lspci -vvs {address}: 'rev ff': it is not damaged but dead: switch the host off and "
			"on; else write the vendor's firmware again (nvmupdate64e, mlxfwmanager, bnxtnvm) on "
			"the host",
			{ "device-alive" }, HD_MESSAGE_GENERAL },
		"eeprom*|nvm|nvm checksum|checksum*|flash|pba|option rom",
	},
	{
		HD_SAYS_USB, 0, NULL,
		{ "general-usb-transfer", HD_SPEAKER_KERNEL, { NULL },
			"driver and USB controller do not agree about a transfer: a defect of the kernel's "
			"driver or of the (emulated) controller, or a device that does not keep to its "
			"protocol, as disks in UAS mode",
			"lsusb -t: a disk with Driver=uas: usb-storage.quirks=VID:PID:u as a kernel parameter "
			"(lsusb shows the ids); in a guest use <controller type='usb' model='qemu-xhci'/> or "
			"pass the whole controller; else another kernel, port or hub",
			{ "usb-present", "usb-controller-free" }, HD_MESSAGE_GENERAL },
		"trb*|tr deq*|td at|uas*|uas_eh*|ep_index|endpoint*|urb*|transfer*|cmd in|data-in",
	},
	{
		HD_SAYS_USB, 0, NULL,
		{ "general-usb-power", HD_SPEAKER_KERNEL, { NULL },
			"a USB port gives too little power, or the bus has too little bandwidth for what is "
			"plugged in",
			"plug devices with their own power, fewer behind one hub, or into another controller "
			"(lsusb -t shows which share one); over-current with nothing plugged: a broken port",
			{ "usb-present" }, HD_MESSAGE_GENERAL },
		"over-current*|overcurrent|bandwidth|not enough power|power budget",
	},
	{
		HD_SAYS_NVME, 0, NULL,
		{ "general-nvme-abort", HD_SPEAKER_KERNEL, { NULL },
			"a command of the disk was not finished in time and was given up: the disk or, for "
			"a virtual one, the storage behind it is too slow; or its interrupts do not arrive",
			"/proc/interrupts: its numbers do not grow while it is used: interrupts: MSI-X in "
			"the guest's hypervisor, q35; they grow: smartctl -a the disk, load and health of "
			"the storage behind it, nvme_core.io_timeout=255 for slow storage",
			{ "device-alive", "interrupt-remapping" }, HD_MESSAGE_GENERAL },
		"abort status|aborting|abort|i/o tag|io timeout|request timeout",
	},
	{
		HD_SAYS_IGPU, 0, NULL,
		{ "general-igpu-guc", HD_SPEAKER_KERNEL, { NULL },
			"the graphics's firmware (GuC) refuses a request or does not answer: for a virtual "
			"function the drivers of host and guest are of different versions, or the physical "
			"function hangs; else firmware file and driver do not fit",
			"the picture and programs work: nothing. Host and guest must have the same version "
			"of i915-sriov-dkms (or both xe) and enable_guc=3; newest linux-firmware on both; "
			"then shut all guests down and restart the host",
			{ "vf-parent-up", "device-alive" }, HD_MESSAGE_GENERAL },
		"mmio request|relay*|vf2pf|pf2vf|ct *|h2g|g2h|forcewake*|ci tainted",
	},
	{
		HD_SAYS_NVIDIA, 0, NULL,
		{ "general-nvidia-check", HD_SPEAKER_KERNEL, { NULL },
			"a check inside NVIDIA's driver failed: it met a state of the card, the firmware or the "
			"hypervisor that it did not expect. Alone it is a defect of this driver version; the "
			"lines that follow say whether the card works",
			"nvidia-smi lists the card and programs run: nothing, or a newer driver. It does not: "
			"'RmInitAdapter', 'GSP' or 'Xid' lines after it are the cause: paste them into hostdevctl "
			"explain; no such line: switch the host off and on, then another driver version (open "
			"and closed module of one release)",
			{ "device-alive", "reset-works" }, HD_MESSAGE_GENERAL },
		"nvassert*|nvcheck*|assertion failed|check failed|unhandled|sanity check*",
	},
	{
		HD_SAYS_NVIDIA, 0, NULL,
		{ "general-nvidia-fabric", HD_SPEAKER_TOOL, { NULL },
			"the links between NVIDIA's cards (NVLink, NVSwitch) are not set up: the fabric "
			"manager does not run, is of another version than the driver, or only a part of the "
			"linked cards and switches is in this system or guest",
			"systemctl status nvidia-fabricmanager where the switches are: its version must be "
			"the driver's (nvidia-smi); in a guest give all cards and switches of a partition, or "
			"one card without NVLink (NVreg_NvLinkDisable=1)",
			{ "device-alive", "kernel-modules-installed" }, HD_MESSAGE_GENERAL },
		"nvlink*|nvswitch*|fabric*|fabricmanager*",
	},
	{
		0, 0, NULL,
		{ "general-udev", HD_SPEAKER_TOOL, { NULL },
			"udev could not do something for a device: a rule's program failed, a name or link "
			"is taken, or the device left meanwhile; the device itself may well work",
			"ls -l of the device's node: owner, group and name are right: nothing. They are not: "
			"udevadm test $(udevadm info -q path -n NODE) names the rule; correct it in "
			"/etc/udev/rules.d, then udevadm control --reload and udevadm trigger. No node at "
			"all: dmesg of that time says why the driver did not start",
			{ "device-alive" }, HD_MESSAGE_GENERAL },
		"systemd-udevd|udevd|udevadm|udev rule*",
	},
	{ .answer = { .id = NULL } },
};
