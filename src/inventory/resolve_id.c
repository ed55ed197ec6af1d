/* SPDX-License-Identifier: GPL-2.0-or-later */
/* resolve_id.c - "10de:1b06": the one PCI function or USB device with this id. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "facts/pci/pci.h"
#include "inventory/resolve_internal.h"

static bool has_number(const struct hd_resolver *r, const char *fn, const char *file,
		       unsigned wanted)
{
	uint64_t value;

	return hd_sysroot_u64(r->root, &value, HD_SYS_PCI "/%s/%s", fn, file) == 0 &&
	       value == wanted;
}

/* Slots are how people tell two equal cards apart; sysfs has the driver at hand. */
static const char *pci_hint(const struct hd_resolver *r, const char *fn)
{
	const char *driver;

	if (hd_pci_driver_read(r->root, r->arena, fn, &driver) < 0 || !driver)
		return "PCI, no driver";
	return hd_printf(r->arena, "PCI, driver %s", driver);
}

static int add_functions(struct hd_device_ref *ret, struct hd_resolver *r, unsigned vendor,
			 unsigned device)
{
	struct hd_pci_addr *addrs = NULL;
	size_t n = 0;
	int rc = hd_pci_addresses(r->root, r->arena, &addrs, &n, r->err);

	for (size_t i = 0; rc >= 0 && i < n; i++) {
		char name[HD_PCI_ADDR_SIZE];

		hd_pci_addr_format(&addrs[i], name);
		if (!has_number(r, name, "vendor", vendor) ||
		    !has_number(r, name, "device", device))
			continue;
		hd_resolve_is_pci(ret, r, &addrs[i]);
		hd_resolve_add(r, ret->name, pci_hint(r, name));
	}
	return rc < 0 ? rc : 0;
}

static int add_usb(struct hd_device_ref *ret, struct hd_resolver *r, unsigned vendor,
		   unsigned device)
{
	int rc = hd_resolve_usbs(r);

	for (size_t i = 0; rc == 0 && i < r->usbs.n; i++) {
		const struct hd_usb_dev *dev = &r->usbs.devs[i];

		if (dev->vendor != vendor || dev->product != device)
			continue;
		hd_resolve_is_usb(ret, r, dev, HD_USB_BY_ID);
		hd_resolve_add_usb(r, dev);
	}
	return rc;
}

int hd_resolve_id(struct hd_device_ref *ret, struct hd_resolver *r, const char *text)
{
	unsigned vendor = 0, device = 0;
	const char *end;
	int rc;

	(void)hd_resolve_ids(text, &vendor, &device, &end);
	rc = add_functions(ret, r, vendor, device);
	if (rc == 0)
		rc = add_usb(ret, r, vendor, device);
	if (rc < 0)
		return rc;
	if (r->n_candidates > 1)
		return hd_resolve_ambiguous(r);
	if (!r->n_candidates)
		return hd_fail(r->err, -ENOENT, "'%s': this host has no PCI function or "
			       "USB device with this vendor and device id" HD_SEE_LIST, r->shown);
	return 0;
}
