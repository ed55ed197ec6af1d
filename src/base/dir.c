/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dir.c - the entries of a directory, one after the other. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/dir.h"

void hd_dir_begin(struct hd_dir *ret, int fd)
{
	ret->fd = fd;
	ret->rc = 0;
	ret->at = ret->end = 0;
}

static const struct dirent64 *next_entry(struct hd_dir *dir)
{
	const struct dirent64 *entry;

	if (dir->at == dir->end) {
		ssize_t n = getdents64(dir->fd, dir->entries, sizeof(dir->entries));

		dir->rc = n < 0 ? -errno : 0;
		dir->at = 0;
		dir->end = n < 0 ? 0 : (size_t)n;
		if (n <= 0)
			return NULL;
	}
	entry = (const void *)(dir->entries + dir->at);
	dir->at += entry->d_reclen;
	return entry;
}

const struct dirent64 *hd_dir_next(struct hd_dir *dir)
{
	const struct dirent64 *entry;

	do
		entry = next_entry(dir);
	while (entry && (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")));
	return entry;
}

unsigned char hd_dir_type(const struct hd_dir *dir, const struct dirent64 *entry)
{
	struct stat st;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(dir->fd, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_UNKNOWN;
	return (unsigned char)IFTODT(st.st_mode);
}
