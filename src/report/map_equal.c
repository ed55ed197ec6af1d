/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_equal.c - which groups of a root complex are as good as each other, so that one box can stand for them?
 *
 * A server has dozens of ports and disks of one model. Only what needs no look at the single one is
 * folded: one device in its group, which no guest has, with the same verdict for the same reason.
 */
#include "config.h"

#include <string.h>

#include "report/map_words.h"

#define LEAST 3			/* fewer are boxes of their own */

/* What stands for itself: with others, with a guest of its own, or with what hangs on it. */
static bool is_single(const struct hd_map_box *group)
{
	const struct hd_map_box *only = group->first;

	return group->level == HD_MAP_GROUP && group->number != HD_NO_GROUP && only && !only->next &&
	       !group->n_folded && !only->device->n_guests &&
	       (!only->first || (only->first->level == HD_MAP_VFS && !only->first->next));
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* Only these checks refuse it: who uses it is in the box of its VFs. */
static bool is_used_by_vfs(const struct hd_map_device *device)
{
	static const char *const checks[] = { "children-free", "sriov-vfs-off" };
	const char *line = device->needs;

	while (line && *line) {
		const size_t length = strcspn(line, "\n");
		bool is_known = false;

		for (size_t i = 0; i < HD_ARRAY_SIZE(checks); i++)
			is_known = is_known || (strlen(checks[i]) == length && !memcmp(line, checks[i], length));
		if (!is_known)
			return false;
		line += length + (line[length] != '\0');
	}
	return device->needs && *device->needs;
}

const char *hd_map_equal_state(struct hd_arena *arena, const struct hd_map_device *one)
{
	if (one->is_judged && !is_used_by_vfs(one))
		return hd_map_state(arena, one);
	return !one->verdict ? "" : one->is_judged ? hd_printf(arena, "%s: because of its VFs", one->verdict) :
	       one->verdict;
}

/* Of a device that nobody judged, the reason only names its group. */
static bool is_equal(struct hd_arena *arena, const struct hd_map_box *a, const struct hd_map_box *b)
{
	const struct hd_map_device *one = a->first->device, *other = b->first->device;

	return one->mark == other->mark && is_same_text(one->model, other->model) &&
	       is_same_text(one->class, other->class) && is_same_text(one->verdict, other->verdict) &&
	       is_same_text(a->first->item->driver, b->first->item->driver) &&
	       (!one->is_judged || is_same_text(hd_map_equal_state(arena, one), hd_map_equal_state(arena, other))) &&
	       is_same_text(hd_map_link(arena, a->first->item), hd_map_link(arena, b->first->item));
}

struct kind {
	const struct hd_map_box *group;	/* the first one */
	size_t n;
	struct hd_map_box *fold;	/* of all; NULL: none yet */
};

static struct kind *kind_of(struct hd_arena *arena, struct kind *kinds, size_t n,
			    const struct hd_map_box *group)
{
	for (size_t i = 0; i < n; i++)
		if (is_equal(arena, kinds[i].group, group))
			return &kinds[i];
	return NULL;
}

static size_t find_kinds(struct kind **ret, struct hd_arena *arena, const struct hd_map_box *complex)
{
	size_t n = 0;

	*ret = NULL;
	for (const struct hd_map_box *group = complex->first; group; group = group->next) {
		struct kind *kind;

		if (!is_single(group))
			continue;
		kind = kind_of(arena, *ret, n, group);
		if (!kind) {
			kind = hd_append(arena, ret, &n, sizeof(*kind));
			*kind = (struct kind){ .group = group };
		}
		kind->n++;
	}
	return n;
}

static void append_box(struct hd_map_box *parent, struct hd_map_box *child)
{
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
	child->next = NULL;
}

/* Puts GROUP into COMPLEX, or into the fold of its kind, which is in the place of the first one. */
static void put_group(struct hd_arena *arena, struct hd_map_box *complex, struct kind *kind,
		      struct hd_map_box *group)
{
	if (!kind || kind->n < LEAST) {
		append_box(complex, group);
		return;
	}
	if (!kind->fold) {
		kind->fold = hd_alloc(arena, sizeof(*kind->fold));
		kind->fold->level = HD_MAP_EQUAL;
		append_box(complex, kind->fold);
	}
	append_box(kind->fold, group);
}

static void fold_complex(struct hd_arena *arena, struct hd_map_box *complex)
{
	struct kind *kinds;
	const size_t n = find_kinds(&kinds, arena, complex);
	struct hd_map_box *next = complex->first;

	complex->first = complex->last = NULL;
	while (next) {
		struct hd_map_box *group = next;

		next = group->next;
		put_group(arena, complex, is_single(group) ? kind_of(arena, kinds, n, group) : NULL, group);
	}
}

void hd_map_fold(struct hd_map *map, struct hd_arena *arena)
{
	for (struct hd_map_box *node = map->host->first; node; node = node->next)
		for (struct hd_map_box *complex = node->first; complex; complex = complex->next)
			fold_complex(arena, complex);
}
