/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_capture.c - the facts of this host as text, for a bug report or a test. */
#include "config.h"

#include <errno.h>

#include "base/text.h"
#include "cli/options.h"
#include "inventory/capture.h"

#define RELEASE_SHOWN 80

static const struct hd_option *const options[] = {
	&hd_opt_redact, &hd_opt_sysroot, &hd_opt_host, &hd_opt_help, NULL,
};

static const char *title(struct hd_run *run)
{
	struct hd_arena *arena = run->context.arena;
	const char *release = "unknown";

	(void)(hd_sysroot_text(&run->context.root, arena, &release, "proc/sys/kernel/osrelease") < 0);
	return hd_printf(arena, "%s, kernel %s%s", PACKAGE_VERSION,
			 hd_text_printable(arena, release, RELEASE_SHOWN),
			 run->options->redact ? ", redacted" : "");
}

static const char *host_name(struct hd_context *context)
{
	const char *name;

	return hd_sysroot_text(&context->root, context->arena, &name, "proc/sys/kernel/hostname") > 0 ?
	       name : NULL;
}

static enum hd_exit run_capture(struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_capture capture;

	hd_capture_host(&capture, &run->context.root, arena);
	if (run->options->redact && hd_capture_redact(&capture, arena, host_name(&run->context)) < 0)
		return hd_fail_as(HD_EXIT_HOST, err, -E2BIG, "this host has too many serial "
				  "numbers, UUIDs and MAC addresses to replace; nothing was "
				  "written");
	if (capture.is_cut)
		return hd_fail_as(HD_EXIT_HOST, err, -EFBIG,
				  "this host has more than %d files to capture", HD_CAPTURE_MAX);
	if (capture.n_unread)
		(void)fprintf(run->notes, "hostdevctl: note: this capture is incomplete: "
			      "%zu files or directories cannot be read, the first is %s\n",
			      capture.n_unread, capture.unread);
	if (hd_tree_write(run->out, &capture, title(run)) == 0)
		return HD_EXIT_OK;
	return hd_fail_as(HD_EXIT_HOST, err, -EIO, "cannot write the capture");
}

const struct hd_command hd_cmd_capture = {
	.name = "capture",
	.summary = "Write the facts about this host as text, for --host of the other commands.",
	.options = options,
	.run = run_capture,
};
