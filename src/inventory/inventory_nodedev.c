/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inventory_nodedev.c - an inventory out of libvirt's node device XML.
 *
 * Elements come in another order with each version and driver of libvirt: all
 * are found by name.  Numbers of addresses are decimal in a capability and hex in
 * an <address> (docs/formatnode.rst); hd_text_u64() takes both.
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "facts/usb/usb.h"
#include "inventory/inventory_nodedev.h"
#include "inventory/inventory_nodedev_parts.h"
#include "inventory/nodedev_xml.h"

const char *hd_nodedev_text_of(const struct hd_nodedev *d, const struct _xmlNode *node)
{
	const char *text = hd_xml_text(d->reading->r.arena, node);

	return text && *text ? hd_text_printable(d->reading->r.arena, text, NAME_MAX) : NULL;
}

const char *hd_nodedev_child_text(const struct hd_nodedev *d, const struct _xmlNode *parent,
			      const char *name)
{
	return hd_nodedev_text_of(d, hd_xml_child(parent, name));
}

/* A small number, or UNKNOWN. */
int hd_nodedev_number_of(const char *text, int unknown)
{
	uint64_t value;

	return text && hd_text_u64(text, &value) && value <= INT_MAX ? (int)value : unknown;
}

unsigned hd_nodedev_child_number(const struct hd_nodedev *d, const char *name)
{
	return (unsigned)hd_nodedev_number_of(hd_nodedev_child_text(d, d->capability, name), 0);
}

int hd_nodedev_attr_number(const struct hd_nodedev *d, const struct _xmlNode *node,
			   const char *name, int unknown)
{
	return hd_nodedev_number_of(hd_xml_attr(d->reading->r.arena, node, name), unknown);
}

/* "Samsung Electronics Co Ltd NVMe SSD Controller", out of <vendor> and <product>. */
void hd_nodedev_read_ids(const struct hd_nodedev *d, struct hd_item *item)
{
	const struct _xmlNode *vendor = hd_xml_child(d->capability, "vendor");
	const struct _xmlNode *product = hd_xml_child(d->capability, "product");
	const char *maker = hd_nodedev_text_of(d, vendor), *model = hd_nodedev_text_of(d, product);

	item->vendor = (unsigned)hd_nodedev_attr_number(d, vendor, "id", 0);
	item->device = (unsigned)hd_nodedev_attr_number(d, product, "id", 0);
	if (maker && model && !hd_text_starts_with(model, maker))
		item->model = hd_printf(d->reading->r.arena, "%s %s", maker, model);
	else
		item->model = model ? model : maker;
}

int hd_nodedev_group_of(const struct hd_nodedev *d)
{
	return hd_nodedev_attr_number(d, hd_xml_child(d->capability, "iommuGroup"), "number",
				      HD_NO_GROUP);
}

void hd_nodedev_add(const struct hd_nodedev *d, const struct hd_item *item)
{
	struct hd_nodedev_reading *reading = d->reading;
	struct hd_nodedev_name *named =
		hd_append(reading->r.arena, &reading->named, &reading->n_named, sizeof(*named));

	*named = (struct hd_nodedev_name){
		.name = d->name,
		.parent = hd_nodedev_child_text(d, d->node, "parent"),
		.kind = item->kind,
		.address = item->address,
	};
	hd_inventory_add(&reading->r, item);
}

/* The port is the last part of the path: ".../usb1/1-2". */
static void read_usb(const struct hd_nodedev *d)
{
	const char *port = hd_text_last_part(d->path);
	struct hd_arena *arena = d->reading->r.arena;
	struct hd_item item = hd_inventory_item(HD_DEVICE_USB, "", d->path);

	if (!*port)
		port = d->name;
	item.port = port;
	item.address = hd_printf(arena, "usb:%s", port);
	item.bus = hd_nodedev_child_number(d, "bus");
	item.number = hd_nodedev_child_number(d, "device");
	if (hd_text_starts_with(port, "usb"))
		item.class = HD_USB_CLASS_HUB;	/* a root hub, whose interface is not listed */
	hd_nodedev_read_ids(d, &item);
	hd_nodedev_add(d, &item);
}

static void read_mdev(const struct hd_nodedev *d)
{
	const char *text = hd_nodedev_child_text(d, d->capability, "uuid");
	struct hd_item item;
	char uuid[37];

	if (!text || !hd_text_uuid(text, uuid))
		return;
	item = hd_inventory_item(HD_DEVICE_MDEV, hd_strdup(d->reading->r.arena, uuid), d->path);
	text = hd_xml_attr(d->reading->r.arena, hd_xml_child(d->capability, "type"), "id");
	item.type = text ? hd_text_printable(d->reading->r.arena, text, HD_MAX_SHOWN) : NULL;
	item.driver = hd_nodedev_child_text(d, hd_xml_child(d->node, "driver"), "name");
	item.group = hd_nodedev_group_of(d);
	hd_nodedev_add(d, &item);
}

