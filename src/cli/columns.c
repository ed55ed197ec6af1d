/* SPDX-License-Identifier: GPL-2.0-or-later */
/* columns.c - what can be shown of a device, one row per column, and which columns are wanted. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "check/machine_part.h"
#include "cli/columns.h"
#include "inventory/inventory.h"

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

static const char *short_use(struct hd_listing *listing, size_t i)
{
	const char *use = used_by(listing, i), *all = NULL;

	while (use) {
		size_t length = strcspn(use, "\n");
		const char *one = last_link(listing->arena, use, length);

		all = all ? hd_printf(listing->arena, "%s\n%s", all, one) : one;
		use = use[length] ? use + length + 1 : NULL;
	}
	return all;
}

#define ALWAYS (HD_IN_TEXT | HD_IN_JSON | HD_IN_LONG)

const struct hd_list_column hd_list_columns[] = {
	{ { .title = "ADDRESS", .key = "address" },
	  "PCI address, USB port, path of a serial port, UUID", 0, 0, ALWAYS, false, address, NULL },
	{ { .title = "KIND", .key = "kind" }, "pci, usb, serial or mdev",
	  0, 0, HD_IN_JSON, false, kind, NULL },
	{ { .title = "CLASS", .key = "class", .may_cut = true }, "what it is",
	  HD_INVENTORY_IDS, 0, ALWAYS, false, class, short_class },
	{ { .title = "NAME", .key = "name", .may_cut = true }, "its name, as the vendor calls it",
	  HD_INVENTORY_IDS, 0, ALWAYS, false, name, short_name },
	{ { .title = "GROUP", .key = "group", .is_number = true, .rank = 1 }, "IOMMU group",
	  HD_INVENTORY_GROUP, 0, ALWAYS, false, group, NULL },
	{ { .title = "DRIVER", .key = "driver", .may_cut = true, .rank = 2 },
	  "its driver; for USB, the drivers of its interfaces",
	  HD_INVENTORY_DRIVER, 0, ALWAYS, false, driver, NULL },
	{ { .title = "ID", .key = "id" }, "vendor and product, or the type of a mediated device",
	  HD_INVENTORY_IDS, 0, 0, false, id, NULL },
	{ { .title = "SUBSYSTEM", .key = "subsystem" }, "subsystem vendor and device",
	  HD_INVENTORY_IDS, 0, 0, true, subsystem, NULL },
	{ { .title = "NUMA", .key = "numa_node", .is_number = true, .rank = 6 }, "NUMA node",
	  HD_INVENTORY_NUMA, 0, HD_IN_LONG, false, numa, NULL },
	{ { .title = "RESET", .key = "reset", .rank = 7 }, "ways to reset it, best first",
	  HD_INVENTORY_RESET, 0, HD_IN_LONG, true, reset, NULL },
	{ { .title = "VFS", .key = "vfs", .rank = 5 },
	  "number of virtual functions and their maximum; or its physical function",
	  HD_INVENTORY_VFS, 0, HD_IN_LONG, false, vfs, NULL },
	{ { .title = "LINK", .key = "link", .rank = 8 }, "PCI Express speed and width, and its maximum",
	  HD_INVENTORY_LINK, 0, HD_IN_LONG, false, link, NULL },
	{ { .title = "PARENT", .key = "parent" }, "the bridge, hub or card above it",
	  HD_INVENTORY_PATH, 0, 0, false, parent, NULL },
	{ { .title = "NUMBER", .key = "number" }, "USB bus and device number, as lsusb shows them",
	  0, 0, 0, false, number, NULL },
	{ { .title = "SERIAL", .key = "serial" }, "USB serial number",
	  HD_INVENTORY_IDS, 0, 0, true, serial, NULL },
	{ { .title = "STABLE", .key = "stable" },
	  "path of a serial port that does not depend on the order of plugging",
	  HD_INVENTORY_IDS, 0, 0, true, stable, NULL },
	{ { .title = "PATH", .key = "path" }, "its directory in sysfs",
	  HD_INVENTORY_PATH, 0, 0, false, path, NULL },
	{ { .title = "GUESTS", .key = "guests", .may_cut = true, .is_list = true,
	    .rank = 3 },
	  "guests that have it or are defined with "
	  "it", 0, HD_COSTS_GUESTS, HD_IN_LONG, true, guests, NULL },
	{ { .title = "USED BY", .key = "used_by", .may_cut = true, .is_list = true,
	    .rank = 4 },
	  "what the host does with it, as the checks see it", 0, HD_COSTS_CHECKS, HD_IN_LONG, true,
	  used_by, short_use },
	{ { .title = "VERDICT", .key = "verdict", .may_wrap = true },
	  "ready; needs CHECK, ...; or never", HD_INVENTORY_IDS, HD_COSTS_CHECKS, HD_IN_LONG, true,
	  verdict, short_verdict },
};
const size_t hd_n_list_columns = HD_ARRAY_SIZE(hd_list_columns);

_Static_assert(HD_ARRAY_SIZE(hd_list_columns) <= HD_CHOSEN_MAX, "hd_columns_all()");

/* By title ("used by") or key ("used_by"), in any case. */
static const struct hd_list_column *find_column(const char *text)
{
	for (size_t i = 0; i < hd_n_list_columns; i++)
		if (!strcasecmp(hd_list_columns[i].shown.title, text) ||
		    !strcasecmp(hd_list_columns[i].shown.key, text))
			return &hd_list_columns[i];
	return NULL;
}

