/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_sleep.c - stops guests with host devices before the host sleeps, and lets them go on.
 *
 * Both for hostdevctl-sleep.service; by hand to see what would happen, and to try again.
 */
#include "config.h"

#include <errno.h>

#include "act/sleep.h"
#include "cli/options.h"
#include "cli/show_report.h"

static const struct hd_option *const options[] = {
	&hd_opt_uri, &hd_opt_dry_run, &hd_opt_sysroot, &hd_opt_json, &hd_opt_help, NULL,
};

static enum hd_exit run_job(struct hd_run *run, struct hd_error *err,
			    enum hd_exit (*work)(struct hd_sleep_job *job, struct hd_error *err))
{
	struct hd_sleep_job job = { .context = &run->context, .uri = run->options->uri,
				    .dry_run = run->options->dry_run };
	struct hd_report report = { .error = NULL };
	struct hd_error ignored;
	enum hd_exit code, shown;

	if (!run->context.root.is_live && !job.uri && !job.dry_run)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  "with --sysroot, name the guests' libvirt with --connect");
	code = work(&job, err);
	report.error = run->options->json && err->code ? err : NULL;
	if (!job.notes.n && !err->code)
		hd_notes_add(&job.notes, run->context.arena, "nothing to do");
	report.notes = job.notes.lines;
	report.n_notes = job.notes.n;
	report.has_failed = code != HD_EXIT_OK;
	shown = hd_show_report(run, &report, &ignored);
	return code == HD_EXIT_OK ? shown : code;
}

static enum hd_exit run_sleep(struct hd_run *run, struct hd_error *err)
{
	return run_job(run, err, hd_sleep_guests);
}

static enum hd_exit run_wake(struct hd_run *run, struct hd_error *err)
{
	return run_job(run, err, hd_wake_guests);
}

const struct hd_command hd_cmd_sleep = {
	.name = "sleep",
	.args = "",
	.summary = "Pause or save guests with host devices before the host sleeps, or refuse.",
	.options = options,
	.needs_root = true,
	.run = run_sleep,
};

const struct hd_command hd_cmd_wake = {
	.name = "wake",
	.args = "",
	.summary = "Let guests go on that were paused or saved because the host slept.",
	.options = options,
	.needs_root = true,
	.gives_back = true,
	.run = run_wake,
};
