/* SPDX-License-Identifier: GPL-2.0-or-later */
/* map_pieces.c - which lines, badges and cells does a box of a map have, one below the other? */
#include "config.h"

#include "report/map_layout.h"

#define MAX_LINES 4		/* of a text in a box */
#define MAX_BADGES 8
#define CELL 9
#define SAMPLE_WIDTH 26
#define LEGEND_GAP 18

static const struct {
	int size;
	bool is_bold;
	int height;		/* of a line */
} styles[HD_MAP_STYLE_MAX] = {
	[HD_MAP_TITLE] = { 18, true, 26 },	[HD_MAP_HEADING] = { 14, true, 22 },
	[HD_MAP_SMALL] = { 11, true, 16 },	[HD_MAP_MODEL] = { 13, true, 17 },
	[HD_MAP_CHILD] = { 12, false, 16 },	[HD_MAP_DIM] = { 11, false, 15 },
	[HD_MAP_STATE] = { 12, false, 16 },	[HD_MAP_BADGE] = { 11, true, 20 },
	[HD_MAP_SAMPLE] = { 12, false, 20 },	[HD_MAP_CELL] = { 12, false, CELL + 2 },
};

int hd_map_style_size(enum hd_map_style style)
{
	return styles[style].size;
}

bool hd_map_style_is_bold(enum hd_map_style style)
{
	return styles[style].is_bold;
}

/* Where the next piece of an area begins, and how far to the right it may go. */
struct pen {
	struct hd_arena *arena;
	struct hd_map_area *area;
	int left, x, y, right;
};

static struct hd_map_piece *put_piece(struct pen *pen, enum hd_map_style style, const char *class,
				      const char *text, int width)
{
	struct hd_map_piece *piece = hd_append(pen->arena, &pen->area->pieces,
					       &pen->area->n_pieces, sizeof(*piece));

	*piece = (struct hd_map_piece){
		.style = style, .class = class, .text = text, .x = pen->x, .y = pen->y,
		.width = width, .height = styles[style].height,
	};
	return piece;
}

/* A text in at most MAX lines. */
static void put_lines(struct pen *pen, enum hd_map_style style, const char *class, const char *text,
		      int max)
{
	text = hd_map_fit(pen->arena, text, 0, NULL);
	for (int i = 1; *text; i++) {
		const char *line = hd_map_wrap(pen->arena, &text, pen->right - pen->left, style,
					       i >= max);

		put_piece(pen, style, class, line, hd_map_text_width(line, styles[style].size,
								    styles[style].is_bold));
		pen->y += styles[style].height;
	}
}

/* To the next line of pieces with this HEIGHT unless WIDTH fits into this one. */
static void make_room(struct pen *pen, int width, int height)
{
	if (pen->x > pen->left && pen->x + width > pen->right) {
		pen->x = pen->left;
		pen->y += height;
	}
}

static void put_badge(struct pen *pen, const char *class, const char *text)
{
	int width;

	text = hd_map_wrap(pen->arena, &text, pen->right - pen->left - 12, HD_MAP_BADGE, true);
	width = hd_map_text_width(text, styles[HD_MAP_BADGE].size, true) + 12;
	make_room(pen, width, styles[HD_MAP_BADGE].height);
	put_piece(pen, HD_MAP_BADGE, class, text, width)->height = styles[HD_MAP_BADGE].height - 4;
	pen->x += width + 4;
}

static void put_badges(struct pen *pen, const struct hd_map_box *box, const struct hd_map *map)
{
	struct hd_item_guest *guests;
	size_t n = hd_map_guests(&guests, pen->arena, box);
	const char *title = hd_map_badges_title(box);

	if (!n)
		return;
	if (title)
		put_lines(pen, HD_MAP_DIM, "", title, 1);
	pen->y += 3;
	for (size_t i = 0; i < n && i < MAX_BADGES; i++)
		put_badge(pen, hd_map_badge_class(pen->arena, map, &guests[i]),
			  hd_map_fit(pen->arena, hd_map_badge(pen->arena, &guests[i]), 0, NULL));
	if (n > MAX_BADGES)
		put_badge(pen, "badge more", hd_printf(pen->arena, "and %zu more", n - MAX_BADGES));
	pen->x = pen->left;
	pen->y += styles[HD_MAP_BADGE].height;
}

static void put_cells(struct pen *pen, const struct hd_map_box *box, const struct hd_map *map)
{
	const struct hd_map_box *vf = NULL, *group;

	pen->y += 2;
	while ((vf = hd_map_vf_next(box, vf, &group))) {
		const char *class = hd_map_cell_class(pen->arena, map, vf->device);
		const char *text = hd_printf(pen->arena, "%s\n%s", hd_map_place(pen->arena, vf),
					     hd_map_state(pen->arena, vf->device));

		make_room(pen, CELL, CELL + 2);
		put_piece(pen, HD_MAP_CELL, class, text, CELL)->height = CELL;
		pen->x += CELL + 2;
	}
	pen->x = pen->left;
	pen->y += CELL + 4;
}

