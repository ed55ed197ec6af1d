/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export_nova.c - devices as nova.conf has them: [pci] device_spec and alias.
 *
 * Each is one option with a value in JSON, and may be repeated (nova/conf/pci.py of OpenStack Nova).
 */
#include "config.h"

#include <string.h>

#include "report/export.h"

/* As Nova calls what libvirt reports (nova/virt/libvirt/host.py). */
static const char *device_type(const struct hd_item *item)
{
	return item->is_vf ? "type-VF" : item->max_vfs > 0 ? "type-PF" : "type-PCI";
}

static bool is_same_alias(const struct hd_offer *a, const struct hd_offer *b)
{
	return hd_offer_is_same_id(a, b) && a->can_migrate == b->can_migrate &&
	       !strcmp(device_type(a->item), device_type(b->item));
}

/* Both since Nova 31; a device that can migrate must also be asked for as one. */
static const char *migratable(const struct hd_offer *offer)
{
	return offer->can_migrate ? ", \"live_migratable\": \"yes\"" : "";
}

/*
 * With the id as well: a physical function's address alone also means the virtual functions that it
 * may get later (WhitelistPciAddress.match() of nova/pci/devspec.py).
 */
static void put_spec(const struct hd_export *from, const struct hd_offer *offer)
{
	(void)fprintf(from->out, "device_spec = {\"vendor_id\": \"%04x\", \"product_id\": \"%04x\", "
		      "\"address\": \"%s\"%s}\n", offer->item->vendor & 0xffff,
		      offer->item->device & 0xffff, offer->item->address, migratable(offer));
}

/* An alias has one type only, so its name has it, too. */
static void put_alias(const struct hd_export *from, const struct hd_offer *offer)
{
	const char *type = device_type(offer->item);

	(void)fprintf(from->out, "alias = {\"vendor_id\": \"%04x\", \"product_id\": \"%04x\", "
		      "\"device_type\": \"%s\", \"name\": \"%s%s%s\"%s}\n",
		      offer->item->vendor & 0xffff, offer->item->device & 0xffff, type,
		      hd_export_name(from->arena, offer),
		      !strcmp(type, "type-PCI") ? "" : type + strlen("type"),
		      offer->can_migrate ? "-migratable" : "", migratable(offer));
}

void hd_export_nova(const struct hd_export *from)
{
	(void)fputs("[pci]\n", from->out);
	for (size_t i = 0; i < from->n; i++)
		if (!from->offers[i].reason)
			put_spec(from, &from->offers[i]);
	for (size_t i = 0; i < from->n; i++)
		if (hd_export_is_first(from, i, is_same_alias))
			put_alias(from, &from->offers[i]);
}
