/* SPDX-License-Identifier: GPL-2.0-or-later */
/* readiness.h - what all findings of one device come to: ready, needs something, never. */
#pragma once

#include "check/check.h"

enum hd_readiness {
	HD_READY,
	HD_NEEDS,	/* errors that somebody can mend */
	HD_NEVER,	/* nothing that anybody could do: the host itself lives on it */
};

/*
 * TEXT becomes "ready", "needs storage-free, iommu-enabled" (the checks that
 * refuse), or "never: the host's root filesystem" (what one that nobody can allow
 * says); owned by ARENA.  Pure.
 */
enum hd_readiness hd_readiness_of(const char **ret_text, struct hd_arena *arena,
				  const struct hd_findings *findings) _nonnull_(1, 2, 3);

/*
 * What the host does with the device SUBJECT, in the words of the checks that
 * look for that, one per line; NULL: nothing that they know of.
 */
const char *hd_uses_of(struct hd_arena *arena, const struct hd_findings *findings,
		       const char *subject) _nonnull_(1, 2, 3);
