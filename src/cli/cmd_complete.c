/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_complete.c - what may come next, for the completion of shells.
 *
 * A person waits with a finger on the key: what takes longer is not offered.
 */
#include "config.h"

#include <unistd.h>

#include "cli/complete.h"
#include "cli/options.h"

#define LIMIT_S 2

static const struct hd_option *const options[] = { &hd_opt_help, NULL };

static enum hd_exit run_complete(struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_completion completion;

	(void)err;
	(void)alarm(LIMIT_S);
	if (hd_completion_parse(&completion, arena, run->args, run->n_args))
		hd_completion_offer(run->out, &completion, arena);
	return HD_EXIT_OK;
}

const struct hd_command hd_cmd_complete = {
	.name = "complete",
	.args = "-- WORD...",
	.min_args = 1,
	.max_args = -1,
	.summary = "print what may come next on the command line",
	.options = options,
	.is_internal = true,
	.run = run_complete,
};
