/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pinned_place.h - where is a card now that a guest's metadata pin at another address? */
#pragma once

#include "base/context.h"
#include "base/exit.h"
#include "domain/move_devices.h"
#include "domain/request.h"

struct hd_moved_card {
	struct hd_pci_addr from;	/* where the guest has it; something else is there now, or nothing */
	const struct hd_pci_addr *fits;	/* where a function is that has all that is pinned */
	const struct hd_pci_addr *unread;	/* if none fits: functions that may be the card, but whose
						   pinned serial number cannot be read now */
	size_t n_unread;
	const struct hd_pci_addr *held;	/* the same of those that running guests have now: not in UNREAD */
	size_t n_held;
	size_t n_fits;			/* 0: it is gone, or unread; more than one: which of them, nobody knows */
	const char *path;		/* of the only one: its slot, or NULL */
	bool is_in_other_slot;		/* all that fit are in other slots than the pinned one */
};

/*
 * The pinned PCI functions of GUEST that are not at their addresses, owned by the context's arena.  What
 * fits has the pinned ids and serial number, and the pinned slot if one with it is there.  A pin that
 * says less than vendor and device, or a serial number, fits nothing.  HD_EXIT_OK or _HOST with ERR.
 */
enum hd_exit hd_moved_cards(struct hd_moved_card **ret, size_t *ret_n, struct hd_context *context,
			    const struct hd_request *guest, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;
