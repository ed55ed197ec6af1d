/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list_tree.h - the order of a list as a tree: groups with their functions, below
 * these what hangs on them.
 */
#pragma once

#include "inventory/inventory.h"

struct hd_tree_row {
	bool is_heading;	/* of the functions of a group */
	int group;		/* of a heading; HD_NO_GROUP: functions that have none */
	size_t item;		/* number in ITEMS, unless a heading */
	size_t parent;		/* 1 + the row it hangs on, which comes before it; 0: none */
};

/*
 * A virtual function hangs on its physical one, USB on its hub or controller, a port
 * on its card, a mediated device on its parent, if those are among ITEMS, which
 * are of INVENTORY.  Each item has one row.
 */
size_t hd_tree_rows(struct hd_tree_row **ret, struct hd_arena *arena,
		    const struct hd_inventory *inventory, const struct hd_item *const *items,
		    size_t n) _nonnull_(1, 2, 3);
