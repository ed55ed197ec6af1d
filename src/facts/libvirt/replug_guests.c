/* SPDX-License-Identifier: GPL-2.0-or-later */
/* replug_guests.c - the running guests whose metadata say which USB devices come back to them. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "domain/xml.h"
#include "facts/libvirt/guests_internal.h"
#include "facts/libvirt/replug_guests.h"

#define MAX_FILES 65536
#define MAX_NAME 100
#define MAX_REASON 200

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

/* A copy as text: bytes after a NUL, which XML cannot have, are lost. */
static ssize_t read_xml(const struct hd_sysroot *root, struct hd_arena *arena, const char **ret,
			const char *folder, const char *name)
{
	_cleanup_(hd_freep) char *text = NULL;
	ssize_t n = hd_guest_file_read(&text, root, folder, name);

	*ret = n < 0 ? NULL : hd_strndup(arena, text, (size_t)n);
	return n;
}

static void note_unreadable(struct hd_replug_guests *guests, struct hd_arena *arena,
			    const char *name, const char *why)
{
	if (!guests->unreadable)
		guests->unreadable = hd_printf(arena, HD_GUESTS_RUNNING "/%s: %s",
					       hd_text_printable(arena, name, MAX_NAME),
					       hd_text_printable(arena, why, MAX_REASON));
}

static void read_guest(struct hd_replug_guests *guests, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *name)
{
	struct hd_replug_guest guest;
	struct hd_error err = { 0 };
	const char *live, *config;
	ssize_t n = read_xml(root, arena, &live, HD_GUESTS_RUNNING, name);
	int rc;

	if (n < 0) {
		if (n != -ENOENT)	/* else it stopped in the meantime */
			note_unreadable(guests, arena, name, strerror((int)-n));
		return;
	}
	if (!strstr(live, HD_POLICY_NAMESPACE))
		return;
	/* One without definition, or with another of its name, has only what it runs with. */
	(void)read_xml(root, arena, &config, HD_GUESTS_DEFINED, name);
	rc = hd_replug_guest_parse(&guest, arena, live, config, &err);
	if (rc < 0)
		note_unreadable(guests, arena, name, err.text);
	if (rc > 0)
		hd_push(arena, &guests->items, &guests->n, guest);
}

int hd_replug_guests_read(struct hd_replug_guests *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, struct hd_error *err)
{
	struct hd_replug_guests guests = { .n = 0 };
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, HD_GUESTS_RUNNING);

	if (n > MAX_FILES)
		n = -E2BIG;
	if (n < 0 && n != -ENOENT)
		return hd_fail(err, (int)n, "cannot read " HD_GUESTS_RUNNING ": %s", strerror((int)-n));
	for (ssize_t i = 0; i < n; i++)
		if (hd_text_ends_with(names[i], ".xml"))
			read_guest(&guests, root, arena, names[i]);
	*ret = guests;
	return 0;
}
