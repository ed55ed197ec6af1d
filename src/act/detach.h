/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * detach.h - takes functions from the host, all or none.
 *
 * All are checked before the first is touched.  Then each is judged once more
 * and detached with a journal of its own, so that each can be given back alone;
 * companions and the rest of a card belong to the function that they were moved for.
 * For a guest that runs (the request has its UUID) they are its own: given back when they
 * are taken out of it, or when it ends.
 */
#pragma once

#include "act/checked_request.h"
#include "act/host_change.h"

struct hd_detached {
	size_t *first;		/* where the steps of each begin in change->done; the end after */
	size_t n;
};

/*
 * Takes the functions of ALL (its `named`), which was judged and found ready.  If
 * one cannot be taken, those before it are given back at once; if it is no longer
 * free, ALL gets the findings that say so.  A function that is
 * managed='yes' is left to libvirt, but not its companions.
 */
enum hd_exit hd_detach_all(struct hd_detached *ret, struct hd_change *change, struct hd_checked *all,
			   struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/* Gives back what was taken. Returns CODE, or HD_EXIT_STRANDED with ERR. */
enum hd_exit hd_detach_undo(struct hd_change *change, const struct hd_checked *all,
			    const struct hd_detached *taken, enum hd_exit code, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;
