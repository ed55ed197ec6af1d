/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mdev_define.c - mediated devices by libvirt, with a deadline. */
#include "config.h"

#include <errno.h>

#include "virt/libvirt_module.h"
#include "virt/mdev_define.h"

#define DEADLINE_MS 60000
#define REPLY_MAX 4096

struct request {
	const char *parent, *type, *uuid;
};

/* In the child. */
static int define_mdev(const struct hd_virt_module *libvirt, const struct hd_virt_ask *ask,
		       struct hd_arena *arena, const char **ret, struct hd_error *err)
{
	const struct request *request = ask->data;

	(void)arena;
	(void)ret;
	if (!request->type)
		return libvirt->mdev_undefine(ask->uri, request->uuid, err);
	return libvirt->mdev_define(ask->uri, request->parent, request->type, request->uuid, err);
}

enum hd_exit hd_nodedev_mdev(struct hd_arena *arena, const char *uri, const char *parent,
			     const char *type, const char *uuid, struct hd_error *err)
{
	const struct request request = { parent, type, uuid };
	const struct hd_virt_ask ask = {
		.call = define_mdev, .uri = uri, .data = &request,
		.max = REPLY_MAX, .deadline_ms = DEADLINE_MS,
	};
	const char *ignored;
	int rc = hd_virt_ask(&ignored, arena, &ask, err);

	if (rc == -ETIMEDOUT) {
		hd_fail(err, -ETIME, "mdev %s: libvirt did not answer within %d s and may still do it: "
			"see 'virsh nodedev-list --cap mdev --all'", uuid, DEADLINE_MS / 1000);
		return HD_EXIT_STRANDED;
	}
	if (rc == 0)
		return HD_EXIT_OK;
	(void)hd_wrap(err, "mdev %s", uuid);
	return HD_EXIT_HOST;
}
