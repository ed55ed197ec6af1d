/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sysroot.c - the one door to the host's files: paths, and what is read through them. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/read.h"
#include "base/sysroot.h"
#include "base/text.h"

#define MAX_TRIES 1000
#define READ_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY)

int hd_sysroot_open(struct hd_sysroot *ret, const char *path, struct hd_error *err)
{
	bool is_live = !path || !strcmp(path, "/");
	int fd = open(is_live ? "/" : path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return hd_fail(err, -errno, "cannot open the host tree %s: %s",
			       is_live ? "/" : path, strerror(errno));
	*ret = (struct hd_sysroot){ .fd = fd, .is_live = is_live };
	return 0;
}

void hd_sysroot_close(struct hd_sysroot *root)
{
	hd_close(&root->fd);
}

/* EACCES is what a user who is not root may know: those who decide say so themselves. */
static bool is_trouble(int error)
{
	static const int errors[] = { EIO, EMFILE, ENFILE, ENOMEM, EFBIG, ELOOP, ETIMEDOUT };

	for (size_t i = 0; i < HD_ARRAY_SIZE(errors); i++)
		if (errors[i] == error)
			return true;
	return error == EACCES && geteuid() == 0;
}

ssize_t hd_sysroot_note(const struct hd_sysroot *root, ssize_t rc, const char *path)
{
	if (rc >= 0 || !root->trouble || root->trouble->error || !is_trouble((int)-rc))
		return rc;
	root->trouble->error = (int)-rc;
	(void)snprintf(root->trouble->path, sizeof(root->trouble->path), "%s", path);
	return rc;
}

struct hd_sysroot_trouble hd_sysroot_watch(const struct hd_sysroot *root)
{
	struct hd_sysroot_trouble before = { .error = 0 };

	if (root->trouble) {
		before = *root->trouble;
		root->trouble->error = 0;
	}
	return before;
}

struct hd_sysroot_trouble hd_sysroot_unwatch(const struct hd_sysroot *root,
					     const struct hd_sysroot_trouble *before)
{
	struct hd_sysroot_trouble since = { .error = 0 };

	if (!root->trouble)
		return since;
	since = *root->trouble;
	*root->trouble = *before;
	return since;
}

/*
 * EAGAIN: a rename anywhere on the host raced with a ".." of the path, so the
 * kernel cannot promise that it stayed inside (openat2(2)); asking again may do.
 */
int hd_open_in_root(int root_fd, int flags, const char *path)
{
	struct open_how how = {
		.flags = (uint64_t)flags,
		.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
	};
	int fd = -1, tries = 0;

	do
		fd = (int)syscall(SYS_openat2, root_fd, path, &how, sizeof(how));
	while (fd < 0 && errno == EAGAIN && ++tries < MAX_TRIES);
	return fd;
}

/* The live root needs no cage: "/" is where every link is meant to lead. */
static int open_below(const struct hd_sysroot *root, int flags, const char *path)
{
	int fd = -1;

	errno = ENOSYS;
	if (!root->is_live)
		fd = hd_open_in_root(root->fd, flags | O_CLOEXEC, path);
	if (fd < 0 && errno == ENOSYS)
		fd = openat(root->fd, path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* PATH is what was opened. */
_printf_(4, 0) static int vopen(const struct hd_sysroot *root, int flags,
				char path[static PATH_MAX], const char *fmt, va_list args)
{
	int n = vsnprintf(path, PATH_MAX, fmt, args);

	if (n < 0 || n >= PATH_MAX)
		return -ENAMETOOLONG;
	return (int)hd_sysroot_note(root, open_below(root, flags, path), path);
}

/* The same for FMT and what the calling function got behind it. */
#define OPEN(fd, root, flags, path, fmt)                                \
	do {                                                            \
		va_list args_;                                          \
									\
		va_start(args_, fmt);                                   \
		(fd) = vopen((root), (flags), (path), (fmt), args_);    \
		va_end(args_);                                          \
	} while (0)

int hd_sysroot_fd(const struct hd_sysroot *root, int flags, const char *fmt, ...)
{
	char path[PATH_MAX];
	int fd;

	OPEN(fd, root, flags, path, fmt);
	return fd;
}

bool hd_sysroot_has(const struct hd_sysroot *root, const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_MAX];

	OPEN(fd, root, O_PATH, path, fmt);
	return fd >= 0;
}

int hd_sysroot_stat(const struct hd_sysroot *root, struct stat *ret, const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_MAX];

	OPEN(fd, root, O_PATH, path, fmt);
	if (fd < 0)
		return fd;
	return (int)hd_sysroot_note(root, fstat(fd, ret) < 0 ? -errno : 0, path);
}

ssize_t hd_sysroot_bytes(const struct hd_sysroot *root, void *buf, size_t size,
			 const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_MAX];

	OPEN(fd, root, READ_FLAGS, path, fmt);
	return fd < 0 ? fd : hd_sysroot_note(root, hd_read_up_to(fd, buf, size), path);
}

