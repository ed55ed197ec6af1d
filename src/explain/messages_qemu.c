/* SPDX-License-Identifier: GPL-2.0-or-later */
/* messages_qemu.c - what QEMU says of a device's ROM, windows, USB and running life. */
#include "config.h"

#include "explain/message.h"

const struct hd_message hd_messages_qemu[] = {
	{
		/* hw/vfio/pci.c vfio_pci_load_rom */
		"qemu-rom-unreadable", HD_SPEAKER_QEMU,
		{ "Cannot read device rom at {address}" },
		"the ROM of {address} cannot be read: the card has none, or it is the boot "
		"display, whose ROM the firmware has copied",
		"give it a ROM file (hostdevctl xml --rom FILE {address}) or none (--rom off)",
		{ "rom-file" }, false,
	},
	{
		/* hw/vfio/pci-quirks.c: its list of ROMs */
		"qemu-rom-denied", HD_SPEAKER_QEMU,
		{ "Rom loading for device at {address} has been disabled due to system instability" },
		"QEMU does not load the ROM of {address}, which is known to hang guests",
		"nothing to do unless the guest boots from it; then give it a ROM file",
		{ "rom-file" }, true,
	},
	{
		/* hw/vfio/pci.c vfio_pci_fixup_msix_region, region.c */
		"qemu-bar-not-mapped", HD_SPEAKER_QEMU,
		{ "BAR {number:bar}. Performance may be slow",
		  "Performance may be slow" },
		"a memory window of {address} is not mapped into the guest, usually "
		"because it is smaller than a page; each access goes through QEMU",
		"nothing to do unless it is slow",
		{ "display-free" }, true,
	},
	{
		/* hw/vfio/pci.c vfio_err_notifier_handler */
		"qemu-unrecoverable-error", HD_SPEAKER_QEMU,
		{ "Unrecoverable error detected. Please collect any data possible and then kill the "
		  "guest" },
		"the host's PCI link reported a fatal error of {address}; QEMU has paused the guest",
		"read the AER messages in the kernel's log; destroy the guest, and check "
		"whether the device is alive: hostdevctl check {address}",
		{ "device-alive", "reset-works" }, false,
	},
	{
		"qemu-no-x-vga", HD_SPEAKER_QEMU,
		{ "device does not support requested feature x-vga" },
		"x-vga is set for a device that is not a VGA controller, or the kernel "
		"lacks CONFIG_VFIO_PCI_VGA",
		"remove x-vga: a guest with UEFI does not need it",
		{ NULL }, false,
	},
	{
		/* hw/usb/host-libusb.c usb_host_auto_check, usb_host_open */
		"qemu-usb-not-found", HD_SPEAKER_QEMU,
		{ "failed to find host usb device {number:bus}:{number:device}" },
		"bus {bus} has no USB device {device}: the number changes each time a "
		"device is plugged in or resets itself",
		"name it by vendor and product, or generate its element again: hostdevctl "
		"xml usb:PORT",
		{ "usb-present", "usb-unambiguous" }, false,
	},
	{
		"qemu-usb-cannot-open", HD_SPEAKER_QEMU,
		{ "failed to open host usb device {number:bus}:{number:device}" },
		"QEMU is not allowed to open USB device {device} on bus {bus}, or another "
		"program uses it",
		"give it to the guest as a <hostdev>, so that libvirt lets QEMU open it; "
		"look for denials of AppArmor or SELinux",
		{ "usb-free", "usb-present" }, false,
	},
	{
		/* hw/pci/pci.c pci_irq_handler */
		"qemu-irq-assertion", HD_SPEAKER_QEMU,
		{ "pci_irq_handler: Assertion `0 <= irq_num && irq_num < PCI_NUM_PINS' failed" },
		"QEMU read all ones where the number of an interrupt pin should be: the device is dead",
		"switch the host off and on; then keep the device out of D3cold",
		{ "device-alive", "power-state" }, false,
	},
	{
		/* hw/pci/pcie.c pcie_cap_slot_unplug_request_cb */
		"qemu-unplug-busy", HD_SPEAKER_QEMU,
		{ "Hot-unplug failed: guest is busy (power indicator blinking)",
		  "guest is busy (power indicator blinking)" },
		"the guest has not finished the last request for this slot, or has not "
		"booted far enough to answer",
		"wait until the guest runs, then try again; a guest without hotplug support must be "
		"shut down",
		{ NULL }, false,
	},
	{
		/* hw/vfio/igd.c */
		"qemu-igd-rules", HD_SPEAKER_QEMU,
		{ "Machine is not i440fx or assigned BDF is not 00:02.0",
		  "IGD device {address} is unsupported in legacy mode", },
		"Intel graphics in legacy mode drive a guest's display only in slot 2 of "
		"an i440fx machine; this guest has them elsewhere, so they are used as a "
		"plain device",
		"put it at 00:02.0 of a pc (i440fx) machine, or do without its display outputs",
		{ "display-free" }, false,
	},
	{
		/* hw/vfio/migration.c vfio_migration_realize */
		"qemu-no-migration", HD_SPEAKER_QEMU,
		{ "VFIO migration is not supported in kernel" },
		"the device has no driver that can save its state, so the guest cannot be "
		"migrated or saved while it has the device",
		"nothing to do to run it; for a migration, detach the device first",
		{ NULL }, true,
	},
	{ .id = NULL },
};
