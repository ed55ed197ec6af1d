/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * offers.h - which devices of the host may a scheduler give to guests without asking again?
 *
 * Stricter than the verdict of each device: what is offered must stay possible whatever else of
 * it is given away.  So groups are offered whole, a function or its virtual functions, a
 * controller or what is plugged into it, and the checks pass for all of them together.
 */
#pragma once

#include "act/device_verdicts.h"

/* What a scheduler can name. */
struct hd_offer_rules {
	unsigned kinds;		/* HD_KIND_BIT() of those it has */
	bool by_id;		/* it names devices by vendor and product, or type: all of them or none */
	unsigned max_domain;	/* the highest PCI domain that it reads; 0: any */
};

struct hd_offer {
	const struct hd_item *item;
	const char *class;	/* in a word, as lists have it */
	const char *type;	/* of a mediated device: how its driver calls it, or else its type;
				   printable */
	const char *reason;	/* why it must not be offered, printable; NULL: it may be */
	bool can_migrate;	/* PCI: its VFIO driver saves and loads its state */
};

/* Do A and B have the same vendor and product, or type?  Then no selector by id distinguishes them. */
bool hd_offer_is_same_id(const struct hd_offer *a, const struct hd_offer *b) _nonnull_(1, 2);

/*
 * Why ITEM of INVENTORY, of which its checks say VERDICT, must not be given to anybody, whatever else
 * goes; printable, constant or owned by ARENA.  NULL: it may be.
 */
const char *hd_offer_reason_alone(struct hd_arena *arena, const struct hd_inventory *inventory,
				  const struct hd_item *item,
				  const struct hd_device_verdict *verdict) _nonnull_(1, 2, 3, 4);

/*
 * One offer for each item of the whole INVENTORY, in its order, owned by ARENA.  JUDGEMENT is of
 * the same items in the same order.
 */
struct hd_offer *hd_offers_of(struct hd_arena *arena, const struct hd_sysroot *root,
			      const struct hd_inventory *inventory,
			      const struct hd_device_verdicts *judgement,
			      const struct hd_offer_rules *rules)
	_nonnull_(1, 2, 3, 4, 5) _returns_nonnull_;
