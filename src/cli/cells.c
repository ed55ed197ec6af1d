/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cells.c - what can be shown of a device: one row per column, for people and for programs. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "check/machine_part.h"
#include "cli/columns.h"
#include "inventory/inventory.h"
#include "report/report_json.h"

#define ARROW " -> "

static const char *kind(struct hd_listing *listing, size_t i)
{
	return hd_device_kind_name(listing->items[i]->kind);
}

static const char *address(struct hd_listing *listing, size_t i)
{
	return listing->items[i]->address;
}

static const char *class(struct hd_listing *listing, size_t i)
{
	return hd_item_class(listing->arena, listing->items[i]);
}

static const char *short_class(struct hd_listing *listing, size_t i)
{
	return hd_item_short_class(listing->arena, listing->items[i]);
}

static const char *short_name(struct hd_listing *listing, size_t i)
{
	return hd_item_short_name(listing->arena, listing->items[i]);
}

static const char *name(struct hd_listing *listing, size_t i)
{
	return hd_item_name(listing->arena, listing->items[i]);
}

static const char *id(struct hd_listing *listing, size_t i)
{
	const struct hd_item *item = listing->items[i];

	if (item->kind != HD_DEVICE_PCI && item->kind != HD_DEVICE_USB)
		return item->type;
	return hd_printf(listing->arena, "%04x:%04x", item->vendor, item->device);
}

static const char *subsystem(struct hd_listing *listing, size_t i)
{
	const struct hd_item *item = listing->items[i];

	if (item->kind != HD_DEVICE_PCI)
		return NULL;
	return hd_printf(listing->arena, "%04x:%04x", item->subsystem_vendor,
			 item->subsystem_device);
}

static const char *group(struct hd_listing *listing, size_t i)
{
	int number = listing->items[i]->group;

	return number == HD_NO_GROUP ? NULL : hd_printf(listing->arena, "%d", number);
}

static const char *driver(struct hd_listing *listing, size_t i)
{
	return listing->items[i]->driver;
}

static const char *numa(struct hd_listing *listing, size_t i)
{
	int node = listing->items[i]->numa_node;

	return node < 0 ? NULL : hd_printf(listing->arena, "%d", node);
}

static const char *reset(struct hd_listing *listing, size_t i)
{
	return listing->items[i]->reset;
}

static const char *reset_value(struct hd_listing *listing, size_t i)
{
	const char *text = listing->items[i]->reset;
	json_t *ways = json_array();

	for (size_t n; text && *text; text += n + strspn(text + n, " ")) {
		n = strcspn(text, " ");
		if (json_array_append_new(ways, json_stringn(text, n)) < 0)
			hd_oom();
	}
	return hd_json_cell(listing->arena, ways);
}

static const char *vfs(struct hd_listing *listing, size_t i)
{
	const struct hd_item *item = listing->items[i];
	char pf[HD_PCI_ADDR_SIZE];

	if (item->is_vf)
		return hd_printf(listing->arena, "of %s",
				 hd_pci_addr_format(&item->physfn_addr, pf));
	if (item->max_vfs < 0)
		return NULL;
	return item->n_vfs < 0 ? hd_printf(listing->arena, "up to %d", item->max_vfs) :
	       hd_printf(listing->arena, "%d of %d", item->n_vfs, item->max_vfs);
}

static json_t *number_or_null(int number)
{
	return number < 0 ? json_null() : json_integer(number);
}

static const char *vfs_value(struct hd_listing *listing, size_t i)
{
	const struct hd_item *item = listing->items[i];

	if (item->is_vf || item->max_vfs < 0)
		return NULL;
	return hd_json_cell(listing->arena, json_pack("{s:o, s:i}", "used",
						      number_or_null(item->n_vfs), "total",
						      item->max_vfs));
}

static const char *physical_function(struct hd_listing *listing, size_t i)
{
	const struct hd_item *item = listing->items[i];
	char pf[HD_PCI_ADDR_SIZE];

	return item->is_vf ? hd_strdup(listing->arena,
				       hd_pci_addr_format(&item->physfn_addr, pf)) : NULL;
}

