/* SPDX-License-Identifier: GPL-2.0-or-later */
/* open_file.h - bytes and attributes of a file that is open.  Part of replace_file.c. */
#pragma once

#include "base/arena.h"
#include "base/macro.h"

/* Each returns a negative errno on failure. */

int hd_swap_file_write(int fd, const char *text) _nonnull_(2) _must_check_;

/* Is TEXT all that the file holds?  1 or 0. */
int hd_swap_file_equals(int fd, const char *text) _nonnull_(2) _must_check_;

/* -EFBIG, or -EILSEQ for a NUL byte. */
int hd_swap_file_read(int fd, struct hd_arena *arena, const char **ret)
	_nonnull_(2, 3) _must_check_;

/*
 * Extended attributes (SELinux's label, ACLs), but for those that are about the
 * bytes (IMA, EVM).  A file system without them is fine.
 */
int hd_swap_file_copy_attributes(int from, int to) _must_check_;
