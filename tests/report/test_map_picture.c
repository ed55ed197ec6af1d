/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_map_picture.c - is nothing over another in SVG, is HTML the same, can everybody read it?
 *
 * The places of texts are computed as wide as the widest of the usual fonts has them.
 */
#include "config.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "report/map_layout.h"
#include "tests/support/mapcase.h"

static bool overlap(const struct hd_map_piece *a, const struct hd_map_piece *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width &&
	       a->y < b->y + b->height && b->y < a->y + a->height;
}

static bool areas_overlap(const struct hd_map_area *a, const struct hd_map_area *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width &&
	       a->y < b->y + b->height && b->y < a->y + a->height;
}

static void look_at_pieces(const struct hd_map_area *area)
{
	int bottom = area->y + area->height;

	for (const struct hd_map_area *child = area->first; child; child = child->next)
		bottom = child->y < bottom ? child->y : bottom;
	for (size_t i = 0; i < area->n_pieces; i++) {
		const struct hd_map_piece *piece = &area->pieces[i];

		assert_true(piece->x >= area->x && piece->y >= area->y);
		assert_true(piece->x + piece->width <= area->x + area->width);
		assert_true(piece->y + piece->height <= bottom);
		for (size_t k = 0; k < i; k++)
			assert_false(overlap(piece, &area->pieces[k]));
	}
}

/* Returns how many devices are drawn, also those that are cells. */
static size_t look_at(const struct hd_map_area *area)
{
	size_t n = area->box->item != NULL;

	look_at_pieces(area);
	for (size_t i = 0; i < area->n_pieces; i++)
		n += area->pieces[i].style == HD_MAP_CELL;
	for (const struct hd_map_area *child = area->first; child; child = child->next) {
		assert_true(child->x >= area->x && child->y >= area->y);
		assert_true(child->x + child->width <= area->x + area->width);
		assert_true(child->y + child->height <= area->y + area->height);
		for (const struct hd_map_area *other = child->next; other; other = other->next)
			assert_false(areas_overlap(child, other));
		n += look_at(child);
	}
	return n;
}

static char *written(struct map_case *made, int (*write)(FILE *, struct hd_arena *,
							 const struct hd_map *))
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_int_equal(write(out, &made->arena, &made->map), 0);
	assert_int_equal(fclose(out), 0);
	return text;
}

struct counted {
	size_t devices, scripts, styles, labels;
};

static void count(struct counted *ret, xmlNodePtr node)
{
	for (; node; node = node->next) {
		const char *name = (const char *)node->name;

		if (node->type == XML_ELEMENT_NODE) {
			ret->devices += xmlHasProp(node, BAD_CAST "data-address") != NULL;
			ret->labels += xmlHasProp(node, BAD_CAST "aria-label") != NULL;
			ret->scripts += !strcmp(name, "script");
			ret->styles += !strcmp(name, "style");
			for (xmlAttrPtr attr = node->properties; attr; attr = attr->next)
				if (!strncmp((const char *)attr->name, "on", 2) ||
				    !strcmp((const char *)attr->name, "src"))
					fail_msg("%s of %s", attr->name, name);
		}
		count(ret, node->children);
	}
}

static void check_svg(struct map_case *made)
{
	char *text = written(made, hd_map_svg), *again = written(made, hd_map_svg);
	xmlDocPtr doc = xmlReadMemory(text, (int)strlen(text), "map.svg", NULL,
				      XML_PARSE_NONET | XML_PARSE_NOERROR);
	struct counted counted = { 0 };

	assert_string_equal(text, again);
	assert_non_null(doc);
	count(&counted, xmlDocGetRootElement(doc));
	if (made->map.all)
		assert_int_equal(counted.devices, made->inventory.n);
	assert_int_equal(counted.scripts, 0);
	assert_int_equal(counted.styles, 1);
	assert_true(counted.labels > counted.devices);
	xmlFreeDoc(doc);
	free(text);
	free(again);
}

static void check_html(struct map_case *made)
{
	char *text = written(made, hd_map_html), *again = written(made, hd_map_html);
	htmlDocPtr doc = htmlReadMemory(text, (int)strlen(text), "map.html", "UTF-8",
					HTML_PARSE_NONET | HTML_PARSE_NOERROR);
	struct counted counted = { 0 };

	assert_string_equal(text, again);
	assert_non_null(doc);
	count(&counted, xmlDocGetRootElement(doc));
	assert_int_equal(counted.devices, made->inventory.n);
	assert_int_equal(counted.scripts, 1);
	assert_int_equal(counted.styles, 1);
	assert_null(strstr(text, "://"));
	xmlFreeDoc(doc);
	free(text);
	free(again);
}

