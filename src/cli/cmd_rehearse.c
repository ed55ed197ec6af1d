/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_rehearse.c - the part of `handover --rehearse` that runs in a unit of systemd: it must not
 * end with the session from which it was started.
 */
#include "config.h"

#include "cli/operands.h"
#include "cli/options.h"
#include "cli/rehearsal.h"

static const struct hd_option *const options[] = { &hd_opt_uri, &hd_opt_help, NULL };

static enum hd_exit run_rehearse(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_checked_close) struct hd_checked checked = { 0 };
	enum hd_exit code;
	int seconds;

	code = hd_rehearse_seconds(&seconds, run->args[1], err);
	if (code == HD_EXIT_OK)
		code = hd_request_from_guest(&checked, run, err);
	if (code == HD_EXIT_OK && !checked.request.policy.handover.is_asked)
		code = hd_rehearse_refuse(run->context.arena, &checked.request, err);
	return code == HD_EXIT_OK ? hd_rehearse_here(run, &checked, seconds, err) : code;
}

const struct hd_command hd_cmd_rehearse = {
	.name = "rehearse",
	.args = "GUEST SECONDS",
	.min_args = 2,
	.max_args = 2,
	.summary = "take what a start of the guest would take, hold it, give it back",
	.options = options,
	.needs_root = true,
	.is_internal = true,
	.run = run_rehearse,
};
