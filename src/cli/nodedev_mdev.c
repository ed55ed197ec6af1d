/* SPDX-License-Identifier: GPL-2.0-or-later */
/* nodedev_mdev.c - mediated devices by libvirt, with a deadline. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "cli/apart.h"
#include "cli/nodedev_mdev.h"
#include "cli/virt.h"

#define DEADLINE_MS 60000
#define REPLY_MAX 4096
#define DONE "done"

/* In the child: "done", or the reason. */
static void work(int out, const void *data)
{
	const struct hd_run *run = data;
	const char *uri = run->options->uri;
	struct hd_error err = { 0 };
	int rc;

	if (!strcmp(run->args[0], HD_MDEV_DEFINE))
		rc = hd_virt_mdev_define(uri, run->args[1], run->args[2], run->args[3], &err);
	else
		rc = hd_virt_mdev_undefine(uri, run->args[1], &err);
	if (rc == 0)
		(void)hd_apart_write(out, DONE, strlen(DONE));
	else
		(void)hd_apart_write(out, err.text, strlen(err.text));
}

static bool are_good(struct hd_run *run)
{
	char uuid[37];

	if (!strcmp(run->args[0], HD_MDEV_DEFINE))
		return run->n_args == 4 && hd_text_uuid(run->args[3], uuid);
	return run->n_args == 2 && hd_text_uuid(run->args[1], uuid);
}

enum hd_exit hd_nodedev_mdev(struct hd_run *run, struct hd_error *err)
{
	const char *uuid = run->args[run->n_args - 1];
	struct hd_apart reply = { 0 };
	int rc;

	if (!are_good(run)) {
		hd_fail(err, -EINVAL, HD_MDEV_DEFINE " takes PARENT TYPE UUID, "
			HD_MDEV_UNDEFINE " a UUID");
		return HD_EXIT_USAGE;
	}
	rc = hd_apart_run(&reply, run->arena, REPLY_MAX, DEADLINE_MS, work, run);
	if (rc < 0) {
		hd_fail(err, rc, "cannot ask libvirt: %s", strerror(-rc));
		return HD_EXIT_HOST;
	}
	if (reply.is_late) {
		hd_fail(err, -ETIME, "mdev %s: libvirt did not answer within %d s and may still do it: "
			"see 'virsh nodedev-list --cap mdev --all'", uuid, DEADLINE_MS / 1000);
		return HD_EXIT_STRANDED;
	}
	if (!strcmp(reply.text, DONE))
		return HD_EXIT_OK;
	hd_fail(err, -EIO, "mdev %s: %s", uuid, *reply.text ? reply.text : "the process that asked "
		"libvirt ended without an answer");
	return HD_EXIT_HOST;
}
