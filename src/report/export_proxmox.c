/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * export_proxmox.c - devices as Proxmox VE maps them: a section for each id, with its devices.
 *
 * A path without a function is the whole card, and has the properties of its first function;
 * several maps of a node are alternatives (PVE::Mapping::PCI of pve-guest-common).
 */
#include "config.h"

#include <string.h>

#include "report/export.h"

static bool is_same_slot(const struct hd_item *a, const struct hd_item *b)
{
	return a->pci.domain == b->pci.domain && a->pci.bus == b->pci.bus &&
	       a->pci.slot == b->pci.slot;
}

/* Has the host more functions of the card, all of one group?  Then they are offered or not as one. */
static bool is_whole_card(const struct hd_export *from, const struct hd_item *item)
{
	bool has_first = false;
	size_t n = 0;

	for (size_t i = 0; i < from->n; i++) {
		const struct hd_item *other = from->offers[i].item;

		if (other->kind != HD_DEVICE_PCI || !is_same_slot(item, other))
			continue;
		if (other->group != item->group || from->offers[i].reason)
			return false;
		has_first = has_first || !other->pci.fn;
		n++;
	}
	return n > 1 && has_first;
}

static bool is_mapped(const struct hd_export *from, const struct hd_offer *offer)
{
	return !offer->reason &&
	       (!offer->item->pci.fn || !is_whole_card(from, offer->item));
}

static void put_map(const struct hd_export *from, const struct hd_item *item)
{
	size_t length = strlen(item->address);

	if (is_whole_card(from, item))
		length -= strlen(".0");
	(void)fprintf(from->out, "\tmap id=%s,iommugroup=%d,node=%s,path=%.*s,subsystem-id=%s\n",
		      hd_export_id(from->arena, item->vendor, item->device), item->group, from->node,
		      (int)length, item->address,
		      hd_export_id(from->arena, item->subsystem_vendor, item->subsystem_device));
}

/* The maps of one section; AT is the first of them. */
static void put_section(const struct hd_export *from, size_t at)
{
	const struct hd_offer *first = &from->offers[at];

	(void)fprintf(from->out, "%s%s\n", hd_export_name(from->arena, first),
		      first->can_migrate ? "-migratable" : "");
	for (size_t i = at; i < from->n; i++)
		if (is_mapped(from, &from->offers[i]) &&
		    hd_offer_is_same_id(first, &from->offers[i]) &&
		    first->can_migrate == from->offers[i].can_migrate)
			put_map(from, from->offers[i].item);
	if (first->can_migrate)
		(void)fputs("\tlive-migration-capable 1\n", from->out);
	(void)fputc('\n', from->out);
}

static bool is_begun(const struct hd_export *from, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (is_mapped(from, &from->offers[i]) &&
		    hd_offer_is_same_id(&from->offers[i], &from->offers[at]) &&
		    from->offers[i].can_migrate == from->offers[at].can_migrate)
			return true;
	return false;
}

void hd_export_proxmox(const struct hd_export *from)
{
	for (size_t i = 0; i < from->n; i++)
		if (is_mapped(from, &from->offers[i]) && !is_begun(from, i))
			put_section(from, i);
}
