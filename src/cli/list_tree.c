/* SPDX-License-Identifier: GPL-2.0-or-later */
/* list_tree.c - the order of a list as a tree. */
#include "config.h"

#include <limits.h>
#include <stdlib.h>

#include "cli/list_tree.h"

#define MAX_DEPTH 16	/* USB has seven tiers; nothing real is deeper */

/* Numbers are 1 + a number in ITEMS; 0 is none. */
struct tree {
	const struct hd_inventory *inventory;
	const struct hd_item *const *items;
	size_t n;
	size_t *number_of;	/* by place in the inventory */
	size_t *first_child, *last_child, *next;
	bool *is_done;
	struct hd_arena *arena;
	struct hd_tree_row *rows;
	size_t n_rows;
};

struct top {
	const struct hd_item *item;
	size_t number;
};

/* Only a physical function has virtual ones, whatever a captured tree says. */
static const struct hd_item *above(const struct hd_item *item)
{
	if (item->kind != HD_DEVICE_PCI)
		return item->parent;
	return item->physfn && !item->physfn->is_vf ? item->physfn : NULL;
}

static void number_items(struct tree *tree)
{
	for (size_t i = 0; i < tree->n; i++)
		tree->number_of[tree->items[i] - tree->inventory->items] = i + 1;
}

static void hang_child(struct tree *tree, size_t parent, size_t child)
{
	if (!tree->first_child[parent])
		tree->first_child[parent] = child;
	else
		tree->next[tree->last_child[parent]] = child;
	tree->last_child[parent] = child;
}

static size_t add_row(struct tree *tree, const struct hd_tree_row *row)
{
	hd_push(tree->arena, &tree->rows, &tree->n_rows, *row);
	return tree->n_rows;
}

static void add_branch(struct tree *tree, size_t number, size_t parent_row, int depth)
{
	size_t row;

	if (tree->is_done[number])
		return;
	tree->is_done[number] = true;
	row = add_row(tree, &(struct hd_tree_row){ .item = number - 1, .parent = parent_row });
	if (depth == MAX_DEPTH)
		return;
	for (size_t at = tree->first_child[number]; at; at = tree->next[at])
		add_branch(tree, at, row, depth + 1);
}

static int by_group(const void *a, const void *b)
{
	const struct top *x = a, *y = b;
	bool x_has = x->item->group != HD_NO_GROUP, y_has = y->item->group != HD_NO_GROUP;

	if (x_has != y_has)
		return x_has ? -1 : 1;
	if (x->item->group != y->item->group)
		return x->item->group < y->item->group ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static void add_functions(struct tree *tree, struct top *tops, size_t n)
{
	int group = INT_MIN;
	size_t heading = 0;

	HD_SORT(tops, n, by_group);
	for (size_t i = 0; i < n; i++) {
		if (tops[i].item->group != group) {
			group = tops[i].item->group;
			heading = add_row(tree, &(struct hd_tree_row){
				.is_heading = true, .group = group });
		}
		add_branch(tree, tops[i].number, heading, 1);
	}
}

static void add_all(struct tree *tree)
{
	struct top *functions = hd_alloc(tree->arena, (tree->n + 1) * sizeof(*functions));
	size_t n_functions = 0;

	for (size_t i = 0; i < tree->n; i++) {
		const struct hd_item *item = tree->items[i], *on = above(item);
		size_t parent = on ? tree->number_of[on - tree->inventory->items] : 0;

		if (parent)
			hang_child(tree, parent, i + 1);
		else if (item->kind == HD_DEVICE_PCI)
			functions[n_functions++] = (struct top){ item, i + 1 };
	}
	add_functions(tree, functions, n_functions);
	for (size_t i = 0; i < tree->n; i++) {
		const struct hd_item *on = above(tree->items[i]);

		if (!on || !tree->number_of[on - tree->inventory->items])
			add_branch(tree, i + 1, 0, 1);
	}
	for (size_t i = 0; i < tree->n; i++)	/* too deep, or in a circle */
		add_branch(tree, i + 1, 0, 1);
}

size_t hd_tree_rows(struct hd_tree_row **ret, struct hd_arena *arena,
		    const struct hd_inventory *inventory, const struct hd_item *const *items,
		    size_t n)
{
	struct tree tree = { .inventory = inventory, .items = items, .n = n, .arena = arena };

	tree.number_of = hd_alloc(arena, (inventory->n + 1) * sizeof(size_t));
	tree.first_child = hd_alloc(arena, (n + 1) * sizeof(size_t));
	tree.last_child = hd_alloc(arena, (n + 1) * sizeof(size_t));
	tree.next = hd_alloc(arena, (n + 1) * sizeof(size_t));
	tree.is_done = hd_alloc(arena, (n + 1) * sizeof(bool));
	number_items(&tree);
	add_all(&tree);
	*ret = tree.rows;
	return tree.n_rows;
}
