/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_handover.c - hands the host's only graphics card to a guest: may it, what ends for it, does
 * it come back?
 */
#include "config.h"

#include <errno.h>

#include "cli/handover_modes.h"
#include "cli/options.h"

static const struct hd_option *const options[] = {
	&hd_opt_enable, &hd_opt_disable, &hd_opt_sessions, &hd_opt_units, &hd_opt_rehearse,
	&hd_opt_report, &hd_opt_yes, &hd_opt_xml, &hd_opt_uri, &hd_opt_dry_run, &hd_opt_sysroot, &hd_opt_json,
	&hd_opt_verbose, &hd_opt_color, &hd_opt_help, NULL,
};

/* Is what was asked for one thing, and possible? */
static enum hd_exit look_at_words(const struct hd_run *run, struct hd_error *err)
{
	const struct hd_options *o = run->options;
	int n_guests = o->xml ? 0 : 1;
	const struct {
		bool is_wrong;
		const char *why;
	} rows[] = {
		{ o->enable + o->disable + o->rehearse + o->report > 1,
		  "--enable, --disable, --rehearse and --report cannot be combined" },
		{ (o->units || o->sessions) && !o->enable, "--units and --sessions need --enable" },
		{ o->xml && (o->enable || o->disable || o->report),
		  "--xml is for the plan and for --rehearse: name a guest of libvirt" },
		{ run->n_args < n_guests, "missing GUEST" },
		{ run->n_args > n_guests + o->rehearse, "too many operands" },
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (rows[i].is_wrong)
			return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "%s", rows[i].why);
	return HD_EXIT_OK;
}

static enum hd_exit show_view(struct hd_run *run, struct hd_error *err)
{
	struct hd_handover_view view = { .judged = { 0 } };
	enum hd_exit code = hd_handover_view(&view, run, err);

	if (code == HD_EXIT_OK)
		code = hd_handover_show(run, &view, err);
	hd_checked_close(&view.judged);
	return code;
}

static enum hd_exit run_handover(struct hd_run *run, struct hd_error *err)
{
	const struct hd_options *o = run->options;
	enum hd_exit code = look_at_words(run, err);

	if (code != HD_EXIT_OK)
		return code;
	if (o->enable || o->disable)
		return hd_handover_set(run, err);
	if (o->rehearse)
		return hd_handover_rehearse(run, err);
	if (o->report)
		return hd_handover_report(run, err);
	return show_view(run, err);
}

const struct hd_command hd_cmd_handover = {
	.name = "handover",
	.args = "GUEST [SECONDS]",
	.max_args = 2,
	.summary = "Hand the host's only graphics card to a guest, and get it back.",
	.options = options,
	.needs_root = true,
	.run = run_handover,
};
