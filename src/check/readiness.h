/* SPDX-License-Identifier: GPL-2.0-or-later */
/* readiness.h - what all findings of one device come to: ready, needs something, never. */
#pragma once

#include "check/check.h"

enum hd_readiness {
	HD_READY,
	HD_NEEDS,	/* errors that somebody can correct */
	HD_NEVER,	/* nobody can free it: the host itself needs it */
};

/*
 * TEXT becomes "ready", "needs storage-free, iommu-enabled" (the checks that
 * refuse), or "never: the host's root filesystem" (for an error that nobody
 * can allow); owned by ARENA.  Pure.
 */
enum hd_readiness hd_readiness_of(const char **ret_text, struct hd_arena *arena,
				  const struct hd_findings *findings) _nonnull_(1, 2, 3);

/* The ids of the checks that refuse, one per line; NULL: none does, or one says never. */
const char *hd_needs_of(struct hd_arena *arena, const struct hd_findings *findings)
	_nonnull_(1, 2);

/* Why the device never goes to a guest: "the host's root filesystem"; NULL: it may. */
const char *hd_never_of(const struct hd_findings *findings) _nonnull_(1);

/*
 * What the host does with the device SUBJECT, as the checks of uses report it, one use
 * per line; NULL: no use is known.
 */
const char *hd_uses_of(struct hd_arena *arena, const struct hd_findings *findings,
		       const char *subject) _nonnull_(1, 2, 3);
