/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resolve_usb.c - names of USB devices: port, id, serial number, address. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "inventory/inventory.h"
#include "inventory/resolve_internal.h"

#define PREFIX "usb:"
#define MAX_NUMBER 255

/* How a name means a device: each row takes the text after the prefix. */
struct usb_name {
	enum hd_usb_by by;
	unsigned vendor, product, bus, device;
	const char *port, *serial;
};

int hd_resolve_usbs(struct hd_resolver *r)
{
	int rc;

	if (r->has_usbs)
		return 0;
	rc = hd_usb_list_read(&r->usbs, r->root, r->arena, r->err);
	r->has_usbs = rc == 0;
	return rc;
}

void hd_resolve_is_usb(struct hd_device_ref *ret, struct hd_resolver *r,
		       const struct hd_usb_dev *dev, enum hd_usb_by by)
{
	ret->kind = HD_DEVICE_USB;
	ret->usb = dev;
	ret->usb_by = by;
	ret->has_pci = hd_path_function(dev->path, &ret->pci);
	ret->name = hd_printf(r->arena, PREFIX "%s",
			      hd_text_printable(r->arena, dev->port, NAME_MAX));
}

void hd_resolve_add_usb(struct hd_resolver *r, const struct hd_usb_dev *dev)
{
	const char *name = dev->product_name ? dev->product_name :
			   hd_printf(r->arena, "%04x:%04x", dev->vendor, dev->product);

	hd_resolve_add(r, hd_printf(r->arena, PREFIX "%s",
				    hd_text_printable(r->arena, dev->port, NAME_MAX)),
		       hd_printf(r->arena, "%s, %s%s", name,
				 dev->serial ? "serial " : "without a serial number",
				 dev->serial ? dev->serial : ""));
}

bool hd_resolve_ids(const char *text, unsigned *vendor, unsigned *device, const char **end)
{
	if (!hd_hex_digits(text, 4, vendor) || text[4] != ':' || !hd_hex_digits(text + 5, 4, device))
		return false;
	*end = text + 9;
	return true;
}

static bool take_ids(struct usb_name *ret, struct hd_arena *arena, const char *text)
{
	const char *end;

	(void)arena;
	if (!hd_resolve_ids(text, &ret->vendor, &ret->product, &end) ||
	    (*end && (*end != ':' || !end[1])))
		return false;
	ret->by = *end ? HD_USB_BY_SERIAL : HD_USB_BY_ID;
	ret->serial = *end ? end + 1 : NULL;
	return true;
}

/* "1.5", "001.005" */
static bool take_address(struct usb_name *ret, struct hd_arena *arena, const char *text)
{
	const char *dot = strchr(text, '.');
	uint64_t bus, device;

	if (!dot || !hd_text_u64(hd_strndup(arena, text, (size_t)(dot - text)), &bus) ||
	    !hd_text_u64(dot + 1, &device) || !bus || !device || bus > UINT16_MAX ||
	    device > MAX_NUMBER || hd_text_starts_with(dot + 1, "0x"))
		return false;
	ret->by = HD_USB_BY_ADDRESS;
	ret->bus = (unsigned)bus;
	ret->device = (unsigned)device;
	return true;
}

/* "1-2.3", or "usb1" for the hub of a controller (Linux drivers/usb/core/usb.c). */
static bool take_port(struct usb_name *ret, struct hd_arena *arena, const char *text)
{
	const char *at = text;
	size_t digits;

	(void)arena;
	if (hd_text_starts_with(text, "usb"))
		at += strlen("usb");
	for (char sep = '-'; (digits = strspn(at, "0123456789")) > 0; sep = '.', at++) {
		at += digits;
		if (!*at || *at != sep)
			break;
	}
	if (!digits || *at || strlen(text) > NAME_MAX ||
	    (at - text == (ptrdiff_t)digits))
		return false;
	ret->by = HD_USB_BY_PORT;
	ret->port = text;
	return true;
}

static bool is_named(const struct hd_usb_dev *dev, const struct usb_name *name)
{
	if (name->by == HD_USB_BY_PORT)
		return !strcmp(dev->port, name->port);
	if (name->by == HD_USB_BY_ADDRESS)
		return dev->bus == name->bus && dev->device == name->device;
	return dev->vendor == name->vendor && dev->product == name->product &&
	       (!name->serial || (dev->serial && !strcmp(dev->serial, name->serial)));
}

static const struct hd_usb_dev *find_device(struct hd_resolver *r, const struct usb_name *name)
{
	const struct hd_usb_dev *found = NULL;

	for (size_t i = 0; i < r->usbs.n; i++) {
		const struct hd_usb_dev *dev = &r->usbs.devs[i];

		if (!is_named(dev, name))
			continue;
		hd_resolve_add_usb(r, dev);
		found = dev;
	}
	return found;
}

/* Names the devices with this id that have other serial numbers. */
static int other_serial(struct hd_resolver *r, const struct usb_name *name)
{
	struct usb_name any = *name;
	const struct hd_candidate *c;

	any.serial = NULL;
	if (!find_device(r, &any))
		return 0;
	c = r->candidates;
	return hd_fail(r->err, -ENOENT, "'%s': no USB device %04x:%04x has this serial "
		       "number; this host has %s (%s)%s" HD_SEE_LIST, r->shown, name->vendor, name->product,
		       c->name, c->hint, r->n_candidates > 1 ? " and others" : "");
}

static int resolve_name(struct hd_device_ref *ret, struct hd_resolver *r,
			const struct usb_name *name)
{
	const struct hd_usb_dev *dev;
	int rc = hd_resolve_usbs(r);

	if (rc < 0)
		return rc;
	dev = find_device(r, name);
	if (r->n_candidates > 1)
		return hd_resolve_only(r);
	if (dev) {
		hd_resolve_is_usb(ret, r, dev, name->by);
		return 0;
	}
	rc = name->serial ? other_serial(r, name) : 0;
	return rc < 0 ? rc : hd_fail(r->err, -ENOENT, "'%s': this host has no such USB device"
				     HD_SEE_LIST, r->shown);
}

int hd_resolve_usb(struct hd_device_ref *ret, struct hd_resolver *r, const char *text)
{
	static bool (*const takers[])(struct usb_name *, struct hd_arena *, const char *) = {
		take_ids, take_address, take_port,
	};
	struct usb_name name = { .by = HD_USB_BY_NONE };

	for (size_t i = 0; i < HD_ARRAY_SIZE(takers); i++)
		if (takers[i](&name, r->arena, text + strlen(PREFIX)))
			return resolve_name(ret, r, &name);
	return hd_fail(r->err, -EINVAL, "'%s' does not name a USB device; write usb:PORT "
		       "(usb:1-2.3), usb:VENDOR:PRODUCT[:SERIAL] (usb:046d:c52b) or "
		       "usb:BUS.DEVICE (usb:1.5)",
		       r->shown);
}
