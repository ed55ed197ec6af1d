/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_plan.c - what would a start of the guest do to the host, and why? Changes nothing. */
#include "config.h"

#include <errno.h>

#include "act/plan_notes.h"
#include "cli/operands.h"
#include "cli/options.h"
#include "cli/show_report.h"
#include "knob/knobs.h"

static const struct hd_option *const options[] = {
	&hd_opt_xml, &hd_opt_allow, &hd_opt_sysroot, &hd_opt_host, &hd_opt_timeout, &hd_opt_uri,
	&hd_opt_json, &hd_opt_verbose, &hd_opt_color, &hd_opt_help, NULL,
};

static const struct hd_knobs knobs = { &hd_knob_pci_driver_sysfs, &hd_knob_module, NULL,
				       &hd_handover_knobs };

/* A start that is refused does nothing: there is no plan to show. */
static enum hd_exit show_plan(struct hd_run *run, const struct hd_checked *judged,
			      struct hd_report *report, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_plan plan = { 0 };
	struct hd_notes notes = { 0 };

	if (hd_plan_for_start(&plan, arena, &judged->request, &judged->facts, &knobs,
			      err) < 0)
		return HD_EXIT_HOST;
	hd_notes_unmoved(&notes, arena, judged, &plan);
	report->plan = &plan;
	report->notes = notes.lines;
	report->n_notes = notes.n;
	return hd_show_report(run, report, err);
}

static enum hd_exit run_plan(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_checked_close) struct hd_checked judged = { 0 };
	struct hd_report report = { .show_passed = run->options->verbose };
	enum hd_exit code;

	if (!run->n_args && !run->options->xml)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "missing GUEST or DEVICE");
	code = hd_checked_from_run(&judged, run, err);
	if (code != HD_EXIT_OK)
		return code;
	report.title = judged.title;
	report.findings = &judged.findings;
	if (judged.findings.is_ready)
		return show_plan(run, &judged, &report, err);
	code = hd_show_report(run, &report, err);
	return code == HD_EXIT_OK ? HD_EXIT_REFUSED : code;
}

const struct hd_command hd_cmd_plan = {
	.name = "plan",
	.args = "GUEST | --xml FILE | DEVICE...",
	.max_args = -1,
	.summary = "Show what a start would change on the host, and why.",
	.options = options,
	.takes_hosts = true,
	.run = run_plan,
};
