/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * bounded_work.h - a piece of work in a process that can be given up.
 *
 * libvirt's calls hang with its daemon.  They are made in a child, which answers
 * on a pipe; a child that is late is killed, and can never hold this process.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/process.h"

/* What the child wrote, with an end after it, owned by the arena. */
struct hd_bounded_answer {
	const char *text;
	size_t length;
	bool is_late;		/* it had not ended by the deadline: there may be more to come */
};

/*
 * What WORK wrote in a child until it ended or was late.  Returns 0, -EFBIG (more than
 * MAX bytes), or another negative errno if there was no child.
 */
int hd_bounded_run(struct hd_bounded_answer *ret, struct hd_arena *arena, size_t max, int deadline_ms,
		 hd_process_work *work, const void *data)
	_nonnull_(1, 2, 5) _must_check_;

/* All of TEXT into the pipe; false if nobody reads it. */
bool hd_bounded_write(int out, const char *text, size_t length) _nonnull_(2);

/* Reads FD to its end, at most MAX bytes, until DEADLINE (INT64_MAX: none): as hd_bounded_run(). */
int hd_bounded_read(struct hd_bounded_answer *ret, struct hd_arena *arena, int fd, size_t max,
		  int64_t deadline) _nonnull_(1, 2) _must_check_;
