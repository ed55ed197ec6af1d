/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_svg.c - the picture of a map as SVG 1.1.
 *
 * It decides nothing: map_layout.h says what is where, the style sheet what it looks like.
 */
#include "config.h"

#include <string.h>

#include "report/map_assets.h"
#include "report/map_layout.h"
#include "report/map_write.h"

#define ASCENT 80		/* hundredths of a line's height above its baseline */

static const struct {
	const char *class, *role;	/* WAI-ARIA Graphics Module */
} levels[HD_MAP_LEVEL_MAX] = {
	[HD_MAP_HOST] = { "page", NULL },
	[HD_MAP_NODE] = { "node", "graphics-object" },
	[HD_MAP_COMPLEX] = { "complex", "graphics-object" },
	[HD_MAP_EQUAL] = { "equal", "graphics-object" },
	[HD_MAP_GROUP] = { "group", "graphics-object" },
	[HD_MAP_DEVICE] = { "device", "graphics-object" },
	[HD_MAP_VFS] = { "vfs", "graphics-object" },
	[HD_MAP_MACHINERY] = { "machinery", "graphics-object" },
};

static const char *const style_classes[HD_MAP_STYLE_MAX] = {
	[HD_MAP_TITLE] = "title", [HD_MAP_HEADING] = "heading", [HD_MAP_SMALL] = "small",
	[HD_MAP_MODEL] = "model", [HD_MAP_CHILD] = "child", [HD_MAP_DIM] = "dim",
	[HD_MAP_STATE] = "state", [HD_MAP_BADGE] = "badge",
};

static void rectangle(struct hd_map_writer *w, const char *class, int x, int y, int width, int height)
{
	hd_map_open(w, "rect", class);
	hd_map_number(w, "x", x);
	hd_map_number(w, "y", y);
	hd_map_number(w, "width", width);
	hd_map_number(w, "height", height);
	hd_map_number(w, "rx", height < 10 ? 1 : 4);
}

static void write_text(struct hd_map_writer *w, const struct hd_map_piece *piece, int indent)
{
	const char *class = style_classes[piece->style];

	if (*piece->class && piece->style != HD_MAP_BADGE)
		class = hd_printf(w->arena, "%s %s", class, piece->class);
	hd_map_open(w, "text", class);
	hd_map_number(w, "x", piece->x + indent);
	hd_map_number(w, "y", piece->y + piece->height * ASCENT / 100);
	hd_map_write(w, piece->text);
	hd_map_close(w);
}

static void draw_piece(struct hd_map_writer *w, const struct hd_map_piece *piece)
{
	bool is_text = style_classes[piece->style] != NULL, is_badge = piece->style == HD_MAP_BADGE;

	if (!is_text || is_badge) {
		rectangle(w, piece->class, piece->x, piece->y, piece->width, piece->height);
		if (*piece->text && !is_badge)
			hd_map_element(w, "title", NULL, piece->text);
		hd_map_close(w);
	}
	if (is_text)
		write_text(w, piece, is_badge ? 6 : 0);
}

/* All that is known, for a pointer that rests on the device. */
static const char *tooltip(struct hd_arena *arena, const struct hd_map_box *box)
{
	const struct hd_map_device *device = box->device;
	const char *const lines[] = {
		device->name, device->full_class, hd_map_place(arena, box),
		box->item->numa_node >= 0 ?
			hd_printf(arena, "NUMA node %d", box->item->numa_node) : NULL,
		hd_map_state(arena, device), device->uses,
	};
	const char *text = device->model;

	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++)
		if (lines[i] && *lines[i] && strcmp(lines[i], device->model) != 0)
			text = hd_printf(arena, "%s\n%s", text, lines[i]);
	return text;
}

static void draw_device(struct hd_map_writer *w, const struct hd_map_area *area)
{
	const struct hd_item *item = area->box->item;

	hd_map_attr(w, "data-address", item->address);
	hd_map_attr(w, "aria-label",
		    hd_printf(w->arena, "%s, %s, %s", area->box->device->model,
			      hd_map_place(w->arena, area->box),
			      hd_map_state(w->arena, area->box->device)));
	hd_map_element(w, "title", NULL, tooltip(w->arena, area->box));
	if (hd_map_is_vfio(item)) {
		rectangle(w, "vfio", area->x + 3, area->y, area->width - 6, area->height);
		hd_map_close(w);
	}
}

static void draw_frame(struct hd_map_writer *w, const struct hd_map_area *area)
{
	const struct hd_map_box *box = area->box;
	const char *class = levels[box->level].class;

	if (box->level != HD_MAP_HOST)
		hd_map_attr(w, "aria-label", box->level == HD_MAP_EQUAL ? hd_map_model(w->arena, box) :
			    hd_map_title(w->arena, box));
	if (box->level == HD_MAP_GROUP || box->level == HD_MAP_EQUAL)
		class = hd_printf(w->arena, "group %s", hd_map_mark_class(hd_map_worst(box)));
	if (box->level >= HD_MAP_VFS || (box->level == HD_MAP_NODE && !box->title))
		return;
	rectangle(w, class, area->x, area->y, area->width, area->height);
	hd_map_close(w);
	if (box->level == HD_MAP_EQUAL && hd_map_is_vfio(box->first->first->item)) {
		rectangle(w, "vfio", area->x + 3, area->y + 3, area->width - 6, area->height - 6);
		hd_map_close(w);
	}
}

static void draw_area(struct hd_map_writer *w, const struct hd_map_area *area)
{
	hd_map_open(w, "g", levels[area->box->level].class);
	hd_map_attr(w, "role", levels[area->box->level].role);
	(area->box->item ? draw_device : draw_frame)(w, area);
	for (size_t i = 0; i < area->n_pieces; i++)
		draw_piece(w, &area->pieces[i]);
	for (const struct hd_map_area *child = area->first; child; child = child->next)
		draw_area(w, child);
	hd_map_close(w);
}

int hd_map_svg(FILE *out, struct hd_arena *arena, const struct hd_map *map)
{
	const struct hd_map_area *host = hd_map_layout(arena, map);
	struct hd_map_writer w;

	hd_map_write_begin(&w, arena);
	hd_map_write_xml(&w);
	hd_map_open(&w, "svg", NULL);
	hd_map_attr(&w, "xmlns", "http://www.w3.org/2000/svg");
	hd_map_number(&w, "width", host->width);
	hd_map_number(&w, "height", host->height);
	hd_map_attr(&w, "viewBox", hd_printf(arena, "0 0 %d %d", host->width, host->height));
	hd_map_attr(&w, "role", "graphics-document");
	hd_map_attr(&w, "aria-label", hd_printf(arena, "hostdevctl map of a %s", map->host->title));
	hd_map_element(&w, "title", NULL, "hostdevctl map");
	hd_map_asset(&w, "style", HD_MAP_SVG_CSS);
	draw_area(&w, host);
	hd_map_close(&w);
	return hd_map_write_end(&w, out);
}
