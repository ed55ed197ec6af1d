/* SPDX-License-Identifier: GPL-2.0-or-later */
/* kernel_log.h - what the kernel has said since boot. */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"

/* So much of the end is read. */
#define HD_KERNEL_LOG_MAX (4u << 20)

/*
 * The kernel's log since boot, as far as it keeps it (dev/kmsg; in a captured
 * tree a file of lines).  Returns 0, or a negative errno with ERR.
 */
int hd_kernel_log_read(const char **ret, const struct hd_sysroot *root, struct hd_arena *arena,
		       struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
