/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_export.c - the devices that a scheduler may offer, as its own configuration has them. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/did_you_mean.h"
#include "cli/listing.h"
#include "cli/node_name.h"
#include "cli/options.h"
#include "report/export.h"

static const struct hd_option *const options[] = {
	&hd_opt_node_name, &hd_opt_sysroot, &hd_opt_host, &hd_opt_help, NULL,
};

static void add_help(FILE *out)
{
	(void)fputs("\nA FORMAT is one of:\n", out);
	for (size_t i = 0; i < hd_n_export_formats; i++)
		(void)fprintf(out, "  %-14s %s\n", hd_export_formats[i].name,
			      hd_export_formats[i].product);
}

static const struct hd_export_format *find_format(const char *name, struct hd_error *err)
{
	const struct hd_export_format *format = hd_export_format_find(name);
	struct hd_nearest nearest = { .word = name };

	if (format)
		return format;
	(void)hd_fail(err, -EINVAL, "'%.64s' is not a format that can be exported", name);
	for (size_t i = 0; i < hd_n_export_formats; i++)
		hd_nearest_offer(&nearest, hd_export_formats[i].name);
	(void)hd_nearest_suggest(&nearest, err);
	return NULL;
}

static enum hd_exit run_export(struct hd_run *run, struct hd_error *err)
{
	const struct hd_export_format *format = find_format(run->args[0], err);
	_cleanup_(hd_listing_close) struct hd_listing listing = { .n = 0 };
	const struct hd_chosen chosen = { .want = HD_INVENTORY_ALL, .cost = HD_COSTS_CHECKS };
	struct hd_export export = { .out = run->out, .arena = run->context.arena };
	struct hd_run whole = *run;
	enum hd_exit code;

	if (!format)
		return HD_EXIT_USAGE;
	whole.n_args = 0;
	code = hd_node_name(&export.node, run, format, err);
	if (run->options->host)
		(void)fputs("note: a captured host does not have its guests: what they have may be "
			    "offered\n", run->notes);
	if (code == HD_EXIT_OK)
		code = hd_listing_read(&listing, &whole, 0, &chosen, false, err);
	if (code != HD_EXIT_OK)
		return code;
	export.offers = hd_offers_of(export.arena, &run->context.root, &listing.inventory,
				     &listing.judgement, &format->rules);
	export.n = listing.inventory.n;
	hd_export_write(&export, format);
	return HD_EXIT_OK;
}

const struct hd_command hd_cmd_export = {
	.name = "export",
	.args = "FORMAT",
	.min_args = 1,
	.max_args = 1,
	.summary = "Print the devices that a scheduler may offer, as its own configuration.",
	.options = options,
	.needs_root = true,
	.help = add_help,
	.run = run_export,
};
