/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inventory_nodedev.c - an inventory out of libvirt's node device XML.
 *
 * Elements come in another order with each version and driver of libvirt: all
 * are found by name.  Numbers of addresses are decimal in a capability and hex in
 * an <address> (docs/formatnode.rst); hd_text_u64() takes both.
 */
#include "config.h"

#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "domain/xml.h"
#include "facts/usb/usb.h"
#include "inventory/inventory.h"
#include "inventory/inventory_internal.h"
#include "facts/scsi/scsi_unit.h"
#include "inventory/nodedev_xml.h"

/* Parents are given by names that only libvirt uses. */
struct name {
	const char *name, *parent;
	enum hd_device_kind kind;
	const char *address;
};

struct reading {
	struct hd_inventory_reading r;
	struct name *named;
	size_t n_named;
};

struct nodedev {
	struct reading *reading;
	const struct _xmlNode *node, *capability;
	const char *name, *path;
};

static const char *text_of(const struct nodedev *d, const struct _xmlNode *node)
{
	const char *text = hd_xml_text(d->reading->r.arena, node);

	return text && *text ? hd_text_printable(d->reading->r.arena, text, NAME_MAX) : NULL;
}

static const char *child_text(const struct nodedev *d, const struct _xmlNode *parent,
			      const char *name)
{
	return text_of(d, hd_xml_child(parent, name));
}

/* A small number, or UNKNOWN. */
static int number_of(const char *text, int unknown)
{
	uint64_t value;

	return text && hd_text_u64(text, &value) && value <= INT_MAX ? (int)value : unknown;
}

static unsigned child_number(const struct nodedev *d, const char *name)
{
	return (unsigned)number_of(child_text(d, d->capability, name), 0);
}

static int attr_number(const struct nodedev *d, const struct _xmlNode *node, const char *name,
		       int unknown)
{
	return number_of(hd_xml_attr(d->reading->r.arena, node, name), unknown);
}

/* "Samsung Electronics Co Ltd NVMe SSD Controller", out of <vendor> and <product>. */
static void read_ids(const struct nodedev *d, struct hd_item *item)
{
	const struct _xmlNode *vendor = hd_xml_child(d->capability, "vendor");
	const struct _xmlNode *product = hd_xml_child(d->capability, "product");
	const char *maker = text_of(d, vendor), *model = text_of(d, product);

	item->vendor = (unsigned)attr_number(d, vendor, "id", 0);
	item->device = (unsigned)attr_number(d, product, "id", 0);
	if (maker && model && !hd_text_starts_with(model, maker))
		item->model = hd_printf(d->reading->r.arena, "%s %s", maker, model);
	else
		item->model = model ? model : maker;
}

static const char *driver_of(const struct nodedev *d)
{
	return child_text(d, hd_xml_child(d->node, "driver"), "name");
}

static int group_of(const struct nodedev *d)
{
	return attr_number(d, hd_xml_child(d->capability, "iommuGroup"), "number",
				      HD_NO_GROUP);
}

static void add_item(const struct nodedev *d, const struct hd_item *item)
{
	struct reading *reading = d->reading;
	struct name *named =
		hd_append(reading->r.arena, &reading->named, &reading->n_named, sizeof(*named));

	*named = (struct name){
		.name = d->name,
		.parent = child_text(d, d->node, "parent"),
		.kind = item->kind,
		.address = item->address,
	};
	hd_inventory_add(&reading->r, item);
}

static const char *const addr_parts[] = { "domain", "bus", "slot", "function" };

static bool make_addr(const int *parts, struct hd_pci_addr *ret)
{
	if (parts[0] < 0 || parts[1] < 0 || parts[1] > 0xff || parts[2] < 0 || parts[2] > 0x1f ||
	    parts[3] < 0 || parts[3] > 7)
		return false;
	*ret = (struct hd_pci_addr){ (uint32_t)parts[0], (uint8_t)parts[1], (uint8_t)parts[2],
				     (uint8_t)parts[3] };
	return true;
}

static bool read_addr(const struct nodedev *d, const struct _xmlNode *node,
		      struct hd_pci_addr *ret)
{
	int parts[HD_ARRAY_SIZE(addr_parts)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(addr_parts); i++)
		parts[i] = attr_number(d, node, addr_parts[i], -1);
	return make_addr(parts, ret);
}

/* "8" and "2.5" become "8.0 GT/s" and "2.5 GT/s", as sysfs has them. */
static const char *speed_of(const struct nodedev *d, const struct _xmlNode *link)
{
	const char *speed = hd_xml_attr(d->reading->r.arena, link, "speed");

	if (!speed || !*speed || speed[strspn(speed, "0123456789.")] || strlen(speed) > 8)
		return NULL;
	return hd_printf(d->reading->r.arena, "%s%s GT/s", speed,
			 strchr(speed, '.') ? "" : ".0");
}