/* Once: JSON cannot have a member twice. */
static void add_column(struct hd_chosen *chosen, const struct hd_list_column *column)
{
	for (size_t i = 0; i < chosen->n; i++)
		if (chosen->columns[i] == column)
			return;
	chosen->columns[chosen->n++] = column;
	chosen->want |= column->want;
	chosen->cost |= column->cost;
}

static void add_usual(struct hd_chosen *chosen, unsigned use)
{
	for (size_t i = 0; i < hd_n_list_columns; i++)
		if (hd_list_columns[i].use & use)
			add_column(chosen, &hd_list_columns[i]);
}

void hd_columns_all(struct hd_chosen *ret)
{
	*ret = (struct hd_chosen){ .n = 0 };
	for (size_t i = 0; i < hd_n_list_columns; i++)
		add_column(ret, &hd_list_columns[i]);
}

static int bad_column(struct hd_arena *arena, const char *word, struct hd_error *err)
{
	const char *all = "";

	for (size_t i = 0; i < hd_n_list_columns; i++)
		all = hd_printf(arena, "%s%s%s", all, i ? ", " : "",
				hd_list_columns[i].shown.key);
	return hd_fail(err, -EINVAL, "unknown column '%.32s'; columns are %s", word, all);
}

int hd_columns_choose(struct hd_chosen *ret, struct hd_arena *arena, const char *text,
		      unsigned use, struct hd_error *err)
{
	struct hd_chosen chosen = { .n = 0 };

	if (!text || *text == '+')
		add_usual(&chosen, use);
	if (text && *text == '+')
		text++;
	while (text) {
		size_t length = strcspn(text, ",");
		const char *word = hd_strndup(arena, text, length);
		const struct hd_list_column *column = find_column(word);

		if (!column)
			return bad_column(arena, word, err);
		add_column(&chosen, column);
		text = text[length] ? text + length + 1 : NULL;
	}
	*ret = chosen;
	return 0;
}

size_t hd_chosen_drop_local(struct hd_chosen *chosen, const char *const **ret_notes,
			    const struct hd_listing *listing)
{
	const char *dropped = NULL, **notes = NULL;
	size_t n = 0, n_notes = 0;

	if (!listing->inventory.is_remote)
		return 0;
	for (size_t i = 0; i < chosen->n; i++) {
		const struct hd_list_column *column = chosen->columns[i];

		if (!column->is_local)
			chosen->columns[n++] = column;
		else
			dropped = dropped ? hd_printf(listing->arena, "%s, %s", dropped,
						      column->shown.key) : column->shown.key;
	}
	chosen->n = n;
	notes = hd_alloc(listing->arena, 2 * sizeof(*notes));
	notes[n_notes++] = "serial ports are not listed (libvirt does not report them)";
	if (dropped)
		notes[n_notes++] = hd_printf(listing->arena, "not reported by libvirt: %s", dropped);
	*ret_notes = notes;
	return n_notes;
}

void hd_columns_help(FILE *out)
{
	(void)fprintf(out, "\nColumns:\n");
	for (size_t i = 0; i < hd_n_list_columns; i++)
		(void)fprintf(out, "  %-10s %s\n", hd_list_columns[i].shown.key,
			      hd_list_columns[i].help);
}
