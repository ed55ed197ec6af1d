/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inventory_names.c - what a device is called and what it is, for people. */
#include "config.h"

#include "facts/pci/pcilib.h"
#include "inventory/inventory.h"

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
	for (size_t i = 0; i < HD_ARRAY_SIZE(usb_classes); i++)
		if (usb_classes[i].class == item->class)
			return usb_classes[i].name;
	return "USB device";
}
