/* SPDX-License-Identifier: GPL-2.0-or-later */
/* allow_options.h - what a command line accepts: --allow and --i-know-this-destroys-data. */
#pragma once

#include "check/check.h"
#include "cli/command.h"

/*
 * Adds what the options say to REQUEST's policy.  HD_EXIT_USAGE with ERR: a
 * check that is none (the nearest is named) or that nobody can allow, or a
 * device to destroy that was not asked for.
 */
enum hd_exit hd_overrides_add(struct hd_request *request, struct hd_run *run,
			      struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* The part of it that --allow says. */
enum hd_exit hd_overrides_allow(struct hd_request *request, struct hd_run *run,
				struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* To the system's log: what was allowed, and by whom. To be called before it takes effect. */
void hd_overrides_log(struct hd_context *context, const struct hd_findings *findings) _nonnull_(1, 2);
