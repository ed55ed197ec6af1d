/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_reattach.c - gives devices back to the host (act/reattach.h). */
#include "config.h"

#include <errno.h>

#include "act/change_options.h"
#include "act/reattach.h"
#include "cli/options.h"
#include "cli/show_report.h"
#include "inventory/resolve_operands.h"

static const struct hd_option *const options[] = {
	&hd_opt_uri, &hd_opt_binder, &hd_opt_dry_run, &hd_opt_sysroot, &hd_opt_host, &hd_opt_json,
	&hd_opt_color, &hd_opt_help, NULL,
};

/* What is on VFIO has lost its node and its interface. */
static enum hd_exit addresses(struct hd_run *run, struct hd_pci_addr **ret, size_t *ret_n,
			      struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_pci_addr *addrs = NULL;
	struct hd_device_ref *refs;
	enum hd_exit code = hd_functions_from_names(&run->context, run->args, run->n_args,
						    &refs, ret_n, err);
	size_t n = 0;

	if (err->code == -ENOENT)
		hd_fail(err, err->code, "%s; a detached device has lost its node and its "
			"interface: 'hostdevctl status' shows its address",
			hd_strdup(arena, err->text));
	if (code != HD_EXIT_OK)
		return code;
	for (size_t i = 0; i < *ret_n; i++)
		hd_push(arena, &addrs, &n, refs[i].pci);
	*ret = addrs;
	return HD_EXIT_OK;
}

static enum hd_exit run_reattach(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_change_close) struct hd_change change = { .dir_fd = -1 };
	struct hd_pci_addr *addrs;
	enum hd_exit code;
	size_t n;

	code = addresses(run, &addrs, &n, err);
	if (code == HD_EXIT_OK)
		code = hd_change_open(&change, &run->context, &(struct hd_change_options){
				.binder = run->options->binder, .uri = run->options->uri,
				.dry_run = run->options->dry_run }, addrs, n, err);
	if (code != HD_EXIT_OK)
		return code;
	code = hd_reattach(&change, addrs, n, false, err);
	return hd_show_change(run, &change, NULL, true, code, err);
}

const struct hd_command hd_cmd_reattach = {
	.name = "reattach",
	.args = "DEVICE...",
	.min_args = 1,
	.max_args = -1,
	.summary = "Give devices back to their former drivers.",
	.options = options,
	.needs_root = true,
	.gives_back = true,
	.run = run_reattach,
};
