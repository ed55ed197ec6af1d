/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inventory_nodedev_pci.c - a PCI function out of libvirt's node device XML. */
#include "config.h"

#include <string.h>

#include "inventory/inventory_nodedev_parts.h"

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

static bool read_addr(const struct hd_nodedev *d, const struct _xmlNode *node,
		      struct hd_pci_addr *ret)
{
	int parts[HD_ARRAY_SIZE(addr_parts)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(addr_parts); i++)
		parts[i] = hd_nodedev_attr_number(d, node, addr_parts[i], -1);
	return make_addr(parts, ret);
}

/* "8" and "2.5" become "8.0 GT/s" and "2.5 GT/s", as sysfs has them. */
static const char *speed_of(const struct hd_nodedev *d, const struct _xmlNode *link)
{
	const char *speed = hd_xml_attr(d->reading->r.arena, link, "speed");

	if (!speed || !*speed || speed[strspn(speed, "0123456789.")] || strlen(speed) > 8)
		return NULL;
	return hd_printf(d->reading->r.arena, "%s%s GT/s", speed,
			 strchr(speed, '.') ? "" : ".0");
}

static void read_link(const struct hd_nodedev *d, struct hd_item *item)
{
	const struct _xmlNode *link = hd_xml_first(hd_xml_child(d->capability, "pci-express"));

	for (; link; link = hd_xml_next(link)) {
		if (hd_xml_attr_is(link, "validity", "cap")) {
			item->link.max_speed = speed_of(d, link);
			item->link.max_width = (unsigned)hd_nodedev_attr_number(d, link, "width", 0);
		} else if (hd_xml_attr_is(link, "validity", "sta")) {
			item->link.speed = speed_of(d, link);
			item->link.width = (unsigned)hd_nodedev_attr_number(d, link, "width", 0);
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

static void read_vfs(const struct hd_nodedev *d, struct hd_item *item)
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
		item->max_vfs = hd_nodedev_attr_number(d, node, "maxCount", item->n_vfs);
	}
}

void hd_nodedev_read_pci(const struct hd_nodedev *d)
{
	struct hd_item item = hd_inventory_item(HD_DEVICE_PCI, "", d->path);
	const struct _xmlNode *c = d->capability;
	int parts[HD_ARRAY_SIZE(addr_parts)];
	char name[HD_PCI_ADDR_SIZE];

	for (size_t i = 0; i < HD_ARRAY_SIZE(addr_parts); i++)
		parts[i] = hd_nodedev_number_of(hd_nodedev_child_text(d, c, addr_parts[i]), -1);
	item.has_pci = make_addr(parts, &item.pci);
	if (!item.has_pci)
		return;
	item.address = hd_strdup(d->reading->r.arena, hd_pci_addr_format(&item.pci, name));
	item.class = hd_nodedev_child_number(d, "class") & 0xffffffu;
	item.driver = hd_nodedev_child_text(d, hd_xml_child(d->node, "driver"), "name");
	item.driver_kind = hd_driver_kind_of(item.driver);
	item.group = hd_nodedev_group_of(d);
	item.numa_node = hd_nodedev_attr_number(d, hd_xml_child(c, "numa"), "node", -1);
	hd_nodedev_read_ids(d, &item);
	read_vfs(d, &item);
	read_link(d, &item);
	hd_nodedev_add(d, &item);
}
