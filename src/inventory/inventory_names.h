/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inventory_names.h - what a device is called and what it is, for people.
 *
 * Names of PCI come from libpci's list, which is loaded once (10 ms) when the
 * first is asked for; those of others from the devices themselves.
 */
#pragma once

#include "inventory/inventory.h"

#define HD_NAMES_SLOTS 1024

/* Ready when zeroed; its texts are the arena's that it is used with. */
struct hd_names {
	struct {
		unsigned vendor, device;
		bool is_class;
		const char *text;
	} slots[HD_NAMES_SLOTS];
};

/* "Intel Corporation I350 Gigabit Network Connection"; "8086:1521" if nobody knows it. */
const char *hd_item_name(struct hd_names *names, struct hd_arena *arena,
			 const struct hd_item *item) _nonnull_(1, 2, 3) _returns_nonnull_;

/* "Ethernet controller", "USB mass storage", "serial port", "mediated device". */
const char *hd_item_class(struct hd_names *names, struct hd_arena *arena,
			  const struct hd_item *item) _nonnull_(1, 2, 3) _returns_nonnull_;
