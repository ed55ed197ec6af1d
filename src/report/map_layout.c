/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_layout.c - how large is each box of a map, and where is it?
 *
 * Boxes fill columns from top to bottom as words fill a newspaper, so that their
 * order can be read.  Columns are at least as high as the highest box; of all
 * heights that are tried, the one whose sides come closest to 3 to 2 is taken.
 */
#include "config.h"

#include <stdint.h>

#include "report/map.h"

int hd_map_lines(const struct hd_map_box *box)
{
	bool is_small = box->level == HD_MAP_PORT ||
			(box->item && (box->item->is_vf || box->item->kind != HD_DEVICE_PCI));

	return box->level != HD_MAP_DEVICE && box->level != HD_MAP_PORT ? 1 : is_small ? 2 : 3;
}

static int highest_child(const struct hd_map_box *box)
{
	int highest = 0;

	for (const struct hd_map_box *child = box->first; child; child = child->next)
		if (child->height > highest)
			highest = child->height;
	return highest;
}

/* Places are relative to the box, whose size follows, for columns of this HEIGHT. */
static void fill_columns(struct hd_map_box *box, int height)
{
	int x = HD_MAP_PAD, y = 0, width = 0, lowest = 0;

	for (struct hd_map_box *child = box->first; child; child = child->next) {
		if (y && y + child->height > height) {
			x += width + HD_MAP_GAP;
			y = width = 0;
		}
		child->x = x;
		child->y = box->head + y;
		y += child->height + HD_MAP_GAP;
		if (child->width > width)
			width = child->width;
		if (y > lowest)
			lowest = y;
	}
	x += width + HD_MAP_PAD;
	box->width = x > HD_MAP_WIDTH ? x : HD_MAP_WIDTH;
	box->height = box->head + lowest - HD_MAP_GAP + HD_MAP_PAD;
}

/* How much the sides differ from 3 to 2; 1000: not at all. */
static int64_t badness(const struct hd_map_box *box)
{
	int64_t width = 2 * (int64_t)box->width, height = 3 * (int64_t)box->height;

	return width > height ? 1000 * width / height : 1000 * height / width;
}

static void place_children(struct hd_map_box *box)
{
	int height = highest_child(box), best = height;
	int64_t least = INT64_MAX;

	do {
		fill_columns(box, height);
		if (badness(box) < least) {
			least = badness(box);
			best = height;
		}
		height += height / 8 + 1;
	} while (box->last->x > HD_MAP_PAD);
	fill_columns(box, best);
}

static void measure_box(struct hd_map_box *box)
{
	for (struct hd_map_box *child = box->first; child; child = child->next)
		measure_box(child);
	box->head = HD_MAP_PAD / 2 + hd_map_lines(box) * HD_MAP_LINE + HD_MAP_PAD / 2;
	box->width = HD_MAP_WIDTH;
	if (box->first)
		place_children(box);
	else
		box->height = box->head;
}

static void move_box(struct hd_map_box *box, int x, int y)
{
	box->x += x;
	box->y += y;
	for (struct hd_map_box *child = box->first; child; child = child->next)
		move_box(child, box->x, box->y);
}

void hd_map_layout(struct hd_map_box *host)
{
	measure_box(host);
	host->x = host->y = 0;
	move_box(host, 0, 0);
}
