/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inventory_usb.c - all USB devices, with what drives their interfaces.
 *
 * The device itself is always on the driver "usb", which says nothing: what
 * uses it are its interfaces, "1-2:1.0" (Documentation/ABI/testing/sysfs-bus-usb).
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/usb/usb.h"
#include "inventory/inventory_internal.h"

struct interfaces {
	const char *const *names;	/* of the bus, sorted: an interface comes after its device */
	ssize_t n;
};

/* Is TEXT, as "usbhid, uas", without NAME? */
static bool lacks(const char *text, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = text; (at = strstr(at, name)); at += length)
		if ((at == text || at[-1] == ' ') && (!at[length] || at[length] == ','))
			return false;
	return true;
}

static void add_driver(struct hd_inventory_reading *r, struct hd_item *item, const char *name)
{
	name = hd_text_printable(r->arena, name, HD_MAX_SHOWN);
	if (!item->driver)
		item->driver = name;
	else if (lacks(item->driver, name) && strlen(item->driver) < HD_MAX_SHOWN)
		item->driver = hd_printf(r->arena, "%s, %s", item->driver, name);
}

/* "08" */
static unsigned interface_class(struct hd_inventory_reading *r, const char *name)
{
	const char *text;
	uint64_t value;

	if (hd_sysroot_text(r->root, r->arena, &text, HD_SYS_USB "/%s/bInterfaceClass",
			    name) <= 0 ||
	    !hd_text_u64(hd_printf(r->arena, "0x%s", text), &value) || value > 0xff)
		return 0;
	return (unsigned)value;
}

static void read_interfaces(struct hd_inventory_reading *r, struct hd_item *item,
			    const struct interfaces *all)
{
	const char *root_hub = item->port[0] == 'u' ? item->port + strlen("usb") : NULL;
	const char *start = root_hub ? hd_printf(r->arena, "%s-0:", root_hub) :
			    hd_printf(r->arena, "%s:", item->port);

	for (ssize_t i = 0; i < all->n; i++) {
		const char *driver;

		if (!hd_text_starts_with(all->names[i], start))
			continue;
		if ((r->want & HD_INVENTORY_IDS) && !item->class)
			item->class = interface_class(r, all->names[i]);
		if ((r->want & HD_INVENTORY_DRIVER) &&
		    hd_sysroot_link_base(r->root, r->arena, &driver, HD_SYS_USB "/%s/driver",
					 all->names[i]) == 0)
			add_driver(r, item, driver);
	}
}

/* "Logitech" and "Logitech USB Receiver" say it twice. */
static const char *model_of(struct hd_inventory_reading *r, const struct hd_usb_dev *dev)
{
	const char *maker = NULL;

	if (hd_sysroot_text(r->root, r->arena, &maker, HD_SYS_USB "/%s/manufacturer",
			    dev->port) <= 0)
		return dev->product_name;
	maker = hd_text_printable(r->arena, maker, HD_MAX_SHOWN);
	if (!dev->product_name)
		return maker;
	return hd_text_starts_with(dev->product_name, maker) ? dev->product_name :
	       hd_printf(r->arena, "%s %s", maker, dev->product_name);
}

static void add_device(struct hd_inventory_reading *r, const struct hd_usb_dev *dev,
		       const struct interfaces *interfaces)
{
	const char *port = hd_text_printable(r->arena, dev->port, HD_MAX_SHOWN);
	struct hd_item item = hd_inventory_item(HD_DEVICE_USB,
						hd_printf(r->arena, "usb:%s", port), dev->path);

	item.port = port;
	item.bus = dev->bus;
	item.number = dev->device;
	item.vendor = dev->vendor;
	item.device = dev->product;
	item.class = dev->class;
	item.serial = dev->serial;
	if (r->want & HD_INVENTORY_IDS)
		item.model = model_of(r, dev);
	if (r->want & (HD_INVENTORY_IDS | HD_INVENTORY_DRIVER))
		read_interfaces(r, &item, interfaces);
	hd_inventory_add(r, &item);
}

int hd_inventory_read_usb(struct hd_inventory_reading *r)
{
	struct interfaces interfaces = { .n = 0 };
	struct hd_usb_list list;
	int rc = hd_usb_list_read(&list, r->root, r->arena, r->err);

	if (rc < 0 || !list.n)
		return rc;
	interfaces.n = hd_sysroot_names(r->root, r->arena, &interfaces.names, HD_SYS_USB);
	for (size_t i = 0; i < list.n; i++)
		add_device(r, &list.devs[i], &interfaces);
	return 0;
}
