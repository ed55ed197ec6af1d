/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bounded_work.c - a piece of work in a process that can be given up. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/read.h"
#include "virt/bounded_work.h"

#define CHUNK 65536
#define END_MS 500	/* a killed child that is not in the kernel is gone by then */

static char *grow_buffer(struct hd_arena *arena, const char *buf, size_t used, size_t room)
{
	char *grown = hd_alloc(arena, room + 1);

	memcpy(grown, buf, used);
	return grown;
}

int hd_bounded_read(struct hd_bounded_answer *ret, struct hd_arena *arena, int fd, size_t max,
		  int64_t deadline)
{
	size_t room = CHUNK, used = 0;
	char *buf = hd_alloc(arena, room + 1);
	ssize_t n;

	while ((n = hd_read_some(fd, buf + used, room - used, deadline)) > 0) {
		used += (size_t)n;
		if (used > max)
			return -EFBIG;
		if (used == room)
			buf = grow_buffer(arena, buf, used, room *= 2);
	}
	if (n < 0 && n != -ETIMEDOUT)
		return (int)n;
	buf[used] = '\0';
	*ret = (struct hd_bounded_answer){ .text = buf, .length = used, .is_late = n < 0 };
	return 0;
}

bool hd_bounded_write(int out, const char *text, size_t length)
{
	while (length) {
		ssize_t n = write(out, text, length);

		if (n < 0 && errno != EINTR)
			return false;
		text += n > 0 ? n : 0;
		length -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

int hd_bounded_run(struct hd_bounded_answer *ret, struct hd_arena *arena, size_t max, int deadline_ms,
		 hd_process_work *work, const void *data)
{
	struct hd_process child;
	int rc = hd_process_start(&child, work, data);

	if (rc < 0)
		return rc;
	rc = hd_bounded_read(ret, arena, child.fd, max, hd_now_ms() + deadline_ms);
	(void)hd_process_end(&child, hd_now_ms() + END_MS);
	return rc;
}
