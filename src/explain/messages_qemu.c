/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_qemu.c - what QEMU says of a device's ROM, windows, USB and running life. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_qemu[] = {
	{
		/* hw/vfio/pci.c vfio_pci_load_rom */
		"qemu-rom-unreadable", HD_SPEAKER_QEMU,
		{ "Cannot read device rom at {address}" },
		"the ROM of {address} cannot be read: it has none, or it is the card that the firmware "
		"booted with, whose ROM is shadowed",
		"give a ROM file (hostdevctl xml --rom FILE {address}) or none (--rom off)",
		{ "rom-file" }, false,
	},
	{
		/* hw/vfio/pci-quirks.c: its list of ROMs */
		"qemu-rom-denied", HD_SPEAKER_QEMU,
		{ "Rom loading for device at {address} has been disabled due to system instability" },
		"QEMU does not load the ROM of {address}, which is known to hang machines",
		"nothing is needed unless the guest boots from it; then give a ROM file",
		{ "rom-file" }, true,
	},
	{
		/* hw/vfio/pci.c vfio_pci_fixup_msix_region, region.c */
		"qemu-bar-not-mapped", HD_SPEAKER_QEMU,
		{ "BAR {number:bar}. Performance may be slow",
		  "Performance may be slow" },
		"a memory window of {address} is not mapped into the guest, mostly because it is "
		"smaller than a page; each access goes through QEMU",
		"nothing is needed unless it is slow",
		{ "display-free" }, true,
	},
	{
		/* hw/vfio/pci.c vfio_err_notifier_handler */
		"qemu-unrecoverable-error", HD_SPEAKER_QEMU,
		{ "Unrecoverable error detected. Please collect any data possible and then kill the "
		  "guest" },
		"the host's PCI link reported a fatal error of {address}; QEMU has paused the guest",
		"read the AER lines of the kernel's log; destroy the guest, and see whether the device "
		"is alive: hostdevctl check {address}",
		{ "device-alive", "reset-works" }, false,
	},
	{
		"qemu-no-x-vga", HD_SPEAKER_QEMU,
		{ "device does not support requested feature x-vga" },
		"x-vga is asked for a device that is no VGA controller, or whose kernel has no "
		"CONFIG_VFIO_PCI_VGA",
		"remove x-vga: with UEFI in the guest it is not needed",
		{ NULL }, false,
	},
	{
		/* hw/usb/host-libusb.c usb_host_auto_check, usb_host_open */
		"qemu-usb-not-found", HD_SPEAKER_QEMU,
		{ "failed to find host usb device {number:bus}:{number:device}" },
		"there is no USB device {device} on bus {bus}: these numbers change each time a device "
		"is plugged in or restarts itself",
		"name it by vendor and product, or anew: hostdevctl xml usb:PORT",
		{ "usb-present", "usb-unambiguous" }, false,
	},
	{
		"qemu-usb-cannot-open", HD_SPEAKER_QEMU,
		{ "failed to open host usb device {number:bus}:{number:device}" },
		"QEMU may not open USB device {device} on bus {bus}, or another program has it",
		"let it be a <hostdev> of the guest, so that libvirt gives QEMU the right; look for "
		"denials of AppArmor or SELinux",
		{ "usb-free", "usb-present" }, false,
	},
	{
		/* hw/pci/pci.c pci_irq_handler */
		"qemu-irq-assertion", HD_SPEAKER_QEMU,
		{ "pci_irq_handler: Assertion `0 <= irq_num && irq_num < PCI_NUM_PINS' failed" },
		"QEMU read all ones where the number of an interrupt pin should be: the device is dead",
		"switch the host off and on; before the next time keep the device out of D3cold",
		{ "device-alive", "power-state" }, false,
	},
	{
		/* hw/pci/pcie.c pcie_cap_slot_unplug_request_cb */
		"qemu-unplug-busy", HD_SPEAKER_QEMU,
		{ "Hot-unplug failed: guest is busy (power indicator blinking)",
		  "guest is busy (power indicator blinking)" },
		"the guest has not finished with the last request for this slot, or has not booted far "
		"enough to answer",
		"wait until the guest runs, then try again; a guest without hotplug support must be "
		"shut down",
		{ NULL }, false,
	},
	{
		/* hw/vfio/igd.c */
		"qemu-igd-rules", HD_SPEAKER_QEMU,
		{ "Machine is not i440fx or assigned BDF is not 00:02.0",
		  "IGD device {address} is unsupported in legacy mode", },
		"an Intel graphics unit drives a display in a guest by its old way only at slot 2 of "
		"an i440fx machine; this guest has it elsewhere, so it is used as a plain device",
		"put it at 00:02.0 of a pc (i440fx) machine, or live without its display outputs",
		{ "display-free" }, false,
	},
	{
		/* hw/vfio/migration.c vfio_migration_realize */
		"qemu-no-migration", HD_SPEAKER_QEMU,
		{ "VFIO migration is not supported in kernel" },
		"the device has no driver that can move its state, so the guest cannot be migrated or "
		"saved while it has the device",
		"nothing is needed to run it; for a migration detach the device first",
		{ NULL }, true,
	},
	{ .id = NULL },
};
