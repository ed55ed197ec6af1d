/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bounded_work.c - a piece of work in a process that can be given up. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "virt/bounded_work.h"

#define CHUNK 65536
#define END_MS 500	/* a killed child that is not in the kernel is gone by then */

static char *grow(struct hd_arena *arena, const char *buf, size_t used, size_t room)
{
	char *grown = hd_alloc(arena, room + 1);

	memcpy(grown, buf, used);
	return grown;
}

int hd_apart_read(struct hd_apart *ret, struct hd_arena *arena, int fd, size_t max,
		  int64_t deadline)
{
	size_t room = CHUNK, used = 0;
	char *buf = hd_alloc(arena, room + 1);
	bool is_late = false;

	for (;;) {
		struct pollfd ready = { .fd = fd, .events = POLLIN };
		ssize_t n;

		is_late = deadline && poll(&ready, 1, hd_ms_left(deadline)) == 0;
		if (is_late)
			break;
		n = read(fd, buf + used, room - used);
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n == 0)
			break;
		used += n > 0 ? (size_t)n : 0;
		if (used > max)
			return -EFBIG;
		if (used == room)
			buf = grow(arena, buf, used, room *= 2);
	}
	buf[used] = '\0';
	*ret = (struct hd_apart){ .text = buf, .length = used, .is_late = is_late };
	return 0;
}

bool hd_apart_write(int out, const char *text, size_t length)
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

/* Never waits without end: a child in D state is left to init. */
static void end_child(pid_t child)
{
	int64_t deadline = hd_now_ms() + END_MS;

	(void)kill(child, SIGKILL);
	while (waitpid(child, NULL, WNOHANG) == 0 && hd_ms_left(deadline))
		(void)poll(NULL, 0, 10);
}

int hd_apart_run(struct hd_apart *ret, struct hd_arena *arena, size_t max, int deadline_ms,
		 void (*work)(int out, const void *data), const void *data)
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
	if (child == 0) {
		work(out, data);
		_exit(0);
	}
	hd_close(&out);
	rc = hd_apart_read(ret, arena, in, max, hd_now_ms() + deadline_ms);
	end_child(child);
	return rc;
}
