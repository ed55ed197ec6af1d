/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * completion_nodes.c - the nodes below /dev that name a device.
 *
 * The kernel's are told by its classes, so that they are those of devices; what
 * udev adds are links in folders.  A folder is listed once it is written out.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "inventory/completion_names.h"
#include "inventory/inventory.h"

static const struct {
	const char *class, *folder;
} classes[] = {
	{ "block", "/dev/" },
	{ "drm", "/dev/dri/" },
};

static const char *const link_folders[] = {
	"/dev/disk/by-id/", "/dev/disk/by-path/", "/dev/dri/by-path/", "/dev/input/by-id/",
	"/dev/input/by-path/", "/dev/serial/by-id/", "/dev/serial/by-path/", "/dev/snd/by-id/",
	"/dev/snd/by-path/",
};

/* A whole disk, a card: what has a device, and is no connector ("card0-HDMI-A-1"). */
static void add_class(struct hd_known *known, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *start, size_t class)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, "sys/class/%s", classes[class].class);

	for (ssize_t i = 0; i < n; i++) {
		const char *name = hd_printf(arena, "%s%s", classes[class].folder, names[i]);

		if (hd_text_starts_with(name, start) && !strpbrk(names[i], "-!") &&
		    hd_sysroot_has(root, "sys/class/%s/%s/device", classes[class].class,
				   names[i]))
			hd_known_add(known, arena, start, name);
	}
}

static void add_links(struct hd_known *known, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *start, const char *folder)
{
	const char *const *names;
	ssize_t n;

	if (!hd_text_starts_with(start, folder)) {
		if (hd_text_starts_with(folder, start) && hd_sysroot_has(root, "%s", folder + 1))
			hd_known_add(known, arena, start, folder);
		return;
	}
	n = hd_sysroot_names(root, arena, &names, "%s", folder + 1);
	for (ssize_t i = 0; i < n; i++)
		hd_known_add(known, arena, start, hd_printf(arena, "%s%s", folder, names[i]));
}

static void add_ports(struct hd_known *known, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *start)
{
	struct hd_inventory inventory;
	struct hd_error err;

	if (hd_inventory_read(&inventory, root, arena, HD_KIND_BIT(HD_DEVICE_SERIAL), 0,
			      &err) < 0)
		return;
	for (size_t i = 0; i < inventory.n; i++)
		hd_known_add(known, arena, start, inventory.items[i].address);
}

void hd_known_nodes(struct hd_known *known, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *start)
{
	add_ports(known, root, arena, start);
	for (size_t i = 0; i < HD_ARRAY_SIZE(classes); i++)
		add_class(known, root, arena, start, i);
	for (size_t i = 0; i < HD_ARRAY_SIZE(link_folders); i++)
		add_links(known, root, arena, start, link_folders[i]);
}
