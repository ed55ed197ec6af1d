/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_map.c - is every device in the map once, and does every line have its width? */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "report/map_words.h"
#include "tests/support/mapcase.h"

static void find_all(const struct hd_map_box *box, size_t *n)
{
	*n += box->item != NULL;
	for (const struct hd_map_box *child = box->first; child; child = child->next)
		find_all(child, n);
}

static char *text_of(struct map_case *made, const struct hd_map_terminal *terminal)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	hd_map_text(out, &made->arena, &made->map, terminal);
	assert_int_equal(fclose(out), 0);
	return text;
}

/* Unfolded, each device has a line, on which its address is a word. */
static void check_text(struct map_case *made)
{
	static const struct hd_map_terminal terminals[] = {
		{ 0, false, true }, { 80, false, false }, { 200, false, true }, { 400, false, true },
	};

	made->map.all = true;
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

static void check_all(struct map_case *made)
{
	size_t n = 0;

	find_all(made->map.host, &n);
	assert_int_equal(n, made->inventory.n);
	check_text(made);
}

static void golden_hosts(void **state)
{
	(void)state;
	for (size_t i = 0; i < map_case_n_hosts; i++) {
		struct map_case made = { .map = { .host = NULL } };

		map_case_host(&made, map_case_hosts[i]);
		check_all(&made);
		map_case_done(&made);
	}
}

static void many_functions(void **state)
{
	struct map_case made = { .map = { .host = NULL } };

	(void)state;
	map_case_many(&made);
	check_all(&made);
	assert_int_equal(made.map.host->first->number, 0);
	assert_int_equal(made.map.host->first->next->number, 1);
	assert_null(made.map.host->first->next->next);
	map_case_done(&made);
}

static void no_devices(void **state)
{
	struct map_case made = { .inventory = { .n = 0 } };

	(void)state;
	map_case_describe(&made, "");
	check_all(&made);
	map_case_done(&made);
}

static void hostile_names(void **state)
{
	const struct hd_map_terminal terminal = { 0, false, true };
	struct map_case made = { .map = { .host = NULL } };
	char *text;

	(void)state;
	map_case_many(&made);
	map_case_spoil(&made);
	text = text_of(&made, &terminal);
	assert_null(strchr(text, '\033'));
	assert_null(strstr(text, "\xe2\x80\xae"));
	free(text);
	map_case_done(&made);
}

/* A damaged capture: parents in a circle, and a chain that is deeper than any machine. */
static void strange_parents(void **state)
{
	const struct hd_map_terminal terminal = { 80, false, true };
	struct map_case made = { .map = { .host = NULL } };
	struct hd_item *items;
	size_t n = 0;

	(void)state;
	map_case_many(&made);
	items = made.inventory.items;
	for (size_t i = 0; i < 300; i++)
		items[i].kind = HD_DEVICE_USB;
	items[0].parent = &items[1];
	items[1].parent = &items[0];
	for (size_t i = 101; i < 300; i++)
		items[i].parent = &items[i - 1];
	items[400].is_vf = items[401].is_vf = true;
	items[400].physfn = &items[401];
	items[401].physfn = &items[400];
	map_case_describe(&made, "name");
	find_all(made.map.host, &n);
	assert_int_equal(n, made.inventory.n);
	free(text_of(&made, &terminal));
	map_case_done(&made);
}

/* Bridges, counters and VFs: how many are folded where, and which are not. */
static void folds(void **state)
{
	static const struct hd_item_guest guest = { "router", true };
	struct hd_item items[] = {
		{ .class = 0x060400, .group = 1, .address = "0000:00:01.0" },
		{ .class = 0x088000, .group = 2, .address = "0000:00:02.0" },
		{ .class = 0x088000, .group = 3, .address = "0000:00:03.0",
		  .driver_kind = HD_DRIVER_VFIO },
		{ .class = 0x088000, .group = 4, .address = "0000:00:04.0" },
		{ .class = 0x110100, .group = 5, .address = "0000:00:05.0" },
		{ .class = 0x020000, .group = 2, .address = "0000:00:06.0" },
		{ .class = 0x020000, .group = 7, .address = "0000:00:06.1", .is_vf = true },
		{ .class = 0x020000, .group = 8, .address = "0000:00:06.2", .is_vf = true },
	};
	struct map_case made = { .inventory = { items, HD_ARRAY_SIZE(items), NULL, 0, false } };
	const struct hd_map_box *complex, *box;

	(void)state;
	items[6].physfn = items[7].physfn = &items[5];
	map_case_describe(&made, "name");
	made.devices[3].guests = made.devices[6].guests = &guest;
	made.devices[3].n_guests = made.devices[6].n_guests = 1;
	hd_map_make(&made.map, &made.arena, &made.inventory, made.devices);
	complex = made.map.host->first->first;
	box = complex->first;
	assert_string_equal(hd_map_title(&made.arena, box), "group 3");
	box = box->next;
	assert_string_equal(hd_map_title(&made.arena, box), "group 4");
	box = box->next;
	assert_string_equal(hd_map_title(&made.arena, box), "group 2, with 1 part of the machine");
	assert_string_equal(hd_map_title(&made.arena, box->first->first), "2 VFs");
	made.devices[6].is_judged = made.devices[7].is_judged = true;
	assert_string_equal(hd_map_title(&made.arena, box->first->first), "2 VFs, 1 in use");
	box = box->next;
	assert_string_equal(hd_map_title(&made.arena, box), "3 parts of the machine: 1 bridge, "
			    "1 system peripheral, 1 counter");
	assert_null(box->next);
	map_case_done(&made);
}

/* Three equal ones are one box, in the place of the first; what differs in anything that is said is not in it. */
static void folds_equal(void **state)
{
	static const struct hd_item_guest guest = { "router", true };
	struct hd_item items[] = {
		{ .class = 0x020000, .group = 1, .address = "a0", .driver = "ice", .max_vfs = 2 },
		{ .class = 0x010802, .group = 2, .address = "b" },
		{ .class = 0x020000, .group = 3, .address = "a1", .driver = "ice" },
		{ .class = 0x020000, .group = 4, .address = "guest", .driver = "ice" },
		{ .class = 0x020000, .group = 5, .address = "driver", .driver = "e1000e" },
		{ .class = 0x020000, .group = 6, .address = "link", .driver = "ice",
		  .link = { .width = 1, .max_width = 4 } },
		{ .class = 0x020000, .group = 7, .address = "two", .driver = "ice" },
		{ .class = 0x020000, .group = 7, .address = "two too", .driver = "ice" },
		{ .class = 0x020000, .group = 8, .address = "used", .driver = "ice" },
		{ .class = 0x020000, .group = 9, .address = "a2", .driver = "ice" },
		{ .class = 0x020000, .group = 10, .address = "vf0", .is_vf = true },
		{ .class = 0x020000, .group = 11, .address = "vf1", .is_vf = true },
		{ .class = 0x020000, .group = 12, .address = "vf2", .is_vf = true },
		{ .class = 0x010802, .group = 13, .address = "b1" },
	};
	static const char *const left[] = { "b", "guest", "driver", "link", "two", "used", "b1" };
	struct map_case made = { .inventory = { items, HD_ARRAY_SIZE(items), NULL, 0, false } };
	const struct hd_map_box *box;
	struct hd_item_guest *guests;

	(void)state;
	items[10].physfn = items[11].physfn = &items[0];
	items[12].physfn = &items[9];
	map_case_describe(&made, "name");
	for (size_t i = 0; i < HD_ARRAY_SIZE(items); i++)
		made.devices[i].is_judged = true;
	made.devices[3].guests = made.devices[12].guests = &guest;
	made.devices[3].n_guests = made.devices[12].n_guests = 1;
	for (size_t i = 0; i < HD_ARRAY_SIZE(items); i++)
		made.devices[i].reason = NULL;
	made.devices[8].reason = "eth0";
	hd_map_make(&made.map, &made.arena, &made.inventory, made.devices);
	hd_map_fold(&made.map, &made.arena);
	box = made.map.host->first->first->first;
	assert_int_equal(box->level, HD_MAP_EQUAL);
	assert_string_equal(hd_map_model(&made.arena, box), "3 × name");
	assert_string_equal(hd_map_title(&made.arena, box), "each in a group of its own: 1, 3, 9");
	assert_string_equal(hd_map_place(&made.arena, box), "a0 to a2 · class · ice");
	assert_string_equal(hd_map_vfs(&made.arena, box), "3 VFs, 1 in use");
	assert_int_equal(hd_map_guests(&guests, &made.arena, box), 1);
	for (size_t i = 0; i < HD_ARRAY_SIZE(left); i++) {
		box = box->next;
		assert_int_equal(box->level, HD_MAP_GROUP);
		assert_string_equal(box->first->item->address, left[i]);
	}
	assert_null(box->next);
	map_case_done(&made);
}

/* Which checks refuse them decides, if only VFs use them: each has other VFs in other guests. */
static void folds_used_by_vfs(void **state)
{
	static const struct {
		const char *needs[3];
		bool is_folded;
	} rows[] = {
		{ { "children-free\nsriov-vfs-off", "sriov-vfs-off", "children-free" }, true },
		{ { "children-free", "children-free", "children-free\nnetwork-free" }, false },
		{ { "network-free", "network-free", "network-free" }, false },
		{ { "children", "children", "children" }, false },
		{ { NULL, NULL, NULL }, false },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_item items[] = {
			{ .class = 0x020000, .group = 1, .address = "0" },
			{ .class = 0x020000, .group = 2, .address = "1" },
			{ .class = 0x020000, .group = 3, .address = "2" },
		};
		struct map_case made = { .inventory = { items, HD_ARRAY_SIZE(items), NULL, 0, false } };

		map_case_describe(&made, "name");
		for (size_t k = 0; k < HD_ARRAY_SIZE(items); k++) {
			made.devices[k].is_judged = true;
			made.devices[k].verdict = "in use";
			made.devices[k].reason = items[k].address;
			made.devices[k].needs = rows[i].needs[k];
		}
		hd_map_make(&made.map, &made.arena, &made.inventory, made.devices);
		hd_map_fold(&made.map, &made.arena);
		assert_int_equal(made.map.host->first->first->first->level == HD_MAP_EQUAL, rows[i].is_folded);
		map_case_done(&made);
	}
}

/* The port is said of those that share their group for it: not of functions of one card. */
static void names_ports(void **state)
{
	struct hd_item items[] = {
		{ .kind = HD_DEVICE_PCI, .class = 0x060400, .group = 1, .address = "root" },
		{ .kind = HD_DEVICE_PCI, .class = 0x060400, .group = 2, .address = "switch", .parent = &items[0] },
		{ .kind = HD_DEVICE_PCI, .class = 0x020000, .group = 2, .address = "a", .parent = &items[1],
		  .pci = { .bus = 2 } },
		{ .kind = HD_DEVICE_PCI, .class = 0x020000, .group = 2, .address = "b", .parent = &items[1],
		  .pci = { .bus = 2, .slot = 1 } },
		{ .kind = HD_DEVICE_PCI, .class = 0x030000, .group = 3, .address = "card", .parent = &items[0],
		  .pci = { .bus = 4 } },
		{ .kind = HD_DEVICE_PCI, .class = 0x040300, .group = 3, .address = "card's", .parent = &items[0],
		  .pci = { .bus = 4, .fn = 1 } },
		{ .kind = HD_DEVICE_PCI, .class = 0x020000, .group = 4, .address = "on", .pci = { .slot = 9 } },
		{ .kind = HD_DEVICE_PCI, .class = 0x020000, .group = 4, .address = "board", .pci = { .slot = 8 } },
	};
	static const char *const titles[] = { "group 2, all behind switch", "group 3", "group 4" };
	const struct hd_map_terminal terminal = { 0, false, true };
	struct map_case made = { .inventory = { items, HD_ARRAY_SIZE(items), NULL, 0, false } };
	const struct hd_map_box *box;
	char *text;

	(void)state;
	map_case_describe(&made, "name");
	box = made.map.host->first->first->first;
	for (size_t i = 0; i < HD_ARRAY_SIZE(titles); i++, box = box->next)
		assert_string_equal(hd_map_title(&made.arena, box), titles[i]);
	text = text_of(&made, &terminal);
	assert_non_null(strstr(text, "group 2 with 1 more (all behind switch)"));
	assert_null(strstr(strstr(text, "(all behind switch)") + 2, "all behind"));
	free(text);
	items[0].parent = &items[1];
	items[3].parent = NULL;
	assert_null(hd_map_port(made.map.host->first->first->first));
	map_case_done(&made);
}

/* A VF that a guest may have shows its PF, which would be folded without it. */
static void shows_physfn(void **state)
{
	struct hd_item items[] = {
		{ .class = 0x088000, .group = 1, .address = "0000:00:01.0" },
		{ .class = 0x088000, .group = 2, .address = "0000:00:01.1", .is_vf = true,
		  .driver_kind = HD_DRIVER_VFIO },
		{ .class = 0x088000, .group = 3, .address = "0000:00:02.0" },
		{ .class = 0x088000, .group = 4, .address = "0000:00:02.1", .is_vf = true },
	};
	struct map_case made = { .inventory = { items, HD_ARRAY_SIZE(items), NULL, 0, false } };
	const struct hd_map_box *box;

	(void)state;
	items[1].physfn = &items[0];
	items[3].physfn = &items[2];
	map_case_describe(&made, "name");
	box = made.map.host->first->first->first;
	assert_string_equal(hd_map_title(&made.arena, box), "group 1");
	assert_ptr_equal(box->first->item, &items[0]);
	assert_ptr_equal(box->first->first->first->item, &items[1]);
	assert_string_equal(hd_map_title(&made.arena, box->next), "2 parts of the machine: "
			    "2 system peripherals");
	assert_null(box->next->next);
	check_all(&made);
	map_case_done(&made);
}

/* Links matter if they are slower than they could be, or wide devices have them. */
static void shows_links(void **state)
{
	static const struct {
		unsigned class, width, max_width;
		const char *link;
	} rows[] = {
		{ 0x030000, 16, 16, "x16" }, { 0x030000, 8, 16, "x8 of x16" },
		{ 0x0c0330, 4, 4, NULL }, { 0x0c0330, 1, 4, "x1 of x4" }, { 0x010802, 0, 4, NULL },
	};
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const struct hd_item item = {
			.class = rows[i].class,
			.link = { .width = rows[i].width, .max_width = rows[i].max_width },
		};
		const char *link = hd_map_link(&arena, &item);

		assert_true(!link == !rows[i].link);
		if (link)
			assert_string_equal(link, rows[i].link);
	}
	hd_arena_done(&arena);
}

