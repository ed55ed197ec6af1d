/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_replug.c - gives USB devices that were plugged in to the running guests that want them.
 *
 * By hand for one guest; with --event for hostdevctl-replug@.service, which udev starts.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "act/replug.h"
#include "base/text.h"
#include "cli/options.h"
#include "cli/set_replug.h"
#include "cli/show_report.h"

#define SHOWN 80
#define PREFIX "usb:"

static const struct hd_option *const options[] = {
	&hd_opt_replug_enable, &hd_opt_replug_disable, &hd_opt_event, &hd_opt_templates,
	&hd_opt_uri, &hd_opt_dry_run, &hd_opt_sysroot, &hd_opt_json, &hd_opt_help, NULL,
};

/* A device that is gone cannot be looked up: its port is its name. */
static enum hd_exit read_event(struct hd_replug_job *job, const struct hd_run *run,
			       struct hd_error *err)
{
	const char *port = run->args[0], *event = run->options->event;

	if (strcmp(event, "bind") != 0 && strcmp(event, "remove") != 0)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--event is bind or remove");
	if (hd_text_starts_with(port, PREFIX))
		port += strlen(PREFIX);
	/* The number of the event, which makes the name of its unit. */
	port = hd_strndup(run->context.arena, port, strcspn(port, ":"));
	if (!hd_policy_is_usb_port(port))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%s' is not the port of a USB device, "
				  "such as 1-2.3", hd_text_printable(run->context.arena, port, SHOWN));
	job->port = port;
	job->is_gone = !strcmp(event, "remove");
	return HD_EXIT_OK;
}

static enum hd_exit show_job(struct hd_run *run, struct hd_replug_job *job, enum hd_exit code,
			     const struct hd_error *err)
{
	struct hd_report report = { .error = run->options->json && err->code ? err : NULL };
	struct hd_error ignored;
	enum hd_exit shown;

	if (!job->notes.n && !err->code)
		hd_notes_add(&job->notes, run->context.arena, "nothing to do");
	report.notes = job->notes.lines;
	report.n_notes = job->notes.n;
	report.has_failed = code != HD_EXIT_OK;
	report.changed = &job->has_changed;
	shown = hd_show_report(run, &report, &ignored);
	return code == HD_EXIT_OK ? shown : code;
}

/* Is what was asked for one thing? */
static enum hd_exit look_at_words(const struct hd_run *run, struct hd_error *err)
{
	const struct hd_options *o = run->options;
	bool sets = o->enable || o->disable;

	if (o->enable + o->disable + (o->event != NULL) > 1)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  "--enable, --disable and --event cannot be combined");
	if (!sets && run->n_args > 1)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  "DEVICE needs --enable or --disable");
	return HD_EXIT_OK;
}

static enum hd_exit run_replug(struct hd_run *run, struct hd_error *err)
{
	struct hd_replug_job job = {
		.context = &run->context, .uri = run->options->uri,
		.templates = run->options->element.templates, .dry_run = run->options->dry_run,
	};
	enum hd_exit code = look_at_words(run, err);

	if (code != HD_EXIT_OK)
		return code;
	if (run->options->enable || run->options->disable)
		return hd_replug_set(run, err);
	if (!run->context.root.is_live && !job.uri && !job.dry_run)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  "with --sysroot, name the guest's libvirt with --connect");
	if (run->options->event)
		code = read_event(&job, run, err);
	if (code != HD_EXIT_OK)
		return code;
	code = job.port ? hd_replug_event(&job, err) : hd_replug_guest(&job, run->args[0], err);
	return show_job(run, &job, code, err);
}

const struct hd_command hd_cmd_replug = {
	.name = "replug",
	.args = "GUEST [DEVICE]",
	.min_args = 1,
	.max_args = 2,
	.summary = "Give USB devices that were plugged in to the running guest that wants them.",
	.options = options,
	.needs_root = true,
	.run = run_replug,
};
