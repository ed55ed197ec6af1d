/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * spawn.h - runs one program without a shell and reads what it says, line by
 * line, each with a deadline.
 */
#pragma once

#include <stdint.h>
#include <sys/types.h>

#include "base/descendants.h"
#include "base/error.h"

#define HD_SPAWN_LINE 512	/* room for one line with its end; longer ones are cut */

struct hd_spawn {
	pid_t pid;
	struct hd_descendant left;	/* hd_spawn_end(): who does not end; pid 0: nobody */
	int out;			/* its standard output and error, one pipe */
	size_t used;
	char pending[HD_SPAWN_LINE];
};

/*
 * ARGV[0] is an absolute path.  Standard input is /dev/null.  From here to hd_spawn_end() the
 * process has no other child, and adopts what the program leaves behind.
 */
int hd_spawn_start(struct hd_spawn *ret, const char *const argv[], struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/* The same from "/", with this environment; IN is its standard input, -1: /dev/null. */
int hd_spawn_start_as(struct hd_spawn *ret, const char *const argv[],
		      const char *const environment[], int in, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;

/* 1: one line in BUF, without its newline; 0: the end of its output; -ETIMEDOUT. */
int hd_spawn_line(struct hd_spawn *spawn, char buf[static HD_SPAWN_LINE], int64_t deadline)
	_nonnull_(1, 2) _must_check_;

/*
 * Waits for its end until DEADLINE.  Unless it ends with status 0, all is killed that it has
 * started, in whatever session: nothing of it goes on while its work is undone.  Returns
 * its exit status, -ETIMEDOUT if it had to be killed, -ECANCELED if a signal ended it, and
 * -EBUSY if a process of it, spawn->left, does not end though it was killed.
 */
int hd_spawn_end(struct hd_spawn *spawn, int64_t deadline) _nonnull_(1);