/* The rest of a file whose first bytes are FIRST, by doubling: proc files have no size. */
static ssize_t slurp_rest(int fd, struct hd_arena *arena, const char *first, size_t used,
			  char **ret)
{
	size_t room = used * 2;
	char *buf = hd_alloc(arena, room + 1);

	memcpy(buf, first, used);
	for (;;) {
		ssize_t n = hd_read_up_to(fd, buf + used, room - used);
		char *grown;

		if (n < 0)
			return n;
		used += (size_t)n;
		if (used < room)
			break;
		if (room * 2 > HD_SYSROOT_MAX_TEXT)
			return -EFBIG;
		grown = hd_alloc(arena, room * 2 + 1);
		memcpy(grown, buf, used);
		buf = grown;
		room *= 2;
	}
	*ret = buf;
	return (ssize_t)used;
}

/* Most files are small: they take no more memory than their text. */
static ssize_t read_all(int fd, struct hd_arena *arena, const char **ret)
{
	char first[4096], *text;
	ssize_t n = hd_read_up_to(fd, first, sizeof(first));

	if (n == (ssize_t)sizeof(first)) {
		n = slurp_rest(fd, arena, first, sizeof(first), &text);
	} else if (n >= 0) {
		text = hd_alloc(arena, (size_t)n + 1);
		memcpy(text, first, (size_t)n);
	}
	if (n < 0)
		return n;
	if (n && text[n - 1] == '\n')
		n--;
	text[n] = '\0';
	*ret = text;
	return n;
}

ssize_t hd_sysroot_text(const struct hd_sysroot *root, struct hd_arena *arena,
			const char **ret, const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_MAX];

	OPEN(fd, root, READ_FLAGS, path, fmt);
	return fd < 0 ? fd : hd_sysroot_note(root, read_all(fd, arena, ret), path);
}

/* LINK_FD is of the link PATH, and is closed. */
/* LINK_FD is closed; it may be the error of its open. */
static int read_link(const struct hd_sysroot *root, struct hd_arena *arena, const char **ret,
		     int link_fd, const char *path, bool is_base)
{
	_cleanup_(hd_close) int fd = link_fd;
	char buf[PATH_MAX];
	ssize_t n;

	if (fd < 0)
		return fd;
	n = readlinkat(fd, "", buf, sizeof(buf) - 1);
	if (n < 0)
		return (int)hd_sysroot_note(root, errno == ENOENT ? -EINVAL : -errno, path);
	buf[n] = '\0';
	*ret = hd_strdup(arena, is_base ? basename(buf) : buf);
	return 0;
}

int hd_sysroot_link(const struct hd_sysroot *root, struct hd_arena *arena, const char **ret,
		    const char *fmt, ...)
{
	char path[PATH_MAX];
	int fd;

	OPEN(fd, root, O_PATH | O_NOFOLLOW, path, fmt);
	return read_link(root, arena, ret, fd, path, false);
}

int hd_sysroot_link_base(const struct hd_sysroot *root, struct hd_arena *arena,
			 const char **ret, const char *fmt, ...)
{
	char path[PATH_MAX];
	int fd;

	OPEN(fd, root, O_PATH | O_NOFOLLOW, path, fmt);
	return read_link(root, arena, ret, fd, path, true);
}