/* All one by one, then folded; that stays. */
static void check_both(struct map_case *made)
{
	made->map.all = true;
	assert_int_equal(look_at(hd_map_layout(&made->arena, &made->map)), made->inventory.n);
	check_svg(made);
	check_html(made);
	made->map.all = false;
	hd_map_fold(&made->map, &made->arena);
	look_at(hd_map_layout(&made->arena, &made->map));
	check_svg(made);
	check_html(made);
}

static void golden_hosts(void **state)
{
	(void)state;
	for (size_t i = 0; i < map_case_n_hosts; i++) {
		struct map_case made = { .map = { .host = NULL } };

		map_case_host(&made, map_case_hosts[i]);
		check_both(&made);
		map_case_done(&made);
	}
}

static void many_functions(void **state)
{
	struct map_case made = { .map = { .host = NULL } };
	const struct hd_map_area *host;

	(void)state;
	map_case_many(&made);
	check_both(&made);
	made.map.all = false;
	host = hd_map_layout(&made.arena, &made.map);
	assert_in_range(host->width, host->height * 3 / 4, host->height * 9 / 4);
	map_case_done(&made);
}

/* How a map of many functions is written if its VFs, or all but them, are a guest's. */
static char *written_for(bool of_vfs, int (*write)(FILE *, struct hd_arena *, const struct hd_map *))
{
	static const struct hd_item_guest guest = { "router", true };
	struct map_case made = { .map = { .host = NULL } };
	char *text;

	map_case_many(&made);
	for (size_t i = 0; i < made.inventory.n; i++)
		made.devices[i].guests = &guest;
	for (size_t i = 0; i < made.inventory.n; i++)
		made.devices[i].n_guests = made.inventory.items[i].is_vf == of_vfs;
	hd_map_make(&made.map, &made.arena, &made.inventory, made.devices);
	hd_map_fold(&made.map, &made.arena);
	text = written(&made, write);
	map_case_done(&made);
	return text;
}

/* Whoever sees a guest's badge in the box of a card must not think that the guest has the card. */
static void guests_of_vfs(void **state)
{
	static int (*const write[])(FILE *, struct hd_arena *, const struct hd_map *) = {
		hd_map_svg, hd_map_html,
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(write); i++) {
		char *of_vfs = written_for(true, write[i]), *of_cards = written_for(false, write[i]);
		const char *title = strstr(of_vfs, "guests of these VFs:");

		assert_non_null(strstr(of_cards, "router (running)"));
		assert_null(strstr(of_cards, "guests of these VFs:"));
		assert_non_null(title);
		assert_true(title < strstr(of_vfs, "router (running)"));
		free(of_vfs);
		free(of_cards);
	}
}

static void no_devices(void **state)
{
	struct map_case made = { .inventory = { .n = 0 } };

	(void)state;
	map_case_describe(&made, "");
	made.map.all = true;
	look_at(hd_map_layout(&made.arena, &made.map));
	check_html(&made);
	map_case_done(&made);
}

static void hostile_names(void **state)
{
	struct map_case made = { .map = { .host = NULL } };

	(void)state;
	map_case_many(&made);
	map_case_spoil(&made);
	check_both(&made);
	map_case_done(&made);
}

/* Of a deep chain each device is further to the right, and in the picture. */
static void deep_chain(void **state)
{
	struct map_case made = { .map = { .host = NULL } };

	(void)state;
	map_case_many(&made);
	for (size_t i = 1; i < 60; i++)
		made.inventory.items[i].kind = HD_DEVICE_USB;
	for (size_t i = 2; i < 60; i++)
		made.inventory.items[i].parent = &made.inventory.items[i - 1];
	map_case_describe(&made, "name");
	check_both(&made);
	map_case_done(&made);
}

static void wraps_texts(void **state)
{
	static const struct {
		const char *text;
		int width;
		bool is_last;
		const char *line, *rest;
	} rows[] = {
		{ "one two", 200, false, "one two", "" },	{ "one two", 35, false, "one", "two" },
		{ "one two", 35, true, "one…", "" },		{ "onetwothree", 35, false, "onetw", "othree" },
		{ "字字", 1, false, "字", "字" },		{ "", 35, true, "", "" },
	};
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const char *text = rows[i].text;

		assert_string_equal(hd_map_wrap(&arena, &text, rows[i].width, HD_MAP_DIM,
						rows[i].is_last), rows[i].line);
		assert_string_equal(text, rows[i].rest);
	}
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_hosts),
		cmocka_unit_test(many_functions),
		cmocka_unit_test(guests_of_vfs),
		cmocka_unit_test(no_devices),
		cmocka_unit_test(hostile_names),
		cmocka_unit_test(deep_chain),
		cmocka_unit_test(wraps_texts),
	};
	int rc = cmocka_run_group_tests_name("map_picture", tests, NULL, NULL);

	xmlCleanupParser();
	return rc;
}
