/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_slots.h - gives elements their slots in a guest. */
#pragma once

#include "base/context.h"
#include "base/exit.h"
#include "domain/slots.h"
#include "element/element.h"
#include "virt/guest_xml.h"

/* What the user asks for. */
struct hd_places {
	const char *slot;	/* "07:00" of the guest, for the only card; or NULL */
	bool is_live;		/* the guest runs */
	bool has_target;	/* disks have names; else they get free ones */
};

/*
 * Places the PCI elements of LIST in the guest that XML describes.  Functions of one card
 * get one slot, or in a running guest one each.  Controllers that have to be added become
 * LIST's first elements, and what libvirt or the user has to do becomes a note.
 * HD_EXIT_USAGE, _REFUSED (no room, or somebody has the slot), _HOST: ERR is filled.
 */
enum hd_exit hd_place_elements(struct hd_elements *list, struct hd_context *context,
			       const struct hd_guest_xml *xml, const struct hd_places *places,
			       struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;
