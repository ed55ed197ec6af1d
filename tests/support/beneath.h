/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * beneath.h - makes files below one directory and never outside it.
 *
 * Directories on the way are resolved with openat2(RESOLVE_IN_ROOT): a link
 * that was made earlier may lead around in the tree, not out of it.  Missing
 * directories are made.  All return 0 or a negative errno.
 */
#pragma once

#include <stddef.h>

int beneath_dir(int root_fd, const char *path);
int beneath_file(int root_fd, const char *path, const void *data, size_t size);
int beneath_script(int root_fd, const char *path, const void *data, size_t size);	/* executable */
int beneath_link(int root_fd, const char *path, const char *target);
