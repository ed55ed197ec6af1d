/* SPDX-License-Identifier: GPL-2.0-or-later */
/* map_words.c - what does a map say of a host, a group, a device? */
#include "config.h"

#include <string.h>

#include "inventory/machinery.h"
#include "report/map_words.h"

#define N_COLOURS 6u	/* of badges, in the style sheets */

static const struct hd_map_legend legend[] = {
	{ "group free", "alone in its group", "free: can go to a guest now", false },
	{ "group used", "in use", NULL, true },
	{ "group needs", "shares its group with others", "needs something first", false },
	{ "group never", "not in an IOMMU group", "never goes to a guest", false },
	{ "vfio", "on a VFIO driver", NULL, false },
	{ "badge b0", "guest that has it, or asks for it", NULL, false },
};

const struct hd_map_legend *hd_map_legend_next(const struct hd_map_legend *row, bool is_judged)
{
	for (row = row ? row + 1 : legend; row < legend + HD_ARRAY_SIZE(legend); row++)
		if (is_judged || !row->only_judged)
			return row;
	return NULL;
}

const char *hd_map_mark_class(enum hd_map_mark mark)
{
	static const char *const classes[HD_MAP_MARK_MAX] = {
		[HD_MAP_UNKNOWN] = "unknown", [HD_MAP_FREE] = "free", [HD_MAP_NEEDS] = "needs",
		[HD_MAP_USED] = "used", [HD_MAP_NEVER] = "never",
	};

	return classes[mark];
}

static bool is_running(const struct hd_map_device *device)
{
	return device->n_guests && device->guests[0].is_running;
}

const struct hd_map_box *hd_map_vf_next(const struct hd_map_box *box, const struct hd_map_box *vf,
					const struct hd_map_box **group)
{
	if (vf && vf->next)
		return vf->next;
	if (box->level == HD_MAP_VFS)
		return vf ? NULL : box->first;
	for (*group = vf ? (*group)->next : box->first; *group; *group = (*group)->next)
		if ((*group)->first->first)
			return (*group)->first->first->first;
	return NULL;
}

/* How many are in use is said only if somebody has looked. */
const char *hd_map_vfs(struct hd_arena *arena, const struct hd_map_box *box)
{
	const struct hd_map_box *vf = NULL, *group;
	bool is_judged = false;
	size_t n = 0, used = 0;

	while ((vf = hd_map_vf_next(box, vf, &group))) {
		n++;
		is_judged = vf->device->is_judged;
		used += vf->device->mark == HD_MAP_USED || is_running(vf->device);
	}
	if (!n)
		return "";
	return is_judged ?
	       hd_printf(arena, "%zu VF%s, %zu in use", n, n == 1 ? "" : "s", used) :
	       hd_printf(arena, "%zu VF%s", n, n == 1 ? "" : "s");
}

/* "3 bridges": how many in BOX are what ITEM is; NULL: an item before it is the same. */
static const char *count_kind(struct hd_arena *arena, const struct hd_map_box *box,
			      const struct hd_map_box *one)
{
	const char *nouns = hd_machinery_of(one->item);
	size_t n = 0;

	for (const struct hd_map_box *other = box->first; other; other = other->next) {
		if (strcmp(hd_machinery_of(other->item), nouns) != 0)
			continue;
		if (!n && other != one)
			return NULL;
		n++;
	}
	return hd_printf(arena, "%zu %.*s", n, (int)strlen(nouns) - (n == 1), nouns);
}

static const char *machinery_title(struct hd_arena *arena, const struct hd_map_box *box)
{
	const char *title = "";
	size_t n = 0;

	for (const struct hd_map_box *one = box->first; one; one = one->next) {
		const char *count = count_kind(arena, box, one);

		n++;
		if (count)
			title = hd_printf(arena, "%s%s%s", title, *title ? ", " : "", count);
	}
	return hd_printf(arena, "%zu part%s of the machine: %s", n, n == 1 ? "" : "s", title);
}

/* "each in a group of its own: 2, 66, 130" */
static const char *equal_title(struct hd_arena *arena, const struct hd_map_box *box)
{
	const char *title = NULL;

	for (const struct hd_map_box *group = box->first; group; group = group->next)
		title = title ? hd_printf(arena, "%s, %d", title, group->number) :
			hd_printf(arena, "each in a group of its own: %d", group->number);
	return title;
}

/* Who shares a group by being behind the same port may want to move: it says which port that is. */
static const char *group_title(struct hd_arena *arena, const struct hd_map_box *box)
{
	const struct hd_item *port = hd_map_port(box);
	const char *title = box->title;

	if (box->n_folded)
		title = hd_printf(arena, "%s, with %zu part%s of the machine", title,
				  box->n_folded, box->n_folded == 1 ? "" : "s");
	return port ? hd_printf(arena, "%s, all behind %s", title, port->address) : title;
}

const char *hd_map_title(struct hd_arena *arena, const struct hd_map_box *box)
{
	static const char *(*const titles[HD_MAP_LEVEL_MAX])(struct hd_arena *arena,
							     const struct hd_map_box *box) = {
		[HD_MAP_VFS] = hd_map_vfs, [HD_MAP_MACHINERY] = machinery_title,
		[HD_MAP_EQUAL] = equal_title, [HD_MAP_GROUP] = group_title,
	};

	if (titles[box->level])
		return titles[box->level](arena, box);
	return box->title ? box->title : "";
}

