/* SPDX-License-Identifier: GPL-2.0-or-later */
/* sysroot_at.c - many small files of one directory: each costs three calls, its links one. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/sysroot.h"
#include "base/text.h"

#define FILE_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

ssize_t hd_sysroot_bytes_at(int dir_fd, const char *name, void *buf, size_t size)
{
	_cleanup_(hd_close) int fd = openat(dir_fd, name, FILE_FLAGS);
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
	ssize_t n = hd_sysroot_bytes_at(dir_fd, name, buf, size - 1);

	if (n < 0)
		return n;
	buf[n] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return (ssize_t)strlen(buf);
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
	const char *text = hd_sysroot_link_at(dir_fd, name, buf), *slash;

	if (!text)
		return NULL;
	slash = strrchr(text, '/');
	text = slash ? slash + 1 : text;
	if (*text && strcmp(text, ".") != 0 && strcmp(text, "..") != 0)
		return text;
	errno = EINVAL;
	return NULL;
}
