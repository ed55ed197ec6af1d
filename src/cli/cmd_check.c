/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_check.c - can the guest, or the devices, be served by this host? Changes nothing. */
#include "config.h"

#include <errno.h>

#include "cli/check_against.h"
#include "cli/operands.h"
#include "cli/options.h"
#include "cli/show_report.h"

static const struct hd_option *const options[] = {
	&hd_opt_xml, &hd_opt_allow, &hd_opt_sysroot, &hd_opt_host, &hd_opt_timeout, &hd_opt_uri,
	&hd_opt_against, &hd_opt_node_name, &hd_opt_json, &hd_opt_verbose, &hd_opt_color, &hd_opt_help, NULL,
};

static enum hd_exit run_check(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_checked_close) struct hd_checked judged = { 0 };
	struct hd_report report = { .show_passed = run->options->verbose };
	enum hd_exit code;

	if (run->options->against)
		return hd_check_against(run, err);
	if (run->options->node)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--node is for --against");
	code = hd_checked_from_run(&judged, run, err);
	if (code != HD_EXIT_OK)
		return code;
	report.title = judged.title;
	report.findings = &judged.findings;
	code = hd_show_report(run, &report, err);
	if (code == HD_EXIT_OK && !judged.findings.is_ready)
		code = HD_EXIT_REFUSED;
	return code;
}

const struct hd_command hd_cmd_check = {
	.name = "check",
	.args = "[GUEST | --xml FILE | --against FILE | DEVICE...]",
	.max_args = -1,
	.summary = "Check whether devices can be passed to a guest, or what a scheduler offers; "
		   "without operands, check the host.",
	.options = options,
	.takes_hosts = true,
	.run = run_check,
};
