/* SPDX-License-Identifier: GPL-2.0-or-later */
/* run_on_host.c - runs a command on the host that its options name. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/captured_host.h"
#include "cli/options.h"
#include "cli/run_on_host.h"
#include "facts/pci/pcilib.h"

static int read_config(struct hd_run *run, struct hd_error *err)
{
	int rc;

	/* a stranger's file: libeconf follows links to anywhere */
	run->context.config = hd_config_defaults;
	if (run->options->host)
		return 0;
	rc = hd_config_read(&run->context.root, &run->context.config, err);
	if (rc == 0 || !run->command->gives_back)
		return rc;
	(void)fprintf(run->notes, "hostdevctl: %s; the defaults are used\n", err->text);
	run->context.config = hd_config_defaults;
	*err = (struct hd_error){ 0 };
	return 0;
}

/* A capture is made into files; from then on it is as if --sysroot had named them. */
static enum hd_exit open_capture(struct hd_run *run, struct hd_options *options,
				 struct hd_host_file *file, struct hd_error *err)
{
	if (!options->host)
		return HD_EXIT_OK;
	if (options->sysroot || (hd_command_has(run->command, &hd_opt_dry_run) && !options->dry_run))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL,
				  options->sysroot ? "--host and --sysroot cannot be combined" :
				  "a captured host cannot be changed: add --dry-run");
	if (hd_host_file_open(file, run->context.arena, options->host, err) < 0)
		return HD_EXIT_HOST;
	options->sysroot = file->path;
	return HD_EXIT_OK;
}

static enum hd_exit open_host(struct hd_run *run, struct hd_error *err)
{
	const struct hd_options *options = run->options;
	struct hd_context *context = &run->context;

	context->sysroot = options->sysroot;
	if (hd_sysroot_open(&context->root, context->sysroot, err) < 0 || read_config(run, err) < 0)
		return HD_EXIT_HOST;
	if (run->command->needs_root && context->root.is_live && !options->dry_run && geteuid())
		return hd_fail_as(HD_EXIT_HOST, err, -EPERM, "%s needs root", run->command->name);
	if (context->root.is_live && geteuid() == 0)
		hd_log_open("hostdevctl");
	return HD_EXIT_OK;
}

enum hd_exit hd_run_on_host(struct hd_run *run, struct hd_error *err)
{
	_cleanup_(hd_host_file_close) struct hd_host_file file = { .path = NULL };
	const struct hd_options *given = run->options;
	struct hd_options options = *given;
	enum hd_exit code = open_capture(run, &options, &file, err);

	run->options = &options;
	if (code == HD_EXIT_OK && (!run->command->is_internal || run->command->needs_root))
		code = open_host(run, err);
	if (code == HD_EXIT_OK)
		code = run->command->run(run, err);
	hd_sysroot_close(&run->context.root);
	hd_pcilib_done();
	run->options = given;
	return code;
}
