/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map.h - a picture of a host: what is connected where, as nested boxes.
 *
 * hd_map_make() builds the tree of boxes from an inventory, hd_map_layout() gives
 * each its place, hd_map_svg() and hd_map_text() write it.  All are pure but the
 * writers, and the same host gives the same bytes.
 */
#pragma once

#include <stdio.h>

#include "inventory/inventory.h"

/* Measures, in pixels. */
#define HD_MAP_CHARS 38		/* in a line of a device */
#define HD_MAP_CHAR 7		/* at most; monospaced at 11 pixels it is 6.6 */
#define HD_MAP_LINE 14
#define HD_MAP_PAD 6
#define HD_MAP_GAP 6
#define HD_MAP_WIDTH (HD_MAP_CHARS * HD_MAP_CHAR + 2 * HD_MAP_PAD)

enum hd_map_level {
	HD_MAP_HOST,
	HD_MAP_NODE,		/* NUMA node */
	HD_MAP_COMPLEX,		/* root complex, or what is not on a PCI bus */
	HD_MAP_PORT,		/* a bridge to a bus, with what is behind it */
	HD_MAP_GROUP,		/* functions of one place that go together; item is NULL */
	HD_MAP_DEVICE,		/* with what hangs on it */
	HD_MAP_LEVEL_MAX
};

/* May it go to a guest? */
enum hd_map_mark {
	HD_MAP_STAYS,		/* a bridge or a hub; or unknown */
	HD_MAP_GOOD,
	HD_MAP_NEEDS,		/* with others, or after something is corrected */
	HD_MAP_NEVER,
	HD_MAP_MARK_MAX
};

/* What a map shows of an item of the inventory; any text may be NULL. */
struct hd_map_device {
	const char *class, *name;
	const char *guests;		/* one per line */
	enum hd_map_mark mark;
	const char *verdict;		/* its first word is shown in a terminal */
};

struct hd_map_box {
	enum hd_map_level level;
	const char *title;		/* of HOST to COMPLEX and GROUP */
	const struct hd_item *item;	/* of PORT and DEVICE */
	const struct hd_map_device *device;
	int number;			/* of NODE (-1: none) and GROUP */
	struct hd_map_box *first, *last, *next;
	int x, y, width, height;	/* by hd_map_layout(): pixels from the host's corner */
	int head;			/* of its height, what its own lines take */
};

/* DEVICES has one entry for each item of INVENTORY, in its order. Each item has one box. */
struct hd_map_box *hd_map_make(struct hd_arena *arena, const struct hd_inventory *inventory,
			       const struct hd_map_device *devices)
	_nonnull_(1, 2) _returns_nonnull_;

/*
 * What IOMMU groups alone say of ITEM: "alone in group 12", "shares group 12 with 3",
 * "never: no IOMMU group"; no more than that.
 */
void hd_map_judge(struct hd_map_device *device, struct hd_arena *arena,
		  const struct hd_inventory *inventory, const struct hd_item *item)
	_nonnull_(1, 2, 3, 4);

/* What the device of BOX is: "class: name" for a PCI function, else what is known of it. */
const char *hd_map_describe(struct hd_arena *arena, const struct hd_map_box *box)
	_nonnull_(1, 2) _returns_nonnull_;

/*
 * Boxes get sizes by what they hold, and places in columns of equal height: nothing
 * overlaps, all is in the host's box, whose sides are about as 3 to 2.
 */
void hd_map_layout(struct hd_map_box *host) _nonnull_(1);

/* Lines that a box has of its own. */
int hd_map_lines(const struct hd_map_box *box) _nonnull_(1);

/*
 * An SVG document, UTF-8.  IS_JUDGED: the legend says that marks are verdicts of the
 * checks, and not hd_map_judge()'s.  0, or -ENOMEM, -EIO.
 */
int hd_map_svg(FILE *out, struct hd_arena *arena, const struct hd_map_box *host, bool is_judged)
	_nonnull_(1, 2, 3) _must_check_;

struct hd_map_terminal {
	int width;		/* of the terminal: lines are cut and put into columns; 0: neither */
	bool colour;
	bool is_utf8;
};

/* For a terminal: a tree for each root complex. */
void hd_map_text(FILE *out, struct hd_arena *arena, const struct hd_map_box *host,
		 const struct hd_map_terminal *terminal) _nonnull_(1, 2, 3, 4);

/*
 * TEXT in at most WIDTH columns (0: all of it), cut with an ellipsis; what is
 * not UTF-8, not a character of XML, or a control character becomes "?".  *RET_WIDTH:
 * columns taken, unless NULL.
 */
const char *hd_map_fit(struct hd_arena *arena, const char *text, int width, int *ret_width)
	_nonnull_(1, 2) _returns_nonnull_;
