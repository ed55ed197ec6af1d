/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * claims.h - what our own journals say other guests have.
 *
 * Between our `prepare` and QEMU's start libvirt has no file yet that says that
 * a guest runs, and its devices are on VFIO already: only the journal knows.
 */
#pragma once

#include "base/error.h"
#include "facts/libvirt/guests.h"
#include "run/journal.h"

/*
 * Adds to GUESTS the PCI functions that journals in DIR_FD took for guests
 * other than the one with EXCEPT_UUID, and those that keepers wait for.  A journal that
 * cannot be understood sets guests->unreadable.  Returns 0 or a negative errno with ERR.
 */
int hd_journal_claims(struct hd_guests *guests, struct hd_arena *arena, int dir_fd,
		      const char *except_uuid, struct hd_error *err)
	_nonnull_(1, 2, 4, 5) _must_check_;

/* What shows that the guest of ENTRY runs and has its devices: owned by GUESTS; NULL: nothing does. */
const struct hd_guest_claim *hd_journal_claim_of(const struct hd_journal_entry *entry,
						 const struct hd_guests *guests) _nonnull_(1, 2);
