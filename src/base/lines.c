/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lines.c - goes through a large file of the host line by line. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/lines.h"

struct scan {
	int fd;
	hd_line_fn each;
	void *data;
	size_t total;		/* bytes read so far */
	size_t start, end;	/* of what is in buf and not handed out */
	bool drop;		/* the rest of a cut line is being dropped */
	bool stop;
	char buf[HD_LINES_MAX_LINE * 3 + 1];
};

static void hand_out(struct scan *scan, char *line)
{
	if (!scan->drop && !scan->each(scan->data, line))
		scan->stop = true;
	scan->drop = false;
}

/* Hands out the complete lines of the buffer; what is left is shorter than a cut line. */
static void split_lines(struct scan *scan)
{
	char *newline;

	while (!scan->stop && (newline = memchr(scan->buf + scan->start, '\n',
						scan->end - scan->start))) {
		char *line = scan->buf + scan->start;

		*newline = '\0';
		scan->start = (size_t)(newline + 1 - scan->buf);
		hand_out(scan, line);
	}
	if (scan->stop || scan->end - scan->start < HD_LINES_MAX_LINE)
		return;
	scan->buf[scan->end] = '\0';
	hand_out(scan, scan->buf + scan->start);
	scan->drop = true;
	scan->start = scan->end = 0;
}

/* Room for a read: the rest is moved only when it cannot overlap with where it goes. */
static void make_room(struct scan *scan)
{
	size_t rest = scan->end - scan->start;

	if (scan->end <= HD_LINES_MAX_LINE * 2)
		return;
	memcpy(scan->buf, scan->buf + scan->start, rest);
	scan->start = 0;
	scan->end = rest;
}

static int scan_all(struct scan *scan)
{
	while (!scan->stop && scan->total < HD_LINES_MAX_BYTES) {
		ssize_t n;

		make_room(scan);
		n = read(scan->fd, scan->buf + scan->end, sizeof(scan->buf) - 1 - scan->end);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		scan->end += (size_t)n;
		scan->total += (size_t)n;
		split_lines(scan);
	}
	if (!scan->stop && scan->end > scan->start) {
		scan->buf[scan->end] = '\0';
		hand_out(scan, scan->buf + scan->start);
	}
	return 0;
}

int hd_lines_scan(const struct hd_sysroot *root, hd_line_fn each, void *data,
		  const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	struct scan scan;
	char path[PATH_MAX];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(path, sizeof(path), fmt, args);
	va_end(args);
	if (n < 0 || n >= PATH_MAX)
		return -ENAMETOOLONG;
	fd = hd_sysroot_fd(root, O_RDONLY | O_NONBLOCK | O_NOCTTY, "%s", path);
	if (fd < 0)
		return fd;
	scan.fd = fd;
	scan.each = each;
	scan.data = data;
	scan.total = scan.start = scan.end = 0;
	scan.drop = scan.stop = false;
	return (int)hd_sysroot_note(root, scan_all(&scan), path);
}
