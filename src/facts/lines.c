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

#include "facts/lines.h"

struct scan {
	int fd;
	hd_line_fn each;
	void *data;
	size_t total;		/* bytes read so far */
	size_t used;		/* bytes in buf */
	bool drop;		/* the rest of a cut line is being dropped */
	bool stop;
	char buf[HD_LINES_MAX_LINE * 2 + 1];
};

static void hand_out(struct scan *scan, char *line)
{
	if (!scan->drop && !scan->each(scan->data, line))
		scan->stop = true;
	scan->drop = false;
}

/* Hands out the complete lines of the buffer and keeps the rest for the next read. */
static void split(struct scan *scan)
{
	char *at = scan->buf, *end = scan->buf + scan->used, *newline;

	while (!scan->stop && (newline = memchr(at, '\n', (size_t)(end - at)))) {
		*newline = '\0';
		hand_out(scan, at);
		at = newline + 1;
	}
	scan->used = (size_t)(end - at);
	memmove(scan->buf, at, scan->used);
	if (scan->stop || scan->used < HD_LINES_MAX_LINE)
		return;
	scan->buf[scan->used] = '\0';
	hand_out(scan, scan->buf);
	scan->drop = true;
	scan->used = 0;
}

static int scan_all(struct scan *scan)
{
	while (!scan->stop && scan->total < HD_LINES_MAX_BYTES) {
		ssize_t n = read(scan->fd, scan->buf + scan->used,
				 sizeof(scan->buf) - 1 - scan->used);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		scan->used += (size_t)n;
		scan->total += (size_t)n;
		split(scan);
	}
	if (!scan->stop && scan->used) {
		scan->buf[scan->used] = '\0';
		hand_out(scan, scan->buf);
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
	scan.total = scan.used = 0;
	scan.drop = scan.stop = false;
	return scan_all(&scan);
}
