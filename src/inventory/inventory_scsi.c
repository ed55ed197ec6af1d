/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inventory_scsi.c - the disks, tapes, drives and enclosures behind all SCSI hosts.
 *
 * The kernel has SATA disks and USB sticks among them, and libvirt can give each to a guest.
 */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "base/text.h"
#include "facts/scsi/scsi_unit.h"
#include "inventory/inventory_internal.h"

/* udev's links, read once for all. */
struct links {
	struct hd_link_of {
		const char *path, *node;
	} *items;
	size_t n;
};

static void read_links(struct links *links, struct hd_inventory_reading *r)
{
	static const char *const dirs[] = { "dev/disk/by-id", "dev/tape/by-id" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(dirs); i++) {
		const char *const *names = NULL, *to;
		ssize_t n = hd_sysroot_names(r->root, r->arena, &names, "%s", dirs[i]);

		for (ssize_t k = 0; k < n; k++)
			if (hd_sysroot_link_base(r->root, r->arena, &to, "%s/%s", dirs[i], names[k]) == 0)
				hd_push(r->arena, &links->items, &links->n, (struct hd_link_of){
					hd_printf(r->arena, "/%s/%s", dirs[i], names[k]), to });
	}
}

/* By what the device itself calls its identity ("wwn-0x5000..."), if udev has that. */
static const char *stable_name(struct hd_inventory_reading *r, const struct links *links,
			       const struct hd_scsi_unit *unit)
{
	const char *node = unit->block ? unit->block : unit->other, *found = NULL;

	for (size_t i = 0; node && i < links->n; i++)
		if (!strcmp(links->items[i].node, node) &&
		    (!found || strstr(links->items[i].path, "/wwn-")))
			found = links->items[i].path;
	return found ? hd_text_printable(r->arena, found, PATH_MAX) : NULL;
}

static const char *model_of(struct hd_arena *arena, const struct hd_scsi_unit *unit)
{
	if (!unit->vendor || !unit->model)
		return unit->model ? unit->model : unit->vendor;
	return hd_printf(arena, "%s %s", unit->vendor, unit->model);
}

static void add_unit(struct hd_inventory_reading *r, const struct links *links,
		     const struct hd_scsi_unit *unit, const char *name)
{
	struct hd_item item = hd_inventory_item(HD_DEVICE_SCSI,
						hd_printf(r->arena, "scsi:%s", name), unit->path);

	item.scsi = unit->addr;
	item.class = unit->type < 0 ? HD_SCSI_UNKNOWN : (unsigned)unit->type;
	item.driver = unit->driver;
	item.model = model_of(r->arena, unit);
	item.serial = unit->wwid ? hd_text_printable(r->arena, unit->wwid, HD_SCSI_WWID_MAX) : NULL;
	item.stable = stable_name(r, links, unit);
	item.n_nodes = hd_scsi_unit_nodes(item.nodes, r->arena, unit);
	hd_inventory_add(r, &item);
}

int hd_inventory_read_scsi(struct hd_inventory_reading *r)
{
	_cleanup_(hd_close) int fd = -1;
	const char *const *names = NULL;
	struct links links = { .n = 0 };
	ssize_t n = hd_inventory_names(r, HD_SYS_SCSI, &names, &fd);

	if (n > 0 && (r->want & HD_INVENTORY_IDS))
		read_links(&links, r);
	for (ssize_t i = 0; i < n; i++) {
		struct hd_scsi_unit unit;
		int rc = hd_scsi_unit_read(&unit, r->root, r->arena, names[i]);

		if (rc == 0)
			add_unit(r, &links, &unit, names[i]);
		else if (rc != -ENOENT)
			hd_inventory_note(r, HD_SYS_SCSI "/%s: %s", names[i], strerror(-rc));
	}
	return n < 0 ? (int)n : 0;
}
