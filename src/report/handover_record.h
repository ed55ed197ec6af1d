/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * handover_record.h - how the last hand-over of a guest's graphics card went, on disk.
 *
 * Nobody sees a screen meanwhile, so it is read afterwards, also after a power cut.  One JSON
 * object per file, UUID.json of the way there and UUID.back.json of the way back, in a directory
 * of root's.  Needs no JSON library: the hook writes it, too.
 */
#pragma once

#include "base/exit.h"
#include "base/sysroot.h"
#include "plan/plan.h"

#define HD_HANDOVER_DIR "var/lib/hostdevctl/handover"

struct hd_handover_record {
	const char *uuid;		/* of the guest; checked */
	const char *guest;		/* its name; any text */
	bool is_rehearsal, is_back;
	enum hd_exit code;		/* how it ended */
	const char *reason;		/* why, unless it is HD_EXIT_OK; or NULL */
	const struct hd_plan *plan;	/* its steps, as they are now */
	int64_t ms;			/* all of it */
};

/* "done", "refused", "failed", "stranded". */
const char *hd_handover_result(enum hd_exit code);

/*
 * Replaces the last one, durably; one of the way there also removes the earlier way back.
 * Returns 0 or a negative errno: the hand-over itself does not depend on it.
 */
int hd_handover_record_put(const struct hd_sysroot *root, const struct hd_handover_record *record)
	_nonnull_(1, 2) _must_check_;
