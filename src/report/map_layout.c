/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_layout.c - how large is each box of a map, and where is it?
 *
 * Boxes fill columns from top to bottom as words fill a newspaper, so that their
 * order can be read.  Columns are at least as high as the highest box; of all
 * heights that are tried, the one whose sides come closest to the wanted shape is taken.
 */
#include "config.h"

#include <stdint.h>

#include "report/map_layout.h"

#define INDENT 14
#define LAST_PAD 4		/* below the last of the devices in an area without a padding */
#define LEAST_WIDTH 170		/* of what is deep in a chain */

/* What is inside of an area, without its own pieces and the line at its end. */
struct inside {
	int width, height, n_columns;
};

/* Devices stand below each other; what is on a device is in it, without a gap. */
static const struct {
	int pad, gap;
	bool has_columns;
} levels[HD_MAP_LEVEL_MAX] = {
	[HD_MAP_HOST] = { HD_MAP_PAD, HD_MAP_GAP, true },
	[HD_MAP_NODE] = { HD_MAP_PAD, HD_MAP_GAP, true },
	[HD_MAP_COMPLEX] = { HD_MAP_PAD, HD_MAP_GAP, true },
	[HD_MAP_EQUAL] = { 0, 0, false },
	[HD_MAP_GROUP] = { 0, 0, true },
	[HD_MAP_DEVICE] = { 0, 0, false },
	[HD_MAP_VFS] = { 0, 0, false },
	[HD_MAP_MACHINERY] = { 0, 0, true },
};

/* What hangs on a device is further to the right. */
static int indent_of(const struct hd_map_box *box, const struct hd_map_box *child)
{
	return child->level == HD_MAP_DEVICE &&
	       (box->level == HD_MAP_DEVICE || box->level == HD_MAP_VFS) ? INDENT : 0;
}

/* A node without a title is not seen. */
static int pad_of(const struct hd_map_box *box)
{
	return box->level == HD_MAP_NODE && !box->title ? 0 : levels[box->level].pad;
}

static bool is_line(const struct hd_map_area *area)
{
	return area->box->level == HD_MAP_MACHINERY;
}

/* Places are relative to the inside, whose size is returned, for columns of this HEIGHT. */
static struct inside fill_columns(struct hd_map_area *area, int height)
{
	const int gap = levels[area->box->level].gap;
	struct inside inside = { 0, 0, 1 };
	int x = 0, y = 0, right;

	for (struct hd_map_area *child = area->first; child && !is_line(child);
	     child = child->next) {
		if (y && y + child->height > height) {
			x = inside.width + gap;
			y = 0;
			inside.n_columns++;
		}
		child->x = x;
		child->y = y;
		right = x + child->width + indent_of(area->box, child->box);
		if (right > inside.width)
			inside.width = right;
		if (y + child->height > inside.height)
			inside.height = y + child->height;
		y += child->height + gap;
	}
	return inside;
}

/* Width by height in hundredths.  Nodes stand beside each other; what is in them is packed. */
static int shape_of(const struct hd_map_box *box)
{
	if (box->level == HD_MAP_NODE && box->title)
		return 75;
	return box->level == HD_MAP_COMPLEX ? 120 : 150;
}

/* How much the sides differ from their shape; 1000: not at all. */
static int64_t badness(struct inside inside, int shape)
{
	int64_t width = 100 * (int64_t)inside.width + 1, height = shape * (int64_t)inside.height + 1;

	return width > height ? 1000 * width / height : 1000 * height / width;
}

/* The least height from LEAST on that needs no more columns than MOST: they end evenly. */
static int even_height(struct hd_map_area *area, int least, int most)
{
	const int n_columns = fill_columns(area, most).n_columns;

	while (least < most) {
		int middle = least + (most - least) / 2;

		if (fill_columns(area, middle).n_columns <= n_columns)
			most = middle;
		else
			least = middle + 1;
	}
	return most;
}

static struct inside place_children(struct hd_map_area *area)
{
	int highest = 0, best = INT32_MAX / 2;
	int64_t least = INT64_MAX;
	struct inside all = fill_columns(area, best);

	if (!levels[area->box->level].has_columns || !all.height)
		return all;
	for (struct hd_map_area *child = area->first; child; child = child->next)
		if (child->height > highest)
			highest = child->height;
	for (int height = highest; height < 2 * all.height; height += height / 8 + 1) {
		const int even = even_height(area, highest, height);
		int64_t bad = badness(fill_columns(area, even), shape_of(area->box));

		if (bad < least) {
			least = bad;
			best = even;
		}
	}
	return fill_columns(area, best);
}

