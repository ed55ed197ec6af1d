/* SPDX-License-Identifier: GPL-2.0-or-later */
/* offers.c - which devices of the host may a scheduler give to guests without asking again? */
#include "config.h"

#include <string.h>

#include "act/offers.h"
#include "base/text.h"
#include "check/checks.h"
#include "facts/mdev/mdev.h"
#include "inventory/machinery.h"

#define MAX_TEXT 200

struct collected {
	struct hd_arena *arena;
	const struct hd_offer_rules *rules;
	const struct hd_inventory *inventory;
	struct hd_offer *items;
	size_t n;
};

bool hd_offer_is_same_id(const struct hd_offer *a, const struct hd_offer *b)
{
	if (a->item->kind != b->item->kind)
		return false;
	return a->item->kind == HD_DEVICE_MDEV ? hd_text_is_same(a->type, b->type) :
	       a->item->vendor == b->item->vendor && a->item->device == b->item->device;
}

static bool is_same_group(const struct hd_item *a, const struct hd_item *b)
{
	return a->kind == HD_DEVICE_PCI && b->kind == HD_DEVICE_PCI && a->group != HD_NO_GROUP &&
	       a->group == b->group;
}

/* The kernel leaves them to the host in a group that a guest has (pcieport and shpchp). */
static bool is_bridge(const struct hd_item *item)
{
	return item->kind == HD_DEVICE_PCI && item->class >> 16 == 0x06;
}

static bool has_vfs(const struct hd_inventory *inventory, const struct hd_item *item)
{
	if (item->n_vfs > 0)
		return true;
	for (size_t i = 0; i < inventory->n; i++)
		if (inventory->items[i].physfn == item)
			return true;
	return false;
}

const char *hd_offer_reason_alone(struct hd_arena *arena, const struct hd_inventory *inventory,
				  const struct hd_item *item,
				  const struct hd_device_verdict *verdict)
{
	if (verdict->readiness != HD_READY)
		return hd_text_printable(arena, verdict->verdict, MAX_TEXT);
	if (verdict->used_by)
		return "in use";
	return has_vfs(inventory, item) ?
	       "its virtual functions exist: these or the function itself, not both" : NULL;
}

static bool has_no_id(const struct hd_offer *offer)
{
	return offer->item->kind == HD_DEVICE_MDEV ? !offer->type : !offer->item->vendor;
}

static const char *own_reason(const struct collected *all, const struct hd_offer *offer,
			      const struct hd_device_verdict *verdict)
{
	const struct hd_item *item = offer->item;
	const char *reason;

	if (!(all->rules->kinds & HD_KIND_BIT(item->kind)))
		return "this format does not have devices of this kind";
	reason = hd_offer_reason_alone(all->arena, all->inventory, item, verdict);
	if (reason)
		return reason;
	if (has_no_id(offer))
		return "its vendor or type is unknown";
	if (all->rules->max_domain && item->kind == HD_DEVICE_PCI &&
	    item->pci.domain > all->rules->max_domain)
		return "this format does not have PCI domains of more than 16 bits";
	return NULL;
}

static bool can_migrate(const struct hd_facts *facts, const struct hd_item *item)
{
	const struct hd_pci_facts *pci = item->kind == HD_DEVICE_PCI ?
					 hd_facts_fn(facts, &item->pci) : NULL;
	const char *driver;

	if (!pci || !pci->fn.is_present)
		return false;
	if (pci->migration != HD_MIGRATION_UNKNOWN)
		return pci->migration == HD_MIGRATION_YES;
	driver = pci->fn.driver_kind == HD_DRIVER_VFIO ? pci->fn.driver : pci->vfio_driver;
	return driver && hd_migration_of_driver(driver) == HD_MIGRATION_YES;
}

/* Why OFFER cannot be one as long as OTHER is not, or NULL. */
static const char *reason_by(const struct collected *all, const struct hd_offer *offer,
			     const struct hd_offer *other)
{
	if (is_same_group(offer->item, other->item) && !is_bridge(other->item))
		return hd_printf(all->arena, "%s of its IOMMU group must not be offered",
				 other->item->address);
	if (all->rules->by_id && hd_offer_is_same_id(offer, other))
		return hd_printf(all->arena, "%s has the same id and must not be offered",
				 other->item->address);
	return NULL;
}

/* What is withdrawn may make others incomplete: until nothing changes. */
static void withdraw_incomplete(struct collected *all)
{
	bool changes;

	do {
		changes = false;
		for (size_t i = 0; i < all->n; i++)
			for (size_t k = 0; k < all->n && !all->items[i].reason; k++) {
				if (!all->items[k].reason)
					continue;
				all->items[i].reason = reason_by(all, &all->items[i],
								 &all->items[k]);
				changes = changes || all->items[i].reason;
			}
	} while (changes);
}