static bool is_slower(const struct hd_pci_link *link)
{
	return link->speed && link->max_speed &&
	       (link->width != link->max_width || strcmp(link->speed, link->max_speed) != 0);
}

static const char *link(struct hd_listing *listing, size_t i)
{
	const struct hd_pci_link *link = &listing->items[i]->link;
	const char *now = link->speed && link->width ?
			  hd_printf(listing->arena, "%s x%u", link->speed, link->width) : "down";

	if (!link->max_speed && !link->speed)
		return NULL;
	if (!is_slower(link))
		return now;
	return hd_printf(listing->arena, "%s (of %s x%u)", now, link->max_speed,
			 link->max_width);
}

/* "8.0 GT/s", in GT/s. */
static json_t *speed_value(const char *text)
{
	char *end = NULL;
	double speed = text ? strtod(text, &end) : 0;

	return end && end != text && !strcmp(end, " GT/s") ? json_real(speed) : json_null();
}

static json_t *width_value(unsigned width)
{
	return width ? json_integer(width) : json_null();
}

/* Of a link that is down, what it has now is null. */
static const char *link_value(struct hd_listing *listing, size_t i)
{
	const struct hd_pci_link *link = &listing->items[i]->link;

	if (!link->max_speed && !link->speed)
		return NULL;
	return hd_json_cell(listing->arena, json_pack("{s:o, s:o, s:o, s:o}",
			    "speed", speed_value(link->width ? link->speed : NULL),
			    "width", width_value(link->width),
			    "max_speed", speed_value(link->max_speed),
			    "max_width", width_value(link->max_width)));
}

static const char *parent(struct hd_listing *listing, size_t i)
{
	const struct hd_item *parent = listing->items[i]->parent;

	return parent ? parent->address : NULL;
}

static const char *serial(struct hd_listing *listing, size_t i)
{
	return listing->items[i]->serial;
}

static const char *stable(struct hd_listing *listing, size_t i)
{
	return listing->items[i]->stable;
}

static const char *nodes(struct hd_listing *listing, size_t i)
{
	const struct hd_item *item = listing->items[i];
	const char *text = NULL;

	for (size_t k = 0; k < item->n_nodes; k++)
		text = text ? hd_printf(listing->arena, "%s\n%s", text, item->nodes[k]) :
		       item->nodes[k];
	return text;
}

static const char *nodes_value(struct hd_listing *listing, size_t i)
{
	const struct hd_item *item = listing->items[i];
	json_t *array;

	if (item->kind != HD_DEVICE_SCSI)
		return NULL;	/* nobody looked for them */
	array = json_array();
	for (size_t k = 0; k < item->n_nodes; k++)
		if (json_array_append_new(array, hd_json_text(item->nodes[k])) < 0)
			hd_oom();
	return hd_json_cell(listing->arena, array);
}

static const char *number(struct hd_listing *listing, size_t i)
{
	const struct hd_item *item = listing->items[i];

	return item->kind != HD_DEVICE_USB ? NULL :
	       hd_printf(listing->arena, "%03u:%03u", item->bus, item->number);
}

static const char *path(struct hd_listing *listing, size_t i)
{
	return hd_printf(listing->arena, "/%s", listing->items[i]->path);
}

static const char *used_by(struct hd_listing *listing, size_t i)
{
	return listing->judgement.devices[i].used_by;
}

static const char *guests(struct hd_listing *listing, size_t i)
{
	return hd_item_guests(listing->arena, listing->root, &listing->guests,
			      listing->items[i]);
}

static const char *guests_value(struct hd_listing *listing, size_t i)
{
	json_t *array = json_array();
	struct hd_item_guest *list;
	size_t n = hd_item_guest_list(&list, listing->arena, listing->root, &listing->guests,
				      listing->items[i]);

	for (size_t k = 0; k < n; k++)
		if (json_array_append_new(array, json_pack("{s:o, s:b}", "name",
							   hd_json_text(list[k].name), "running",
							   list[k].is_running)) < 0)
			hd_oom();
	return hd_json_cell(listing->arena, array);
}

static const char *needs(struct hd_listing *listing, size_t i)
{
	return listing->judgement.devices[i].needs;
}

static const char *never(struct hd_listing *listing, size_t i)
{
	return listing->judgement.devices[i].never;
}

