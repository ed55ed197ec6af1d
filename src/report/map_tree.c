/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_tree.c - which box holds which: nodes, root complexes, groups, devices, what hangs on them.
 *
 * A group is a box, because it goes to a guest as a whole.  Virtual functions have groups of
 * their own; they are in their physical function, which they depend on.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "check/machine_part.h"
#include "inventory/machinery.h"
#include "report/map.h"

#define MAX_DEPTH 64	/* deeper, or in a circle (a damaged capture): not nested */

struct making {
	struct hd_arena *arena;
	const struct hd_inventory *inventory;
	struct hd_map_box *host, *boxes;	/* one per item */
	struct hd_map_box **groups;		/* all of them */
	size_t n_groups;
	bool has_nodes;				/* more than one */
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
	box = new_box(m, HD_MAP_NODE, !m->has_nodes ? NULL : number < 0 ? "no NUMA node" :
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
	struct hd_map_box *node = node_box(m, m->has_nodes ? item->numa_node : -1);
	struct hd_map_box *box = node->first;

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

static struct hd_map_box *box_of(const struct making *m, const struct hd_item *item)
{
	return &m->boxes[item - m->inventory->items];
}

/* The box of LEVEL with NUMBER in PLACE, which gets one if it has none. */
static struct hd_map_box *box_in(struct making *m, struct hd_map_box *place,
				 enum hd_map_level level, int number, const char *title)
{
	struct hd_map_box *box = find_box(place, level, number);

	if (!box) {
		box = new_box(m, level, title, number);
		append_box(place, box);
	}
	return box;
}

/* The group of ITEM, wherever its first function is: its functions are seen together. */
static struct hd_map_box *known_group(const struct making *m, const struct hd_item *item)
{
	for (size_t i = 0; i < m->n_groups && item->group != HD_NO_GROUP; i++)
		if (m->groups[i]->number == item->group)
			return m->groups[i];
	return NULL;
}

static struct hd_map_box *group_box(struct making *m, const struct hd_item *item)
{
	struct hd_map_box *box = known_group(m, item);

	if (box)
		return box;
	if (item->group == HD_NO_GROUP)
		return box_in(m, complex_box(m, item), HD_MAP_GROUP, HD_NO_GROUP,
			      item->kind == HD_DEVICE_PCI ? "no IOMMU group" : "no group is needed");
	box = box_in(m, complex_box(m, item), HD_MAP_GROUP, item->group,
		     hd_printf(m->arena, "group %d", item->group));
	hd_push(m->arena, &m->groups, &m->n_groups, box);
	return box;
}

/* What is in its box, such as a VF of a guest, would be folded with it: it is not. */
static bool is_folded(const struct making *m, const struct hd_item *item)
{
	const struct hd_map_box *box = box_of(m, item);

	return hd_machinery_of(item) && !box->device->n_guests && !box->first;
}

static bool is_in_physfn(const struct hd_item *item)
{
	return item->is_vf && item->physfn && !item->physfn->is_vf && item->physfn != item;
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

/* What ITEM, which is not a PCI function, hangs on and is shown; NULL: nothing. */
static const struct hd_item *shown_parent(const struct making *m, const struct hd_item *item)
{
	if (!is_placeable(item))
		return NULL;
	do
		item = item->parent;
	while (item && is_folded(m, item));
	return item;
}

static struct hd_map_box *place_of(struct making *m, const struct hd_item *item)
{
	const struct hd_item *parent = item->kind == HD_DEVICE_PCI ? NULL : shown_parent(m, item);

	return parent ? box_of(m, parent) : group_box(m, item);
}

/* A group says how many it has besides what is seen; bridges do not count (VFIO). */
static void put_machinery(struct making *m, const struct hd_item *item)
{
	struct hd_map_box *group = known_group(m, item);

	append_box(box_in(m, complex_box(m, item), HD_MAP_MACHINERY, 0, NULL), box_of(m, item));
	if (group && !is_transparent(item))
		group->n_folded++;
}

static void put_vfs(struct making *m)
{
	const struct hd_inventory *inventory = m->inventory;

	for (size_t i = 0; i < inventory->n; i++) {
		const struct hd_item *item = &inventory->items[i];

		if (is_in_physfn(item) && !is_folded(m, item))
			append_box(box_in(m, box_of(m, item->physfn), HD_MAP_VFS, 0, NULL),
				   &m->boxes[i]);
	}
}

/* VFs first: they decide whether their PF is folded.  Machinery comes last. */
static void put_items(struct making *m)
{
	const struct hd_inventory *inventory = m->inventory;

	put_vfs(m);
	for (size_t i = 0; i < inventory->n; i++)
		if (!is_in_physfn(&inventory->items[i]) && !is_folded(m, &inventory->items[i]))
			append_box(place_of(m, &inventory->items[i]), &m->boxes[i]);
	for (size_t i = 0; i < inventory->n; i++)
		if (is_folded(m, &inventory->items[i]))
			put_machinery(m, &inventory->items[i]);
}

static bool has_several_nodes(const struct hd_inventory *inventory)
{
	int first = -1;

	for (size_t i = 0; i < inventory->n; i++) {
		int node = inventory->items[i].numa_node;

		if (first >= 0 && node >= 0 && node != first)
			return true;
		first = first < 0 ? node : first;
	}
	return false;
}

static const char *title_of(struct making *m)
{
	static const struct {
		enum hd_device_kind kind;
		const char *name;
	} kinds[] = {
		{ HD_DEVICE_PCI, "PCI" }, { HD_DEVICE_USB, "USB" }, { HD_DEVICE_SERIAL, "serial" },
		{ HD_DEVICE_MDEV, "mediated" }, { HD_DEVICE_SCSI, "SCSI" },
	};
	const char *title = "host";

	for (size_t i = 0; i < HD_ARRAY_SIZE(kinds); i++) {
		size_t n;

		(void)hd_inventory_kind(m->inventory, kinds[i].kind, &n);
		if (n || !i)
			title = hd_printf(m->arena, "%s%s %zu %s", title, i ? "," : ":", n,
					  kinds[i].name);
	}
	return title;
}

static void add_guest(struct hd_map *map, struct hd_arena *arena, const char *name)
{
	for (size_t i = 0; i < map->n_guests; i++)
		if (!strcmp(map->guests[i], name))
			return;
	hd_push(arena, &map->guests, &map->n_guests, name);
}

void hd_map_make(struct hd_map *ret, struct hd_arena *arena, const struct hd_inventory *inventory,
		 const struct hd_map_device *devices)
{
	struct making m = {
		.arena = arena, .inventory = inventory, .has_nodes = has_several_nodes(inventory),
		.boxes = hd_alloc(arena, (inventory->n + 1) * sizeof(*m.boxes)),
	};

	m.host = new_box(&m, HD_MAP_HOST, title_of(&m), 0);
	for (size_t i = 0; i < inventory->n; i++)
		m.boxes[i] = (struct hd_map_box){
			.level = HD_MAP_DEVICE, .item = &inventory->items[i], .device = &devices[i],
		};
	put_items(&m);
	*ret = (struct hd_map){ .host = m.host };
	for (size_t i = 0; i < inventory->n; i++)
		for (size_t k = 0; k < devices[i].n_guests; k++)
			add_guest(ret, arena, devices[i].guests[k].name);
}

void hd_map_judge(struct hd_map_device *device, struct hd_arena *arena,
		  const struct hd_inventory *inventory, const struct hd_item *item)
{
	size_t n;

	device->mark = HD_MAP_UNKNOWN;
	device->verdict = device->reason = NULL;
	if (item->kind != HD_DEVICE_PCI || hd_part_of_item(item))
		return;
	n = n_sharers(inventory, item);
	device->mark = !n ? HD_MAP_NEVER : n > 1 ? HD_MAP_NEEDS : HD_MAP_FREE;
	device->verdict = !n ? "never" : n > 1 ? "shares" : "alone";
	if (!n)
		device->reason = "it is not in an IOMMU group";
	else if (n == 1)
		device->reason = hd_printf(arena, "in group %d", item->group);
	else
		device->reason = hd_printf(arena, "group %d with %zu more", item->group, n - 1);
}
