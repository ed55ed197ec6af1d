/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dir.h - the entries of a directory, one after the other.
 *
 * As readdir(3), with what a small directory of sysfs needs: one call for its
 * entries and one for their end, and no memory of its own.
 */
#pragma once

#include <dirent.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"

struct hd_dir {
	int fd;
	int rc;			/* once there are no more: 0, or a negative errno */
	size_t at, end;
	_Alignas(struct dirent64) char entries[8192];
};

/* Begins with FD, which stays the caller's. */
void hd_dir_begin(struct hd_dir *ret, int fd) _nonnull_(1);

/* The next entry that is not "." or "..", valid until the call after it; NULL: no more. */
const struct dirent64 *hd_dir_next(struct hd_dir *dir) _nonnull_(1);

/* DT_DIR and so on, also where the file system does not tell with the name. */
unsigned char hd_dir_type(const struct hd_dir *dir, const struct dirent64 *entry)
	_nonnull_(1, 2);

/* The names of all entries of FD, by bytes: how many, or a negative errno.  Owned by ARENA. */
ssize_t hd_dir_names(int fd, struct hd_arena *arena, const char *const **ret)
	_nonnull_(2, 3) _must_check_;

/* What follows PREFIX in the names that begin with it; DIR_FD may be O_PATH.  Else the same. */
ssize_t hd_dir_names_after(int dir_fd, const char *prefix, struct hd_arena *arena,
			   const char *const **ret) _nonnull_(2, 3, 4) _must_check_;
