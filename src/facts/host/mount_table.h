/* SPDX-License-Identifier: GPL-2.0-or-later */
/* mount_table.h - the rows of mountinfo, swaps and fstab, and their fields. */
#pragma once

#include <stddef.h>

#include "base/macro.h"

struct libmnt_fs;

/* What follows the first N blank-separated fields of a line of proc/PID/mountinfo or maps. */
const char *hd_table_field(const char *line, int n) _nonnull_(1) _returns_nonnull_;

/*
 * Calls ROW for each line of TEXT that libmount understands.  Returns 0, or a negative
 * errno for a table that it cannot read.
 */
int hd_table_parse(const char *text, size_t length,
		   void (*row)(void *data, struct libmnt_fs *fs), void *data)
	_nonnull_(1, 3) _must_check_;
