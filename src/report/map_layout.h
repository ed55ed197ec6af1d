/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_layout.h - where is what in the picture of a map?
 *
 * All that is drawn is a piece with its place, so that drawing decides nothing and a test can look
 * for pieces that cover each other.
 */
#pragma once

#include "report/map_words.h"

/* What a piece looks like: its size is in a table, its colours are in the style sheet. */
enum hd_map_style {
	HD_MAP_TITLE,		/* of the host */
	HD_MAP_HEADING,		/* of a node or a complex */
	HD_MAP_SMALL,		/* of a group, of VFs */
	HD_MAP_MODEL,		/* of a device */
	HD_MAP_CHILD,		/* of what hangs on a device */
	HD_MAP_DIM,
	HD_MAP_STATE,
	HD_MAP_BADGE,		/* in a rectangle of its own */
	HD_MAP_SAMPLE,		/* of the legend: a rectangle without a text */
	HD_MAP_CELL,		/* a rectangle for a VF */
	HD_MAP_STYLE_MAX
};

struct hd_map_piece {
	enum hd_map_style style;
	const char *class;	/* further ones in CSS; "" */
	const char *text;	/* of a CELL: its tooltip; of a SAMPLE: "" */
	int x, y, width, height;	/* in pixels from the corner of the picture */
};

/* A box of the map with its rectangle and its own pieces. */
struct hd_map_area {
	const struct hd_map_box *box;
	int x, y, width, height;
	struct hd_map_piece *pieces;
	size_t n_pieces;
	struct hd_map_area *first, *last, *next;
};

/*
 * Areas get sizes by what they hold, and places in columns of equal height: nothing overlaps,
 * all is in the host's area, whose sides are about as 3 to 2.
 */
struct hd_map_area *hd_map_layout(struct hd_arena *arena, const struct hd_map *map)
	_nonnull_(1, 2) _returns_nonnull_;

/* Pixels of an em of STYLE, and whether it is bold. */
int hd_map_style_size(enum hd_map_style style);
bool hd_map_style_is_bold(enum hd_map_style style);

/* map_measure.c */

/* How wide TEXT is at most in one of the usual fonts without serifs, in pixels. */
int hd_map_text_width(const char *text, int size, bool is_bold) _nonnull_(1);

/*
 * Takes from *TEXT what fits into WIDTH pixels, to the end of a word if there is one, and puts
 * *TEXT behind it; IS_LAST: the rest is left out for an ellipsis.  Owned by ARENA.
 */
const char *hd_map_wrap(struct hd_arena *arena, const char **text, int width,
			enum hd_map_style style, bool is_last) _nonnull_(1, 2) _returns_nonnull_;

/* map_pieces.c */

#define HD_MAP_PAD 10		/* between the edge of an area and what is in it */
#define HD_MAP_GAP 8		/* between areas */
#define HD_MAP_CARD 310		/* the width of a device with its paddings */

/*
 * Fills AREA with the pieces of its box for its width, from its upper left corner on.  Returns
 * their height with paddings, 0: there are none.
 */
int hd_map_pieces(struct hd_arena *arena, struct hd_map_area *area, const struct hd_map *map)
	_nonnull_(1, 2, 3);
