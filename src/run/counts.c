/* SPDX-License-Identifier: GPL-2.0-or-later */
/* counts.c - how often guests were refused, failed, or had a card handed over since the host booted. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/counts.h"

static const char *const files[] = {
	[HD_COUNT_REFUSED] = "count-refused",
	[HD_COUNT_FAILED] = "count-failed",
	[HD_COUNT_STRANDED] = "count-stranded",
	[HD_COUNT_HANDED_OVER] = "count-handed-over",
	[HD_COUNT_HAND_OVER_FAILED] = "count-hand-over-failed",
};
_Static_assert(HD_ARRAY_SIZE(files) == HD_COUNT_MAX, "a file for each count");

void hd_count(int dir_fd, enum hd_count count)
{
	_cleanup_(hd_close) int fd = dir_fd < 0 ? -1 :
		openat(dir_fd, files[count], O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK |
		       O_CLOEXEC, 0600);

	if (fd >= 0 && write(fd, "\n", 1) < 0)
		return;
}

off_t hd_count_read(int dir_fd, enum hd_count count)
{
	struct stat st;

	if (fstatat(dir_fd, files[count], &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -errno;
	return S_ISREG(st.st_mode) ? st.st_size : -EBADF;
}
