/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inventory.c - reads the kinds of devices, and finds what hangs on what.
 *
 * sysfs paths are the tree: what an item hangs on is the last component of its
 * path that is an item itself.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "inventory/inventory_internal.h"

/* In the order of the list. */
static const struct kind {
	enum hd_device_kind kind;
	int (*read)(struct hd_inventory_reading *r);
} kinds[] = {
	{ HD_DEVICE_PCI, hd_inventory_read_pci },
	{ HD_DEVICE_USB, hd_inventory_read_usb },
	{ HD_DEVICE_SERIAL, hd_inventory_read_serial },
	{ HD_DEVICE_MDEV, hd_inventory_read_mdev },
	{ HD_DEVICE_SCSI, hd_inventory_read_scsi },
};

struct hd_item hd_inventory_item(enum hd_device_kind kind, const char *address, const char *path)
{
	return (struct hd_item){
		.kind = kind, .address = address, .path = path, .group = HD_NO_GROUP,
		.numa_node = -1, .n_vfs = -1, .max_vfs = -1,
	};
}

void hd_inventory_add(struct hd_inventory_reading *r, const struct hd_item *item)
{
	hd_push(r->arena, &r->inventory->items, &r->inventory->n, *item);
}

void hd_inventory_note(struct hd_inventory_reading *r, const char *fmt, ...)
{
	struct hd_inventory *inventory = r->inventory;
	va_list args;

	va_start(args, fmt);
	hd_push(r->arena, &inventory->unknown, &inventory->n_unknown,
		hd_text_printable(r->arena, hd_vprintf(r->arena, fmt, args), HD_MAX_NOTE));
	va_end(args);
}

ssize_t hd_inventory_names(struct hd_inventory_reading *r, const char *dir,
			   const char *const **names, int *fd)
{
	ssize_t n = hd_sysroot_names(r->root, r->arena, names, "%s", dir);

	if (n < 0 && n != -ENOENT)
		return hd_fail(r->err, (int)n, "cannot read %s: %s", dir, strerror((int)-n));
	if (n <= 0)
		return 0;
	*fd = hd_sysroot_fd(r->root, O_PATH | O_DIRECTORY, "%s", dir);
	return *fd < 0 ? hd_fail(r->err, *fd, "cannot open %s: %s", dir, strerror(-*fd)) : n;
}

static bool has_dots(const char *path)
{
	return strstr(path, "/../") || strstr(path, "/./") || hd_text_ends_with(path, "/..");
}

const char *hd_path_of_link(struct hd_arena *arena, const char *link)
{
	while (hd_text_starts_with(link, "../"))
		link += strlen("../");
	if (!hd_text_starts_with(link, "devices/") || has_dots(link))
		return NULL;
	return hd_printf(arena, "sys/%s", link);
}

const char *hd_inventory_path(struct hd_inventory_reading *r, int dir_fd, const char *dir,
			      const char *name)
{
	char buf[PATH_MAX];
	const char *link = hd_sysroot_link_at(dir_fd, name, buf);

	if (link)
		return hd_path_of_link(r->arena, link);
	return hd_sysroot_has(r->root, "%s/%s", dir, name) ?
	       hd_printf(r->arena, "%s/%s", dir, name) : NULL;
}

int hd_inventory_group(int dir_fd)
{
	char buf[PATH_MAX];
	const char *name = hd_sysroot_link_base_at(dir_fd, "iommu_group", buf);
	uint64_t id;

	return name && hd_text_u64(name, &id) && id <= INT_MAX ? (int)id : HD_NO_GROUP;
}

static size_t rank_of(enum hd_device_kind kind)
{
	size_t rank = 0;

	while (rank < HD_ARRAY_SIZE(kinds) && kinds[rank].kind != kind)
		rank++;
	return rank;
}

/* A root hub before what hangs on it, port 2 before port 10. */
static int by_port(const struct hd_item *x, const struct hd_item *y)
{
	bool x_is_root = x->port[0] == 'u', y_is_root = y->port[0] == 'u';

	if (x->bus != y->bus)
		return x->bus < y->bus ? -1 : 1;
	if (x_is_root != y_is_root)
		return x_is_root ? -1 : 1;
	return strverscmp(x->port, y->port);
}

