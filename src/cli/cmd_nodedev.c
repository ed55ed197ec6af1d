/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * cmd_nodedev.c - one call of libvirt's node device API, in a process that can
 * be given up; the libvirt binder of src/knob runs it.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "cli/options.h"
#include "virt/libvirt_module.h"
#include "virt/mdev_define.h"

static const struct hd_option *const options[] = { &hd_opt_uri, &hd_opt_help, NULL };

static enum hd_exit run_mdev(struct hd_run *run, struct hd_error *err)
{
	const bool defines = !strcmp(run->args[0], HD_MDEV_DEFINE);
	const char *last = run->args[run->n_args - 1];
	char uuid[37];

	if (run->n_args != (defines ? 4 : 2) || !hd_text_uuid(last, uuid))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, HD_MDEV_DEFINE
				  " takes PARENT TYPE UUID, " HD_MDEV_UNDEFINE " a UUID");
	return hd_nodedev_mdev(run->context.arena, run->options->uri, run->args[1],
			       defines ? run->args[2] : NULL, last, err);
}

static enum hd_exit run_nodedev(struct hd_run *run, struct hd_error *err)
{
	const char *uri = run->options->uri, *call = run->args[0], *addr = run->args[1];
	const struct hd_virt_module *libvirt;
	bool detaches = !strcmp(call, "detach");
	int rc;

	if (hd_text_starts_with(call, "mdev-"))
		return run_mdev(run, err);
	if (!detaches && strcmp(call, "reattach") != 0)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "unknown call '%.32s'", call);
	libvirt = hd_virt_load(err);
	if (!libvirt)
		return HD_EXIT_HOST;
	rc = libvirt->nodedev(uri, addr, detaches ? run->args[2] : NULL, detaches, err);
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

const struct hd_command hd_cmd_nodedev = {
	.name = "nodedev",
	.args = "detach|reattach ADDRESS [DRIVER] | " HD_MDEV_DEFINE " PARENT TYPE UUID | "
		HD_MDEV_UNDEFINE " UUID",
	.min_args = 2,
	.max_args = 4,
	.summary = "make one call of libvirt's node device API",
	.options = options,
	.is_internal = true,
	.run = run_nodedev,
};
