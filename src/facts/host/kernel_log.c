/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * kernel_log.c - what has the kernel said since boot?
 *
 * /dev/kmsg hands out one record per read: "PRIORITY,NUMBER,MICROSECONDS,FLAGS;TEXT"
 * and lines of properties that begin with a blank (Linux
 * Documentation/ABI/testing/dev-kmsg).  Reading it takes nothing from others.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "facts/host/kernel_log.h"

#define NODE "dev/kmsg"
#define RECORD_MAX 8192		/* PRINTK_MESSAGE_MAX is 2048 */

struct buffer {
	char *text;
	size_t used;
};

static void put_text(struct buffer *buffer, const char *text, size_t length)
{
	for (size_t i = 0; i < length && buffer->used < HD_KERNEL_LOG_MAX; i++)
		buffer->text[buffer->used++] = text[i] ? text[i] : '?';
}

/* The text of one record; a captured log has bare lines. */
static void put_record(struct buffer *buffer, const char *record, size_t length, bool is_node)
{
	const char *semicolon = is_node ? memchr(record, ';', length) : NULL;
	const char *newline;

	if (semicolon) {
		length -= (size_t)(semicolon + 1 - record);
		record = semicolon + 1;
	}
	newline = is_node ? memchr(record, '\n', length) : NULL;
	put_text(buffer, record, newline ? (size_t)(newline + 1 - record) : length);
}

static int read_all(int fd, struct buffer *buffer, bool is_node)
{
	char record[RECORD_MAX];

	while (buffer->used < HD_KERNEL_LOG_MAX) {
		ssize_t n = read(fd, record, sizeof(record));

		/* EPIPE: the oldest records were overwritten while we read */
		if (n < 0 && (errno == EINTR || errno == EPIPE))
			continue;
		if (n == 0 || (n < 0 && errno == EAGAIN))
			return 0;
		if (n < 0)
			return -errno;
		put_record(buffer, record, (size_t)n, is_node);
	}
	return 0;
}

int hd_kernel_log_read(const char **ret, const struct hd_sysroot *root, struct hd_arena *arena,
		       struct hd_error *err)
{
	_cleanup_(hd_close) int fd = hd_sysroot_fd(root, O_RDONLY | O_NONBLOCK | O_NOCTTY, NODE);
	struct buffer buffer = { .used = 0 };
	struct stat st;
	int rc;

	if (fd < 0)
		return hd_fail(err, fd, "cannot open /" NODE ": %s", strerror(-fd));
	if (fstat(fd, &st) < 0 || (!S_ISREG(st.st_mode) && !S_ISCHR(st.st_mode)))
		return hd_fail(err, -EINVAL, "/" NODE " is not the kernel's log");
	buffer.text = hd_alloc(arena, HD_KERNEL_LOG_MAX + 1);
	rc = read_all(fd, &buffer, S_ISCHR(st.st_mode));
	if (rc < 0)
		return hd_fail(err, rc, "cannot read /" NODE ": %s", strerror(-rc));
	*ret = buffer.text;
	return 0;
}