/* One word: the reasons are columns of their own. */
static const char *verdict_value(struct hd_listing *listing, size_t i)
{
	static const char *const words[] = {
		[HD_READY] = "ready", [HD_NEEDS] = "needs", [HD_NEVER] = "never",
	};

	return hd_json_cell(listing->arena,
			    json_string(words[listing->judgement.devices[i].readiness]));
}

static const char *verdict(struct hd_listing *listing, size_t i)
{
	return listing->judgement.devices[i].verdict;
}

/* The part of the machine that it is: its class says the rest. */
static const char *short_verdict(struct hd_listing *listing, size_t i)
{
	const char *part = hd_part_of_item(listing->items[i]), *text = verdict(listing, i);

	if (!part || !text || !hd_text_starts_with(text, "never"))
		return text;
	part = strchr(part + strlen("is "), ' ') + 1;
	return hd_printf(listing->arena, "never: %.*s", (int)strcspn(part, ","), part);
}

/* One use: what it ends in, "/srv: mounted", without the chain and the file that says so. */
static const char *last_link(struct hd_arena *arena, const char *use, size_t length)
{
	const char *text = hd_strndup(arena, use, length), *at = text, *file;

	for (const char *arrow; (arrow = strstr(at, ARROW)) != NULL;)
		at = arrow + strlen(ARROW);
	file = strstr(at, " (proc/");
	return file ? hd_strndup(arena, at, (size_t)(file - at)) : at;
}

const char *hd_brief_uses(struct hd_arena *arena, const char *use)
{
	const char *all = NULL;

	while (use) {
		size_t length = strcspn(use, "\n");
		const char *one = last_link(arena, use, length);

		all = all ? hd_printf(arena, "%s\n%s", all, one) : one;
		use = use[length] ? use + length + 1 : NULL;
	}
	return all;
}

static const char *short_use(struct hd_listing *listing, size_t i)
{
	return hd_brief_uses(listing->arena, used_by(listing, i));
}

#define ALWAYS (HD_IN_TEXT | HD_IN_JSON | HD_IN_LONG)

