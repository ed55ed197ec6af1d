/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inventory_mdev.c - the mediated devices that exist now, and their types. */
#include "config.h"

#include <fcntl.h>

#include "base/text.h"
#include "facts/mdev/mdev.h"
#include "inventory/inventory_internal.h"

static const char *text_of(struct hd_inventory_reading *r, const char *path, const char *file)
{
	const char *text;

	if (hd_sysroot_text(r->root, r->arena, &text, "%s/%s", path, file) <= 0)
		return NULL;
	return hd_text_printable(r->arena, text, HD_MAX_SHOWN);
}

static const char *base_of(struct hd_inventory_reading *r, const char *path, const char *link)
{
	const char *name;

	if (hd_sysroot_link_base(r->root, r->arena, &name, "%s/%s", path, link) < 0)
		return NULL;
	return hd_text_printable(r->arena, name, HD_MAX_SHOWN);
}

static void read_parts(struct hd_inventory_reading *r, struct hd_item *item)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(r->root, O_PATH | O_DIRECTORY, "%s",
						   item->path);

	if (r->want & HD_INVENTORY_IDS) {
		item->type = base_of(r, item->path, "mdev_type");
		item->model = text_of(r, item->path, "mdev_type/name");
	}
	if (r->want & HD_INVENTORY_DRIVER)
		item->driver = base_of(r, item->path, "driver");
	if (fd >= 0 && (r->want & HD_INVENTORY_GROUP))
		item->group = hd_inventory_group(fd);
}

int hd_inventory_read_mdev(struct hd_inventory_reading *r)
{
	_cleanup_(hd_close) int fd = -1;
	const char *const *names = NULL;
	ssize_t n = hd_inventory_names(r, HD_SYS_MDEV, &names, &fd);

	for (ssize_t i = 0; i < n; i++) {
		const char *path = hd_inventory_path(r, fd, HD_SYS_MDEV, names[i]);
		struct hd_item item;
		char uuid[37];

		if (!path || !hd_text_uuid(names[i], uuid))
			continue;
		item = hd_inventory_item(HD_DEVICE_MDEV, hd_strdup(r->arena, uuid), path);
		read_parts(r, &item);
		hd_inventory_add(r, &item);
	}
	return n < 0 ? (int)n : 0;
}
