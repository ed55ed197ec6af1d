/* SPDX-License-Identifier: GPL-2.0-or-later */
/* descendants.c - ends all that a child of ours has started, however it has left. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/descendants.h"
#include "base/text.h"

#define LOOK_MS 5

struct family {
	struct hd_arena arena;
	struct hd_descendant *all;	/* processes of the host */
	const struct hd_descendant **ours;
	size_t n, n_ours;
};

static void forget_family(struct family *family)
{
	hd_arena_done(&family->arena);
}

/* "PID (NAME) STATE PARENT ..."; the name may have any character (proc(5)). */
static bool parse(struct hd_descendant *ret, char *text)
{
	char *name = strchr(text, '('), *end = strrchr(text, ')');
	uint64_t parent;

	if (!name || !end || end[1] != ' ' || !end[2] || end[3] != ' ')
		return false;
	*end = '\0';
	end[4 + strcspn(end + 4, " ")] = '\0';
	(void)snprintf(ret->name, sizeof(ret->name), "%s", name + 1);
	ret->state = end[2];
	if (!hd_text_u64(end + 4, &parent))
		return false;
	ret->parent = (pid_t)parent;
	return true;
}

bool hd_descendant_look(struct hd_descendant *ret, pid_t pid)
{
	char path[32], text[512];
	_cleanup_(hd_close) int fd = -1;
	ssize_t n;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (n <= 0)
		return false;
	text[n] = '\0';
	ret->pid = pid;
	return parse(ret, text);
}

static int read_all(struct family *family, DIR *proc)
{
	const struct dirent *entry;
	struct hd_descendant one;
	uint64_t pid;

	family->n = 0;
	family->all = NULL;
	rewinddir(proc);
	for (errno = 0; (entry = readdir(proc)); errno = 0)
		if (hd_text_u64(entry->d_name, &pid) && hd_descendant_look(&one, (pid_t)pid))
			hd_push(&family->arena, &family->all, &family->n, one);
	return -errno;
}

static void add_children(struct family *family, pid_t parent)
{
	for (size_t i = 0; i < family->n && family->n_ours < family->n; i++)
		if (family->all[i].parent == parent)
			family->ours[family->n_ours++] = &family->all[i];
}

static void find_ours(struct family *family)
{
	family->ours = hd_alloc(&family->arena, family->n * sizeof(*family->ours));
	add_children(family, getpid());
	for (size_t i = 0; i < family->n_ours; i++)
		add_children(family, family->ours[i]->pid);
}

/* A number may be another's by now: who still has the same parent is a descendant, too. */
static void end(const struct hd_descendant *one)
{
	_cleanup_(hd_close) int fd = pidfd_open(one->pid, 0);
	struct hd_descendant now;

	if (fd >= 0 && hd_descendant_look(&now, one->pid) && now.parent == one->parent)
		(void)pidfd_send_signal(fd, SIGKILL, NULL, 0);
	if (one->parent == getpid())
		(void)waitpid(one->pid, NULL, WNOHANG);
}

/* How many are left; what has ended and waits for its parent does no harm. */
static size_t end_all(const struct family *family, struct hd_descendant *ret)
{
	size_t left = 0;

	for (size_t i = 0; i < family->n_ours; i++) {
		end(family->ours[i]);
		if (family->ours[i]->state == 'Z')
			continue;
		*ret = *family->ours[i];
		left++;
	}
	return left;
}

int hd_descendants_end(struct hd_descendant *ret, int64_t deadline)
{
	_cleanup_(hd_close_dir) DIR *proc = opendir("/proc");

	if (!proc)
		return -errno;
	for (;;) {
		_cleanup_(forget_family) struct family family = { .n = 0 };
		int rc = read_all(&family, proc);

		if (rc < 0)
			return rc;
		find_ours(&family);
		if (!end_all(&family, ret))
			return 0;
		if (!hd_ms_left(deadline))
			return -ETIMEDOUT;
		(void)poll(NULL, 0, LOOK_MS);
	}
}
