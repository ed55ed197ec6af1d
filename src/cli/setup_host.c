/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup_host.c - what `hostdevctl setup` does for passthrough as such. */
#include "config.h"

#include "cli/setup.h"

static enum hd_exit plan_host(struct hd_run *run, char **args, int n_args,
			      struct hd_changes *changes, struct hd_error *err)
{
	(void)run;
	(void)args;
	(void)n_args;
	(void)changes;
	(void)err;
	return HD_EXIT_OK;
}

const struct hd_setup_subject hd_setup_host = {
	.name = NULL,
	.args = "",
	.summary = "kernel parameters and modules that passthrough needs",
	.plan = plan_host,
};