/* What is behind the column of FIRST; *RET_RIGHT: where the widest in it ends. */
static struct hd_map_area *column_end(const struct hd_map_area *area, struct hd_map_area *first,
				      int *ret_right)
{
	struct hd_map_area *end = first;

	*ret_right = 0;
	for (; end && !is_line(end) && end->x == first->x; end = end->next) {
		int right = end->x + end->width + indent_of(area->box, end->box);

		if (right > *ret_right)
			*ret_right = right;
	}
	return end;
}

/* Areas of one column end at the same line, those of the last one at WIDTH. */
static void align_columns(struct hd_map_area *area, int width)
{
	struct hd_map_area *child = area->first;

	while (child && !is_line(child)) {
		int right;
		const struct hd_map_area *end = column_end(area, child, &right);

		if ((!end || is_line(end)) && width > right)
			right = width;
		for (; child != end; child = child->next)
			child->width = right - child->x - indent_of(area->box, child->box);
	}
}

static void move_children(struct hd_map_area *area, int x, int y)
{
	for (struct hd_map_area *child = area->first; child; child = child->next) {
		child->x += x + indent_of(area->box, child->box);
		child->y += y;
	}
}

/* A line of machinery is as wide as the complex, below all else. */
static void place_line(struct hd_arena *arena, struct hd_map_area *area, struct inside *inside,
		       const struct hd_map *map)
{
	struct hd_map_area *line = area->last;

	if (!line || !is_line(line))
		return;
	if (line->width < inside->width && !line->first) {
		line->width = inside->width;
		line->height = hd_map_pieces(arena, line, map);
	}
	line->x = 0;
	line->y = inside->height ? inside->height + HD_MAP_GAP / 2 : 0;
	inside->height = line->y + line->height;
	if (line->width > inside->width)
		inside->width = line->width;
}

static void measure_area(struct hd_arena *arena, struct hd_map_area *area, const struct hd_map *map)
{
	const int pad = pad_of(area->box);
	struct inside inside;
	int head;

	for (struct hd_map_area *child = area->first; child; child = child->next)
		measure_area(arena, child, map);
	inside = place_children(area);
	place_line(arena, area, &inside, map);
	if (area->width < inside.width + 2 * pad)
		area->width = inside.width + 2 * pad;
	align_columns(area, area->width - 2 * pad);
	head = hd_map_pieces(arena, area, map);
	move_children(area, pad, head ? head : pad);
	area->height = (head ? head : pad) + inside.height + (area->first ? pad : 0);
	if (area->box->level >= HD_MAP_GROUP && area->first)
		area->height += LAST_PAD;
}

static void move_area(struct hd_map_area *area, int x, int y)
{
	area->x += x;
	area->y += y;
	for (size_t i = 0; i < area->n_pieces; i++) {
		area->pieces[i].x += area->x;
		area->pieces[i].y += area->y;
	}
	for (struct hd_map_area *child = area->first; child; child = child->next)
		move_area(child, area->x, area->y);
}

static bool is_drawn(const struct hd_map *map, const struct hd_map_box *box)
{
	return box->level != HD_MAP_EQUAL &&
	       (map->all || (box->level != HD_MAP_MACHINERY && box->level != HD_MAP_VFS));
}

static struct hd_map_area *make_area(struct hd_arena *arena, const struct hd_map *map,
				     const struct hd_map_box *box, int width)
{
	struct hd_map_area *area = hd_alloc(arena, sizeof(*area));

	area->box = box;
	area->width = width > LEAST_WIDTH ? width : LEAST_WIDTH;
	for (const struct hd_map_box *child = is_drawn(map, box) ? box->first : NULL; child;
	     child = child->next) {
		struct hd_map_area *inner = make_area(arena, map, child,
						      area->width - indent_of(box, child));

		if (area->last)
			area->last->next = inner;
		else
			area->first = inner;
		area->last = inner;
	}
	return area;
}

struct hd_map_area *hd_map_layout(struct hd_arena *arena, const struct hd_map *map)
{
	struct hd_map_area *host = make_area(arena, map, map->host, HD_MAP_CARD);

	measure_area(arena, host, map);
	move_area(host, 0, 0);
	return host;
}
