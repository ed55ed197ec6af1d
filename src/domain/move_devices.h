/* SPDX-License-Identifier: GPL-2.0-or-later */
/* move_devices.h - a guest's definition with other devices of the host in the same places. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "base/pciaddr.h"
#include "base/arena.h"

/* The elements with the function FROM, and what our metadata pin there, get the function TO. */
struct hd_device_move {
	struct hd_pci_addr from, to;
	const char *path;	/* for its pin, if that has one; NULL: the pin loses it */
	bool is_same_card;	/* it is what was at FROM, so that what is allowed for it goes with it; another
				   device has its own allowances, and leaves those of FROM alone */
};

/*
 * The whole XML with all MOVES done at once, so that two devices may change places; all else stays as
 * it is.  Returns 0, -ENOENT with ERR if it has nothing of a FROM, or as hd_xml_read().
 */
int hd_definition_move(const char **ret, struct hd_arena *arena, const char *xml, size_t length,
		       const struct hd_device_move *moves, size_t n, struct hd_error *err)
	_nonnull_(1, 2, 3, 5, 7) _must_check_;
