/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read.c - whole files, of which a call may take only pieces, and pipes, for which it may wait. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/read.h"

ssize_t hd_read_up_to(int fd, void *buf, size_t size)
{
	size_t used = 0;

	while (used < size) {
		ssize_t n = read(fd, (char *)buf + used, size - used);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		used += (size_t)n;
	}
	return (ssize_t)used;
}

ssize_t hd_read_some(int fd, void *buf, size_t size, int64_t deadline)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };

	for (;;) {
		int n = poll(&ready, 1, hd_ms_left(deadline));

		if (n == 0)
			return -ETIMEDOUT;
		if (n > 0) {
			ssize_t got = read(fd, buf, size);

			if (got >= 0)
				return got;
		}
		if (errno != EINTR && errno != EAGAIN)
			return -errno;
	}
}

int hd_write_all(int fd, const void *data, size_t size)
{
	const char *at = data;

	while (size) {
		ssize_t n = write(fd, at, size);

		if (n < 0 && errno != EINTR)
			return -errno;
		at += n > 0 ? n : 0;
		size -= n > 0 ? (size_t)n : 0;
	}
	return 0;
}
