/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_port.c - which port or switch do the devices of a group share it for?
 *
 * Without ACS between them (PCI Express 6.12), devices behind one bridge reach each other past the IOMMU, so the
 * kernel puts them into one group (Linux drivers/iommu/iommu.c, pci_device_group()). Another slot may help.
 */
#include "config.h"

#include "report/map_words.h"

#define MAX_DEPTH 64		/* of bridges above each other: a damaged capture may have a circle */

static bool is_behind(const struct hd_item *item, const struct hd_item *port)
{
	for (int depth = 0; item && depth < MAX_DEPTH; depth++) {
		item = item->parent;
		if (item == port)
			return true;
	}
	return false;
}

static bool is_card(const struct hd_map_box *box)
{
	return box->item && box->item->kind == HD_DEVICE_PCI;
}

/* Functions of one card share a group without any port. */
static bool is_one_card(const struct hd_map_box *group)
{
	const struct hd_pci_addr *first = &group->first->item->pci;

	for (const struct hd_map_box *box = group->first->next; box; box = box->next) {
		const struct hd_pci_addr *other = &box->item->pci;

		if (other->domain != first->domain || other->bus != first->bus || other->slot != first->slot)
			return false;
	}
	return true;
}

static bool are_behind(const struct hd_map_box *group, const struct hd_item *port)
{
	for (const struct hd_map_box *box = group->first; box; box = box->next)
		if (!is_card(box) || !is_behind(box->item, port))
			return false;
	return true;
}

const struct hd_item *hd_map_port(const struct hd_map_box *group)
{
	const struct hd_item *port;

	if (group->number == HD_NO_GROUP || !group->first || !is_card(group->first) || is_one_card(group))
		return NULL;
	port = group->first->item->parent;
	for (int depth = 0; port && depth < MAX_DEPTH; depth++, port = port->parent)
		if (are_behind(group, port))
			return port;
	return NULL;
}
