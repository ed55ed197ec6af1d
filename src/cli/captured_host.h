/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * captured_host.h - a captured host (inventory/capture_read.h) as a directory of our own.
 *
 * The directory is below $TMPDIR or /tmp, mode 0700, and goes with this process
 * however that ends: a child waits until nobody reads its pipe any more, and
 * removes it.
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/process.h"

struct hd_host_file {
	const char *path;	/* of the directory; NULL: none */
	struct hd_process remover;	/* its pipe closed: the directory goes */
};

/* PATH may be "-". 0, or a negative errno with ERR, and nothing is left. */
int hd_host_file_open(struct hd_host_file *ret, struct hd_arena *arena, const char *path,
		      struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/* Waits until the directory is gone, at most half a minute. Fine on one that is not open (path NULL). */
void hd_host_file_close(struct hd_host_file *file) _nonnull_(1);
