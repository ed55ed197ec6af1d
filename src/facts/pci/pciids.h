/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pciids.h - names out of pci.ids without reading all of them.
 *
 * libpci makes a table of all 37,000 lines for the first name, which costs more
 * than to list a host.  Here the lines are scanned for the makers alone, once.
 * For pcilib.c, which falls back to libpci.
 */
#pragma once

#include <stddef.h>

#include "base/arena.h"

struct hd_pciids_entry {
	unsigned id;		/* vendor; base class | HD_PCIIDS_CLASS */
	const char *line;	/* in text: its own line; what belongs to it follows */
};

#define HD_PCIIDS_CLASS 0x10000u

struct hd_pciids {
	char *text;
	struct hd_pciids_entry *entries;	/* sorted */
	size_t n;
};

/* Takes the file at PATH in; what cannot be read, or is not such a list, has no names. */
void hd_pciids_open(struct hd_pciids *ret, const char *path) _nonnull_(1, 2);
void hd_pciids_close(struct hd_pciids *ids) _nonnull_(1);

/* The name of a vendor (or class, with HD_PCIIDS_CLASS), owned by ARENA, or NULL. */
const char *hd_pciids_name(const struct hd_pciids *ids, struct hd_arena *arena, unsigned id)
	_nonnull_(1, 2);

/* The name of a device of the vendor (or of a subclass of the class), or NULL. */
const char *hd_pciids_part(const struct hd_pciids *ids, struct hd_arena *arena, unsigned id,
			   unsigned part) _nonnull_(1, 2);