static size_t count_boxes(const struct hd_map_box *box)
{
	size_t n = 0;

	for (const struct hd_map_box *child = box->first; child; child = child->next)
		n++;
	return n;
}

const char *hd_map_model(struct hd_arena *arena, const struct hd_map_box *box)
{
	if (box->level != HD_MAP_EQUAL)
		return box->device->model;
	return hd_printf(arena, "%zu × %s", count_boxes(box), box->first->first->device->model);
}

/* Displays, accelerators, disks and network cards are bought for their width. */
static bool is_width_relevant(const struct hd_item *item)
{
	static const unsigned bases[] = { 0x01, 0x02, 0x03, 0x0b, 0x12 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(bases); i++)
		if (item->class >> 16 == bases[i])
			return true;
	return false;
}

const char *hd_map_link(struct hd_arena *arena, const struct hd_item *item)
{
	const struct hd_pci_link *link = &item->link;

	if (item->kind != HD_DEVICE_PCI || item->is_vf || !link->width)
		return NULL;
	if (link->width < link->max_width)
		return hd_printf(arena, "x%u of x%u", link->width, link->max_width);
	return is_width_relevant(item) ? hd_printf(arena, "x%u", link->width) : NULL;
}

static const char *address_of(struct hd_arena *arena, const struct hd_map_box *box)
{
	if (box->level != HD_MAP_EQUAL)
		return box->item->address;
	return hd_printf(arena, "%s to %s", box->first->first->item->address,
			 box->last->first->item->address);
}

const char *hd_map_place(struct hd_arena *arena, const struct hd_map_box *box)
{
	const struct hd_map_box *one = box->level == HD_MAP_EQUAL ? box->first->first : box;
	const struct hd_item *item = one->item;
	const char *const words[] = {
		one->device->class, item->driver ? item->driver : "no driver",
		hd_map_link(arena, item),
		item->is_vf && item->group != HD_NO_GROUP ?
			hd_printf(arena, "group %d", item->group) : NULL,
	};
	const char *text = address_of(arena, box);

	for (size_t i = 0; i < HD_ARRAY_SIZE(words); i++)
		if (words[i] && *words[i])
			text = hd_printf(arena, "%s · %s", text, words[i]);
	return text;
}

bool hd_map_is_vfio(const struct hd_item *item)
{
	return item->kind == HD_DEVICE_PCI && item->driver_kind == HD_DRIVER_VFIO;
}

const char *hd_map_state(struct hd_arena *arena, const struct hd_map_device *device)
{
	if (!device->verdict)
		return "";
	return device->reason ? hd_printf(arena, "%s: %s", device->verdict, device->reason) :
	       device->verdict;
}

enum hd_map_mark hd_map_worst(const struct hd_map_box *box)
{
	enum hd_map_mark worst = HD_MAP_UNKNOWN;

	box = box->level == HD_MAP_EQUAL ? box->first : box;
	for (const struct hd_map_box *child = box->first; child; child = child->next)
		if (child->device && child->device->mark > worst)
			worst = child->device->mark;
	return worst;
}

static void add_guest(struct hd_item_guest **ret, struct hd_arena *arena, size_t *n,
		      const struct hd_item_guest *guest)
{
	for (size_t i = 0; i < *n; i++)
		if (!strcmp((*ret)[i].name, guest->name))
			return;
	hd_push(arena, ret, n, *guest);
}

static void add_guests(struct hd_item_guest **ret, struct hd_arena *arena, size_t *n,
		       const struct hd_map_box *box, bool is_deep)
{
	for (size_t i = 0; box->device && i < box->device->n_guests; i++)
		add_guest(ret, arena, n, &box->device->guests[i]);
	for (const struct hd_map_box *child = is_deep ? box->first : NULL; child; child = child->next)
		add_guests(ret, arena, n, child, true);
}

/* Devices that are equal have no guests of their own (map_equal.c). */
static bool is_of_vfs(const struct hd_map_box *box)
{
	return box->level == HD_MAP_VFS || box->level == HD_MAP_EQUAL;
}

size_t hd_map_guests(struct hd_item_guest **ret, struct hd_arena *arena,
		     const struct hd_map_box *box)
{
	size_t n = 0;

	*ret = NULL;
	add_guests(ret, arena, &n, box, is_of_vfs(box));
	return n;
}

const char *hd_map_badges_title(const struct hd_map_box *box)
{
	return is_of_vfs(box) ? "guests of these VFs:" : NULL;
}

const char *hd_map_badge(struct hd_arena *arena, const struct hd_item_guest *guest)
{
	return hd_printf(arena, "%s%s", *guest->name ? guest->name : "a guest",
			 guest->is_running ? " (running)" : "");
}

static unsigned colour_of(const struct hd_map *map, const struct hd_item_guest *guest)
{
	unsigned i = 0;

	while (i < map->n_guests && strcmp(map->guests[i], guest->name) != 0)
		i++;
	return i % N_COLOURS;
}

const char *hd_map_badge_class(struct hd_arena *arena, const struct hd_map *map,
			       const struct hd_item_guest *guest)
{
	return hd_printf(arena, "badge b%u", colour_of(map, guest));
}

const char *hd_map_cell_class(struct hd_arena *arena, const struct hd_map *map,
			      const struct hd_map_device *device)
{
	return device->n_guests ?
	       hd_printf(arena, "cell b%u", colour_of(map, &device->guests[0])) :
	       hd_printf(arena, "cell %s", hd_map_mark_class(device->mark));
}