ssize_t hd_sysroot_names(const struct hd_sysroot *root, struct hd_arena *arena,
			 const char *const **ret, const char *fmt, ...)
{
	_cleanup_(hd_close) int opened = -1;
	char path[PATH_MAX];
	int fd;

	OPEN(fd, root, O_RDONLY | O_DIRECTORY, path, fmt);
	opened = fd;
	return fd < 0 ? fd : hd_sysroot_note(root, hd_dir_names(fd, arena, ret), path);
}

static int is_empty(int dir_fd)
{
	_cleanup_(hd_close) int fd = dir_fd;
	struct hd_dir dir;

	hd_dir_begin(&dir, fd);
	if (hd_dir_next(&dir))
		return 0;
	return dir.rc < 0 ? dir.rc : 1;
}

int hd_sysroot_is_empty_dir(const struct hd_sysroot *root, const char *fmt, ...)
{
	char path[PATH_MAX];
	int fd;

	OPEN(fd, root, O_RDONLY | O_DIRECTORY, path, fmt);
	return fd < 0 ? fd : (int)hd_sysroot_note(root, is_empty(fd), path);
}

/* The first line of N bytes in BUF, which has room for one more; its length, or N itself. */
static ssize_t cut_line(char *buf, ssize_t n)
{
	if (n < 0)
		return n;
	buf[n] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return (ssize_t)strlen(buf);
}

int hd_sysroot_u64(const struct hd_sysroot *root, uint64_t *ret, const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_MAX], line[64];
	ssize_t n;

	OPEN(fd, root, READ_FLAGS, path, fmt);
	n = fd < 0 ? fd : hd_sysroot_note(root, hd_read_up_to(fd, line, sizeof(line) - 1), path);
	n = cut_line(line, n);
	if (n < 0)
		return (int)n;
	return hd_text_u64(line, ret) ? 0 : -EINVAL;
}

int hd_sysroot_write(const struct hd_sysroot *root, const char *text, const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	size_t length = strlen(text);
	char path[PATH_MAX];
	ssize_t n;

	OPEN(fd, root, O_WRONLY | O_NONBLOCK | O_NOCTTY | (root->is_live ? 0 : O_TRUNC), path, fmt);
	if (fd < 0)
		return fd;
	n = write(fd, text, length);
	if (n < 0)
		return -errno;
	return (size_t)n == length ? 0 : -EIO;
}

/* Many small files of one directory: each costs three calls, its links one. */
ssize_t hd_sysroot_bytes_at(int dir_fd, const char *name, void *buf, size_t size)
{
	_cleanup_(hd_close) int fd = openat(dir_fd, name, READ_FLAGS | O_NOFOLLOW | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -errno;
	do
		n = read(fd, buf, size);
	while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : n;
}

ssize_t hd_sysroot_line_at(int dir_fd, const char *name, char *buf, size_t size)
{
	return cut_line(buf, hd_sysroot_bytes_at(dir_fd, name, buf, size - 1));
}

int hd_sysroot_u64_at(int dir_fd, const char *name, uint64_t *ret)
{
	char line[64];
	ssize_t n = hd_sysroot_line_at(dir_fd, name, line, sizeof(line));

	if (n < 0)
		return (int)n;
	return hd_text_u64(line, ret) ? 0 : -EINVAL;
}

const char *hd_sysroot_link_at(int dir_fd, const char *name, char buf[static PATH_MAX])
{
	ssize_t n = readlinkat(dir_fd, name, buf, PATH_MAX - 1);

	if (n < 0)
		return NULL;
	buf[n] = '\0';
	return buf;
}

const char *hd_sysroot_link_base_at(int dir_fd, const char *name, char buf[static PATH_MAX])
{
	const char *text = hd_sysroot_link_at(dir_fd, name, buf);

	if (!text)
		return NULL;
	text = basename(text);
	if (*text && strcmp(text, ".") != 0 && strcmp(text, "..") != 0)
		return text;
	errno = EINVAL;
	return NULL;
}
