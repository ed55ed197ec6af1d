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

static bool is_plain(const char *name, size_t length)
{
	return length && !(length == 1 && name[0] == '.') &&
	       !(length == 2 && name[0] == '.' && name[1] == '.');
}

static bool has_plain_names(const char *path, size_t length)
{
	for (size_t at = 0; at < length;) {
		size_t name = strcspn(path + at, "/");

		if (!is_plain(path + at, name))
			return false;
		at += name + 1;
	}
	return !length || path[length - 1] != '/';
}

/* The directory at the first *LENGTH bytes of PATH that is there: most have one beside them already. */
static int open_longest(int root_fd, char *path, size_t *length)
{
	while (*length) {
		const char cut = path[*length];
		int fd;

		path[*length] = '\0';
		fd = open_dir(root_fd, path);
		path[*length] = cut;
		if (fd != -ENOENT)
			return fd;
		while (*length && path[--*length] != '/')
			continue;
	}
	return open_dir(root_fd, ".");
}

/* The directory NAME in PARENT_FD, at PATH below ROOT_FD, which is made. */
static int make_dir(int root_fd, int parent_fd, const char *path, const char *name)
{
	return mkdirat(parent_fd, name, 0755) < 0 ? -errno : open_dir(root_fd, path);
}

/* A descriptor of the directory at the first LENGTH bytes of PATH. */
static int make_dirs(int root_fd, const char *path, size_t length)
{
	_cleanup_(hd_close) int fd = -1;
	char dir[PATH_MAX] = "";
	size_t at = length;
	int result;

	if (length >= PATH_MAX)
		return -ENAMETOOLONG;
	if (!has_plain_names(path, length))
		return -EINVAL;
	memcpy(dir, path, length);
	fd = open_longest(root_fd, dir, &at);
	while (fd >= 0 && at < length) {
		const size_t name = at + (dir[at] == '/');
		int next;

		at = name + strcspn(dir + name, "/");
		dir[at] = '\0';
		next = make_dir(root_fd, fd, dir, dir + name);
		dir[at] = at < length ? '/' : '\0';
		hd_close(&fd);
		fd = next;
	}
	result = fd;
	fd = -1;
	return result;
}

int hd_beneath_open(int root_fd, const char *path)
{
	return make_dirs(root_fd, path, strlen(path));
}

int hd_beneath_dir(int root_fd, const char *path)
{
	_cleanup_(hd_close) int fd = hd_beneath_open(root_fd, path);

	return fd < 0 ? fd : 0;
}

/* Where NAME, PATH's last component, is made: *RET_FD, or the directory that is opened, its own. */
static int open_place(int *ret_fd, int root_fd, const char *path, const char *name)
{
	*ret_fd = -1;
	if (!is_plain(name, strlen(name)))
		return -EINVAL;
	if (name == path)
		return root_fd;
	*ret_fd = make_dirs(root_fd, path, (size_t)(name - path) - 1);
	return *ret_fd;
}

struct thing {
	const void *data;	/* of a file; of a link its target */
	size_t size;
	mode_t mode;
};

static int make_file(int dir_fd, const char *name, const struct thing *thing)
{
	_cleanup_(hd_close) int fd = openat(dir_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
					    thing->mode);

	return fd < 0 ? -errno : hd_write_all(fd, thing->data, thing->size);
}

static int make_link(int dir_fd, const char *name, const struct thing *thing)
{
	return symlinkat(thing->data, dir_fd, name) < 0 ? -errno : 0;
}

/* In the place of what has its name, which hardly any has. */
static int make_thing(int root_fd, const char *path, const struct thing *thing,
		      int (*make_one)(int dir_fd, const char *name, const struct thing *thing))
{
	_cleanup_(hd_close) int opened = -1;
	const char *name = basename(path);
	const int dir_fd = open_place(&opened, root_fd, path, name);
	int rc = dir_fd < 0 ? dir_fd : make_one(dir_fd, name, thing);

	if (rc == -EEXIST)
		rc = unlinkat(dir_fd, name, 0) < 0 ? -errno : make_one(dir_fd, name, thing);
	return rc;
}

int hd_beneath_file(int root_fd, const char *path, const void *data, size_t size)
{
	return make_thing(root_fd, path, &(struct thing){ data, size, 0644 }, make_file);
}

int hd_beneath_script(int root_fd, const char *path, const void *data, size_t size)
{
	return make_thing(root_fd, path, &(struct thing){ data, size, 0755 }, make_file);
}

int hd_beneath_link(int root_fd, const char *path, const char *target)
{
	return make_thing(root_fd, path, &(struct thing){ .data = target }, make_link);
}
