/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lock.c - one lock per IOMMU group, and the directory that they live in. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/lock.h"

#define LOCK_POLL_MS 20
#define LOCK_PREFIX "group-"

int hd_state_dir_open(const char *path, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = -1;
	struct stat st;
	int result;

	if (mkdir(path, 0700) < 0 && errno != EEXIST)
		return hd_fail(err, -errno, "cannot create %s: %s", path, strerror(errno));
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0)
		return hd_fail(err, -errno, "cannot open %s: %s", path, strerror(errno));
	if (st.st_uid != geteuid() || (st.st_mode & 022))
		return hd_fail(err, -EPERM, "%s is not exclusively ours (owner %u, mode "
					    "%04o): remove it",
			       path, st.st_uid, st.st_mode & 07777u);
	result = fd;
	fd = -1;
	return result;
}

int hd_state_file_new(int dir_fd, char name[static HD_STATE_NEW_SIZE], int flags)
{
	uint64_t lot;
	int fd, rc;

	do {
		/* Never waits; who could guess the number can write here anyway. */
		if (getrandom(&lot, sizeof(lot), GRND_INSECURE) != sizeof(lot))
			return -errno;
		(void)snprintf(name, HD_STATE_NEW_SIZE, HD_STATE_NEW "%016" PRIx64, lot);
		fd = openat(dir_fd, name, flags | O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			    0600);
	} while (fd < 0 && errno == EEXIST);
	if (fd < 0)
		return -errno;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	rc = -errno;
	(void)unlinkat(dir_fd, name, 0);
	(void)close(fd);
	return rc;
}

int hd_state_file_write(int dir_fd, const char *name, const char *text)
{
	char new[HD_STATE_NEW_SIZE];
	_cleanup_(hd_close) int fd = hd_state_file_new(dir_fd, new, 0);
	ssize_t length = (ssize_t)strlen(text);
	int rc = 0;

	if (fd < 0)
		return fd;
	if (write(fd, text, (size_t)length) != length)
		rc = errno ? -errno : -EIO;
	else if (renameat(dir_fd, new, dir_fd, name) < 0)
		rc = -errno;
	if (rc < 0)
		(void)unlinkat(dir_fd, new, 0);
	return rc;
}

/* The least of the N groups that is above GROUP, or GROUP: there is none. */
static int next_group(const int *groups, size_t n, int group)
{
	int next = group;

	for (size_t i = 0; i < n; i++)
		if (groups[i] > group && (next == group || groups[i] < next))
			next = groups[i];
	return next;
}

static size_t count_groups(const int *groups, size_t n)
{
	size_t count = 0;
	int last = -1;

	for (int group; (group = next_group(groups, n, last)) != last; last = group)
		count++;
	return count;
}

/* WHAT is locked, for the error, and BUSY: what somebody else does with it. */
static int lock_file(int dir_fd, const char *name, const char *what, const char *busy,
		     int64_t deadline, struct hd_error *err)
{
	_cleanup_(hd_close) int fd = openat(dir_fd, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
					    0600);
	int result;

	if (fd < 0)
		return hd_fail(err, -errno, "cannot open the lock of %s: %s", what,
			       strerror(errno));
	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return hd_fail(err, -errno, "cannot lock %s: %s", what, strerror(errno));
		if (!hd_ms_left(deadline))
			return hd_fail(err, -ETIMEDOUT, "%s %s; try again", what, busy);
		(void)poll(NULL, 0, LOCK_POLL_MS);
	}
	result = fd;
	fd = -1;
	return result;
}

static int lock_one(int dir_fd, int group, int64_t deadline, struct hd_error *err)
{
	char name[32], what[32];

	(void)snprintf(name, sizeof(name), LOCK_PREFIX "%d.lock", group);
	(void)snprintf(what, sizeof(what), "IOMMU group %d", group);
	return lock_file(dir_fd, name, what, "is being changed by another start or stop", deadline,
			 err);
}

int hd_choice_lock(int dir_fd, int64_t deadline, struct hd_error *err)
{
	return lock_file(dir_fd, "choice.lock", "the choice of devices",
			 "is being made for another guest", deadline, err);
}

int hd_locks_take(struct hd_locks *ret, int dir_fd, const int *groups, size_t n,
		  int64_t deadline, struct hd_error *err)
{
	struct hd_locks locks = { .n = 0 };
	size_t count = count_groups(groups, n);
	int last = -1;

	if (count > HD_LOCK_MAX)
		return hd_fail(err, -E2BIG, "%zu IOMMU groups are more than %d", count,
			       HD_LOCK_MAX);
	for (int group; (group = next_group(groups, n, last)) != last; last = group) {
		int fd = lock_one(dir_fd, group, deadline, err);

		if (fd < 0) {
			hd_locks_release(&locks);
			return fd;
		}
		locks.fds[locks.n++] = fd;
	}
	*ret = locks;
	return 0;
}

static bool is_locked(int dir_fd, const char *name)
{
	_cleanup_(hd_close) int fd = openat(dir_fd, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);

	/* One that vanishes is nobody's; of one that cannot be asked the worst is true. */
	return fd < 0 ? errno != ENOENT : flock(fd, LOCK_SH | LOCK_NB) < 0;
}

int hd_locks_in_use(int dir_fd, struct hd_error *err)
{
	int fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_(hd_close_dir) DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	bool is_used = false;
	struct dirent *found;

	if (!dir) {
		hd_fail(err, -errno, "cannot list the locks of groups: %s", strerror(errno));
		hd_close(&fd);
		return err->code;
	}
	for (errno = 0; !is_used && (found = readdir(dir)); errno = 0)
		is_used = !strncmp(found->d_name, LOCK_PREFIX, strlen(LOCK_PREFIX)) &&
			  is_locked(dir_fd, found->d_name);
	if (is_used || !errno)
		return is_used;
	return hd_fail(err, -errno, "cannot list the locks of groups: %s", strerror(errno));
}

void hd_locks_release(struct hd_locks *locks)
{
	while (locks->n)
		hd_close(&locks->fds[--locks->n]);
}
