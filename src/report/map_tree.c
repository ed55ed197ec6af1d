/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_tree.c - which box holds which: nodes, root complexes, ports, groups, devices.
 *
 * A group with several functions that may go to guests is a box; the others are only
 * numbers.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "check/machine_part.h"
#include "report/map.h"

#define MAX_DEPTH 64	/* deeper, or in a circle (a damaged capture): not nested */

struct making {
	struct hd_arena *arena;
	const struct hd_inventory *inventory;
	struct hd_map_box *host, *boxes;	/* one per item */
};

static struct hd_map_box *new_box(struct making *m, enum hd_map_level level, const char *title,
				  int number)
{
	struct hd_map_box *box = hd_alloc(m->arena, sizeof(*box));

	box->level = level;
	box->title = title;
	box->number = number;
	return box;
}

static void append_box(struct hd_map_box *parent, struct hd_map_box *child)
{
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

static struct hd_map_box *find_box(const struct hd_map_box *parent, enum hd_map_level level,
				   int number)
{
	struct hd_map_box *box = parent->first;

	while (box && (box->level != level || box->number != number))
		box = box->next;
	return box;
}

/* "0000:00" of the last "pci0000:00" in the path, or by its address. */
static const char *complex_of(struct making *m, const struct hd_item *item)
{
	const char *at = item->path ? item->path : "", *found = NULL;

	while ((at = strstr(at, "/pci"))) {
		size_t length;

		at += strlen("/pci");
		length = strcspn(at, "/");
		if (isxdigit((unsigned char)*at) && length <= strlen("ffffffff:ff") &&
		    memchr(at, ':', length))
			found = hd_strndup(m->arena, at, length);
	}
	if (found || !item->has_pci)
		return found;
	return hd_printf(m->arena, "%04x:%02x", item->pci.domain, item->pci.bus);
}

/* Nodes are in order; items without one come last. */
static struct hd_map_box *node_box(struct making *m, int number)
{
	struct hd_map_box *box = find_box(m->host, HD_MAP_NODE, number), **at = &m->host->first;

	if (box)
		return box;
	box = new_box(m, HD_MAP_NODE, number < 0 ? "no NUMA node" :
		      hd_printf(m->arena, "NUMA node %d", number), number);
	while (*at && (number < 0 || ((*at)->number >= 0 && (*at)->number < number)))
		at = &(*at)->next;
	box->next = *at;
	*at = box;
	if (!box->next)
		m->host->last = box;
	return box;
}

static struct hd_map_box *complex_box(struct making *m, const struct hd_item *item)
{
	const char *name = complex_of(m, item);
	const char *title = name ? hd_printf(m->arena, "root complex %s", name) : "not on "
										  "a PCI bus";
	struct hd_map_box *node = node_box(m, item->numa_node), *box = node->first;

	while (box && strcmp(box->title, title) != 0)
		box = box->next;
	if (!box) {
		box = new_box(m, HD_MAP_COMPLEX, title, 0);
		append_box(node, box);
	}
	return box;
}

static bool is_port(const struct hd_item *item)
{
	return item->kind == HD_DEVICE_PCI && item->class >> 8 == 0x0604;
}

/* What may stay in a group on any driver (VFIO): host bridges and bridges to buses. */
static bool is_transparent(const struct hd_item *item)
{
	return item->class >> 8 == 0x0600 || is_port(item);
}

/* How many functions that are not transparent are in the group of ITEM, a PCI function. */
static size_t n_sharers(const struct hd_inventory *inventory, const struct hd_item *item)
{
	size_t n = 0;

	for (size_t i = 0; item->group != HD_NO_GROUP && i < inventory->n; i++)
		n += inventory->items[i].kind == HD_DEVICE_PCI &&
		     inventory->items[i].group == item->group &&
		     !is_transparent(&inventory->items[i]);
	return n;
}

static struct hd_map_box *group_box(struct making *m, struct hd_map_box *place,
				    const struct hd_item *item)
{
	struct hd_map_box *box;
	size_t n;

	if (item->kind != HD_DEVICE_PCI || is_transparent(item))
		return place;
	n = n_sharers(m->inventory, item);
	if (n < 2)
		return place;
	box = find_box(place, HD_MAP_GROUP, item->group);
	if (!box) {
		box = new_box(m, HD_MAP_GROUP, hd_printf(m->arena, "group %d: %zu functions",
							 item->group, n), item->group);
		append_box(place, box);
	}
	return box;
}

static struct hd_map_box *box_of(const struct making *m, const struct hd_item *item)
{
	return &m->boxes[item - m->inventory->items];
}

static bool is_placeable(const struct hd_item *item)
{
	size_t depth = 0;

	while (item->parent && depth <= MAX_DEPTH) {
		item = item->parent;
		depth++;
	}
	return depth <= MAX_DEPTH;
}

static void put_item(struct making *m, const struct hd_item *item)
{
	struct hd_map_box *place = item->parent && is_placeable(item) ?
				   box_of(m, item->parent) : complex_box(m, item);

	append_box(group_box(m, place, item), box_of(m, item));
}

static const char *title_of(struct making *m)
{
	static const struct {
		enum hd_device_kind kind;
		const char *name;
	} kinds[] = {
		{ HD_DEVICE_PCI, "PCI" }, { HD_DEVICE_USB, "USB" }, { HD_DEVICE_SERIAL, "serial" },
		{ HD_DEVICE_MDEV, "mediated" },
	};
	const char *title = "host";

	for (size_t i = 0; i < HD_ARRAY_SIZE(kinds); i++) {
		size_t n;

		(void)hd_inventory_kind(m->inventory, kinds[i].kind, &n);
		title = hd_printf(m->arena, "%s%s %zu %s", title, i ? "," : ":", n,
				  kinds[i].name);
	}
	return title;
}

struct hd_map_box *hd_map_make(struct hd_arena *arena, const struct hd_inventory *inventory,
			       const struct hd_map_device *devices)
{
	struct making m = { .arena = arena, .inventory = inventory };

	m.boxes = hd_alloc(arena, (inventory->n + 1) * sizeof(*m.boxes));
	m.host = new_box(&m, HD_MAP_HOST, title_of(&m), 0);
	for (size_t i = 0; i < inventory->n; i++) {
		m.boxes[i].level = is_port(&inventory->items[i]) ? HD_MAP_PORT : HD_MAP_DEVICE;
		m.boxes[i].item = &inventory->items[i];
		m.boxes[i].device = &devices[i];
	}
	for (size_t i = 0; i < inventory->n; i++)
		put_item(&m, &inventory->items[i]);
	return m.host;
}

void hd_map_judge(struct hd_map_device *device, struct hd_arena *arena,
		  const struct hd_inventory *inventory, const struct hd_item *item)
{
	size_t n;

	device->mark = HD_MAP_STAYS;
	device->verdict = NULL;
	if (item->kind != HD_DEVICE_PCI || hd_part_of_item(item))
		return;
	n = n_sharers(inventory, item);
	device->mark = !n ? HD_MAP_NEVER : n > 1 ? HD_MAP_NEEDS : HD_MAP_GOOD;
	if (!n)
		device->verdict = "never: it is without an IOMMU group";
	else if (n == 1)
		device->verdict = hd_printf(arena, "alone in group %d", item->group);
	else
		device->verdict = hd_printf(arena, "shares group %d with %zu more", item->group,
					    n - 1);
}

const char *hd_map_describe(struct hd_arena *arena, const struct hd_map_box *box)
{
	const struct hd_map_device *device = box->device;

	if (!device->name || !device->class || box->item->kind != HD_DEVICE_PCI)
		return device->name ? device->name : device->class ? device->class : "";
	return hd_printf(arena, "%s: %s", device->class, device->name);
}
