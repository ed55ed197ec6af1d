/* SPDX-License-Identifier: GPL-2.0-or-later */
/* beneath.c - makes files below one directory and never outside it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/beneath.h"
#include "base/read.h"
#include "base/sysroot.h"

/*
 * Without openat2 (valgrind does not know it): open, then look where it led.
 * Good enough for a tree that nobody else changes.
 */
static int open_and_look(int root_fd, const char *path)
{
	_cleanup_(hd_close) int fd = openat(root_fd, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	char link[64], root[PATH_MAX] = "", dir[PATH_MAX] = "";
	size_t length;
	int result;

	if (fd < 0)
		return -errno;
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", root_fd);
	if (readlink(link, root, sizeof(root) - 1) < 0)
		return -errno;
	(void)snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (readlink(link, dir, sizeof(dir) - 1) < 0)
		return -errno;
	length = strlen(root);
	if (strncmp(dir, root, length) != 0 || (dir[length] && dir[length] != '/'))
		return -EXDEV;
	result = fd;
	fd = -1;
	return result;
}

static int open_dir(int root_fd, const char *path)
{
	int fd = hd_open_in_root(root_fd, O_PATH | O_DIRECTORY | O_CLOEXEC, path);

	if (fd < 0 && errno == ENOSYS)
		return open_and_look(root_fd, path);
	return fd < 0 ? -errno : fd;
}

/* The first LENGTH bytes of PATH as a directory below ROOT_FD; made if it is missing. */
static int open_prefix(int root_fd, int parent_fd, const char *path, size_t length,
		       size_t name_at)
{
	char prefix[PATH_MAX];
	int fd;

	memcpy(prefix, path, length);
	prefix[length] = '\0';
	fd = open_dir(root_fd, prefix);
	if (fd != -ENOENT)
		return fd;
	if (mkdirat(parent_fd, prefix + name_at, 0755) < 0)
		return -errno;
	return open_dir(root_fd, prefix);
}

static bool is_plain(const char *name, size_t length)
{
	return length && !(length == 1 && name[0] == '.') &&
	       !(length == 2 && name[0] == '.' && name[1] == '.');
}

/* A descriptor of the directory at the first LENGTH bytes of PATH. */
static int make_dirs(int root_fd, const char *path, size_t length)
{
	_cleanup_(hd_close) int fd = open_dir(root_fd, ".");
	size_t at = 0;
	int result;

	if (length >= PATH_MAX)
		return -ENAMETOOLONG;
	if (length && path[length - 1] == '/')
		return -EINVAL;
	while (fd >= 0 && at < length) {
		size_t name = strcspn(path + at, "/");
		int next;

		if (!is_plain(path + at, name))
			return -EINVAL;
		next = open_prefix(root_fd, fd, path, at + name, at);
		hd_close(&fd);
		fd = next;
		at += name + 1;
	}
	result = fd;
	fd = -1;
	return result;
}

/* Opens the directory for NAME, PATH's last component, and removes what has that name there. */
static int open_place(int root_fd, const char *path, const char *name)
{
	size_t length = (size_t)(name - path);
	int fd;

	if (!is_plain(name, strlen(name)))
		return -EINVAL;
	fd = make_dirs(root_fd, path, length ? length - 1 : 0);
	if (fd >= 0 && unlinkat(fd, name, 0) < 0 && errno != ENOENT) {
		int rc = -errno;

		hd_close(&fd);
		return rc;
	}
	return fd;
}

int hd_beneath_dir(int root_fd, const char *path)
{
	_cleanup_(hd_close) int fd = make_dirs(root_fd, path, strlen(path));

	return fd < 0 ? fd : 0;
}

static int make_file(int root_fd, const char *path, const void *data, size_t size, mode_t mode)
{
	const char *name = basename(path);
	_cleanup_(hd_close) int dir_fd = open_place(root_fd, path, name);
	_cleanup_(hd_close) int fd = -1;

	if (dir_fd < 0)
		return dir_fd;
	fd = openat(dir_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
	return fd < 0 ? -errno : hd_write_all(fd, data, size);
}

int hd_beneath_file(int root_fd, const char *path, const void *data, size_t size)
{
	return make_file(root_fd, path, data, size, 0644);
}

int hd_beneath_script(int root_fd, const char *path, const void *data, size_t size)
{
	return make_file(root_fd, path, data, size, 0755);
}

int hd_beneath_link(int root_fd, const char *path, const char *target)
{
	const char *name = basename(path);
	_cleanup_(hd_close) int dir_fd = open_place(root_fd, path, name);

	if (dir_fd < 0)
		return dir_fd;
	return symlinkat(target, dir_fd, name) < 0 ? -errno : 0;
}
