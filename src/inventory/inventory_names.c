/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inventory_names.c - what a device is called and what it is, for people. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/pci/pcilib.h"
#include "facts/scsi/scsi_unit.h"
#include "inventory/inventory.h"

/* The classes of USB-IF's "Defined Class Codes". */
static const struct {
	unsigned class;
	const char *name, *brief;
} usb_classes[] = {
	{ 0x01, "USB audio", "audio" },
	{ 0x02, "USB communications", "comm" },
	{ 0x03, "USB input", "input" },
	{ 0x05, "USB physical interface", "physical" },
	{ 0x06, "USB camera", "camera" },
	{ 0x07, "USB printer", "printer" },
	{ 0x08, "USB mass storage", "storage" },
	{ 0x09, "USB hub", "hub" },
	{ 0x0a, "USB data", "data" },
	{ 0x0b, "USB smart card", "card" },
	{ 0x0d, "USB content security", "security" },
	{ 0x0e, "USB video", "video" },
	{ 0x0f, "USB healthcare", "health" },
	{ 0x10, "USB audio and video", "video" },
	{ 0x11, "USB billboard", "board" },
	{ 0xdc, "USB diagnostics", "diag" },
	{ 0xe0, "USB wireless", "wireless" },
};

static const struct {
	unsigned type;
	const char *name, *brief;
} scsi_types[] = {
	{ HD_SCSI_DISK, "disk", "disk" },		{ HD_SCSI_TAPE, "tape drive", "tape" },
	{ HD_SCSI_OPTICAL, "optical drive", "optical" },	{ HD_SCSI_MEMORY, "optical disk", "optical" },
	{ HD_SCSI_CHANGER, "medium changer", "changer" },	{ HD_SCSI_ENCLOSURE, "enclosure", "enclosure" },
	{ HD_SCSI_REDUCED_DISK, "disk", "disk" },	{ HD_SCSI_ZONED_DISK, "zoned disk", "disk" },
};

/* The first row that matches counts (PCI Code and ID Assignment Specification). */
static const struct {
	unsigned shift;		/* of the 24-bit class before it is compared */
	unsigned class;
	const char *brief;
} pci_classes[] = {
	{ 16, 0x00, "other" },		{ 16, 0xff, "other" },
	{ 8, 0x0100, "SCSI" },		{ 8, 0x0101, "IDE" },		{ 8, 0x0104, "RAID" },
	{ 8, 0x0106, "SATA" },		{ 8, 0x0107, "SAS" },		{ 8, 0x0108, "NVMe" },
	{ 16, 0x01, "storage" },	{ 8, 0x0200, "Ethernet" },	{ 8, 0x0207, "IB" },
	{ 16, 0x02, "network" },	{ 8, 0x0300, "VGA" },		{ 8, 0x0302, "3D" },
	{ 16, 0x03, "display" },	{ 8, 0x0401, "audio" },		{ 8, 0x0403, "audio" },
	{ 16, 0x04, "media" },		{ 16, 0x05, "memory" },		{ 16, 0x06, "bridge" },
	{ 8, 0x0700, "serial" },	{ 16, 0x07, "comm" },		{ 8, 0x0805, "SD" },
	{ 8, 0x0806, "IOMMU" },		{ 16, 0x08, "system" },		{ 16, 0x09, "input" },
	{ 16, 0x0a, "dock" },		{ 16, 0x0b, "coproc" },
	{ 8, 0x0c00, "FireWire" },	{ 8, 0x0c03, "USB" },		{ 8, 0x0c04, "FC" },
	{ 8, 0x0c05, "SMBus" },		{ 16, 0x0c, "bus" },		{ 16, 0x0d, "wireless" },
	{ 16, 0x0e, "I2O" },		{ 16, 0x0f, "satellite" },	{ 16, 0x10, "crypto" },
	{ 8, 0x1101, "counters" },	{ 16, 0x11, "signal" },
	{ 16, 0x12, "accel" },		{ 16, 0x13, "instr" },		{ 16, 0x40, "coproc" },
};

/* What a company's name begins with says who it is; from one of these words on, it does not. */
static const char *const generic[] = {
	"AG", "Co", "Co.", "Communications", "Company", "Computer", "Corp", "Corp.", "Corporation",
	"Electronic", "Electronics", "GmbH", "Inc", "Inc.", "International", "Limited", "Ltd",
	"Ltd.", "Semiconductor", "Semiconductors", "Systems", "Technologies", "Technology", "/",
};

/* What no list names is called as lspci(8) calls it. */
static const char *function_name(struct hd_arena *arena, const struct hd_item *item)
{
	const char *text = hd_pcilib_device_name(arena, item->vendor, item->device);

	return text ? text : hd_printf(arena, "Device %04x:%04x", item->vendor, item->device);
}

static const char *function_class(struct hd_arena *arena, const struct hd_item *item)
{
	const char *text = hd_pcilib_class_name(arena, item->class);

	return text ? text : hd_printf(arena, "Class %04x", item->class >> 8);
}

