/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read.h - whole files, of which a call may take only pieces, and pipes, for which it may wait. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

#include "base/macro.h"

/*
 * Reads on from FD's offset until SIZE bytes or the end (sysfs hands out a file in
 * pieces of a page): how many bytes, not terminated, or a negative errno.
 */
ssize_t hd_read_up_to(int fd, void *buf, size_t size) _nonnull_(2) _must_check_;

/*
 * Reads what is there once something is: how many bytes, 0 at the end, -ETIMEDOUT at
 * DEADLINE (hd_now_ms), or another negative errno.
 */
ssize_t hd_read_some(int fd, void *buf, size_t size, int64_t deadline)
	_nonnull_(2) _must_check_;

/* All SIZE bytes of DATA: 0, or a negative errno. */
int hd_write_all(int fd, const void *data, size_t size) _nonnull_(2) _must_check_;
