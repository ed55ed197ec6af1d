/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * mdev_types.h - which mediated devices a parent can make now.
 *
 * Source: sys/class/mdev_bus/PARENT/mdev_supported_types
 * (Documentation/driver-api/vfio-mediated-device.rst).
 */
#pragma once


#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"

struct hd_mdev_type {
	const char *id;		/* "nvidia-63", a plain name */
	const char *name;	/* "GRID P40-1B", printable; or NULL */
	int available;		/* instances left; -1 unknown */
};

struct hd_mdev_types {
	struct hd_mdev_type *items;	/* sorted by id */
	size_t n;
};

/* Parents by their names, sorted: "0000:06:00.0", "mtty". */
void hd_mdev_parents(const char *const **ret, size_t *ret_n, const struct hd_sysroot *root,
		     struct hd_arena *arena) _nonnull_(1, 2, 3, 4);

/*
 * PARENT is a plain name.  0; -ENOENT: it is not a parent of mediated devices; or what
 * keeps it from being read, with ERR.
 */
int hd_mdev_types_read(struct hd_mdev_types *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const char *parent, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* By id, else by name; or NULL. */
const struct hd_mdev_type *hd_mdev_type_find(const struct hd_mdev_types *types, const char *text)
	_nonnull_(1, 2);