static int in_order(const void *a, const void *b)
{
	const struct hd_item *x = a, *y = b;
	int order = 0;

	if (x->kind != y->kind)
		return rank_of(x->kind) < rank_of(y->kind) ? -1 : 1;
	if (x->kind == HD_DEVICE_PCI)
		return hd_pci_addr_compare(&x->pci, &y->pci);
	if (x->kind == HD_DEVICE_USB)
		order = by_port(x, y);
	else if (x->kind != HD_DEVICE_MDEV)
		order = strverscmp(x->address, y->address);
	return order ? order : strcmp(x->address, y->address);
}

const struct hd_item *hd_inventory_pci(const struct hd_inventory *inventory,
				       const struct hd_pci_addr *addr)
{
	const struct hd_item key = { .kind = HD_DEVICE_PCI, .pci = *addr };

	if (!inventory->n)
		return NULL;
	return bsearch(&key, inventory->items, inventory->n, sizeof(key), in_order);
}

const struct hd_item *hd_inventory_kind(const struct hd_inventory *inventory,
					enum hd_device_kind kind, size_t *ret_n)
{
	const struct hd_item *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < inventory->n; i++) {
		if (inventory->items[i].kind != kind)
			continue;
		first = first ? first : &inventory->items[i];
		n++;
	}
	*ret_n = n;
	return first;
}

const struct hd_item *hd_inventory_find(const struct hd_inventory *inventory,
					enum hd_device_kind kind, const char *address)
{
	struct hd_pci_addr addr;

	if (kind == HD_DEVICE_PCI)
		return hd_pci_addr_parse(address, &addr) ? hd_inventory_pci(inventory, &addr) :
		       NULL;
	for (size_t i = 0; i < inventory->n; i++)
		if (inventory->items[i].kind == kind &&
		    !strcmp(inventory->items[i].address, address))
			return &inventory->items[i];
	return NULL;
}

/* The item that this one component of a path names. */
static const struct hd_item *item_named(const struct hd_inventory *inventory,
					const char *component, size_t length)
{
	struct hd_pci_addr addr;
	char name[32];

	if (length >= sizeof(name))
		return NULL;
	memcpy(name, component, length);
	name[length] = '\0';
	if (hd_pci_addr_parse(name, &addr))
		return hd_inventory_pci(inventory, &addr);
	if (strncmp(name, "usb", 3) != 0 && !strchr(name, '-'))
		return NULL;
	for (size_t i = 0; i < inventory->n; i++)
		if (inventory->items[i].port && !strcmp(inventory->items[i].port, name))
			return &inventory->items[i];
	return NULL;
}

/* Paths only grow, so parents cannot form a circle, whatever a captured tree says. */
static bool is_above(const struct hd_item *above, const struct hd_item *item)
{
	return above && above != item && hd_text_starts_with(item->path, above->path);
}

static const struct hd_item *find_parent(const struct hd_inventory *inventory,
					 const struct hd_item *item)
{
	const char *end = strrchr(item->path, '/');

	while (end) {
		const char *start = memrchr(item->path, '/', (size_t)(end - item->path));
		const struct hd_item *found = NULL;

		if (start)
			found = item_named(inventory, start + 1, (size_t)(end - start - 1));
		if (is_above(found, item))
			return found;
		end = start;
	}
	return NULL;
}

static void link_items(struct hd_inventory *inventory)
{
	for (size_t i = 0; i < inventory->n; i++) {
		struct hd_item *item = &inventory->items[i];
		const struct hd_item *fn;

		item->parent = find_parent(inventory, item);
		if (item->is_vf)
			item->physfn = hd_inventory_pci(inventory, &item->physfn_addr);
		if (item->kind == HD_DEVICE_PCI)
			continue;
		item->has_pci = item->has_pci || hd_path_function(item->path, &item->pci);
		fn = item->has_pci ? hd_inventory_pci(inventory, &item->pci) : NULL;
		if (fn)
			item->numa_node = fn->numa_node;
	}
}

void hd_inventory_finish(struct hd_inventory_reading *r)
{
	if (r->inventory->n)
		qsort(r->inventory->items, r->inventory->n, sizeof(*r->inventory->items),
		      in_order);
	link_items(r->inventory);
}

int hd_inventory_read(struct hd_inventory *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, unsigned wanted_kinds, unsigned want,
		      struct hd_error *err)
{
	struct hd_inventory inventory = { .n = 0 };
	struct hd_inventory_reading r = {
		.inventory = &inventory, .root = root, .arena = arena, .want = want, .err = err,
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(kinds); i++) {
		int rc = wanted_kinds & HD_KIND_BIT(kinds[i].kind) ? kinds[i].read(&r) : 0;

		if (rc < 0)
			return rc;
	}
	hd_inventory_finish(&r);
	*ret = inventory;
	return 0;
}
