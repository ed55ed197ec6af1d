/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wait.c - how a change waits for the host, without a guess and never for ever. */
#include "config.h"

#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/clock.h"
#include "knob/wait.h"

#define WORDS_MS 2000	/* to say why, before the child is given up */
#define WORDS_PART 5	/* of a short deadline: a fifth */

/* A change of a file (cgroup.events: kernfs_notify), and of a directory's names. */
#define EVENTS (IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE_SELF)

static int64_t end_of(int deadline_ms)
{
	int words = deadline_ms / WORDS_PART;

	return hd_now_ms() + deadline_ms - (words < WORDS_MS ? words : WORDS_MS);
}

int64_t hd_wait_deadline(const struct hd_knob_host *host)
{
	return end_of(host->call_deadline_ms);
}

int64_t hd_wait_ending(const struct hd_knob_host *host)
{
	return end_of(host->ending_deadline_ms ? host->ending_deadline_ms :
						 host->call_deadline_ms);
}

void hd_wait_begin(struct hd_wait *ret)
{
	ret->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
}

void hd_wait_end(struct hd_wait *wait)
{
	hd_close(&wait->fd);
}

/* By the descriptor: inotify(7) takes only paths, and this one cannot leave the root. */
void hd_wait_add(struct hd_wait *wait, const struct hd_sysroot *root, const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_MAX], link[40];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(path, sizeof(path), fmt, args);
	va_end(args);
	if (wait->fd < 0 || n < 0 || n >= PATH_MAX)
		return;
	fd = hd_sysroot_fd(root, O_PATH, "%s", path);
	if (fd < 0)
		return;
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	(void)inotify_add_watch(wait->fd, link, EVENTS);
}

bool hd_wait_for(struct hd_wait *wait, int64_t deadline)
{
	struct pollfd poll_fd = { .fd = wait->fd, .events = POLLIN };
	_Alignas(struct inotify_event) char events[4096];
	int left = hd_ms_left(deadline);

	if (!left)
		return false;
	if (poll(&poll_fd, 1, left < HD_WAIT_LOOK_MS ? left : HD_WAIT_LOOK_MS) > 0)
		while (read(wait->fd, events, sizeof(events)) > 0)
			;
	return true;
}
