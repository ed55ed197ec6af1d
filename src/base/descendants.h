/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * descendants.h - ends all that a child of ours has started, however it has left.
 *
 * Who takes part must be the calling process (PR_SET_CHILD_SUBREAPER): what a child left
 * behind then becomes ours, whatever session, group or parent it gave itself.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/macro.h"

/* A process; of hd_descendants_end() one that does not end. */
struct hd_descendant {
	pid_t pid, parent;
	char state;		/* as in proc(5); 'Z': it has ended */
	char name[32];
};

/* False if PID is not alive. */
bool hd_descendant_look(struct hd_descendant *ret, pid_t pid) _nonnull_(1);

/*
 * Kills all descendants of this process until none is left, and reaps them.  Returns 0, or
 * -ETIMEDOUT at DEADLINE (hd_now_ms) with one that is left in *RET, or another negative
 * errno if it cannot be seen who they are.
 */
int hd_descendants_end(struct hd_descendant *ret, int64_t deadline) _nonnull_(1) _must_check_;
