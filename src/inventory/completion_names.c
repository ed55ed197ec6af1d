/* SPDX-License-Identifier: GPL-2.0-or-later */
/* completion_names.c - by which names does a host know its devices and guests? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "inventory/completion_names.h"

#define MAX_NAME 255

static bool is_printable(const char *name)
{
	return *name && strlen(name) <= MAX_NAME && hd_text_is_shown(name);
}

void hd_known_add(struct hd_known *known, struct hd_arena *arena, const char *start,
		  const char *name)
{
	if (!hd_text_starts_with(name, start) || !is_printable(name))
		return;
	hd_push(arena, &known->names, &known->n, hd_strdup(arena, name));
}

static bool read_inventory(struct hd_inventory *ret, const struct hd_sysroot *root,
			   struct hd_arena *arena, unsigned want)
{
	struct hd_error err;

	return hd_inventory_read(ret, root, arena, HD_KINDS_ALL, want, &err) == 0;
}

/* Only interfaces of hardware; PREFIX is put before each. */
static void add_interfaces(struct hd_known *known, const struct hd_sysroot *root,
			   struct hd_arena *arena, const char *start, const char *prefix)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, "sys/class/net");

	for (ssize_t i = 0; i < n; i++)
		if (hd_sysroot_has(root, "sys/class/net/%s/device", names[i]))
			hd_known_add(known, arena, start,
				     hd_printf(arena, "%s%s", prefix, names[i]));
}

/* What never goes to a guest is noise, unless somebody begins to write it. */
static void add_addresses(struct hd_known *known, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *start)
{
	struct hd_inventory inventory;

	if (!read_inventory(&inventory, root, arena, *start ? 0 : HD_INVENTORY_IDS))
		return;
	for (size_t i = 0; i < inventory.n; i++) {
		const struct hd_item *item = &inventory.items[i];

		if (*start || !known->noise || !known->noise(item))
			hd_known_add(known, arena, start, item->address);
	}
}

static void add_other_names(struct hd_known *known, struct hd_arena *arena, const char *start,
			    const struct hd_item *item)
{
	const struct hd_pci_addr *pci = &item->pci;

	if (item->kind != HD_DEVICE_PCI && item->kind != HD_DEVICE_USB)
		return;
	hd_known_add(known, arena, start,
		     hd_printf(arena, "%04x:%04x", item->vendor, item->device));
	if (item->kind == HD_DEVICE_USB) {
		hd_known_add(known, arena, start,
			     hd_printf(arena, "usb:%04x:%04x", item->vendor, item->device));
		return;
	}
	hd_known_add(known, arena, start, hd_printf(arena, "pci_%04x_%02x_%02x_%x", pci->domain,
						    pci->bus, pci->slot, pci->fn));
	if (!pci->domain)
		hd_known_add(known, arena, start, hd_printf(arena, "%02x:%02x.%x", pci->bus,
							    pci->slot, pci->fn));
}

/*
 * Nodes below /dev: the kernel's by its classes, so that they are those of devices; links of
 * udev in their folders.  A folder is listed once it is written out.
 */
static const struct {
	const char *class, *folder;
} classes[] = {
	{ "block", "/dev/" },
	{ "drm", "/dev/dri/" },
	{ "scsi_generic", "/dev/" },
};

static const char *const link_folders[] = {
	"/dev/disk/by-id/", "/dev/disk/by-path/", "/dev/dri/by-path/", "/dev/input/by-id/",
	"/dev/input/by-path/", "/dev/serial/by-id/", "/dev/serial/by-path/", "/dev/snd/by-id/",
	"/dev/snd/by-path/", "/dev/tape/by-id/", "/dev/tape/by-path/",
};

/* A whole disk, a card: it has a device, and is not a connector ("card0-HDMI-A-1"). */
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

static void add_nodes(struct hd_known *known, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *start)
{
	add_ports(known, root, arena, start);
	for (size_t i = 0; i < HD_ARRAY_SIZE(classes); i++)
		add_class(known, root, arena, start, i);
	for (size_t i = 0; i < HD_ARRAY_SIZE(link_folders); i++)
		add_links(known, root, arena, start, link_folders[i]);
}

void hd_known_devices(struct hd_known *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *start)
{
	struct hd_known known = { .noise = ret->noise };
	struct hd_inventory inventory;

	if (start[0] == '/') {
		add_nodes(&known, root, arena, start);
	} else {
		add_addresses(&known, root, arena, start);
		add_interfaces(&known, root, arena, start, "");
	}
	if (!known.n && start[0] != '/' &&
	    read_inventory(&inventory, root, arena, HD_INVENTORY_IDS)) {
		for (size_t i = 0; i < inventory.n; i++)
			add_other_names(&known, arena, start, &inventory.items[i]);
		add_interfaces(&known, root, arena, start, "net:");
	}
	*ret = known;
}

void hd_known_sriov(struct hd_known *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *start)
{
	static const struct {
		const char *folder, *device;
	} rows[] = { { "sys/bus/pci/devices", "" }, { "sys/class/net", "device/" } };
	struct hd_known known = { .n = 0 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		const char *const *names;
		ssize_t n = hd_sysroot_names(root, arena, &names, "%s", rows[i].folder);

		for (ssize_t j = 0; j < n; j++)
			if (hd_sysroot_has(root, "%s/%s/%ssriov_totalvfs", rows[i].folder, names[j],
					   rows[i].device))
				hd_known_add(&known, arena, start, names[j]);
	}
	*ret = known;
}

void hd_known_guests(struct hd_known *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, const char *start)
{
	static const char *const folders[] = { "run/libvirt/qemu", "etc/libvirt/qemu" };
	struct hd_known known = { .n = 0 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(folders); i++) {
		const char *const *names;
		ssize_t n = hd_sysroot_names(root, arena, &names, "%s", folders[i]);

		for (ssize_t j = 0; j < n; j++)
			if (hd_text_ends_with(names[j], ".xml"))
				hd_known_add(&known, arena, start,
					     hd_strndup(arena, names[j], strlen(names[j]) -
							strlen(".xml")));
	}
	*ret = known;
}
