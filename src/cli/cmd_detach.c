/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_detach.c - takes devices from the host, as a guest's start would (act/detach.h). */
#include "config.h"

#include "act/change_options.h"
#include "act/detach.h"
#include "act/request_devices.h"
#include "act/take.h"
#include "cli/operands.h"
#include "cli/options.h"
#include "cli/show_report.h"
#include "inventory/resolve_operands.h"

static const struct hd_option *const options[] = {
	&hd_opt_allow, &hd_opt_destroys, &hd_opt_uri, &hd_opt_binder, &hd_opt_dry_run,
	&hd_opt_sysroot, &hd_opt_host, &hd_opt_json, &hd_opt_verbose,
	&hd_opt_color, &hd_opt_help, NULL,
};

static enum hd_exit run_detach(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_change_close) struct hd_change change = { .dir_fd = -1 };
	_cleanup_(hd_checked_close) struct hd_checked all = { 0 };
	struct hd_detached taken;
	struct hd_device_ref *refs;
	enum hd_exit code;
	size_t n;

	code = hd_functions_from_names(&run->context, run->args, run->n_args, &refs, &n, err);
	if (code != HD_EXIT_OK)
		return hd_point_to_detach_from(run, code, err);
	hd_checked_from_elements(&all, &run->context, refs, n);
	code = hd_overrides_add(&all.request, run, err);
	if (code == HD_EXIT_OK)
		code = hd_change_open(&change, &run->context, &(struct hd_change_options){
				.binder = run->options->binder, .uri = run->options->uri,
				.dry_run = run->options->dry_run }, all.query.addrs, all.query.n_addrs, err);
	if (code == HD_EXIT_OK)
		code = hd_checked_run(&all, &run->context, err);
	if (code != HD_EXIT_OK)
		return code;
	if (!all.findings.is_ready)
		code = HD_EXIT_REFUSED;
	else if (run->options->dry_run)
		code = hd_take_plan(&change, &all, err);
	else
		code = hd_detach_all(&taken, &change, &all, err);
	return hd_show_change(run, &change, &all, all.findings.is_ready, code, err);
}

const struct hd_command hd_cmd_detach = {
	.name = "detach",
	.args = "DEVICE...",
	.min_args = 1,
	.max_args = -1,
	.summary = "Take devices from the host and bind them to VFIO, after the same checks.",
	.options = options,
	.needs_root = true,
	.run = run_detach,
};
