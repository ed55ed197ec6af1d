/* SPDX-License-Identifier: GPL-2.0-or-later */
/* map_words.h - what a map says of its boxes: the same words in text, SVG and HTML. */
#pragma once

#include "report/map.h"

/*
 * "group 10, with 1 part of the machine", "38 VFs, 3 in use", "12 parts of the machine: 9 bridges, ...", of
 * EQUAL "each in a group of its own: 2, 66, 130".
 */
const char *hd_map_title(struct hd_arena *arena, const struct hd_map_box *box)
	_nonnull_(1, 2) _returns_nonnull_;

/* What a device is called; of EQUAL "12 × Intel E810". */
const char *hd_map_model(struct hd_arena *arena, const struct hd_map_box *box)
	_nonnull_(1, 2) _returns_nonnull_;

/* "38 VFs, 3 in use" of VFS, or of all that are in EQUAL; "": there are none. */
const char *hd_map_vfs(struct hd_arena *arena, const struct hd_map_box *box)
	_nonnull_(1, 2) _returns_nonnull_;

/*
 * The one after VF (NULL: the first) in BOX, which is VFS or EQUAL; NULL: that was the last.  *GROUP is for
 * the next call.
 */
const struct hd_map_box *hd_map_vf_next(const struct hd_map_box *box, const struct hd_map_box *vf,
					const struct hd_map_box **group) _nonnull_(1, 3);

/*
 * The bridge that all devices of GROUP are behind, if they share the group for that: they are not functions of
 * one card.  NULL: there is none.
 */
const struct hd_item *hd_map_port(const struct hd_map_box *group) _nonnull_(1);

/* Where and what it is: "0000:01:00.0 · VGA · nouveau · x8 of x16"; of EQUAL "0000:17:00.0 to ...". */
const char *hd_map_place(struct hd_arena *arena, const struct hd_map_box *box)
	_nonnull_(1, 2) _returns_nonnull_;

/* "x16", "x8 of x16"; NULL: not a PCI Express link, or none that matters. */
const char *hd_map_link(struct hd_arena *arena, const struct hd_item *item) _nonnull_(1, 2);

/* Is it a PCI function that waits for guests, or is in one? */
bool hd_map_is_vfio(const struct hd_item *item) _nonnull_(1);

/* "in use: mounted on /srv/data"; "" if nobody judged it. */
const char *hd_map_state(struct hd_arena *arena, const struct hd_map_device *device)
	_nonnull_(1, 2) _returns_nonnull_;

/* The same of all that are in EQUAL, of which ONE is one: no reason names its group, or one of its VFs. */
const char *hd_map_equal_state(struct hd_arena *arena, const struct hd_map_device *one)
	_nonnull_(1, 2) _returns_nonnull_;

/* The mark of the worst device in BOX: a group goes as a whole. */
enum hd_map_mark hd_map_worst(const struct hd_map_box *box) _nonnull_(1);

/* "free", "used": the class of a mark in CSS. */
const char *hd_map_mark_class(enum hd_map_mark mark) _returns_nonnull_;

/* The guests of a device, or of all that is in a box of VFS, each once; returns how many. */
size_t hd_map_guests(struct hd_item_guest **ret, struct hd_arena *arena,
		     const struct hd_map_box *box) _nonnull_(1, 2, 3);

/* What stands before the badges of BOX: they are of its VFs, not of the card; NULL: of the device itself. */
const char *hd_map_badges_title(const struct hd_map_box *box) _nonnull_(1);

/* "router (running)" or "router"; "badge b2": the class of its badge. */
const char *hd_map_badge(struct hd_arena *arena, const struct hd_item_guest *guest)
	_nonnull_(1, 2) _returns_nonnull_;
const char *hd_map_badge_class(struct hd_arena *arena, const struct hd_map *map,
			       const struct hd_item_guest *guest) _nonnull_(1, 2, 3) _returns_nonnull_;

/* "cell used", "cell b3": of a virtual function, by its first guest or its mark. */
const char *hd_map_cell_class(struct hd_arena *arena, const struct hd_map *map,
			      const struct hd_map_device *device) _nonnull_(1, 2, 3) _returns_nonnull_;

/* A row of the legend: what the looks of a CLASS mean. */
struct hd_map_legend {
	const char *class, *text, *judged;	/* JUDGED: if the checks judged; NULL: as TEXT */
	bool only_judged;
};

/* The row after ROW (NULL: the first one); NULL: that was the last. */
const struct hd_map_legend *hd_map_legend_next(const struct hd_map_legend *row, bool is_judged);