const struct hd_list_column hd_list_columns[] = {
	{ { .title = "ADDRESS", .key = "address", .may_break = true },
	  "PCI address, USB port, SCSI address, path of a serial port, UUID",
	  0, 0, ALWAYS, false, address, NULL, NULL },
	{ { .title = "KIND", .key = "kind" }, "pci, usb, serial, mdev or scsi",
	  0, 0, HD_IN_JSON, false, kind, NULL, NULL },
	{ { .title = "CLASS", .key = "class", .may_cut = true }, "what it is",
	  HD_INVENTORY_IDS, 0, ALWAYS, false, class, short_class, NULL },
	{ { .title = "NAME", .key = "name", .may_cut = true }, "its name, as the vendor calls it",
	  HD_INVENTORY_IDS, 0, ALWAYS, false, name, short_name, NULL },
	{ { .title = "GROUP", .key = "group", .is_number = true, .rank = 1 }, "IOMMU group",
	  HD_INVENTORY_GROUP, 0, ALWAYS, false, group, NULL, NULL },
	{ { .title = "DRIVER", .key = "driver", .may_cut = true, .rank = 2 },
	  "its driver; for USB, the drivers of its interfaces",
	  HD_INVENTORY_DRIVER, 0, ALWAYS, false, driver, NULL, NULL },
	{ { .title = "ID", .key = "id" }, "vendor and product, or the type of a mediated device",
	  HD_INVENTORY_IDS, 0, 0, false, id, NULL, NULL },
	{ { .title = "SUBSYSTEM", .key = "subsystem" }, "subsystem vendor and device",
	  HD_INVENTORY_IDS, 0, 0, true, subsystem, NULL, NULL },
	{ { .title = "NUMA", .key = "numa_node", .is_number = true, .rank = 6 }, "NUMA node",
	  HD_INVENTORY_NUMA, 0, HD_IN_LONG, false, numa, NULL, NULL },
	{ { .title = "RESET", .key = "reset", .rank = 7 }, "ways to reset it, best first",
	  HD_INVENTORY_RESET, 0, HD_IN_LONG, true, reset, NULL, reset_value },
	{ { .title = "VFS", .key = "vfs", .rank = 5 },
	  "number of virtual functions and their maximum; or its physical function",
	  HD_INVENTORY_VFS, 0, HD_IN_LONG, false, vfs, NULL, vfs_value },
	{ { .title = "PHYSICAL FUNCTION", .key = "physical_function" },
	  "of a virtual function: its physical function",
	  HD_INVENTORY_VFS, 0, HD_FOR_PROGRAMS, false, physical_function, NULL, NULL },
	{ { .title = "LINK", .key = "link", .rank = 8 }, "PCI Express speed and width, and its maximum",
	  HD_INVENTORY_LINK, 0, HD_IN_LONG, false, link, NULL, link_value },
	{ { .title = "PARENT", .key = "parent" }, "the bridge, hub or card above it",
	  HD_INVENTORY_PATH, 0, 0, false, parent, NULL, NULL },
	{ { .title = "NUMBER", .key = "number" }, "USB bus and device number, as lsusb shows them",
	  0, 0, 0, false, number, NULL, NULL },
	{ { .title = "SERIAL", .key = "serial" },
	  "USB serial number, world-wide name of a SCSI device",
	  HD_INVENTORY_IDS, 0, 0, true, serial, NULL, NULL },
	{ { .title = "STABLE", .key = "stable" },
	  "path of a serial port or SCSI device that does not depend on the order of finding",
	  HD_INVENTORY_IDS, 0, 0, true, stable, NULL, NULL },
	{ { .title = "NODES", .key = "nodes", .is_list = true }, "nodes of a SCSI device",
	  HD_INVENTORY_IDS, 0, 0, true, nodes, NULL, nodes_value },
	{ { .title = "PATH", .key = "path" }, "its directory in sysfs",
	  HD_INVENTORY_PATH, 0, 0, false, path, NULL, NULL },
	{ { .title = "GUESTS", .key = "guests", .may_cut = true, .is_list = true,
	    .rank = 3 },
	  "guests that have it or are defined with "
	  "it", 0, HD_COSTS_GUESTS, HD_IN_LONG, true, guests, NULL, guests_value },
	{ { .title = "USED BY", .key = "used_by", .may_cut = true, .is_list = true,
	    .rank = 4 },
	  "what the host does with it, as the checks see it", 0, HD_COSTS_CHECKS, HD_IN_LONG, true,
	  used_by, short_use, NULL },
	{ { .title = "NEEDS", .key = "needs", .is_list = true },
	  "the checks that refuse, if one can do something about them",
	  HD_INVENTORY_IDS, HD_COSTS_CHECKS, HD_FOR_PROGRAMS, true, needs, NULL, NULL },
	{ { .title = "NEVER", .key = "never" }, "why it never goes to a guest",
	  HD_INVENTORY_IDS, HD_COSTS_CHECKS, HD_FOR_PROGRAMS, true, never, NULL, NULL },
	{ { .title = "VERDICT", .key = "verdict", .may_wrap = true, .is_verdict = true },
	  "ready; needs CHECK, ...; or never", HD_INVENTORY_IDS, HD_COSTS_CHECKS, HD_IN_LONG, true,
	  verdict, short_verdict, verdict_value },
};
const size_t hd_n_list_columns = HD_ARRAY_SIZE(hd_list_columns);

_Static_assert(HD_ARRAY_SIZE(hd_list_columns) <= HD_CHOSEN_MAX, "hd_columns_all()");

const char *hd_list_cell(struct hd_listing *listing, const struct hd_list_column *column, size_t i,
			 enum hd_cell_form form)
{
	if (column->is_local && listing->inventory.is_remote)
		return NULL;
	if (form == HD_CELL_BRIEF && column->brief)
		return column->brief(listing, i);
	if (form == HD_CELL_JSON && column->value)
		return column->value(listing, i);
	return column->cell(listing, i);
}

struct hd_column hd_list_column_shown(const struct hd_list_column *column,
				      enum hd_cell_form form)
{
	struct hd_column shown = column->shown;

	shown.is_json = form == HD_CELL_JSON && column->value;
	return shown;
}
