/* SPDX-License-Identifier: GPL-2.0-or-later */
/* dir.c - the entries of a directory, one after the other. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/dir.h"
#include "base/text.h"

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

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

ssize_t hd_dir_names(int fd, struct hd_arena *arena, const char *const **ret)
{
	const struct dirent64 *entry;
	const char **names = NULL;
	struct hd_dir dir;
	size_t n = 0;

	hd_dir_begin(&dir, fd);
	while ((entry = hd_dir_next(&dir)))
		hd_push(arena, &names, &n, hd_strdup(arena, entry->d_name));
	if (dir.rc < 0)
		return dir.rc;
	HD_SORT(names, n, by_bytes);
	*ret = names;
	return (ssize_t)n;
}

ssize_t hd_dir_names_after(int dir_fd, const char *prefix, struct hd_arena *arena,
			   const char *const **ret)
{
	_cleanup_(hd_close) int fd = openat(dir_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const char *const *all;
	const char **names = NULL;
	ssize_t n_all = fd < 0 ? -errno : hd_dir_names(fd, arena, &all);
	size_t n = 0;

	for (ssize_t i = 0; i < n_all; i++)
		if (hd_text_starts_with(all[i], prefix))
			hd_push(arena, &names, &n, &all[i][strlen(prefix)]);
	if (n_all < 0)
		return n_all;
	*ret = names;
	return (ssize_t)n;
}
