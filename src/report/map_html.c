/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_html.c - a map as one HTML page: read without JavaScript, searched and filtered with it.
 *
 * Folding is <details>, so that keyboard and screen reader work in any case.  The policy of the page
 * lets nothing run or load but our own style sheet and script, by their hashes.
 */
#include "config.h"

#include <string.h>

#include "report/map_assets.h"
#include "report/map_words.h"
#include "report/map_write.h"

#define POLICY "default-src 'none'; base-uri 'none'; form-action 'none'; " \
	       "style-src " HD_MAP_PAGE_CSS_HASH "; script-src " HD_MAP_PAGE_JS_HASH

struct page {
	struct hd_map_writer w;
	const struct hd_map *map;
};

static void write_badges(struct page *page, const struct hd_map_box *box)
{
	struct hd_item_guest *guests;
	const size_t n = hd_map_guests(&guests, page->w.arena, box);
	const char *title = hd_map_badges_title(box);

	if (n && title)
		hd_map_element(&page->w, "span", "place", title);
	for (size_t i = 0; i < n; i++)
		hd_map_element(&page->w, "span",
			       hd_map_badge_class(page->w.arena, page->map, &guests[i]),
			       hd_map_badge(page->w.arena, &guests[i]));
}

/* NAME and VALUE of a fact; nothing if it is NULL or empty. */
static void write_fact(struct page *page, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	hd_map_element(&page->w, "dt", NULL, name);
	hd_map_element(&page->w, "dd", NULL, value);
}

static const char *number_of(struct page *page, int number)
{
	return number < 0 ? NULL : hd_printf(page->w.arena, "%d", number);
}

static void write_facts(struct page *page, const struct hd_map_box *box)
{
	const struct hd_item *item = box->item;
	const struct hd_map_device *device = box->device;

	hd_map_open(&page->w, "dl", NULL);
	write_fact(page, "name", device->name);
	write_fact(page, "class", device->full_class);
	write_fact(page, "address", item->address);
	write_fact(page, "driver", item->driver);
	write_fact(page, "IOMMU group", item->group == HD_NO_GROUP ? NULL : number_of(page, item->group));
	write_fact(page, "NUMA node", number_of(page, item->numa_node));
	write_fact(page, "link", hd_map_link(page->w.arena, item));
	write_fact(page, "used by", device->uses);
	write_fact(page, "checks that refuse", device->needs);
	hd_map_element(&page->w, "dt", NULL, "more");
	hd_map_open(&page->w, "dd", NULL);
	hd_map_element(&page->w, "code", NULL,
		       hd_printf(page->w.arena, "hostdevctl show %s", item->address));
	hd_map_close(&page->w);
	hd_map_close(&page->w);
}

static void write_summary(struct page *page, const struct hd_map_box *box)
{
	const struct hd_map_device *device = box->device;

	hd_map_open(&page->w, "summary", NULL);
	hd_map_element(&page->w, "span", "model", device->model);
	hd_map_element(&page->w, "span", "place", hd_map_place(page->w.arena, box));
	if (device->verdict)
		hd_map_element(&page->w, "span",
			       hd_printf(page->w.arena, "state %s", hd_map_mark_class(device->mark)),
			       hd_map_state(page->w.arena, device));
	write_badges(page, box);
	hd_map_close(&page->w);
}

static void write_boxes(struct page *page, const struct hd_map_box *box);

static void write_device(struct page *page, const struct hd_map_box *box)
{
	hd_map_open(&page->w, "div", hd_map_is_vfio(box->item) ? "device vfio" : "device");
	hd_map_attr(&page->w, "data-mark", hd_map_mark_class(box->device->mark));
	hd_map_attr(&page->w, "data-address", box->item->address);
	hd_map_open(&page->w, "details", NULL);
	write_summary(page, box);
	write_facts(page, box);
	hd_map_close(&page->w);
	write_boxes(page, box);
	hd_map_close(&page->w);
}

static void write_cells(struct page *page, const struct hd_map_box *box)
{
	const struct hd_map_box *vf = NULL, *group;

	hd_map_open(&page->w, "span", "cells");
	hd_map_attr(&page->w, "aria-hidden", "true");
	while ((vf = hd_map_vf_next(box, vf, &group)))
		hd_map_element(&page->w, "span",
			       hd_map_cell_class(page->w.arena, page->map, vf->device), "");
	hd_map_close(&page->w);
}