static void read_link(const struct nodedev *d, struct hd_item *item)
{
	const struct _xmlNode *link = hd_xml_first(hd_xml_child(d->capability, "pci-express"));

	for (; link; link = hd_xml_next(link)) {
		if (hd_xml_attr_is(link, "validity", "cap")) {
			item->link.max_speed = speed_of(d, link);
			item->link.max_width = (unsigned)attr_number(d, link, "width", 0);
		} else if (hd_xml_attr_is(link, "validity", "sta")) {
			item->link.speed = speed_of(d, link);
			item->link.width = (unsigned)attr_number(d, link, "width", 0);
		}
	}
}

static int count_addresses(const struct _xmlNode *capability)
{
	int n = 0;

	for (const struct _xmlNode *node = hd_xml_first(capability); node;
	     node = hd_xml_next(node))
		n += hd_xml_is(node, "address");
	return n;
}

static void read_vfs(const struct nodedev *d, struct hd_item *item)
{
	for (const struct _xmlNode *node = hd_xml_first(d->capability); node;
	     node = hd_xml_next(node)) {
		if (!hd_xml_is(node, "capability"))
			continue;
		if (hd_xml_attr_is(node, "type", "phys_function"))
			item->is_vf = read_addr(d, hd_xml_child(node, "address"),
						&item->physfn_addr);
		if (!hd_xml_attr_is(node, "type", "virt_functions"))
			continue;
		item->n_vfs = count_addresses(node);
		item->max_vfs = attr_number(d, node, "maxCount", item->n_vfs);
	}
}

static void read_pci(const struct nodedev *d)
{
	struct hd_item item = hd_inventory_item(HD_DEVICE_PCI, "", d->path);
	const struct _xmlNode *c = d->capability;
	int parts[HD_ARRAY_SIZE(addr_parts)];
	char name[HD_PCI_ADDR_SIZE];

	for (size_t i = 0; i < HD_ARRAY_SIZE(addr_parts); i++)
		parts[i] = number_of(child_text(d, c, addr_parts[i]), -1);
	item.has_pci = make_addr(parts, &item.pci);
	if (!item.has_pci)
		return;
	item.address = hd_strdup(d->reading->r.arena, hd_pci_addr_format(&item.pci, name));
	item.class = child_number(d, "class") & 0xffffffu;
	item.driver = driver_of(d);
	item.driver_kind = hd_driver_kind_of(item.driver);
	item.group = group_of(d);
	item.numa_node = attr_number(d, hd_xml_child(c, "numa"), "node", -1);
	read_ids(d, &item);
	read_vfs(d, &item);
	read_link(d, &item);
	add_item(d, &item);
}

/* The port is the last part of the path: ".../usb1/1-2". */
static void read_usb(const struct nodedev *d)
{
	const char *port = basename(d->path);
	struct hd_arena *arena = d->reading->r.arena;
	struct hd_item item = hd_inventory_item(HD_DEVICE_USB, "", d->path);

	if (!*port)
		port = d->name;
	item.port = port;
	item.address = hd_printf(arena, "usb:%s", port);
	item.bus = child_number(d, "bus");
	item.number = child_number(d, "device");
	if (hd_text_starts_with(port, "usb"))
		item.class = HD_USB_CLASS_HUB;	/* a root hub, whose interface is not listed */
	read_ids(d, &item);
	add_item(d, &item);
}

static void read_mdev(const struct nodedev *d)
{
	const char *text = child_text(d, d->capability, "uuid");
	struct hd_item item;
	char uuid[37];

	if (!text || !hd_text_uuid(text, uuid))
		return;
	item = hd_inventory_item(HD_DEVICE_MDEV, hd_strdup(d->reading->r.arena, uuid), d->path);
	text = hd_xml_attr(d->reading->r.arena, hd_xml_child(d->capability, "type"), "id");
	item.type = text ? hd_text_printable(d->reading->r.arena, text, HD_MAX_SHOWN) : NULL;
	item.driver = driver_of(d);
	item.group = group_of(d);
	add_item(d, &item);
}

/* As libvirt calls them (udevGetSCSIType() of its src/node_device/node_device_udev.c). */
static unsigned scsi_type(const char *name)
{
	static const struct {
		const char *name;
		unsigned type;
	} types[] = {
		{ "disk", HD_SCSI_DISK }, { "tape", HD_SCSI_TAPE }, { "cdrom", HD_SCSI_OPTICAL },
		{ "mod", HD_SCSI_MEMORY }, { "changer", HD_SCSI_CHANGER }, { "enclosure", HD_SCSI_ENCLOSURE },
	};

	for (size_t i = 0; name && i < HD_ARRAY_SIZE(types); i++)
		if (!strcmp(types[i].name, name))
			return types[i].type;
	return HD_SCSI_UNKNOWN;
}

