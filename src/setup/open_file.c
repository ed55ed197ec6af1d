/* SPDX-License-Identifier: GPL-2.0-or-later */
/* open_file.c - bytes and attributes of a file that is open. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/read.h"
#include "setup/open_file.h"
#include "setup/replace_file.h"

#define MAX_NAMES 65536u	/* XATTR_LIST_MAX and XATTR_SIZE_MAX of linux/limits.h */

int hd_swap_file_write(int fd, const char *text)
{
	size_t left = strlen(text);

	while (left) {
		ssize_t n = write(fd, text, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		text += n;
		left -= (size_t)n;
	}
	return 0;
}

static ssize_t from_start(int fd, char *buf, size_t size)
{
	return lseek(fd, 0, SEEK_SET) < 0 ? -errno : hd_read_up_to(fd, buf, size);
}

int hd_swap_file_equals(int fd, const char *text)
{
	size_t length = strlen(text);
	_cleanup_(hd_freep) char *buf = malloc(length + 1);
	ssize_t n;

	if (!buf)
		hd_oom();
	n = from_start(fd, buf, length + 1);
	if (n < 0)
		return (int)n;
	return (size_t)n == length && !memcmp(buf, text, length);
}

int hd_swap_file_read(int fd, struct hd_arena *arena, const char **ret)
{
	_cleanup_(hd_freep) char *buf = malloc(HD_SWAP_MAX_TEXT + 1);
	ssize_t n;

	if (!buf)
		hd_oom();
	n = from_start(fd, buf, HD_SWAP_MAX_TEXT + 1);
	if (n < 0)
		return (int)n;
	if (n > (ssize_t)HD_SWAP_MAX_TEXT)
		return -EFBIG;
	if (memchr(buf, '\0', (size_t)n))
		return -EILSEQ;
	*ret = hd_strndup(arena, buf, (size_t)n);
	return 0;
}

static int copy_attribute(int from, int to, const char *name, char *value)
{
	ssize_t n = fgetxattr(from, name, value, MAX_NAMES);

	if (n < 0)
		return errno == ENODATA ? 0 : -errno;
	if (fsetxattr(to, name, value, (size_t)n, 0) == 0)
		return 0;
	return errno == EOPNOTSUPP ? 0 : -errno;
}

int hd_swap_file_copy_attributes(int from, int to)
{
	_cleanup_(hd_freep) char *names = malloc(2 * (size_t)MAX_NAMES);
	ssize_t n;

	if (!names)
		hd_oom();
	n = flistxattr(from, names, MAX_NAMES);
	if (n < 0)
		return errno == EOPNOTSUPP ? 0 : -errno;
	for (const char *name = names; name < names + n; name += strlen(name) + 1) {
		int rc = 0;

		if (strcmp(name, "security.ima") != 0 && strcmp(name, "security.evm") != 0)
			rc = copy_attribute(from, to, name, names + MAX_NAMES);
		if (rc < 0)
			return rc;
	}
	return 0;
}
