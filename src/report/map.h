/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map.h - a picture of a host: which devices can go to a guest, and with which others.
 *
 * hd_map_make() builds the tree of boxes from an inventory; hd_map_text(), hd_map_svg() and
 * hd_map_html() write it.  The same host gives the same bytes.  Devices and guests name
 * themselves: no name becomes markup, or controls a terminal.
 */
#pragma once

#include <stdio.h>

#include "inventory/inventory.h"

enum hd_map_level {
	HD_MAP_HOST,
	HD_MAP_NODE,		/* NUMA node; one without a title if the host has only one */
	HD_MAP_COMPLEX,		/* root complex, or what is not on a PCI bus */
	HD_MAP_EQUAL,		/* groups of which one is as good as another (hd_map_fold()) */
	HD_MAP_GROUP,		/* IOMMU group */
	HD_MAP_DEVICE,		/* with what hangs on it */
	HD_MAP_VFS,		/* virtual functions of the device above */
	HD_MAP_MACHINERY,	/* what hardly anybody gives to a guest; the last one of a complex */
	HD_MAP_LEVEL_MAX
};

/* May it go to a guest?  In the order of how much prevents it. */
enum hd_map_mark {
	HD_MAP_UNKNOWN,		/* nobody judged it, or it is a part of the machine */
	HD_MAP_FREE,
	HD_MAP_NEEDS,		/* with others, or after something is corrected */
	HD_MAP_USED,		/* somebody uses it now */
	HD_MAP_NEVER,
	HD_MAP_MARK_MAX
};

/* What a map shows of an item of the inventory; the texts from REASON on may be NULL. */
struct hd_map_device {
	const char *model;		/* "NVIDIA GeForce GTX 1080" */
	const char *class;		/* "VGA" */
	bool is_judged;			/* by the checks, which look for its users */
	enum hd_map_mark mark;
	const char *verdict;		/* "free", "in use", "never", "shares" */
	const char *reason;		/* of the verdict */
	const char *name, *full_class;	/* as lspci(8) has them */
	const char *uses;		/* one per line */
	const char *needs;		/* checks, one per line */
	const struct hd_item_guest *guests;
	size_t n_guests;
};

struct hd_map_box {
	enum hd_map_level level;
	const char *title;		/* NULL: of a DEVICE, or there is only one node */
	const struct hd_item *item;	/* of DEVICE */
	const struct hd_map_device *device;
	int number;			/* of NODE (-1: none) and GROUP */
	size_t n_folded;		/* of GROUP: its functions that are machinery and not bridges */
	struct hd_map_box *first, *last, *next;
};

struct hd_map {
	struct hd_map_box *host;
	const char **guests;		/* names, each once: their places are their colours */
	size_t n_guests;
	bool is_judged;			/* marks are verdicts of the checks, and not of the groups */
	bool all;			/* draw MACHINERY and VFS unfolded */
};

/* DEVICES has one entry for each item of INVENTORY, in its order. Each item has one box. */
void hd_map_make(struct hd_map *ret, struct hd_arena *arena, const struct hd_inventory *inventory,
		 const struct hd_map_device *devices) _nonnull_(1, 2, 3);

/*
 * Puts three or more groups of a root complex into one box if all that can be said of them is equal but for
 * their numbers: one device each, of no guest, with the same model, driver, link and verdict. Such a device
 * may have virtual functions.
 */
void hd_map_fold(struct hd_map *map, struct hd_arena *arena) _nonnull_(1, 2);

/*
 * What IOMMU groups alone say of ITEM: "alone" in a group, "shares" it with others, "never"
 * without one; no more than that.  Fills mark, verdict and reason.
 */
void hd_map_judge(struct hd_map_device *device, struct hd_arena *arena,
		  const struct hd_inventory *inventory, const struct hd_item *item)
	_nonnull_(1, 2, 3, 4);

/* An SVG document, UTF-8.  0, or -ENOMEM, -EIO. */
int hd_map_svg(FILE *out, struct hd_arena *arena, const struct hd_map *map)
	_nonnull_(1, 2, 3) _must_check_;

/* The same as one HTML page that needs no network and, to be read, no JavaScript. */
int hd_map_html(FILE *out, struct hd_arena *arena, const struct hd_map *map)
	_nonnull_(1, 2, 3) _must_check_;

struct hd_map_terminal {
	int width;		/* of the terminal: lines are cut and put into columns; 0: neither */
	bool colour;
	bool is_utf8;
};

/* For a terminal: a tree for each root complex. */
void hd_map_text(FILE *out, struct hd_arena *arena, const struct hd_map *map,
		 const struct hd_map_terminal *terminal) _nonnull_(1, 2, 3, 4);

/*
 * TEXT in at most WIDTH columns (0: all of it), cut with an ellipsis; what is
 * not UTF-8, not a character of XML, or a control character becomes "?".  *RET_WIDTH:
 * columns taken, unless NULL.
 */
const char *hd_map_fit(struct hd_arena *arena, const char *text, int width, int *ret_width)
	_nonnull_(1, 2) _returns_nonnull_;
