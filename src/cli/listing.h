/* SPDX-License-Identifier: GPL-2.0-or-later */
/* listing.h - the devices that a command shows, with all that its columns need. */
#pragma once

#include "cli/columns.h"

/*
 * Reads the inventory (of libvirt's connection, if --connect is given), takes the
 * devices that the operands name and whose kind is in KINDS (0: all), and what the
 * CHOSEN columns cost.  WITH_CLAIMS: see hd_device_verdicts_read().  Not HD_EXIT_OK: ERR is
 * filled.  Close the listing in all cases.
 */
enum hd_exit hd_listing_read(struct hd_listing *ret, struct hd_run *run, unsigned kinds,
			     const struct hd_chosen *chosen, bool with_claims,
			     struct hd_error *err) _nonnull_(1, 2, 4, 6) _must_check_;
/* Only the devices whose verdict is ready are left; the listing must have verdicts. */
void hd_listing_keep_free(struct hd_listing *listing) _nonnull_(1);

void hd_listing_close(struct hd_listing *listing) _nonnull_(1);
