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
	const char *found;
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
static bool has_line(const char *lines, const char *line)
{
	size_t length = strlen(line);

	for (const char *at = lines; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (!strncmp(at, line, length) && (!at[length] || at[length] == '\n'))
			return true;
	}
	return false;
}

static void add_guest(struct search *s, const char *guest, bool is_running)
{
	const char *name = *guest ? guest : "a guest without a name";
	const char *line = is_running ? hd_printf(s->arena, "%s (running)", name) : name;

	if (!s->found)
		s->found = line;
	else if (!has_line(s->found, line))
		s->found = hd_printf(s->arena, "%s\n%s", s->found, line);
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

const char *hd_item_guests(struct hd_arena *arena, const struct hd_sysroot *root,
			   const struct hd_guests *guests, const struct hd_item *item)
{
	struct search s = { arena, root, guests, item, NULL, NULL };
	const struct hd_hostdev port = { .kind = HD_DEVICE_SERIAL, .path = item->address };

	if (item->kind == HD_DEVICE_PCI) {
		add_functions(&s, true);
		add_functions(&s, false);
		return s.found;
	}
	if (item->kind == HD_DEVICE_SERIAL)
		s.tty = tty_of(&s, &port);
	add_devices(&s);
	return s.found;
}