static void judges_by_groups(void **state)
{
	static const struct {
		unsigned class;
		int group;
		enum hd_map_mark mark;
		const char *verdict;
	} rows[] = {
		{ 0x020000, 1, HD_MAP_FREE, "alone: in group 1" },
		{ 0x060400, 1, HD_MAP_UNKNOWN, "" },
		{ 0x030000, 2, HD_MAP_NEEDS, "shares: group 2 with 1 more" },
		{ 0x060100, 2, HD_MAP_UNKNOWN, "" },
		{ 0x010802, HD_NO_GROUP, HD_MAP_NEVER, "never: it is not in an IOMMU group" },
	};
	struct hd_item items[HD_ARRAY_SIZE(rows)] = { { .kind = HD_DEVICE_PCI } };
	const struct hd_inventory inventory = { .items = items, .n = HD_ARRAY_SIZE(rows) };
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		items[i] = (struct hd_item){ .kind = HD_DEVICE_PCI, .class = rows[i].class,
					     .group = rows[i].group };
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_map_device device = { .model = "" };

		hd_map_judge(&device, &arena, &inventory, &items[i]);
		assert_int_equal(device.mark, rows[i].mark);
		assert_string_equal(hd_map_state(&arena, &device), rows[i].verdict);
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
	struct map_case made = { .map = { .host = NULL } };
	char *text, *rest, *line;
	size_t n = 0;

	(void)state;
	map_case_many(&made);
	text = rest = text_of(&made, &terminal);
	while ((line = strsep(&rest, "\n"))) {
		assert_in_range(strlen(line), 0, 190);
		n++;
	}
	assert_in_range(n, 100, 300);
	free(text);
	map_case_done(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_hosts),
		cmocka_unit_test(many_functions),
		cmocka_unit_test(no_devices),
		cmocka_unit_test(hostile_names),
		cmocka_unit_test(strange_parents),
		cmocka_unit_test(folds),
		cmocka_unit_test(folds_equal),
		cmocka_unit_test(folds_used_by_vfs),
		cmocka_unit_test(names_ports),
		cmocka_unit_test(shows_physfn),
		cmocka_unit_test(shows_links),
		cmocka_unit_test(judges_by_groups),
		cmocka_unit_test(fits_texts),
		cmocka_unit_test(keeps_to_the_width),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
