/* SPDX-License-Identifier: GPL-2.0-or-later */
/* slots_nodes.c - which NUMA node of the guest stands for which of the host. */
#include "config.h"

#include "base/text.h"
#include "domain/slots_bus.h"

#define MAX_CELLS 1024

/* Ids of cells are given, or counted (virDomainNumaDefParseXML): only the number counts. */
static unsigned count_cells(const struct _xmlNode *domain)
{
	const struct _xmlNode *numa = hd_xml_child(hd_xml_child(domain, "cpu"), "numa");
	const struct _xmlNode *cell;
	unsigned n = 0;

	for (cell = hd_xml_first(numa); cell && n < MAX_CELLS; cell = hd_xml_next(cell))
		n += hd_xml_is(cell, "cell");
	return n;
}

/* One node of the host; a set of several is near to none of them. */
static bool read_one(struct hd_arena *arena, const struct _xmlNode *node, const char *attr,
		     uint64_t *ret)
{
	const char *text = hd_xml_attr(arena, node, attr);

	return text && hd_text_u64(text, ret) && *ret < MAX_CELLS;
}

void hd_slots_read_nodes(struct hd_slots *slots, const struct _xmlNode *domain)
{
	const struct _xmlNode *tune = hd_xml_child(domain, "numatune"), *node;
	unsigned n_cells = count_cells(domain);

	if (n_cells < 2)
		return;
	for (node = hd_xml_first(tune); node; node = hd_xml_next(node)) {
		struct hd_guest_node *pair;
		uint64_t guest, host;

		if (!hd_xml_is(node, "memnode") ||
		    !read_one(slots->arena, node, "cellid", &guest) ||
		    !read_one(slots->arena, node, "nodeset", &host) ||
		    slots->n_nodes >= MAX_CELLS)
			continue;
		pair = hd_append(slots->arena, &slots->nodes, &slots->n_nodes, sizeof(*pair));
		*pair = (struct hd_guest_node){ (unsigned)guest, (unsigned)host };
	}
}