/* VFs, or machinery. */
static void write_fold(struct page *page, const struct hd_map_box *box)
{
	const bool is_vfs = box->level == HD_MAP_VFS;

	hd_map_open(&page->w, "details", is_vfs ? "vfs" : "machinery");
	hd_map_attr(&page->w, "open", page->map->all ? "" : NULL);
	hd_map_open(&page->w, "summary", NULL);
	hd_map_write(&page->w, hd_map_title(page->w.arena, box));
	if (is_vfs) {
		write_cells(page, box);
		write_badges(page, box);
	}
	hd_map_close(&page->w);
	hd_map_open(&page->w, "div", is_vfs ? NULL : "groups");
	write_boxes(page, box);
	hd_map_close(&page->w);
	hd_map_close(&page->w);
}

static void write_equal_summary(struct page *page, const struct hd_map_box *box)
{
	const struct hd_map_device *one = box->first->first->device;
	const char *vfs = hd_map_vfs(page->w.arena, box);

	hd_map_open(&page->w, "summary", NULL);
	hd_map_element(&page->w, "span", "model", hd_map_model(page->w.arena, box));
	hd_map_element(&page->w, "span", "place", hd_map_place(page->w.arena, box));
	hd_map_element(&page->w, "span", "place", hd_map_title(page->w.arena, box));
	hd_map_element(&page->w, "span", hd_printf(page->w.arena, "state %s", hd_map_mark_class(one->mark)),
		       hd_map_equal_state(page->w.arena, one));
	if (*vfs) {
		hd_map_element(&page->w, "span", "place", vfs);
		write_cells(page, box);
		write_badges(page, box);
	}
	hd_map_close(&page->w);
}

static void write_equal(struct page *page, const struct hd_map_box *box)
{
	hd_map_open(&page->w, "details",
		    hd_printf(page->w.arena, "equal group %s%s", hd_map_mark_class(hd_map_worst(box)),
			      hd_map_is_vfio(box->first->first->item) ? " vfio" : ""));
	write_equal_summary(page, box);
	write_boxes(page, box);
	hd_map_close(&page->w);
}

static void write_section(struct page *page, const struct hd_map_box *box)
{
	static const struct {
		const char *class, *heading, *without_nodes;	/* no level of headings is left out */
	} levels[HD_MAP_LEVEL_MAX] = {
		[HD_MAP_NODE] = { "node", "h2", NULL }, [HD_MAP_COMPLEX] = { "complex", "h3", "h2" },
		[HD_MAP_GROUP] = { "group", "h4", "h3" },
	};
	const bool has_nodes = page->map->host->first->title;
	const char *title = hd_map_title(page->w.arena, box), *class = levels[box->level].class;

	if (box->level == HD_MAP_GROUP)
		class = hd_printf(page->w.arena, "%s %s", class, hd_map_mark_class(hd_map_worst(box)));
	hd_map_open(&page->w, "section", class);
	hd_map_attr(&page->w, "aria-label", *title ? title : NULL);
	if (*title)
		hd_map_element(&page->w, has_nodes ? levels[box->level].heading :
			       levels[box->level].without_nodes, NULL, title);
	write_boxes(page, box);
	hd_map_close(&page->w);
}

static bool is_group(const struct hd_map_box *box)
{
	return box->level == HD_MAP_GROUP || box->level == HD_MAP_EQUAL;
}

static void write_boxes(struct page *page, const struct hd_map_box *box)
{
	static void (*const write[HD_MAP_LEVEL_MAX])(struct page *, const struct hd_map_box *) = {
		[HD_MAP_NODE] = write_section, [HD_MAP_COMPLEX] = write_section,
		[HD_MAP_EQUAL] = write_equal, [HD_MAP_GROUP] = write_section, [HD_MAP_DEVICE] = write_device,
		[HD_MAP_VFS] = write_fold, [HD_MAP_MACHINERY] = write_fold,
	};
	const struct hd_map_box *child = box->first;

	if (child && is_group(child)) {
		hd_map_open(&page->w, "div", "groups");
		for (; child && is_group(child); child = child->next)
			write[child->level](page, child);
		hd_map_close(&page->w);
	}
	for (; child; child = child->next)
		write[child->level](page, child);
}

