/* SPDX-License-Identifier: GPL-2.0-or-later */
/* guest_pages.c - how many huge pages a guest's memory takes, and from which of the host's nodes. */
#include "config.h"

#include <string.h>

#include "base/ranges.h"
#include "base/text.h"
#include "domain/guest_pages.h"

/* What backs the guest's node, or NULL. */
static const struct hd_hugepages *pages_for(const struct hd_request *request, unsigned cell)
{
	const struct hd_hugepages *found = NULL;

	for (size_t i = 0; i < request->n_hugepages; i++) {
		const struct hd_hugepages *pages = &request->hugepages[i];

		if (pages->nodeset && hd_ranges_has(pages->nodeset, cell))
			return pages;
		if (!pages->nodeset)
			found = pages;
	}
	return found;
}

static void add_need(struct hd_page_needs *needs, struct hd_arena *arena, uint64_t kib,
		     uint64_t size_kib, const char *nodes)
{
	struct hd_page_need *need = NULL;

	if (!size_kib || !kib)
		return;
	for (size_t i = 0; i < needs->n && !need; i++)
		if (needs->items[i].size_kib == size_kib &&
		    hd_text_is_same(needs->items[i].nodes, nodes))
			need = &needs->items[i];
	if (!need) {
		need = hd_append(arena, &needs->items, &needs->n, sizeof(*need));
		need->size_kib = size_kib;
		need->nodes = nodes;
	}
	need->pages += kib / size_kib + (kib % size_kib != 0);
}

static uint64_t size_for(const struct hd_request *request, unsigned cell, uint64_t default_kib,
			 uint64_t unasked_kib)
{
	const struct hd_hugepages *pages = pages_for(request, cell);

	if (!pages)
		return unasked_kib;
	return pages->size_kib ? pages->size_kib : default_kib;
}

void hd_page_needs_add(struct hd_page_needs *needs, struct hd_arena *arena,
		       const struct hd_request *request, uint64_t default_kib,
		       uint64_t unasked_kib)
{
	const char *nodes = request->numa_is_wish ? NULL : request->numa_nodeset;

	for (size_t i = 0; i < request->n_cells; i++) {
		const struct hd_cell *cell = &request->cells[i];

		add_need(needs, arena, cell->memory_kib,
			 size_for(request, cell->id, default_kib, unasked_kib),
			 cell->host_nodes ? cell->host_nodes : nodes);
	}
	if (!request->n_cells)
		add_need(needs, arena, request->memory_kib,
			 size_for(request, 0, default_kib, unasked_kib), nodes);
}