static void put_host(struct pen *pen, const struct hd_map *map)
{
	put_lines(pen, HD_MAP_TITLE, "", map->host->title, 1);
	for (const struct hd_map_legend *row = NULL;
	     (row = hd_map_legend_next(row, map->is_judged));) {
		const char *text = map->is_judged && row->judged ? row->judged : row->text;
		int width = hd_map_text_width(text, styles[HD_MAP_STATE].size, false);

		make_room(pen, SAMPLE_WIDTH + 6 + width, styles[HD_MAP_SAMPLE].height);
		put_piece(pen, HD_MAP_SAMPLE, row->class, "", SAMPLE_WIDTH)->height = 14;
		pen->x += SAMPLE_WIDTH + 6;
		put_piece(pen, HD_MAP_STATE, "", text, width);
		pen->x += width + LEGEND_GAP;
	}
	pen->y += styles[HD_MAP_SAMPLE].height;
}

/* Behind the place, if there is room: most of what hangs on a device is free. */
static void put_small_state(struct pen *pen, const struct hd_map_device *device)
{
	const struct hd_map_piece *last = &pen->area->pieces[pen->area->n_pieces - 1];
	const char *text = hd_map_state(pen->arena, device), *class = hd_map_mark_class(device->mark);
	const int width = hd_map_text_width(text, styles[HD_MAP_DIM].size, false);
	const int x = last->x + last->width + 8;

	if (x + width > pen->right) {
		put_lines(pen, HD_MAP_STATE, class, text, MAX_LINES);
		return;
	}
	pen->x = x;
	pen->y = last->y;
	put_piece(pen, HD_MAP_DIM, class, text, width);
	pen->x = pen->left;
	pen->y += styles[HD_MAP_DIM].height;
}

static void put_device(struct pen *pen, const struct hd_map *map)
{
	const struct hd_map_box *box = pen->area->box;
	const struct hd_map_device *device = box->device;
	bool is_small = box->item->kind != HD_DEVICE_PCI || box->item->is_vf;

	put_lines(pen, is_small ? HD_MAP_CHILD : HD_MAP_MODEL, "", device->model, 3);
	put_lines(pen, HD_MAP_DIM, "", hd_map_place(pen->arena, box), 2);
	if (is_small)
		put_small_state(pen, device);
	else
		put_lines(pen, HD_MAP_STATE, hd_map_mark_class(device->mark),
			  hd_map_state(pen->arena, device), MAX_LINES);
	put_badges(pen, box, map);
}

static void put_vfs(struct pen *pen, const struct hd_map *map)
{
	put_lines(pen, HD_MAP_SMALL, "", hd_map_title(pen->arena, pen->area->box), 1);
	if (map->all)
		return;
	put_cells(pen, pen->area->box, map);
	put_badges(pen, pen->area->box, map);
}

static void put_group(struct pen *pen, const struct hd_map *map)
{
	(void)map;
	put_lines(pen, HD_MAP_SMALL, "dim", hd_map_title(pen->arena, pen->area->box), 2);
}

static void put_equal(struct pen *pen, const struct hd_map *map)
{
	const struct hd_map_box *box = pen->area->box;
	const struct hd_map_device *one = box->first->first->device;
	const char *vfs = hd_map_vfs(pen->arena, box);

	put_lines(pen, HD_MAP_SMALL, "dim", hd_map_title(pen->arena, box), 2);
	put_lines(pen, HD_MAP_MODEL, "", hd_map_model(pen->arena, box), 3);
	put_lines(pen, HD_MAP_DIM, "", hd_map_place(pen->arena, box), 2);
	put_lines(pen, HD_MAP_STATE, hd_map_mark_class(one->mark), hd_map_equal_state(pen->arena, one), MAX_LINES);
	if (!*vfs)
		return;
	put_lines(pen, HD_MAP_SMALL, "", vfs, 1);
	put_cells(pen, box, map);
	put_badges(pen, box, map);
}

static void put_heading(struct pen *pen, const struct hd_map *map)
{
	(void)map;
	put_lines(pen, HD_MAP_HEADING, "", hd_map_title(pen->arena, pen->area->box), 2);
}

static void put_machinery(struct pen *pen, const struct hd_map *map)
{
	(void)map;
	put_lines(pen, HD_MAP_DIM, "", hd_map_title(pen->arena, pen->area->box), MAX_LINES);
}

int hd_map_pieces(struct hd_arena *arena, struct hd_map_area *area, const struct hd_map *map)
{
	static void (*const put[HD_MAP_LEVEL_MAX])(struct pen *pen, const struct hd_map *map) = {
		[HD_MAP_HOST] = put_host, [HD_MAP_NODE] = put_heading,
		[HD_MAP_COMPLEX] = put_heading, [HD_MAP_EQUAL] = put_equal, [HD_MAP_GROUP] = put_group,
		[HD_MAP_DEVICE] = put_device, [HD_MAP_VFS] = put_vfs,
		[HD_MAP_MACHINERY] = put_machinery,
	};
	struct pen pen = {
		.arena = arena, .area = area, .left = HD_MAP_PAD, .x = HD_MAP_PAD,
		.y = area->box->level == HD_MAP_DEVICE ? 3 : HD_MAP_PAD * 3 / 5, .right = area->width - HD_MAP_PAD,
	};

	area->n_pieces = 0;
	area->pieces = NULL;
	put[area->box->level](&pen, map);
	return area->n_pieces ? pen.y + HD_MAP_PAD * 2 / 5 : 0;
}
