/* SPDX-License-Identifier: GPL-2.0-or-later */
/* map_words.h - what a map says of its boxes: the same words in text, SVG and HTML. */
#pragma once

#include "report/map.h"

/* "group 10 with 1 part of the machine", "38 VFs, 3 in use", "12 parts of the machine: 9 bridges, ...". */
const char *hd_map_title(struct hd_arena *arena, const struct hd_map_box *box)
	_nonnull_(1, 2) _returns_nonnull_;

/* Where and what it is: "0000:01:00.0 · VGA · nouveau · x8 of x16". */
const char *hd_map_place(struct hd_arena *arena, const struct hd_map_box *box)
	_nonnull_(1, 2) _returns_nonnull_;

/* "x16", "x8 of x16"; NULL: not a PCI Express link, or none that matters. */
const char *hd_map_link(struct hd_arena *arena, const struct hd_item *item) _nonnull_(1, 2);

/* "in use: mounted on /srv/data"; "" if nobody judged it. */
const char *hd_map_state(struct hd_arena *arena, const struct hd_map_device *device)
	_nonnull_(1, 2) _returns_nonnull_;

/* The mark of the worst device in BOX: a group goes as a whole. */
enum hd_map_mark hd_map_worst(const struct hd_map_box *box) _nonnull_(1);

/* "free", "used": the class of a mark in CSS. */
const char *hd_map_mark_class(enum hd_map_mark mark) _returns_nonnull_;

/* The guests of a device, or of all that is in a box of VFS, each once; returns how many. */
size_t hd_map_guests(struct hd_item_guest **ret, struct hd_arena *arena,
		     const struct hd_map_box *box) _nonnull_(1, 2, 3);

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

/* The row after ROW (NULL: the first one); NULL: there are no more. */
const struct hd_map_legend *hd_map_legend_next(const struct hd_map_legend *row, bool is_judged);
