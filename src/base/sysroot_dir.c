/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sysroot_dir.c - the host's directories and one-number files. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/sysroot.h"
#include "base/text.h"

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static ssize_t list(int dir_fd, struct hd_arena *arena, const char *const **ret)
{
	_cleanup_(hd_close) int fd = dir_fd;
	const struct dirent64 *entry;
	const char **names = NULL;
	struct hd_dir dir;
	size_t n = 0;

	hd_dir_begin(&dir, fd);
	while ((entry = hd_dir_next(&dir)))
		HD_APPEND(arena, &names, &n) = hd_strdup(arena, entry->d_name);
	if (dir.rc < 0)
		return dir.rc;
	if (n)
		qsort(names, n, sizeof(*names), by_bytes);
	*ret = names;
	return (ssize_t)n;
}

/* PATH is what was opened. */
_printf_(3, 0) static int open_dir(const struct hd_sysroot *root, char path[static PATH_MAX],
				   const char *fmt, va_list args)
{
	int n = vsnprintf(path, PATH_MAX, fmt, args);

	if (n < 0 || n >= PATH_MAX)
		return -ENAMETOOLONG;
	return hd_sysroot_fd(root, O_RDONLY | O_DIRECTORY, "%s", path);
}

ssize_t hd_sysroot_names(const struct hd_sysroot *root, struct hd_arena *arena,
			 const char *const **ret, const char *fmt, ...)
{
	char path[PATH_MAX];
	va_list args;
	int fd;

	va_start(args, fmt);
	fd = open_dir(root, path, fmt, args);
	va_end(args);
	return fd < 0 ? fd : hd_sysroot_note(root, list(fd, arena, ret), path);
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
	va_list args;
	int fd;

	va_start(args, fmt);
	fd = open_dir(root, path, fmt, args);
	va_end(args);
	return fd < 0 ? fd : (int)hd_sysroot_note(root, is_empty(fd), path);
}

/* One short line of a file into BUF, its newline removed. */
_printf_(4, 0) static int one_line(const struct hd_sysroot *root, char *buf, size_t size,
				   const char *fmt, va_list args)
{
	char path[PATH_MAX];
	int length = vsnprintf(path, sizeof(path), fmt, args);
	ssize_t n;

	if (length < 0 || length >= PATH_MAX)
		return -ENAMETOOLONG;
	n = hd_sysroot_bytes(root, buf, size - 1, "%s", path);
	if (n < 0)
		return (int)n;
	buf[n] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return 0;
}

int hd_sysroot_u64(const struct hd_sysroot *root, uint64_t *ret, const char *fmt, ...)
{
	char line[64];
	va_list args;
	int rc;

	va_start(args, fmt);
	rc = one_line(root, line, sizeof(line), fmt, args);
	va_end(args);
	if (rc < 0)
		return rc;
	return hd_text_u64(line, ret) ? 0 : -EINVAL;
}

int hd_sysroot_i64(const struct hd_sysroot *root, int64_t *ret, const char *fmt, ...)
{
	char line[64];
	uint64_t value;
	bool minus;
	va_list args;
	int rc;

	va_start(args, fmt);
	rc = one_line(root, line, sizeof(line), fmt, args);
	va_end(args);
	if (rc < 0)
		return rc;
	minus = line[0] == '-';
	if (!hd_text_u64(line + minus, &value) || value > INT64_MAX)
		return -EINVAL;
	*ret = minus ? -(int64_t)value : (int64_t)value;
	return 0;
}
