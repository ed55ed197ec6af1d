/* SPDX-License-Identifier: GPL-2.0-or-later */
/* filters.h - words for kinds of devices in a list: "gpu", "nvme", "usb". */
#pragma once

#include "inventory/inventory.h"

struct hd_filter {
	const char *name, *help;
	bool (*matches)(const struct hd_item *item);	/* of an item read with HD_FILTER_WANT */
};

#define HD_FILTER_WANT (HD_INVENTORY_IDS | HD_INVENTORY_DRIVER | HD_INVENTORY_VFS)

extern const struct hd_filter hd_filters[];
extern const size_t hd_n_filters;

/* By its name, or NULL. */
const struct hd_filter *hd_filter_find(const char *name) _nonnull_(1);
