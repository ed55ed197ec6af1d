/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_guests.c - the running guests whose metadata say which USB devices come back to them. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "domain/xml.h"
#include "facts/libvirt/guests_internal.h"
#include "facts/libvirt/replug_guests.h"
#include "facts/libvirt/running_guests.h"

#define MAX_NAME 100
#define MAX_FILES 65536

static void add_optional(struct hd_replug_guest *guest, struct hd_arena *arena,
			 const struct hd_hostdev *dev)
{
	struct hd_hostdev *list = (struct hd_hostdev *)guest->optional;

	if (!dev->is_optional || !dev->usb_vendor)
		return;
	hd_push(arena, &list, &guest->n_optional, *dev);
	guest->optional = list;
}

static int add_devices(struct hd_replug_guest *guest, struct hd_arena *arena, const char *xml,
		       bool is_live, struct hd_error *err)
{
	struct hd_picked *list, *devices = NULL;
	size_t n;
	int rc = hd_pick_devices(&list, &n, arena, xml, strlen(xml), err);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		if (list[i].dev.kind != HD_DEVICE_USB)
			continue;
		add_optional(guest, arena, &list[i].dev);
		if (is_live)
			hd_push(arena, &devices, &guest->n_devices, list[i]);
	}
	if (is_live)
		guest->devices = devices;
	return rc;
}

int hd_replug_guest_parse(struct hd_replug_guest *ret, struct hd_arena *arena, const char *live,
			  const char *config, struct hd_error *err)
{
	struct hd_request request = { 0 };
	struct hd_replug_guest guest = { .live = live };
	int rc = hd_request_parse(&request, arena, live, strlen(live), err);

	if (rc < 0)
		return rc;
	guest.name = hd_text_printable(arena, request.name ? request.name : "", MAX_NAME);
	memcpy(guest.uuid, request.uuid, sizeof(guest.uuid));
	guest.policies = request.policy.replugs;
	guest.n_policies = request.policy.n_replugs;
	if (guest.n_policies)
		rc = add_devices(&guest, arena, live, true, err);
	if (rc == 0 && guest.n_policies && config)
		rc = add_devices(&guest, arena, config, false, err);
	if (rc < 0)
		return rc;
	*ret = guest;
	return guest.n_policies > 0;
}

static bool has_policy(const char *live, size_t length)
{
	return memmem(live, length, HD_POLICY_NAMESPACE, strlen(HD_POLICY_NAMESPACE)) != NULL;
}

static void read_guest(struct hd_replug_guests *guests, const struct hd_sysroot *root,
		       struct hd_arena *arena, const struct hd_running_guest *running)
{
	struct hd_replug_guest guest;
	struct hd_error err = { 0 };
	const char *config;
	int rc;

	/* One without definition, or with another of its name, has only what it runs with. */
	if (hd_guest_text_read(&config, root, arena, HD_GUESTS_DEFINED, running->file) < 0)
		config = NULL;
	rc = hd_replug_guest_parse(&guest, arena, running->live, config, &err);
	if (rc < 0)
		hd_running_guest_note(&guests->unreadable, arena, running->file, err.text);
	if (rc > 0)
		hd_push(arena, &guests->items, &guests->n, guest);
}

int hd_replug_guests_read(struct hd_replug_guests *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, struct hd_error *err)
{
	struct hd_replug_guests guests = { .n = 0 };
	struct hd_running_guests running;
	int rc = hd_running_guests_read(&running, root, arena, has_policy, err);

	if (rc < 0)
		return rc;
	guests.unreadable = running.unreadable;
	for (size_t i = 0; i < running.n; i++)
		read_guest(&guests, root, arena, &running.items[i]);
	*ret = guests;
	return 0;
}

/* What cannot be read or understood is others' business. */
static const char *find_in(const struct hd_sysroot *root, struct hd_arena *arena, const char *folder)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, "%s", folder);

	for (ssize_t i = 0; i < n && i < MAX_FILES; i++) {
		struct hd_replug_guest guest;
		struct hd_error ignored = { 0 };
		const char *xml;

		if (!hd_text_ends_with(names[i], ".xml") ||
		    hd_guest_text_read(&xml, root, arena, folder, names[i]) < 0 ||
		    !strstr(xml, HD_POLICY_NAMESPACE))
			continue;
		if (hd_replug_guest_parse(&guest, arena, xml, NULL, &ignored) > 0)
			return guest.name;
	}
	return NULL;
}

const char *hd_replug_guest_find(const struct hd_sysroot *root, struct hd_arena *arena)
{
	const char *name = find_in(root, arena, HD_GUESTS_RUNNING);

	return name ? name : find_in(root, arena, HD_GUESTS_DEFINED);
}
