/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_map.c - is every device in the picture once, nothing over another, and all of it XML? */
#include "config.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "report/map.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define N_MANY 500
#define EVIL "</title><script>alert(1)</script>&x;]]>\"'\033[31m\xff\xe2\x80\xae"

struct made {
	struct hd_arena arena;
	struct hd_inventory inventory;
	struct hd_map_device *devices;
	struct hd_map_box *host;
};

static void describe(struct made *made, const char *name)
{
	made->devices = hd_alloc(&made->arena, made->inventory.n * sizeof(*made->devices));
	for (size_t i = 0; i < made->inventory.n; i++) {
		made->devices[i] = (struct hd_map_device){ .class = "class", .name = name };
		hd_map_judge(&made->devices[i], &made->arena, &made->inventory,
			     &made->inventory.items[i]);
	}
	made->host = hd_map_make(&made->arena, &made->inventory, made->devices);
}

/* 2 sockets, 20 ports with 24 functions each, of which many share groups; 20 ports. */
static void make_many(struct made *made)
{
	static const char *const drivers[] = { "nvme", NULL, "vfio-pci" };
	struct hd_item *items = hd_alloc(&made->arena, N_MANY * sizeof(*items));

	*made = (struct made){ .arena = made->arena, .inventory = { .items = items, .n = N_MANY } };
	for (unsigned i = 0; i < N_MANY; i++) {
		const unsigned bus = i / 25, fn = i % 25, root = bus / 10 * 0x80;
		const char *port = hd_printf(&made->arena, "sys/devices/pci0000:%02x/0000:%02x:%02x.0",
					     root, root, bus % 10 + 1);
		struct hd_item *item = &items[i];

		*item = (struct hd_item){
			.kind = HD_DEVICE_PCI, .has_pci = true, .numa_node = (int)(bus / 10),
			.group = (int)(bus * 100 + fn / (1 + bus % 3)), .class = 0x020000,
			.is_vf = bus % 4 == 3 && fn > 1, .driver = drivers[i % 3],
			.driver_kind = i % 3 == 2 ? HD_DRIVER_VFIO : HD_DRIVER_HOST,
			.address = hd_printf(&made->arena, "0000:%02x:%02x.%x", bus + 1, fn / 8,
					     fn % 8),
			.path = port, .parent = &items[i - fn],
		};
		if (!fn) {
			item->class = 0x060400;
			item->parent = NULL;
			item->address = strrchr(port, '/') + 1;
		}
	}
	describe(made, "a name that is by far too long for a box of this size, so that it is cut");
}

static void make_golden(struct made *made, struct fake_host *host, const char *name)
{
	char path[256];
	struct hd_error err;

	*made = (struct made){ .devices = NULL };
	fake_host_make(host);
	(void)snprintf(path, sizeof(path), SRCDIR "/tests/hosts/%s.tree", name);
	if (fake_tree_load_file(host, path, &err) < 0 ||
	    hd_inventory_read(&made->inventory, &host->root, &made->arena, HD_KINDS_ALL,
			      HD_INVENTORY_ALL, &err) < 0)
		fail_msg("%s", err.text);
	describe(made, "name");
}

static bool overlap(const struct hd_map_box *a, const struct hd_map_box *b)
{
	return a->x < b->x + b->width && b->x < a->x + a->width &&
	       a->y < b->y + b->height && b->y < a->y + a->height;
}

static bool is_within(const struct hd_map_box *box, const struct hd_map_box *outer)
{
	return box->x >= outer->x && box->x + box->width <= outer->x + outer->width &&
	       box->y >= outer->y + outer->head &&
	       box->y + box->height <= outer->y + outer->height;
}

/* Returns how many boxes have an item. */
static size_t look_at(const struct hd_map_box *box)
{
	size_t n = box->item != NULL;

	assert_true(box->width > 0 && box->height > 0);
	for (const struct hd_map_box *child = box->first; child; child = child->next) {
		assert_true(is_within(child, box));
		for (const struct hd_map_box *other = child->next; other; other = other->next)
			assert_false(overlap(child, other));
		n += look_at(child);
	}
	return n;
}

static char *svg_of(struct made *made)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_int_equal(hd_map_svg(out, &made->arena, made->host, false), 0);
	assert_int_equal(fclose(out), 0);
	return text;
}

