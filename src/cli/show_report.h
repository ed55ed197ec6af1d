/* SPDX-License-Identifier: GPL-2.0-or-later */
/* show_report.h - what a command found and did, in the form that its options ask for. */
#pragma once

#include "act/checked_request.h"
#include "act/host_change.h"
#include "cli/command.h"
#include "report/report.h"
#include "report/table.h"

/* Writes REPORT in the form that the options ask for. HD_EXIT_OK or _HOST with ERR. */
enum hd_exit hd_show_report(struct hd_run *run, const struct hd_report *report,
			    struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/*
 * What a command that ends with CODE did to the host.  JUDGED: what it was decided by, or
 * NULL.  Returns CODE, or what keeps the report from being written if that is HD_EXIT_OK.
 */
enum hd_exit hd_show_change(struct hd_run *run, const struct hd_change *change,
			    const struct hd_checked *judged, bool has_plan, enum hd_exit code,
			    const struct hd_error *err) _nonnull_(1, 2, 6);

/* The same for TABLE: 0, or a negative errno with ERR. */
int hd_show_table(struct hd_run *run, const struct hd_table *table, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
