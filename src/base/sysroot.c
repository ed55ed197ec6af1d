/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sysroot.c - the one door to the host's files: how a path becomes a descriptor. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/read.h"
#include "base/sysroot.h"

#define MAX_TRIES 1000

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

_printf_(2, 0) static int format_path(char path[static PATH_MAX], const char *fmt,
				      va_list args)
{
	int n = vsnprintf(path, PATH_MAX, fmt, args);

	return n < 0 || n >= PATH_MAX ? -ENAMETOOLONG : 0;
}

/*
 * EAGAIN: a rename anywhere on the host raced with a ".." of the path, so the
 * kernel cannot promise that it stayed inside (openat2(2)); asking again may do.
 */
static int open_in_root(const struct hd_sysroot *root, int flags, const char *path)
{
	struct open_how how = {
		.flags = (uint64_t)flags,
		.resolve = RESOLVE_IN_ROOT,
	};
	int fd = -1, tries = 0;

	do
		fd = (int)syscall(SYS_openat2, root->fd, path, &how, sizeof(how));
	while (fd < 0 && errno == EAGAIN && ++tries < MAX_TRIES);
	return fd;
}

/* The live root needs no cage: "/" is where every link is meant to lead. */
static int open_below(const struct hd_sysroot *root, int flags, const char *path)
{
	int fd = -1;

	errno = ENOSYS;
	if (!root->is_live)
		fd = open_in_root(root, flags | O_CLOEXEC, path);
	if (fd < 0 && errno == ENOSYS)
		fd = openat(root->fd, path, flags | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* PATH is what was opened. */
_printf_(4, 0) static int vopen(const struct hd_sysroot *root, int flags,
				char path[static PATH_MAX], const char *fmt, va_list args)
{
	int rc = format_path(path, fmt, args);

	return rc < 0 ? rc : (int)hd_sysroot_note(root, open_below(root, flags, path), path);
}

int hd_sysroot_fd(const struct hd_sysroot *root, int flags, const char *fmt, ...)
{
	char path[PATH_MAX];
	va_list args;
	int fd;

	va_start(args, fmt);
	fd = vopen(root, flags, path, fmt, args);
	va_end(args);
	return fd;
}

bool hd_sysroot_has(const struct hd_sysroot *root, const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_MAX];
	va_list args;

	va_start(args, fmt);
	fd = vopen(root, O_PATH, path, fmt, args);
	va_end(args);
	return fd >= 0;
}

int hd_sysroot_stat(const struct hd_sysroot *root, struct stat *ret, const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_MAX];
	va_list args;

	va_start(args, fmt);
	fd = vopen(root, O_PATH, path, fmt, args);
	va_end(args);
	if (fd < 0)
		return fd;
	return (int)hd_sysroot_note(root, fstat(fd, ret) < 0 ? -errno : 0, path);
}

ssize_t hd_sysroot_bytes(const struct hd_sysroot *root, void *buf, size_t size,
			 const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	char path[PATH_MAX];
	va_list args;

	va_start(args, fmt);
	fd = vopen(root, O_RDONLY | O_NONBLOCK | O_NOCTTY, path, fmt, args);
	va_end(args);
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
static ssize_t slurp(int fd, struct hd_arena *arena, const char **ret)
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
	va_list args;

	va_start(args, fmt);
	fd = vopen(root, O_RDONLY | O_NONBLOCK | O_NOCTTY, path, fmt, args);
	va_end(args);
	return fd < 0 ? fd : hd_sysroot_note(root, slurp(fd, arena, ret), path);
}

_printf_(3, 0) static int link_text(const struct hd_sysroot *root, char buf[static PATH_MAX],
				    const char *fmt, va_list args)
{
	char path[PATH_MAX];
	_cleanup_(hd_close) int fd = vopen(root, O_PATH | O_NOFOLLOW, path, fmt, args);
	ssize_t n;

	if (fd < 0)
		return fd;
	n = readlinkat(fd, "", buf, PATH_MAX - 1);
	if (n < 0)
		return (int)hd_sysroot_note(root, errno == ENOENT ? -EINVAL : -errno, path);
	buf[n] = '\0';
	return 0;
}

int hd_sysroot_link(const struct hd_sysroot *root, struct hd_arena *arena, const char **ret,
		    const char *fmt, ...)
{
	char buf[PATH_MAX];
	va_list args;
	int rc;

	va_start(args, fmt);
	rc = link_text(root, buf, fmt, args);
	va_end(args);
	if (rc == 0)
		*ret = hd_strdup(arena, buf);
	return rc;
}

int hd_sysroot_link_base(const struct hd_sysroot *root, struct hd_arena *arena,
			 const char **ret, const char *fmt, ...)
{
	char buf[PATH_MAX];
	const char *slash;
	va_list args;
	int rc;

	va_start(args, fmt);
	rc = link_text(root, buf, fmt, args);
	va_end(args);
	if (rc < 0)
		return rc;
	slash = strrchr(buf, '/');
	*ret = hd_strdup(arena, slash ? slash + 1 : buf);
	return 0;
}

int hd_sysroot_write(const struct hd_sysroot *root, const char *text, const char *fmt, ...)
{
	_cleanup_(hd_close) int fd = -1;
	size_t length = strlen(text);
	char path[PATH_MAX];
	va_list args;
	ssize_t n;

	va_start(args, fmt);
	fd = vopen(root, O_WRONLY | O_NONBLOCK | O_NOCTTY | (root->is_live ? 0 : O_TRUNC), path,
		   fmt, args);
	va_end(args);
	if (fd < 0)
		return fd;
	n = write(fd, text, length);
	if (n < 0)
		return -errno;
	return (size_t)n == length ? 0 : -EIO;
}