static void read_scsi(const struct nodedev *d)
{
	static const char *const parts[] = { "host", "bus", "target", "lun" };
	struct hd_item item = hd_inventory_item(HD_DEVICE_SCSI, "", d->path);
	struct hd_arena *arena = d->reading->r.arena;
	int numbers[HD_ARRAY_SIZE(parts)];
	char name[HD_SCSI_ADDR_SIZE];

	for (size_t i = 0; i < HD_ARRAY_SIZE(parts); i++) {
		numbers[i] = number_of(child_text(d, d->capability, parts[i]), -1);
		if (numbers[i] < 0)
			return;
	}
	item.scsi = (struct hd_scsi_addr){ (uint32_t)numbers[0], (uint32_t)numbers[1], (uint32_t)numbers[2],
					   (uint64_t)numbers[3] };
	item.address = hd_printf(arena, "scsi:%s", hd_scsi_addr_format(&item.scsi, name));
	item.class = scsi_type(child_text(d, d->capability, "type"));
	item.driver = driver_of(d);
	add_item(d, &item);
}

/* The node and the name of a SCSI disk or drive are those of what is on it. */
static void read_storage(const struct nodedev *d)
{
	const char *parent = child_text(d, d->node, "parent");
	const char *maker = child_text(d, d->capability, "vendor"), *model = child_text(d, d->capability, "model");
	const char *node = child_text(d, d->capability, "block");

	for (size_t i = 0; parent && i < d->reading->n_named; i++) {
		struct hd_item *item = &d->reading->r.inventory->items[i];

		if (item->kind != HD_DEVICE_SCSI || strcmp(d->reading->named[i].name, parent) != 0)
			continue;
		item->model = maker && model ? hd_printf(d->reading->r.arena, "%s %s", maker, model) :
			      model ? model : maker;
		item->nodes[0] = node;
		item->n_nodes = node != NULL;
	}
}

/* The class and the driver of a USB device are those of its interfaces. */
static void read_interface(const struct nodedev *d)
{
	const char *parent = child_text(d, d->node, "parent");
	const char *driver = driver_of(d);
	struct hd_inventory *all = d->reading->r.inventory;

	for (size_t i = 0; parent && i < d->reading->n_named; i++) {
		struct hd_item *item = &all->items[i];

		if (strcmp(d->reading->named[i].name, parent) != 0)
			continue;
		if (!item->class)
			item->class = child_number(d, "class");
		if (!item->driver)
			item->driver = driver;
	}
}

/* Only its name is known: "pci_0000_03_00_0". */
static void read_unknown(const struct nodedev *d)
{
	struct hd_inventory_reading *r = &d->reading->r;
	const char *why = text_of(d, d->capability);
	struct hd_item item = hd_inventory_item(HD_DEVICE_PCI, "", "");
	char name[HD_PCI_ADDR_SIZE];

	hd_inventory_note(r, "%s: libvirt's XML for it cannot be parsed: %s", d->name,
			  why ? why : "it is not XML");
	item.has_pci = hd_pci_addr_parse(d->name, &item.pci);
	if (!item.has_pci)
		return;
	item.address = hd_strdup(r->arena, hd_pci_addr_format(&item.pci, name));
	add_item(d, &item);
}

static const struct kind {
	const char *type;
	void (*read)(const struct nodedev *d);
	int pass;
} kinds[] = {
	{ "pci", read_pci, 0 },
	{ "usb_device", read_usb, 0 },
	{ "mdev", read_mdev, 0 },
	{ "scsi", read_scsi, 0 },
	{ HD_NODEDEV_UNKNOWN, read_unknown, 0 },
	{ "usb", read_interface, 1 },	/* these need the devices */
	{ "storage", read_storage, 1 },
};

static void read_device(struct reading *reading, const struct _xmlNode *node,
			int pass)
{
	struct nodedev d = { .reading = reading, .node = node };
	const char *path = child_text(&d, node, "path");

	d.name = child_text(&d, node, "name");
	d.path = path ? path + (*path == '/') : "";
	for (d.capability = hd_xml_first(node); d.name && d.capability;
	     d.capability = hd_xml_next(d.capability))
		for (size_t i = 0; i < HD_ARRAY_SIZE(kinds); i++)
			if (kinds[i].pass == pass && hd_xml_is(d.capability, "capability") &&
			    hd_xml_attr_is(d.capability, "type", kinds[i].type))
				kinds[i].read(&d);
}

static const struct hd_item *item_named(const struct reading *reading,
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
static void link_parents(struct reading *reading)
{
	for (size_t i = 0; i < reading->n_named; i++) {
		const struct name *named = &reading->named[i];
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
	struct reading reading = { .r = {
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
