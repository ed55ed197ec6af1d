/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mdev_define.c - mediated devices by libvirt, with a deadline. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "virt/bounded_work.h"
#include "virt/libvirt_module.h"
#include "virt/mdev_define.h"

#define DEADLINE_MS 60000
#define REPLY_MAX 4096
#define DONE "done"

struct request {
	const char *uri, *parent, *type, *uuid;
};

/* In the child: "done", or the reason. */
static int work(int out, const void *data)
{
	const struct request *request = data;
	struct hd_error err = { 0 };
	const struct hd_virt_module *libvirt = hd_virt_load(&err);
	const char *text;
	int rc = err.code;

	if (libvirt && request->type)
		rc = libvirt->mdev_define(request->uri, request->parent, request->type,
					  request->uuid, &err);
	else if (libvirt)
		rc = libvirt->mdev_undefine(request->uri, request->uuid, &err);
	text = rc == 0 ? DONE : err.text;
	return !hd_bounded_write(out, text, strlen(text));
}

enum hd_exit hd_nodedev_mdev(struct hd_arena *arena, const char *uri, const char *parent,
			     const char *type, const char *uuid, struct hd_error *err)
{
	const struct request request = { uri, parent, type, uuid };
	struct hd_bounded_answer reply = { 0 };
	int rc = hd_bounded_run(&reply, arena, REPLY_MAX, DEADLINE_MS, work, &request);

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
