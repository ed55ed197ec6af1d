/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inventory_guests.c - which guests have a device of the inventory, or will ask for it. */
#include "config.h"

#include <string.h>

#include "facts/serial/serial.h"
#include "facts/usb/usb.h"
#include "inventory/inventory.h"

struct search {
	struct hd_arena *arena;
	const struct hd_sysroot *root;
	const struct hd_guests *guests;
	const struct hd_item *item;
	const char *tty;	/* of a serial item, as the kernel calls it */
	struct hd_item_guest *found;
	size_t n;
};

static bool is_running_too(const struct search *s, const char *uuid)
{
	for (size_t i = 0; uuid[0] && i < s->guests->n_claims; i++)
		if (s->guests->claims[i].is_running && !strcmp(s->guests->claims[i].uuid, uuid))
			return true;
	for (size_t i = 0; uuid[0] && i < s->guests->n_devices; i++)
		if (!strcmp(s->guests->devices[i].uuid, uuid))
			return true;
	return false;
}

/* A guest may name a device twice: by port and by vendor, two namespaces of a disk. */
static void add_guest(struct search *s, const char *guest, bool is_running)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->found[i].is_running == is_running && !strcmp(s->found[i].name, guest))
			return;
	hd_push(s->arena, &s->found, &s->n,
		(struct hd_item_guest){ .name = guest, .is_running = is_running });
}

static const char *tty_of(const struct search *s, const struct hd_hostdev *dev)
{
	struct hd_serial_facts serial;

	hd_serial_read_facts(&serial, s->root, s->arena, dev);
	return serial.state == HD_SERIAL_THERE ? serial.tty : NULL;
}

static bool is_same(const struct search *s, const struct hd_hostdev *dev)
{
	const struct hd_item *item = s->item;
	const struct hd_usb_dev usb = {
		.vendor = item->vendor, .product = item->device,
		.bus = item->bus, .device = item->number,
	};
	const char *tty;

	if (dev->kind != item->kind)
		return false;
	if (dev->kind == HD_DEVICE_USB)
		return hd_usb_is_named(&usb, dev);
	if (dev->kind == HD_DEVICE_MDEV)
		return !strcmp(dev->mdev_uuid, item->address);
	if (dev->kind == HD_DEVICE_SCSI)
		return hd_scsi_addr_is_same(&dev->scsi, &item->scsi);
	tty = tty_of(s, dev);
	return tty && s->tty && !strcmp(tty, s->tty);
}

static void add_functions(struct search *s, bool are_running)
{
	for (size_t i = 0; i < s->guests->n_claims; i++) {
		const struct hd_guest_claim *claim = &s->guests->claims[i];

		if (claim->is_running == are_running &&
		    !hd_pci_addr_compare(&claim->addr, &s->item->pci))
			add_guest(s, claim->guest, are_running);
	}
}

static void add_devices(struct search *s)
{
	const struct hd_guests *guests = s->guests;

	for (size_t i = 0; i < guests->n_devices; i++)
		if (is_same(s, &guests->devices[i].dev))
			add_guest(s, guests->devices[i].guest, true);
	for (size_t i = 0; i < guests->n_defined_devices; i++)
		if (is_same(s, &guests->defined_devices[i].dev) &&
		    !is_running_too(s, guests->defined_devices[i].uuid))
			add_guest(s, guests->defined_devices[i].guest, false);
}

size_t hd_item_guest_list(struct hd_item_guest **ret, struct hd_arena *arena,
			  const struct hd_sysroot *root, const struct hd_guests *guests,
			  const struct hd_item *item)
{
	struct search s = { .arena = arena, .root = root, .guests = guests, .item = item };
	const struct hd_hostdev port = { .kind = HD_DEVICE_SERIAL, .path = item->address };

	if (item->kind == HD_DEVICE_SERIAL)
		s.tty = tty_of(&s, &port);
	if (item->kind == HD_DEVICE_PCI) {
		add_functions(&s, true);
		add_functions(&s, false);
	} else {
		add_devices(&s);
	}
	*ret = s.found;
	return s.n;
}

const char *hd_item_guests(struct hd_arena *arena, const struct hd_sysroot *root,
			   const struct hd_guests *guests, const struct hd_item *item)
{
	struct hd_item_guest *list;
	size_t n = hd_item_guest_list(&list, arena, root, guests, item);
	const char *text = NULL;

	for (size_t i = 0; i < n; i++)
		text = hd_printf(arena, "%s%s%s%s", text ? text : "", text ? "\n" : "",
				 *list[i].name ? list[i].name : "a guest without a name",
				 list[i].is_running ? " (running)" : "");
	return text;
}
