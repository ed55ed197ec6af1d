/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_report.h - shows how the last hand-over of a guest's graphics card went. */
#pragma once

#include <stdio.h>

#include "report/handover_record.h"

struct hd_handover_report {
	const char *taken, *back;	/* the text of both files; back NULL: it was not recorded */
	bool is_held;			/* there still is a journal */
	enum hd_exit code;		/* the worse of both results; a rehearsal without a way back: _HOST */
	int64_t changed;		/* seconds of CLOCK_REALTIME: when the way there was recorded */
};

/*
 * The UUID of the guest with this name whose report was written last.  0, -ENOENT without ERR:
 * there is none, or a negative errno with ERR.
 */
int hd_handover_report_find(const char **ret_uuid, const struct hd_sysroot *root,
			    struct hd_arena *arena, const char *guest, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* 0, -ENOENT without ERR: there is none, or a negative errno with ERR. */
int hd_handover_report_read(struct hd_handover_report *ret, const struct hd_sysroot *root,
			    struct hd_arena *arena, const char *uuid, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* For people, or as one JSON object with "taken" and "back". 0 or -EIO. */
int hd_handover_report_put(FILE *out, const struct hd_handover_report *report, bool as_json)
	_nonnull_(1, 2) _must_check_;
