/* SPDX-License-Identifier: GPL-2.0-or-later */
/* holders_scan.c - what a pass over the processes looks for, and what it has seen. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "facts/holders_internal.h"

static uint64_t number_of(unsigned major, unsigned minor, bool is_block)
{
	return (uint64_t)major << 33 | (uint64_t)minor << 1 | is_block;
}

static int by_number(const void *a, const void *b)
{
	const struct hd_node_key *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

const struct hd_node *hd_scan_numbered(const struct hd_scan *scan, unsigned major,
				       unsigned minor, bool is_block)
{
	const struct hd_node_key key = { .number = number_of(major, minor, is_block) };
	const struct hd_node_key *found =
		bsearch(&key, scan->keys, scan->n_nodes, sizeof(key), by_number);

	return found ? found->node : NULL;
}

const struct hd_node *hd_scan_named(const struct hd_scan *scan, const char *name)
{
	for (size_t i = 0; i < scan->n_nodes; i++)
		if (!strcmp(scan->nodes[i].name, name))
			return &scan->nodes[i];
	return NULL;
}

/* Often the same process again: the last few are looked at. */
void hd_scan_note(struct hd_scan *scan, const struct hd_node *node, pid_t pid, bool is_mapped)
{
	struct hd_sighting *seen;

	for (size_t i = scan->n_seen; i > 0 && scan->seen[i - 1].pid == pid; i--) {
		if (scan->seen[i - 1].node != node)
			continue;
		scan->seen[i - 1].is_mapped &= is_mapped;
		return;
	}
	if (scan->n_seen >= HD_SEEN_MAX) {
		hd_scan_unread(scan, hd_printf(scan->arena, "%ld", (long)pid), E2BIG);
		return;
	}
	seen = hd_append(scan->arena, &scan->seen, &scan->n_seen, sizeof(*seen));
	*seen = (struct hd_sighting){ node, pid, is_mapped };
}

bool hd_has_ended(int error)
{
	return error == ENOENT || error == ESRCH;
}

/* One that we may not look into is enough to name. */
void hd_scan_unread(struct hd_scan *scan, const char *pid, int error)
{
	if (!scan->unread)
		scan->unread = hd_printf(scan->arena, "proc/%s: %s", pid, strerror(error));
}

void hd_scan_sort(struct hd_scan *scan)
{
	scan->keys = hd_alloc(scan->arena, scan->n_nodes * sizeof(*scan->keys));
	for (size_t i = 0; i < scan->n_nodes; i++) {
		const struct hd_node *node = &scan->nodes[i];

		scan->keys[i].node = node;
		scan->keys[i].number = number_of(node->major, node->minor, node->is_block);
	}
	qsort(scan->keys, scan->n_nodes, sizeof(*scan->keys), by_number);
}