/* Timers and DMA engines are offered only with a device of their group that somebody wants. */
static void withdraw_machinery(struct collected *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct hd_offer *offer = &all->items[i];
		bool is_wanted = offer->reason || !hd_machinery_of(offer->item);

		for (size_t k = 0; k < all->n && !is_wanted; k++)
			is_wanted = is_same_group(offer->item, all->items[k].item) &&
				    !all->items[k].reason && !hd_machinery_of(all->items[k].item);
		if (!is_wanted)
			offer->reason = "a part of the machine";
	}
}

/* What hangs on a function that is offered goes with it. */
static void withdraw_children(struct collected *all)
{
	for (size_t i = 0; i < all->n; i++) {
		struct hd_offer *offer = &all->items[i];

		if (offer->item->kind == HD_DEVICE_PCI || !offer->item->has_pci)
			continue;
		for (size_t k = 0; k < all->n && !offer->reason; k++) {
			const struct hd_item *parent = all->items[k].item;

			if (parent->kind == HD_DEVICE_PCI && !all->items[k].reason &&
			    !hd_pci_addr_compare(&parent->pci, &offer->item->pci))
				offer->reason = hd_printf(all->arena, "it goes with %s",
							  parent->address);
		}
	}
}

static bool is_offered(const struct collected *all, const struct hd_device_verdicts *judgement,
		       const char *subject)
{
	for (size_t i = 0; i < all->n; i++)
		if (!all->items[i].reason && !strcmp(judgement->devices[i].subject, subject))
			return true;
	return false;
}

/* The checks that refuse SUBJECT, or what is not one of the devices: that concerns them all. */
static const char *refusing(const struct collected *all, const struct hd_device_verdicts *judgement,
			    const struct hd_findings *findings, const char *subject)
{
	const char *ids = NULL;

	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *finding = &findings->items[i];

		if (hd_finding_refuses(finding) &&
		    (!strcmp(finding->subject, subject) ||
		     !is_offered(all, judgement, finding->subject)))
			hd_join_once(all->arena, &ids, finding->check->id);
	}
	return ids;
}

/* Withdraws what the checks refuse if all goes at once; returns whether there was any. */
static bool withdraw_refused(struct collected *all, const struct hd_device_verdicts *judgement)
{
	bool *which = hd_alloc(all->arena, (all->n + 1) * sizeof(*which)), any = false;
	const char **ids = hd_alloc(all->arena, (all->n + 1) * sizeof(*ids));
	struct hd_findings findings;

	for (size_t i = 0; i < all->n; i++)
		which[i] = !all->items[i].reason;
	hd_device_verdicts_together(&findings, all->arena, judgement, which);
	for (size_t i = 0; i < all->n; i++)
		ids[i] = which[i] ? refusing(all, judgement, &findings,
					     judgement->devices[i].subject) : NULL;
	for (size_t i = 0; i < all->n; i++)
		if (ids[i]) {
			all->items[i].reason = hd_printf(all->arena, "ready, but with all others it "
							 "needs %s", ids[i]);
			any = true;
		}
	return any;
}

/* KubeVirt and others name a type as its driver does, where that says so: "GRID T4-1Q". */
static const char *type_of(struct hd_arena *arena, const struct hd_sysroot *root,
			   const struct hd_item *item)
{
	const char *name = item->kind == HD_DEVICE_MDEV ?
			   hd_mdev_type_name(root, arena, item->address) : NULL;

	return name ? hd_text_printable(arena, name, MAX_TEXT) : item->type;
}

struct hd_offer *hd_offers_of(struct hd_arena *arena, const struct hd_sysroot *root,
			      const struct hd_inventory *inventory,
			      const struct hd_device_verdicts *judgement,
			      const struct hd_offer_rules *rules)
{
	struct collected all = { .arena = arena, .rules = rules, .inventory = inventory,
				 .n = inventory->n };

	all.items = hd_alloc(arena, (inventory->n + 1) * sizeof(*all.items));
	for (size_t i = 0; i < all.n; i++)
		all.items[i] = (struct hd_offer){
			.item = &inventory->items[i],
			.class = hd_item_short_class(arena, &inventory->items[i]),
			.type = type_of(arena, root, &inventory->items[i]),
			.can_migrate = can_migrate(&judgement->facts, &inventory->items[i]),
		};
	for (size_t i = 0; i < all.n; i++)
		all.items[i].reason = own_reason(&all, &all.items[i], &judgement->devices[i]);
	withdraw_incomplete(&all);
	withdraw_machinery(&all);
	do {
		withdraw_incomplete(&all);
		withdraw_children(&all);
		withdraw_incomplete(&all);
	} while (withdraw_refused(&all, judgement));
	return all.items;
}
