/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_ends.c - in which order must everything that stands on a disk be ended?
 *
 * Nodes are what can be ended by a command; an edge says that one stands on the
 * other.  What stands on top goes first.  Block devices with the same command
 * (the volumes of one group) are ended together, after all that stands on any
 * of them.
 */
#include "config.h"

#include <string.h>

#include "facts/storage/storage_internal.h"

size_t hd_ends_node(struct hd_ends *ends, struct hd_arena *arena, const char *key,
		    bool *ret_is_new)
{
	struct hd_end *added;

	*ret_is_new = false;
	for (size_t i = 0; i < ends->n; i++)
		if (!strcmp(ends->items[i].key, key))
			return i;
	*ret_is_new = true;
	added = hd_append(arena, &ends->items, &ends->n, sizeof(*added));
	added->key = key;
	return ends->n - 1;
}

void hd_ends_stack(struct hd_ends *ends, struct hd_arena *arena, size_t lower, size_t upper)
{
	struct hd_end *end = &ends->items[lower];

	*(size_t *)hd_append(arena, &end->uppers, &end->n_uppers, sizeof(size_t)) = upper;
}

struct list {
	struct hd_ends *ends;
	struct hd_arena *arena;
	const char **commands;
	size_t n;
};

static void list_end(struct list *list, size_t index);

static void list_uppers(struct list *list, const struct hd_end *end)
{
	for (size_t i = 0; i < end->n_uppers; i++)
		list_end(list, end->uppers[i]);
}

static bool is_same_group(const struct hd_end *a, const struct hd_end *b)
{
	return a == b || (a->is_group && b->is_group && a->command && b->command &&
			  !strcmp(a->command, b->command));
}

/* The mark that is set first ends circles, which a broken sysfs could have. */
static void list_end(struct list *list, size_t index)
{
	struct hd_end *end = &list->ends->items[index];

	if (end->is_listed)
		return;
	for (size_t i = 0; i < list->ends->n; i++)
		if (is_same_group(end, &list->ends->items[i]))
			list->ends->items[i].is_listed = true;
	for (size_t i = 0; i < list->ends->n; i++)
		if (is_same_group(end, &list->ends->items[i]))
			list_uppers(list, &list->ends->items[i]);
	if (end->command && *end->command)
		*(const char **)hd_append(list->arena, &list->commands, &list->n,
					  sizeof(end->command)) = end->command;
}

size_t hd_ends_list(struct hd_ends *ends, struct hd_arena *arena, const char *const **ret)
{
	struct list list = { .ends = ends, .arena = arena };

	for (size_t i = 0; i < ends->n; i++)
		list_end(&list, i);
	*ret = list.commands;
	return list.n;
}