static void write_legend(struct page *page)
{
	hd_map_open(&page->w, "ul", "legend");
	for (const struct hd_map_legend *row = NULL; (row = hd_map_legend_next(row, page->map->is_judged));) {
		hd_map_open(&page->w, "li", NULL);
		hd_map_element(&page->w, "span", row->class, "");
		hd_map_write(&page->w, page->map->is_judged && row->judged ? row->judged : row->text);
		hd_map_close(&page->w);
	}
	hd_map_close(&page->w);
}

static void write_marks(struct page *page)
{
	static const struct {
		const char *marks, *text;
	} options[] = {
		{ "unknown free needs used never", "all devices" }, { "free", "free" },
		{ "needs used", "in use or needs something" }, { "never", "never" },
	};

	hd_map_open(&page->w, "select", NULL);
	hd_map_attr(&page->w, "id", "mark");
	hd_map_attr(&page->w, "aria-label", "Verdict");
	for (size_t i = 0; i < HD_ARRAY_SIZE(options); i++) {
		hd_map_open(&page->w, "option", NULL);
		hd_map_attr(&page->w, "value", options[i].marks);
		hd_map_write(&page->w, options[i].text);
		hd_map_close(&page->w);
	}
	hd_map_close(&page->w);
}

/* Hidden until the script runs. */
static void write_controls(struct page *page)
{
	static const char *const find[][2] = {
		{ "id", "find" }, { "type", "search" }, { "autocomplete", "off" },
		{ "placeholder", "Model, address, driver, guest" }, { "aria-label", "Search" }, { NULL },
	};
	static const char *const fold[][2] = { { "id", "fold" }, { "type", "checkbox" }, { NULL } };

	hd_map_open(&page->w, "form", NULL);
	hd_map_attr(&page->w, "id", "controls");
	hd_map_attr(&page->w, "role", "search");
	hd_map_attr(&page->w, "hidden", "");
	hd_map_void(&page->w, "input", find);
	write_marks(page);
	hd_map_open(&page->w, "label", NULL);
	hd_map_void(&page->w, "input", fold);
	hd_map_write(&page->w, " unfold equal devices, VFs and parts of the machine");
	hd_map_close(&page->w);
	hd_map_open(&page->w, "span", NULL);
	hd_map_attr(&page->w, "id", "count");
	hd_map_attr(&page->w, "role", "status");
	hd_map_close(&page->w);
	hd_map_element(&page->w, "span", "place", "/ searches, arrows move, Enter unfolds, Esc clears");
	hd_map_close(&page->w);
}

static void write_head(struct page *page)
{
	static const char *const metas[][3][2] = {
		{ { "charset", "utf-8" } },
		{ { "http-equiv", "Content-Security-Policy" }, { "content", POLICY } },
		{ { "name", "viewport" }, { "content", "width=device-width, initial-scale=1" } },
	};

	hd_map_open(&page->w, "head", NULL);
	for (size_t i = 0; i < HD_ARRAY_SIZE(metas); i++)
		hd_map_void(&page->w, "meta", metas[i]);
	hd_map_element(&page->w, "title", NULL, "hostdevctl map");
	hd_map_asset(&page->w, "style", HD_MAP_PAGE_CSS);
	hd_map_close(&page->w);
}

int hd_map_html(FILE *out, struct hd_arena *arena, const struct hd_map *map)
{
	struct page page = { .map = map };

	hd_map_write_begin(&page.w, arena);
	hd_map_write_html(&page.w);
	hd_map_open(&page.w, "html", NULL);
	hd_map_attr(&page.w, "lang", "en");
	write_head(&page);
	hd_map_open(&page.w, "body", NULL);
	hd_map_open(&page.w, "header", NULL);
	hd_map_element(&page.w, "h1", NULL, map->host->title);
	write_legend(&page);
	write_controls(&page);
	hd_map_close(&page.w);
	hd_map_open(&page.w, "main", NULL);
	write_boxes(&page, map->host);
	hd_map_close(&page.w);
	hd_map_asset(&page.w, "script", HD_MAP_PAGE_JS);
	hd_map_close(&page.w);
	hd_map_close(&page.w);
	return hd_map_write_end(&page.w, out);
}
