/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replug_guests.h - the running guests whose metadata say which USB devices come back to them.
 *
 * Read from libvirt's own files: run/libvirt/qemu/NAME.xml is what a running guest has, and
 * etc/libvirt/qemu/NAME.xml its definition, which still has the elements of devices that
 * were unplugged.  Guests without such a policy are not parsed.
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "domain/hostdev_elements.h"

struct hd_replug_guest {
	const char *name;		/* printable */
	char uuid[37];			/* lower case */
	const char *live;		/* its XML, as it was given */
	const struct hd_replug *policies;
	size_t n_policies;
	const struct hd_picked *devices;	/* the USB devices that it has, or lost */
	size_t n_devices;
	const struct hd_hostdev *optional;	/* those of its definition and of what it has that
						   have ids, and without which it starts */
	size_t n_optional;
};

struct hd_replug_guests {
	struct hd_replug_guest *items;	/* sorted by name */
	size_t n;
	const char *unreadable;		/* first status file that could not be understood, or NULL */
};

/*
 * What libvirt's XML of a running guest (LIVE) and of its definition (CONFIG; NULL: none) say.
 * Returns 1; 0 if its metadata have no such policy, and then only its name and UUID are set; or a
 * negative errno with ERR.  All of *RET is owned by the arena.
 */
int hd_replug_guest_parse(struct hd_replug_guest *ret, struct hd_arena *arena, const char *live,
			  const char *config, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;

/* A guest, running or defined, whose metadata have such a policy: its name; NULL: none. */
const char *hd_replug_guest_find(const struct hd_sysroot *root, struct hd_arena *arena)
	_nonnull_(1, 2);

/* All of them.  0, or a negative errno with ERR: the folder cannot be read. */
int hd_replug_guests_read(struct hd_replug_guests *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
