/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * captured_host.h - a captured host (inventory/capture_read.h) as a directory of our own.
 *
 * The directory is below $TMPDIR or /tmp, mode 0700, and goes with this process
 * however that ends: a child waits for the end of a pipe that only we hold, and
 * removes it.
 */
#pragma once

#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"

struct hd_host_file {
	const char *path;	/* of the directory; NULL: none */
	int life_fd;		/* closed: the directory goes */
	pid_t remover;
};

/* PATH may be "-". 0, or a negative errno with ERR, and nothing is left. */
int hd_host_file_open(struct hd_host_file *ret, struct hd_arena *arena, const char *path,
		      struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/* Waits until the directory is gone. Fine on one that is not open (path NULL). */
void hd_host_file_close(struct hd_host_file *file) _nonnull_(1);
