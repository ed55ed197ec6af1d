/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read.c - whole files, of which read(2) may hand out pieces. */
#include "config.h"

#include <errno.h>
#include <unistd.h>

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
