/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guest_xml.c - a guest's domain XML, from a file or from libvirt.
 *
 * The child that asks libvirt answers on a pipe with one letter of enum reply
 * and the XML or the reason.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "domain/request.h"
#include "domain/xml.h"
#include "virt/bounded_work.h"
#include "virt/guest_xml.h"
#include "virt/libvirt_module.h"

enum reply { REPLY_XML = 'X', REPLY_UNKNOWN = 'U', REPLY_FAILED = 'F' };

int hd_guest_from_file(struct hd_guest_xml *ret, struct hd_arena *arena, const char *path,
		       struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	struct hd_bounded_answer file = { 0 };
	int rc;

	if (strcmp(path, "-") != 0) {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (fd < 0)
			return hd_fail(err, -errno, "cannot open %s: %s", path, strerror(errno));
	}
	rc = hd_bounded_read(&file, arena, fd < 0 ? STDIN_FILENO : fd, HD_XML_MAX, INT64_MAX);
	if (rc < 0)
		return hd_fail(err, rc, "cannot read %s: %s",
			       fd < 0 ? "standard input" : path, strerror(-rc));
	ret->text = file.text;
	ret->length = file.length;
	return 0;
}

struct question {
	const char *uri, *guest;
};

/* In the child. */
static int answer(int out, const void *data)
{
	const struct question *question = data;
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	const struct hd_virt_module *libvirt = hd_virt_load(&err);
	const char *xml = NULL;
	int rc = libvirt ? libvirt->guest_xml(question->uri, question->guest, &arena, &xml,
					      &err) : err.code;
	const char letter = rc == 0 ? REPLY_XML : rc == -ENOENT ? REPLY_UNKNOWN : REPLY_FAILED;
	const char *text = rc == 0 ? xml : err.text;

	return !(hd_bounded_write(out, &letter, 1) && hd_bounded_write(out, text, strlen(text)));
}

/* What went wrong: RC from ask(), or the child's own words. */
static int explain(const struct hd_bounded_answer *reply, int rc, const char *uri,
		   const char *guest, struct hd_error *err)
{
	static const char hint[] = "without libvirt, name its XML with --xml FILE";

	if (rc == -ETIMEDOUT)
		return hd_fail(err, rc, "guest '%.64s': libvirt (%.64s) did not answer within %d s; %s",
			       guest, uri, HD_GUEST_DEADLINE_MS / 1000, hint);
	if (rc < 0)
		return hd_fail(err, rc, "guest '%.64s': cannot ask libvirt: %s", guest,
			       strerror(-rc));
	if (!reply->length)
		return hd_fail(err, -EIO, "guest '%.64s': the process that asked libvirt ended; %s",
			       guest, hint);
	if (reply->text[0] == REPLY_UNKNOWN)
		return hd_fail(err, -ENOENT,
			       "'%.64s' is neither a device nor a guest of %.64s: %.400s",
			       guest, uri, reply->text + 1);
	return hd_fail(err, -EIO, "guest '%.64s': %.400s; %s", guest, reply->text + 1, hint);
}

int hd_guest_from_libvirt(struct hd_guest_xml *ret, struct hd_arena *arena, const char *uri,
			  const char *guest, struct hd_error *err)
{
	const struct question question = { uri, guest };
	struct hd_bounded_answer reply = { 0 };
	int rc = hd_bounded_run(&reply, arena, HD_XML_MAX, HD_GUEST_DEADLINE_MS, answer, &question);

	if (rc == 0 && reply.is_late)
		rc = -ETIMEDOUT;
	if (rc < 0 || !reply.length || reply.text[0] != REPLY_XML)
		return explain(&reply, rc, uri ? uri : HD_VIRT_URI, guest, err);
	ret->text = reply.text + 1;
	ret->length = reply.length - 1;
	return 0;
}
