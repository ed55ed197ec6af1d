/* SPDX-License-Identifier: GPL-2.0-or-later */
/* read.h - whole files, of which read(2) may hand out pieces. */
#pragma once

#include <sys/types.h>

#include "base/macro.h"

/*
 * Reads on from FD's offset until SIZE bytes or the end (sysfs hands out a file in
 * pieces of a page): how many bytes, not terminated, or a negative errno.
 */
ssize_t hd_read_up_to(int fd, void *buf, size_t size) _nonnull_(2) _must_check_;
