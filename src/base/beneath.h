/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * beneath.h - makes files below one directory and never outside it.
 *
 * Directories on the way are resolved with openat2(RESOLVE_IN_ROOT): a link
 * that was made earlier may lead around in the tree, not out of it.  Missing
 * directories are made.  All but one return 0 or a negative errno.
 */
#pragma once

#include <stddef.h>

#include "base/macro.h"

int hd_beneath_dir(int root_fd, const char *path) _nonnull_(2) _must_check_;

/* A descriptor (O_PATH) of that directory, to be the ROOT_FD of what is made in it, or a negative errno. */
int hd_beneath_open(int root_fd, const char *path) _nonnull_(2) _must_check_;

/* In the place of what has that name, unless it is a directory. */
int hd_beneath_file(int root_fd, const char *path, const void *data, size_t size)
	_nonnull_(2, 3) _must_check_;
/* The same, executable. */
int hd_beneath_script(int root_fd, const char *path, const void *data, size_t size)
	_nonnull_(2, 3) _must_check_;
int hd_beneath_link(int root_fd, const char *path, const char *target)
	_nonnull_(2, 3) _must_check_;
