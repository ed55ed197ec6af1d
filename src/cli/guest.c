/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guest.c - a guest's domain XML, from a file or from libvirt.
 *
 * The child that asks libvirt answers on a pipe with one letter of enum reply
 * and the XML or the reason.  A daemon that hangs costs us a deadline: the
 * child is killed, and so it can never hold this process.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "cli/guest.h"
#include "cli/virt.h"
#include "domain/request.h"

#define CHUNK 65536
#define END_MS 500	/* a killed child that is not in the kernel is gone by then */

enum reply { REPLY_XML = 'X', REPLY_UNKNOWN = 'U', REPLY_FAILED = 'F' };

/* Reads to the end, at most HD_XML_MAX bytes, until DEADLINE (0: none). */
static int read_bounded(struct hd_guest_xml *ret, struct hd_arena *arena, int fd,
			int64_t deadline)
{
	size_t room = CHUNK, used = 0;
	char *buf = hd_alloc(arena, room + 1);

	for (;;) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		ssize_t n;

		if (deadline && poll(&ready, 1, hd_ms_left(deadline)) == 0)
			return -ETIMEDOUT;
		n = read(fd, buf + used, room - used);
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n == 0)
			break;
		used += n > 0 ? (size_t)n : 0;
		if (used > HD_XML_MAX)
			return -EFBIG;
		if (used == room) {
			char *grown = hd_alloc(arena, room * 2 + 1);

			memcpy(grown, buf, used);
			buf = grown;
			room *= 2;
		}
	}
	ret->text = buf;
	ret->length = used;
	return 0;
}

int hd_guest_from_file(struct hd_guest_xml *ret, struct hd_arena *arena, const char *path,
		       struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	int rc;

	if (strcmp(path, "-") != 0) {
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		if (fd < 0)
			return hd_fail(err, -errno, "cannot open %s: %s", path, strerror(errno));
	}
	rc = read_bounded(ret, arena, fd < 0 ? STDIN_FILENO : fd, 0);
	if (rc < 0)
		return hd_fail(err, rc, "cannot read %s: %s",
			       fd < 0 ? "standard input" : path, strerror(-rc));
	return 0;
}

static bool write_all(int fd, const char *data, size_t size)
{
	while (size) {
		ssize_t n = write(fd, data, size);

		if (n < 0 && errno != EINTR)
			return false;
		data += n > 0 ? n : 0;
		size -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

static _noreturn_ void answer(int fd, const char *uri, const char *guest)
{
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	const char *xml = NULL;
	int rc = hd_virt_guest_xml(uri, guest, &arena, &xml, &err);
	const char letter = rc == 0 ? REPLY_XML : rc == -ENOENT ? REPLY_UNKNOWN : REPLY_FAILED;
	const char *text = rc == 0 ? xml : err.text;

	_exit(write_all(fd, &letter, 1) && write_all(fd, text, strlen(text)) ? 0 : 1);
}

/* Never waits without end: a child in D state is left to init. */
static void end_child(pid_t child)
{
	int64_t deadline = hd_now_ms() + END_MS;

	(void)kill(child, SIGKILL);
	while (waitpid(child, NULL, WNOHANG) == 0 && hd_ms_left(deadline))
		(void)poll(NULL, 0, 10);
}

static int ask(struct hd_guest_xml *ret, struct hd_arena *arena, const char *uri,
	       const char *guest)
{
	_cleanup_(hd_close) int in = -1, out = -1;
	int fds[2], rc;
	pid_t child;

	if (pipe2(fds, O_CLOEXEC) < 0)
		return -errno;
	in = fds[0];
	out = fds[1];
	child = fork();
	if (child < 0)
		return -errno;
	if (child == 0)
		answer(out, uri, guest);
	hd_close(&out);
	rc = read_bounded(ret, arena, in, hd_now_ms() + HD_GUEST_DEADLINE_MS);
	end_child(child);
	return rc;
}

/* What went wrong: RC from ask(), or the child's own words. */
static int explain(const struct hd_guest_xml *reply, int rc, const char *uri,
		   const char *guest, struct hd_error *err)
{
	static const char hint[] = "without libvirt, give its XML by --xml FILE";

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
	struct hd_guest_xml reply = { 0 };
	int rc = ask(&reply, arena, uri, guest);

	if (rc < 0 || !reply.length || reply.text[0] != REPLY_XML)
		return explain(&reply, rc, uri ? uri : HD_VIRT_URI, guest, err);
	ret->text = reply.text + 1;
	ret->length = reply.length - 1;
	return 0;
}
