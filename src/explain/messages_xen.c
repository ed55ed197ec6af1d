/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_xen.c - what Xen, XCP-ng and Qubes say when a device cannot be given to a guest */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_xen[] = {
	{
		/* Xen tools/libs/light/libxl_pci.c */
		"xen-no-pciback", HD_SPEAKER_TOOL,
		{ "Looks like pciback driver not loaded" },
		"the kernel of dom0 has no xen-pciback active, or its list of hidden devices is written "
		"wrongly",
		"modprobe xen-pciback; write xen-pciback.hide=(0000:01:00.0) with the address of lspci -D "
		"into dom0's parameters (XCP-ng: /opt/xensource/libexec/xen-cmdline --set-dom0), then "
		"restart",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/xen/xen-pciback/pci_stub.c */
		"xen-hide-wrong", HD_SPEAKER_KERNEL,
		{ "Error parsing pci_devs_to_hide at \"{text:place}\"" },
		"the parameter xen-pciback.hide has an address that is written wrongly",
		"write each address as lspci -D does, in parentheses: (0000:82:00.0), then restart",
		{ "device-present" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Xen tools/libs/light/libxl_pci.c; rc -9 is ERROR_TIMEDOUT */
		"xen-add-timeout", HD_SPEAKER_TOOL,
		{ "libxl__device_pci_add failed for PCI device {word:device} (rc -9)",
		  "libxl__device_pci_add failed for PCI device 0:{text:device} (rc -9)" },
		"the guest's device model did not answer in time (rc -9) when the device was added",
		"start the guest again, with one device less; update Xen; read the log of the device "
		"model in /var/log/xen or /var/log/libvirt/libxl",
		{ "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Xen tools/libs/light/libxl_create.c */
		"xen-no-devices-added", HD_SPEAKER_TOOL,
		{ "unable to add pci devices" },
		"Xen did not start the guest, because a device could not be given to it; this only "
		"follows from the line before",
		"read the line before it",
		{ NULL }, HD_MESSAGE_FOLLOWS,
	},
	{
		/* Xen tools/libs/light/libxl_pci.c do_pci_add */
		"xen-assign-refused", HD_SPEAKER_TOOL,
		{ "xc_assign_device failed: Operation not permitted", "xc_assign_device failed" },
		"Xen refused to put the device behind its IOMMU for the guest: there is no IOMMU, the "
		"device is not assigned to pciback, or it needs memory that is fixed by the firmware "
		"(RMRR)",
		"xl dmesg has the reason; enable VT-d or AMD-Vi; xl pci-assignable-add the device; for "
		"RMRR rdm_policy=relaxed",
		{ "iommu-enabled", "no-direct-region" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/xen/xen_pt.c */
		"xen-igd", HD_SPEAKER_QEMU,
		{ "Need to enable igd-passthru if you're trying to passthrough IGD GFX" },
		"Intel's graphics can be given to a Xen guest only with the setting igd-passthru",
		"set gfx_passthru=\"igd\" in the guest's configuration (QEMU: -machine igd-passthru=on), or "
		"pass another card",
		{ NULL }, HD_MESSAGE_CERTAIN,
	},
	{
		/* XCP-ng xenopsd xc/device.ml */
		"xen-cannot-add", HD_SPEAKER_TOOL,
		{ "Cannot_add(", "PCI_UNAVAILABLE" },
		"XCP-ng's xenopsd could not give the device to the guest: another guest has it, it is not "
		"hidden from dom0 (pciback), or it does not exist at that address",
		"xl pci-assignable-list must show it: hide it with xen-pciback.hide and restart; stop the "
		"guest that has it; correct other-config:pci of the guest (0/0000:01:00.0)",
		{ "device-present", "device-alive" }, HD_MESSAGE_EVENT,
	},
	{
		/* Xen drivers/passthrough/vtd/iommu.c */
		"xen-rmrr", HD_SPEAKER_TOOL,
		{ "It's disallowed to assign {address} with shared RMRR" },
		"the firmware keeps memory (RMRR) for {address} that another device shares, so Xen does "
		"not give it to a guest",
		"use another device or slot; switch off legacy USB support and the BMC's shared devices "
		"in the firmware; as a last resort rdm=\"strategy=host,policy=relaxed\" of xl",
		{ "no-direct-region" }, HD_MESSAGE_CERTAIN,
	},
	{
		/* Qubes qubesadmin/app.py */
		"qubes-empty-response", HD_SPEAKER_TOOL,
		{ "Got empty response from qubesd" },
		"the request of a qvm command failed in dom0's qubesd; for qvm-pci attach because "
		"a running qube cannot take a PCI device",
		"journalctl -b -u qubesd in dom0 shows why; stop the qube, attach the device with "
		"--persistent, and start it again",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Xen tools/libs/light/libxl_pci.c */
		"xen-no-sysfs-reset", HD_SPEAKER_TOOL,
		{ "The kernel doesn't support reset from sysfs for PCI device {address}" },
		"dom0's kernel has no way to reset {address} alone, which is usual for USB controllers "
		"and functions of a chipset",
		"Qubes: qvm-pci attach --persistent -o no-strict-reset=true QUBE dom0:BUS_SLOT.FUNCTION; if the guest "
		"then does not start, the device was left in a bad state: restart the host",
		{ "reset-works" }, HD_MESSAGE_EVENT,
	},
	{
		/* QEMU hw/xen/xen_pt.c */
		"xen-bar-overlap", HD_SPEAKER_QEMU,
		{ "xen_pt_check_bar_overlap: Warning: Overlapped to device",
		  "xen_pt_region_update: Error: region overlap" },
		"two memory windows of the guest's devices overlap in the guest's address space: its low "
		"memory hole is too small for the passed card",
		"give the guest less memory, or a larger hole (xl: mmio_hole=, Qubes: max-ram-below-4g in "
		"the stub domain) so that the card's windows fit below 4 GiB",
		{ NULL }, HD_MESSAGE_EVENT,
	},
	{
		/* Xen xen/drivers/passthrough/pci.c */
		"xen-already-assigned", HD_SPEAKER_TOOL,
		{ "(XEN) {address} already assigned" },
		"another domain of Xen has the device, or its end did not give it back; Xen of older "
		"releases says the same of a device that does not exist",
		"xl list and xl pci-list DOMAIN for each: detach it there (xl pci-detach) or end that "
		"domain; a dying one ((null) in xl list): restart the host",
		{ "other-use-free" }, HD_MESSAGE_EVENT,
	},
	{
		/* Xen xen/drivers/passthrough/amd/iommu_init.c */
		"xen-amd-fault", HD_SPEAKER_TOOL,
		{ "(XEN) AMD-Vi: IO_PAGE_FAULT: {address}" },
		"the device {address} used memory that its domain did not give it: its driver or firmware "
		"goes on with addresses of before (no reset), or the domain's memory map lacks what the "
		"device expects",
		"power the host off and on; permissive=1 and rdm_policy=relaxed for the device; newest "
		"firmware of the board",
		{ "reset-works", "iommu-firmware" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/pci/xen-pcifront.c */
		"xen-pcifront", HD_SPEAKER_KERNEL,
		{ "pciback not responding!!!" },
		"in a paravirtualized guest of Xen: dom0's pciback did not answer or refused an access of "
		"the device's driver",
		"dom0: dmesg | grep pciback: refused writes: permissive=1 for the device (Qubes: --option "
		"permissive=true); not responding: the device was taken from pciback, restart the guest; "
		"better HVM or PVH than PV for passed devices",
		{ "device-present" }, HD_MESSAGE_EVENT,
	},
	{
		/* Linux drivers/xen/xen-pciback */
		"xen-pciback-notices", HD_SPEAKER_KERNEL,
		{ "pciback {address}: enabling permissive mode configuration space accesses",
		  "pciback {address}: xen_pciback: vpci: assign to",
		  "pciback {address}: seizing device", "pcifront pci-0: Installing PCI frontend" },
		"Xen's driver for passed devices takes the device, or hands it to its guest",
		"nothing to do",
		{ NULL }, HD_MESSAGE_HARMLESS,
	},
	{ .id = NULL },
};
