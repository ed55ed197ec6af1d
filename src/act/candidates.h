/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * candidates.h - which of several equal devices does a guest get?
 *
 * One that its checks call ready, that no other guest has or is defined with, and that is on the
 * guest's NUMA node if one of those is free.  Who writes the choice into a definition holds
 * hd_choice_lock() from hd_candidates_read() on, so that nobody else chooses the same meanwhile.
 */
#pragma once

#include "base/context.h"
#include "base/exit.h"
#include "inventory/any_of.h"

struct hd_candidate {
	const struct hd_item *item;
	const struct hd_hostdev *functions;	/* what the guest gets: of a card all that is on it */
	size_t n_functions;
	const char *reason;		/* why the host cannot give it, printable; NULL: it can */
	const char *claimed_by;		/* another guest, running or only defined, printable; or NULL */
	bool is_own;			/* the guest is defined with it */
	bool is_held;			/* a start of this guest took it, and has not given it back */
	bool is_near;			/* on the only NUMA node of the guest */
};

struct hd_candidates {
	struct hd_any_of of;
	struct hd_inventory inventory;
	struct hd_candidate *devices;	/* those near first, then by address */
	size_t n;
	int node;			/* the only NUMA node of the guest; -1: it has no such node */
	const struct hd_policy *policy;	/* the guest's */
};

/*
 * All functions of the kind OF, and what keeps each from the guest GUEST.  HD_EXIT_OK, _USAGE (OF is
 * not a kind) or _HOST with ERR.
 */
enum hd_exit hd_candidates_read(struct hd_candidates *ret, struct hd_context *context, const char *of,
			  const struct hd_request *guest, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* The device with this function, or NULL. */
const struct hd_candidate *hd_candidates_find(const struct hd_candidates *all, const struct hd_pci_addr *addr)
	_nonnull_(1, 2);

/* Nothing is known that keeps the guest from it? */
static inline bool hd_candidate_is_free(const struct hd_candidate *device)
{
	return !device->reason && !device->claimed_by && !device->is_own;
}

size_t hd_candidates_count_free(const struct hd_candidates *all) _nonnull_(1);

/*
 * The first that is free, and that the kernel calls free as well: its disks are claimed and let go
 * again.  One that it does not gets its reason.  NULL: there is none.  HD_EXIT_OK or _HOST with ERR.
 */
enum hd_exit hd_candidates_choose(const struct hd_candidate **ret, struct hd_candidates *all,
			    struct hd_context *context, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;

/* Why DEVICE is not free, as one phrase, owned by ARENA or constant. */
const char *hd_candidate_reason(struct hd_arena *arena, const struct hd_candidate *device)
	_nonnull_(1, 2) _returns_nonnull_;