/* What a USB device is, and its driver, is told by its interfaces. */
static void read_interface(const struct hd_nodedev *d)
{
	const char *parent = hd_nodedev_child_text(d, d->node, "parent");
	const char *driver = hd_nodedev_child_text(d, hd_xml_child(d->node, "driver"), "name");
	struct hd_inventory *all = d->reading->r.inventory;

	for (size_t i = 0; parent && i < d->reading->n_named; i++) {
		struct hd_item *item = &all->items[i];

		if (strcmp(d->reading->named[i].name, parent) != 0)
			continue;
		if (!item->class)
			item->class = hd_nodedev_child_number(d, "class");
		if (!item->driver)
			item->driver = driver;
	}
}

/* Only its name is known: "pci_0000_03_00_0". */
static void read_unknown(const struct hd_nodedev *d)
{
	struct hd_inventory_reading *r = &d->reading->r;
	const char *why = hd_nodedev_text_of(d, d->capability);
	struct hd_item item = hd_inventory_item(HD_DEVICE_PCI, "", "");
	char name[HD_PCI_ADDR_SIZE];

	hd_inventory_note(r, "%s: libvirt's XML for it cannot be parsed: %s", d->name,
			  why ? why : "it is not XML");
	item.has_pci = hd_pci_addr_parse(d->name, &item.pci);
	if (!item.has_pci)
		return;
	item.address = hd_strdup(r->arena, hd_pci_addr_format(&item.pci, name));
	hd_nodedev_add(d, &item);
}

static const struct kind {
	const char *type;
	void (*read)(const struct hd_nodedev *d);
	int pass;
} kinds[] = {
	{ "pci", hd_nodedev_read_pci, 0 },
	{ "usb_device", read_usb, 0 },
	{ "mdev", read_mdev, 0 },
	{ HD_NODEDEV_UNKNOWN, read_unknown, 0 },
	{ "usb", read_interface, 1 },	/* needs the devices */
};

static void read_device(struct hd_nodedev_reading *reading, const struct _xmlNode *node,
			int pass)
{
	struct hd_nodedev d = { .reading = reading, .node = node };
	const char *path = hd_nodedev_child_text(&d, node, "path");

	d.name = hd_nodedev_child_text(&d, node, "name");
	d.path = path ? path + (*path == '/') : "";
	for (d.capability = hd_xml_first(node); d.name && d.capability;
	     d.capability = hd_xml_next(d.capability))
		for (size_t i = 0; i < HD_ARRAY_SIZE(kinds); i++)
			if (kinds[i].pass == pass && hd_xml_is(d.capability, "capability") &&
			    hd_xml_attr_is(d.capability, "type", kinds[i].type))
				kinds[i].read(&d);
}

static const struct hd_item *item_named(const struct hd_nodedev_reading *reading,
					const char *name)
{
	struct hd_pci_addr addr;

	if (hd_pci_addr_parse(name, &addr))
		return hd_inventory_pci(reading->r.inventory, &addr);
	for (size_t i = 0; i < reading->n_named; i++)
		if (!strcmp(reading->named[i].name, name))
			return hd_inventory_find(reading->r.inventory, reading->named[i].kind,
						 reading->named[i].address);
	return NULL;
}

/* The test driver and bad XML have no paths to go by, so the names count. */
static void link_parents(struct hd_nodedev_reading *reading)
{
	for (size_t i = 0; i < reading->n_named; i++) {
		const struct hd_nodedev_name *named = &reading->named[i];
		struct hd_item *item = (struct hd_item *)(void *)hd_inventory_find(
			reading->r.inventory, named->kind, named->address);

		if (item && !item->parent && named->parent)
			item->parent = item_named(reading, named->parent);
		if (item && item->parent == item)
			item->parent = NULL;
	}
}

int hd_inventory_from_nodedevs(struct hd_inventory *ret, struct hd_arena *arena,
			       const char *xml, size_t length, struct hd_error *err)
{
	_cleanup_(hd_xml_free) struct _xmlDoc *doc = NULL;
	struct hd_inventory inventory = { .is_remote = true };
	struct hd_nodedev_reading reading = { .r = {
		.inventory = &inventory, .arena = arena, .err = err, .want = HD_INVENTORY_ALL,
	} };
	int rc = hd_xml_read(&doc, xml, length, err);

	if (rc < 0)
		return hd_wrap(err, "libvirt's node devices");
	for (int pass = 0; pass < 2; pass++)
		for (const struct _xmlNode *node = hd_xml_first(hd_xml_root(doc)); node;
		     node = hd_xml_next(node))
			read_device(&reading, node, pass);
	hd_inventory_finish(&reading.r);
	link_parents(&reading);
	*ret = inventory;
	return 0;
}
