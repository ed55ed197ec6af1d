/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hostdev_usb.c - a USB device by its ids or its address.
 *
 * libvirt does not support ports (docs/formatdomain.rst, "vendor, product",
 * "address"): ids last, but only one device may have them; an address means one
 * device, but changes whenever it is plugged in and at each boot.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "element/compose.h"

static int read_list(struct hd_composer *c)
{
	int rc = c->has_usb ? 0 : hd_usb_list_read(&c->usb, c->root, c->arena, c->err);

	c->has_usb = rc == 0;
	return rc;
}

static size_t n_alike(const struct hd_composer *c, const struct hd_usb_dev *dev)
{
	size_t n = 0;

	for (size_t i = 0; i < c->usb.n; i++)
		n += c->usb.devs[i].vendor == dev->vendor && c->usb.devs[i].product == dev->product;
	return n;
}

/* How the element names it: as the option says, or as the user named it. */
static const char *way(const struct hd_composer *c, const struct hd_device_ref *ref)
{
	if (c->options->by)
		return c->options->by;
	if (ref->usb_by == HD_USB_BY_ID)
		return "id";
	return ref->usb_by == HD_USB_BY_ADDRESS ? "address" : "port";
}

static void write_ids(struct hd_composer *c, const struct hd_usb_dev *dev,
		      struct hd_element *element)
{
	element->values[HD_P_VENDOR] = hd_printf(c->arena, "0x%04x", dev->vendor);
	element->values[HD_P_PRODUCT] = hd_printf(c->arena, "0x%04x", dev->product);
}

static void write_address(struct hd_composer *c, const struct hd_usb_dev *dev,
			  struct hd_element *element)
{
	element->values[HD_P_BUS] = hd_printf(c->arena, "%u", dev->bus);
	element->values[HD_P_DEVICE] = hd_printf(c->arena, "%u", dev->device);
	hd_compose_note(c, "%s is named by its address, bus %u device %u, which changes "
			"when it is plugged in again and when the host boots", element->name, dev->bus,
			dev->device);
}

static int write_source(struct hd_composer *c, const struct hd_device_ref *ref,
			struct hd_element *element)
{
	const struct hd_usb_dev *dev = ref->usb;
	const char *by = way(c, ref);
	size_t n = n_alike(c, dev);

	if (!strcmp(by, "address") || (!strcmp(by, "port") && n > 1)) {
		write_address(c, dev, element);
		return 0;
	}
	if (n > 1)
		return hd_fail(c->err, -EPERM, "%s: the host has %zu devices %04x:%04x, "
			       "and libvirt cannot distinguish them by these ids: use --by address",
			       element->name, n, dev->vendor, dev->product);
	write_ids(c, dev, element);
	if (!strcmp(by, "port"))
		hd_compose_note(c, "%s: libvirt does not support ports; it is named by its "
				"ids %04x:%04x, which no other device has now", element->name, dev->vendor,
				dev->product);
	return 0;
}

int hd_compose_usb(struct hd_composer *c, const struct hd_device_ref *ref)
{
	struct hd_element *element;
	const char *name;
	int rc = read_list(c);

	if (rc < 0)
		return rc;
	if (!ref->usb)
		return hd_fail(c->err, -EPERM, "%s is not a USB device and does not belong "
					       "to one", ref->name);
	name = hd_printf(c->arena, "usb:%s", ref->usb->port);
	if (ref->usb->class == HD_USB_CLASS_HUB)
		return hd_fail(c->err, -EPERM, "%s is a hub, which QEMU cannot give to a guest: name "
			       "the devices behind it", name);
	rc = hd_compose_add(&element, c, HD_ELEMENT_USB, name);
	return rc < 0 || !element ? rc : write_source(c, ref, element);
}