static char *text_of(struct made *made, const struct hd_map_terminal *terminal)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	hd_map_text(out, &made->arena, made->host, terminal);
	assert_int_equal(fclose(out), 0);
	return text;
}

static int number_of(xmlNodePtr node, const char *name)
{
	xmlChar *value = xmlGetProp(node, BAD_CAST name);
	int number = value ? atoi((const char *)value) : -1;

	xmlFree(value);
	return number;
}

/* All rectangles are in the picture; returns how many devices it has. */
static size_t count_drawn(xmlNodePtr node, int width, int height)
{
	size_t n = 0;

	for (; node; node = node->next) {
		if (!strcmp((const char *)node->name, "rect")) {
			assert_true(number_of(node, "x") >= 0 && number_of(node, "y") >= 0);
			assert_true(number_of(node, "x") + number_of(node, "width") <= width);
			assert_true(number_of(node, "y") + number_of(node, "height") <= height);
		}
		assert_string_not_equal((const char *)node->name, "script");
		n += node->type == XML_ELEMENT_NODE && xmlHasProp(node, BAD_CAST "data-address");
		n += count_drawn(node->children, width, height);
	}
	return n;
}

static void check_svg(struct made *made)
{
	char *text = svg_of(made), *again = svg_of(made);
	xmlDocPtr doc = xmlReadMemory(text, (int)strlen(text), "map.svg", NULL,
				      XML_PARSE_NONET | XML_PARSE_NOERROR);
	xmlNodePtr root;

	assert_string_equal(text, again);
	assert_non_null(doc);
	root = xmlDocGetRootElement(doc);
	assert_int_equal(count_drawn(root, number_of(root, "width"), number_of(root, "height")),
			 made->inventory.n);
	xmlFreeDoc(doc);
	free(text);
	free(again);
}

static void check_text(struct made *made)
{
	static const struct hd_map_terminal terminals[] = {
		{ 0, false, true }, { 80, false, false }, { 200, false, true }, { 400, false, true },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(terminals); i++) {
		char *text = text_of(made, &terminals[i]), *again = text_of(made, &terminals[i]);

		assert_string_equal(text, again);
		for (size_t j = 0; j < made->inventory.n; j++) {
			const char *wanted = hd_printf(&made->arena, " %s ",
						       made->inventory.items[j].address);
			const char *found = strstr(text, wanted);

			assert_non_null(found);
			assert_null(strstr(found + 1, wanted));
		}
		free(text);
		free(again);
	}
}

static void check_all(struct made *made)
{
	hd_map_layout(made->host);
	assert_int_equal(look_at(made->host), made->inventory.n);
	check_svg(made);
	check_text(made);
}

static void golden_hosts(void **state)
{
	static const char *const names[] = { "amd-boot-screen", "amd-no-iommu", "intel-desktop",
		"lab-debian12", "lab-debian13", "laptop-two-gpus", "workstation" };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++) {
		struct fake_host host;
		struct made made;

		make_golden(&made, &host, names[i]);
		check_all(&made);
		hd_arena_done(&made.arena);
		fake_host_remove(&host);
	}
}

static void many_functions(void **state)
{
	struct made made = { .devices = NULL };

	(void)state;
	make_many(&made);
	check_all(&made);
	assert_in_range(made.host->width, made.host->height * 3 / 4, made.host->height * 9 / 4);
	assert_int_equal(made.host->first->number, 0);
	assert_int_equal(made.host->first->next->number, 1);
	assert_null(made.host->first->next->next);
	hd_arena_done(&made.arena);
}

static void no_devices(void **state)
{
	struct made made = { .inventory = { .n = 0 } };

	(void)state;
	describe(&made, "");
	check_all(&made);
	hd_arena_done(&made.arena);
}

static void hostile_names(void **state)
{
	const struct hd_map_terminal terminal = { 0, false, true };
	struct made made = { .devices = NULL };
	char *text;

	(void)state;
	make_many(&made);
	for (size_t i = 0; i < made.inventory.n; i++) {
		made.devices[i].name = made.devices[i].class = made.devices[i].guests = EVIL;
		made.devices[i].verdict = made.inventory.items[i].driver = EVIL;
	}
	hd_map_layout(made.host);
	check_svg(&made);
	text = text_of(&made, &terminal);
	assert_null(strchr(text, '\033'));
	assert_null(strstr(text, "\xe2\x80\xae"));
	free(text);
	hd_arena_done(&made.arena);
}

