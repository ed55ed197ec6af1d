/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * captured_host.h - a captured host (inventory/capture_read.h) as a directory of our own.
 *
 * The directory is below $TMPDIR; without that, below /dev/shm, or /tmp if it could fill more than a part of
 * the room there.  It has mode 0700, and is removed when this process ends, however that happens: a child
 * waits until its pipe has no reader, and removes it.
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/process.h"

struct hd_host_file {
	const char *path;	/* of the directory; NULL: none */
	struct hd_process remover;	/* removes the directory when its pipe is closed */
};

/* PATH may be "-". 0, or a negative errno with ERR, and nothing is left. */
int hd_host_file_open(struct hd_host_file *ret, struct hd_arena *arena, const char *path,
		      struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/* Waits until the directory is gone, at most half a minute. Fine on one that is not open (path NULL). */
void hd_host_file_close(struct hd_host_file *file) _nonnull_(1);
