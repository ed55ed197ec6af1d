/* SPDX-License-Identifier: GPL-2.0-or-later */
/* remote_devices.c - the devices of another host, as its libvirt knows them. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "domain/request.h"
#include "domain/xml.h"
#include "inventory/inventory_nodedev.h"
#include "virt/bounded_work.h"
#include "virt/libvirt_module.h"
#include "virt/remote_devices.h"

/* Each device is asked for, over whatever line there is; and ssh may want a password first. */
#define DEADLINE_MS 120000

/* The first letter of the child's answer; behind it the XML, or the reason. */
enum reply { REPLY_XML = 'X', REPLY_FAILED = 'F' };

/* In the child. */
static int answer(int out, const void *data)
{
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	const struct hd_virt_module *libvirt = hd_virt_load(&err);
	const char *xml = NULL;
	int rc = libvirt ? libvirt->node_devices(data, &arena, &xml, &err) : err.code;
	const char letter = rc == 0 ? REPLY_XML : REPLY_FAILED;
	const char *text = rc == 0 ? xml : err.text;

	return !(hd_bounded_write(out, &letter, 1) && hd_bounded_write(out, text, strlen(text)));
}

static int explain(const struct hd_bounded_answer *reply, int rc, const char *uri, struct hd_error *err)
{
	if (reply->is_late)
		return hd_fail(err, -ETIMEDOUT, "libvirt (%.64s) did not answer within %d s",
			       uri, DEADLINE_MS / 1000);
	if (rc < 0)
		return hd_fail(err, rc, "cannot ask libvirt (%.64s): %s", uri, strerror(-rc));
	if (!reply->length)
		return hd_fail(err, -EIO, "the process that asked libvirt (%.64s) ended", uri);
	return hd_fail(err, -EIO, "%.64s: %.400s", uri, reply->text + 1);
}

enum hd_exit hd_remote_devices_read(struct hd_inventory *ret, struct hd_arena *arena, const char *uri,
				    struct hd_error *err)
{
	struct hd_bounded_answer reply = { 0 };
	int rc = hd_bounded_run(&reply, arena, HD_XML_MAX, DEADLINE_MS, answer, uri);

	if (rc < 0 || reply.is_late || !reply.length || reply.text[0] != REPLY_XML)
		rc = explain(&reply, rc, uri, err);
	else
		rc = hd_inventory_from_nodedevs(ret, arena, reply.text + 1, reply.length - 1, err);
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}
