/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inventory_guests.h - which guests have a device of the inventory, or will ask for it. */
#pragma once

#include "facts/libvirt/guests.h"
#include "inventory/inventory.h"

/*
 * The guests of GUESTS that claim ITEM, one per line, the running ones first: "router
 * (running)", "game".  NULL: none.  An element that names a USB device by vendor and
 * product claims each that answers to them.
 */
const char *hd_item_guests(struct hd_arena *arena, const struct hd_sysroot *root,
			   const struct hd_guests *guests, const struct hd_item *item)
	_nonnull_(1, 2, 3, 4);
