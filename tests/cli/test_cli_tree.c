/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_cli_tree.c - the order of a list as a tree: each item once, whatever hangs on what. */
#include "config.h"

#include <string.h>

#include "cli/list_tree.h"
#include "tests/support/unit.h"

#define MAX 40

struct fixture {
	struct hd_arena arena;
	struct hd_item items[MAX];
	const struct hd_item *chosen[MAX];
	struct hd_inventory inventory;
};

static struct hd_item *add(struct fixture *f, enum hd_device_kind kind, const char *address,
			   int group)
{
	struct hd_item *item = &f->items[f->inventory.n];

	*item = (struct hd_item){ .kind = kind, .address = address, .group = group };
	f->inventory.items = f->items;
	f->chosen[f->inventory.n++] = item;
	return item;
}

/* "group1 (a (b c) d)" */
static const char *shape(struct fixture *f, size_t n_chosen)
{
	struct hd_tree_row *rows;
	size_t n = hd_tree_rows(&rows, &f->arena, &f->inventory, f->chosen, n_chosen);
	const char *text = "";
	size_t depths[2 * MAX] = { 0 }, before = 0;

	for (size_t i = 0; i < n; i++) {
		const char *name = rows[i].is_heading ?
			hd_printf(&f->arena, "group%d", rows[i].group) :
			f->chosen[rows[i].item]->address;

		assert_true(rows[i].parent <= i);
		depths[i] = rows[i].parent ? depths[rows[i].parent - 1] + 1 : 0;
		assert_true(!i || depths[i] <= before + 1);
		for (size_t k = depths[i]; i && k < before; k++)
			text = hd_printf(&f->arena, "%s)", text);
		text = hd_printf(&f->arena, "%s%s%s%s", text, i ? " " : "",
				 i && depths[i] > before ? "(" : "", name);
		before = depths[i];
	}
	return text;
}

static void groups_in_order(void **state)
{
	struct fixture f = { .arena = { 0 } };

	(void)state;
	add(&f, HD_DEVICE_PCI, "a", 7);
	add(&f, HD_DEVICE_PCI, "b", HD_NO_GROUP);
	add(&f, HD_DEVICE_PCI, "c", 2);
	add(&f, HD_DEVICE_PCI, "d", 7);
	assert_string_equal(shape(&f, 4), "group2 (c) group7 (a d) group-1 (b");
	hd_arena_done(&f.arena);
}

static void below_what_it_hangs_on(void **state)
{
	struct fixture f = { .arena = { 0 } };
	struct hd_item *pf = add(&f, HD_DEVICE_PCI, "pf", 1), *vf, *hub, *usb;

	(void)state;
	vf = add(&f, HD_DEVICE_PCI, "vf", 2);
	vf->is_vf = true;
	vf->physfn = pf;
	hub = add(&f, HD_DEVICE_USB, "hub", HD_NO_GROUP);
	hub->parent = pf;
	usb = add(&f, HD_DEVICE_USB, "usb", HD_NO_GROUP);
	usb->parent = hub;
	add(&f, HD_DEVICE_SERIAL, "tty", HD_NO_GROUP)->parent = usb;
	add(&f, HD_DEVICE_SERIAL, "alone", HD_NO_GROUP);
	assert_string_equal(shape(&f, 6), "group1 (pf (vf hub (usb (tty)))) alone");
	/* Without the function and the hub the others stand for themselves. */
	f.chosen[0] = vf;
	f.chosen[1] = usb;
	assert_string_equal(shape(&f, 2), "group2 (vf) usb");
	hd_arena_done(&f.arena);
}

/* A stranger's tree may say so. */
static void circles(void **state)
{
	struct fixture f = { .arena = { 0 } };
	struct hd_item *a = add(&f, HD_DEVICE_PCI, "a", 1), *b = add(&f, HD_DEVICE_PCI, "b", 1);
	struct hd_item *x = add(&f, HD_DEVICE_USB, "x", HD_NO_GROUP);
	struct hd_item *y = add(&f, HD_DEVICE_USB, "y", HD_NO_GROUP);

	(void)state;
	a->is_vf = b->is_vf = true;
	a->physfn = b;
	b->physfn = a;
	x->parent = y;
	y->parent = x;
	assert_string_equal(shape(&f, 4), "group1 (a b) x (y");
	hd_arena_done(&f.arena);
}

static void too_deep(void **state)
{
	struct fixture f = { .arena = { 0 } };
	struct hd_tree_row *rows;

	(void)state;
	for (int i = 0; i < MAX; i++)
		add(&f, HD_DEVICE_USB, "u", HD_NO_GROUP)->parent = i ? &f.items[i - 1] : NULL;
	assert_int_equal(hd_tree_rows(&rows, &f.arena, &f.inventory, f.chosen, MAX), MAX);
	hd_arena_done(&f.arena);
}

static void nothing(void **state)
{
	struct fixture f = { .arena = { 0 } };
	struct hd_tree_row *rows;

	(void)state;
	assert_int_equal(hd_tree_rows(&rows, &f.arena, &f.inventory, f.chosen, 0), 0);
	hd_arena_done(&f.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_in_order), cmocka_unit_test(below_what_it_hangs_on),
		cmocka_unit_test(circles), cmocka_unit_test(too_deep), cmocka_unit_test(nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