/* A damaged capture: parents in a circle, and a chain that is deeper than any machine. */
static void strange_parents(void **state)
{
	struct made made = { .devices = NULL };
	struct hd_item *items;

	(void)state;
	make_many(&made);
	items = made.inventory.items;
	items[0].parent = &items[1];
	items[1].parent = &items[0];
	for (size_t i = 101; i < 300; i++)
		items[i].parent = &items[i - 1];
	describe(&made, "name");
	hd_map_layout(made.host);
	assert_int_equal(look_at(made.host), N_MANY);
	check_svg(&made);
	hd_arena_done(&made.arena);
}

static void judges_by_groups(void **state)
{
	static const struct {
		unsigned class;
		int group;
		enum hd_map_mark mark;
		const char *verdict;
	} rows[] = {
		{ 0x020000, 1, HD_MAP_GOOD, "alone in group 1" },
		{ 0x060400, 1, HD_MAP_STAYS, NULL },
		{ 0x030000, 2, HD_MAP_NEEDS, "shares group 2 with 1 more" },
		{ 0x060100, 2, HD_MAP_STAYS, NULL },
		{ 0x010802, HD_NO_GROUP, HD_MAP_NEVER, "never: it is without an IOMMU group" },
	};
	struct hd_item items[HD_ARRAY_SIZE(rows)] = { { .kind = HD_DEVICE_PCI } };
	const struct hd_inventory inventory = { .items = items, .n = HD_ARRAY_SIZE(rows) };
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		items[i] = (struct hd_item){ .kind = HD_DEVICE_PCI, .class = rows[i].class,
					     .group = rows[i].group };
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_map_device device;

		hd_map_judge(&device, &arena, &inventory, &items[i]);
		assert_int_equal(device.mark, rows[i].mark);
		if (rows[i].verdict)
			assert_string_equal(device.verdict, rows[i].verdict);
		else
			assert_null(device.verdict);
	}
	hd_arena_done(&arena);
}

static void fits_texts(void **state)
{
	static const struct {
		const char *text;
		int width;
		const char *fits;
		int taken;
	} rows[] = {
		{ "abc", 0, "abc", 3 },		{ "abc", 3, "abc", 3 },
		{ "abcd", 3, "ab…", 3 },	{ "äöü", 3, "äöü", 3 },
		{ "äöüß", 3, "äö…", 3 },	{ "字字", 4, "字字", 4 },
		{ "字字字", 4, "字…", 3 },	{ "abcd", 1, "…", 1 },
		{ "", 5, "", 0 },		{ "a\tb", 5, "a?b", 3 },
		{ "a\xff" "b", 5, "a?b", 3 },	{ "a\xc3", 5, "a?", 2 },
		{ "\xef\xbf\xbf", 5, "?", 1 },	{ "├─ x", 9, "├─ x", 4 },
		{ "\xed\xa0\x80", 9, "???", 3 },
	};
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		int taken;

		assert_string_equal(hd_map_fit(&arena, rows[i].text, rows[i].width, &taken),
				    rows[i].fits);
		assert_int_equal(taken, rows[i].taken);
	}
	hd_arena_done(&arena);
}

/* No line is longer than the terminal, and what belongs together is not torn. */
static void keeps_to_the_width(void **state)
{
	const struct hd_map_terminal terminal = { 190, false, false };
	struct made made = { .devices = NULL };
	char *text, *rest, *line;
	size_t n = 0;

	(void)state;
	make_many(&made);
	text = rest = text_of(&made, &terminal);
	while ((line = strsep(&rest, "\n"))) {
		assert_in_range(strlen(line), 0, 190);
		n++;
	}
	assert_in_range(n, N_MANY / 2, N_MANY / 2 + 20);
	free(text);
	hd_arena_done(&made.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_hosts),
		cmocka_unit_test(many_functions),
		cmocka_unit_test(no_devices),
		cmocka_unit_test(hostile_names),
		cmocka_unit_test(strange_parents),
		cmocka_unit_test(judges_by_groups),
		cmocka_unit_test(fits_texts),
		cmocka_unit_test(keeps_to_the_width),
	};
	int rc = cmocka_run_group_tests_name("map", tests, NULL, NULL);

	xmlCleanupParser();
	return rc;
}
