/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * counts.h - how often guests were refused, failed, or had a card handed over since the host booted.
 *
 * For monitoring, which wants numbers that only grow.  Each is the length of a file in the state
 * directory, to which every event appends one byte: that needs no lock and cannot be torn.
 */
#pragma once

#include <sys/types.h>

#include "base/macro.h"

enum hd_count {
	HD_COUNT_REFUSED,		/* starts that a check refused */
	HD_COUNT_FAILED,		/* starts that failed for another reason, in the hook or in QEMU */
	HD_COUNT_STRANDED,		/* starts and ends that left a device in an unknown state */
	HD_COUNT_HANDED_OVER,		/* graphics cards that a guest got */
	HD_COUNT_HAND_OVER_FAILED,	/* and did not get */
	HD_COUNT_MAX
};

/* One more.  Nothing depends on it, so a failure is not told.  DIR_FD may be -1. */
void hd_count(int dir_fd, enum hd_count count);

/* How many, or a negative errno. */
off_t hd_count_read(int dir_fd, enum hd_count count) _must_check_;