/* What the device says of itself, or what is known of its kind; NULL: nothing. */
static const char *own_name(struct hd_arena *arena, const struct hd_item *item)
{
	if (item->model)
		return item->model;
	if (item->kind == HD_DEVICE_USB)
		return hd_printf(arena, "%04x:%04x", item->vendor, item->device);
	return item->type;
}

/* A function without an id is none: its entry could not be read. */
static bool is_unread(const struct hd_item *item)
{
	return item->kind == HD_DEVICE_PCI && !item->vendor && !item->device && !item->class;
}

const char *hd_item_name(struct hd_arena *arena, const struct hd_item *item)
{
	const char *name;

	if (is_unread(item) && !item->model)
		return "unknown";
	if (item->kind == HD_DEVICE_PCI && !item->model)
		return function_name(arena, item);
	if (item->kind == HD_DEVICE_SERIAL && item->parent)
		return hd_item_name(arena, item->parent);
	name = own_name(arena, item);
	if (name)
		return name;
	return item->driver ? item->driver : item->address;
}

static const char *scsi_class(const struct hd_item *item, bool is_brief)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(scsi_types); i++)
		if (scsi_types[i].type == item->class)
			return is_brief ? scsi_types[i].brief : scsi_types[i].name;
	return is_brief ? "SCSI" : "SCSI device";
}

const char *hd_item_class(struct hd_arena *arena, const struct hd_item *item)
{
	if (is_unread(item))
		return "unknown";
	if (item->kind == HD_DEVICE_PCI)
		return function_class(arena, item);
	if (item->kind == HD_DEVICE_SERIAL)
		return "serial port";
	if (item->kind == HD_DEVICE_MDEV)
		return "mediated device";
	if (item->kind == HD_DEVICE_SCSI)
		return scsi_class(item, false);
	for (size_t i = 0; i < HD_ARRAY_SIZE(usb_classes); i++)
		if (usb_classes[i].class == item->class)
			return usb_classes[i].name;
	return "USB device";
}

/* The text in brackets at the end of NAME, or NULL. */
static const char *in_brackets(struct hd_arena *arena, const char *name)
{
	const char *open = strrchr(name, '[');

	if (!open || open == name || !open[1] || open[1] == ']' || !hd_text_ends_with(name, "]"))
		return NULL;
	return hd_strndup(arena, open + 1, strlen(open) - 2);
}

/* "Advanced Micro Devices, Inc. [AMD/ATI]" is "AMD", "Samsung Electronics Co Ltd" is "Samsung". */
static const char *short_vendor(struct hd_arena *arena, const char *vendor)
{
	const char *known = in_brackets(arena, vendor);
	size_t length = strcspn(vendor, " ,");

	if (known)
		return hd_strndup(arena, known, strcspn(known, "/"));
	while (vendor[length] == ' ') {
		const char *word = hd_strndup(arena, vendor + length + 1,
					      strcspn(vendor + length + 1, " ,"));

		if (HD_IS_ANY(word, generic))
			break;
		length += 1 + strlen(word);
	}
	return hd_strndup(arena, vendor, length);
}

/* The maker's part of a name is known by the list that the name is from. */
static const char *short_function(struct hd_arena *arena, const struct hd_item *item,
				  const char *name)
{
	const char *vendor = hd_pcilib_vendor_name(arena, item->vendor), *known = NULL;
	unsigned base = item->class >> 16;
	const char *model;

	if (!vendor || !*vendor || !hd_text_starts_with(name, vendor) || name[strlen(vendor)] != ' ')
		return name;
	model = name + strlen(vendor) + 1;
	/* Elsewhere they say how it works: "[AHCI mode]". */
	if (base == 0x02 || base == 0x03 || base == 0x12)
		known = in_brackets(arena, model);
	return hd_printf(arena, "%s %s", short_vendor(arena, vendor), known ? known : model);
}

const char *hd_item_short_name(struct hd_arena *arena, const struct hd_item *item)
{
	const char *name = hd_item_name(arena, item);

	/* Everybody knows a disk by its node, and there are many of one model. */
	if (item->kind == HD_DEVICE_SCSI && item->n_nodes)
		return hd_printf(arena, "%s (%s)", name, basename(item->nodes[0]));
	if (item->kind == HD_DEVICE_SERIAL && item->parent)
		return hd_item_short_name(arena, item->parent);
	return item->kind == HD_DEVICE_PCI ? short_function(arena, item, name) : name;
}

static const char *short_usb_class(const struct hd_item *item)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(usb_classes); i++)
		if (usb_classes[i].class == item->class)
			return usb_classes[i].brief;
	return "USB";
}

const char *hd_item_short_class(struct hd_arena *arena, const struct hd_item *item)
{
	if (item->kind == HD_DEVICE_SERIAL)
		return "serial";
	if (item->kind == HD_DEVICE_MDEV)
		return "mediated";
	if (item->kind == HD_DEVICE_SCSI)
		return scsi_class(item, true);
	if (item->kind == HD_DEVICE_USB)
		return short_usb_class(item);
	for (size_t i = 0; !is_unread(item) && i < HD_ARRAY_SIZE(pci_classes); i++)
		if (item->class >> pci_classes[i].shift == pci_classes[i].class)
			return pci_classes[i].brief;
	return hd_item_class(arena, item);
}
