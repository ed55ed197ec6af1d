/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inventory_names.c - what a device is called and what it is, for people.
 *
 * Hosts of thousands of functions have few kinds of them: a slot remembers the
 * last name that was looked up for its number.
 */
#include "config.h"

#include "facts/pci/pcilib.h"
#include "inventory/inventory_names.h"

/* The classes of USB-IF's "Defined Class Codes". */
static const struct {
	unsigned class;
	const char *name;
} usb_classes[] = {
	{ 0x01, "USB audio" },		{ 0x02, "USB communications" },
	{ 0x03, "USB input" },		{ 0x05, "USB physical interface" },
	{ 0x06, "USB camera" },		{ 0x07, "USB printer" },
	{ 0x08, "USB mass storage" },	{ 0x09, "USB hub" },
	{ 0x0a, "USB data" },		{ 0x0b, "USB smart card" },
	{ 0x0d, "USB content security" }, { 0x0e, "USB video" },
	{ 0x0f, "USB healthcare" },	{ 0x10, "USB audio and video" },
	{ 0x11, "USB billboard" },	{ 0xdc, "USB diagnostics" },
	{ 0xe0, "USB wireless" },
};

/* What no list names is called as lspci(8) calls it. */
static const char *look_up(struct hd_arena *arena, const struct hd_item *item, bool is_class)
{
	const char *text = is_class ? hd_pcilib_class_name(arena, item->class) :
			   hd_pcilib_device_name(arena, item->vendor, item->device);

	if (text)
		return text;
	return is_class ? hd_printf(arena, "Class %04x", item->class >> 8) :
	       hd_printf(arena, "Device %04x:%04x", item->vendor, item->device);
}

static const char *pci_text(struct hd_names *names, struct hd_arena *arena,
			    const struct hd_item *item, bool is_class)
{
	unsigned vendor = is_class ? 0 : item->vendor;
	unsigned device = is_class ? item->class >> 8 : item->device;
	size_t at = (vendor * 31u + device * 7u + is_class) % HD_NAMES_SLOTS;

	if (!names->slots[at].text || names->slots[at].vendor != vendor ||
	    names->slots[at].device != device || names->slots[at].is_class != is_class) {
		names->slots[at].text = look_up(arena, item, is_class);
		names->slots[at].vendor = vendor;
		names->slots[at].device = device;
		names->slots[at].is_class = is_class;
	}
	return names->slots[at].text;
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

const char *hd_item_name(struct hd_names *names, struct hd_arena *arena,
			 const struct hd_item *item)
{
	const char *name;

	if (is_unread(item) && !item->model)
		return "unknown";
	if (item->kind == HD_DEVICE_PCI && !item->model)
		return pci_text(names, arena, item, false);
	if (item->kind == HD_DEVICE_SERIAL && item->parent)
		return hd_item_name(names, arena, item->parent);
	name = own_name(arena, item);
	if (name)
		return name;
	return item->driver ? item->driver : item->address;
}

const char *hd_item_class(struct hd_names *names, struct hd_arena *arena,
			  const struct hd_item *item)
{
	if (is_unread(item))
		return "unknown";
	if (item->kind == HD_DEVICE_PCI)
		return pci_text(names, arena, item, true);
	if (item->kind == HD_DEVICE_SERIAL)
		return "serial port";
	if (item->kind == HD_DEVICE_MDEV)
		return "mediated device";
	for (size_t i = 0; i < HD_ARRAY_SIZE(usb_classes); i++)
		if (usb_classes[i].class == item->class)
			return usb_classes[i].name;
	return "USB device";
}
