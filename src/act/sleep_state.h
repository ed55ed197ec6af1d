/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * sleep_state.h - which guests were paused or saved for the host's sleep, and how they woke.
 *
 * One file for each guest in the state directory: sleep-UUID.
 */
#pragma once

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

enum hd_sleep_state {
	HD_SLEPT_PAUSED,	/* or is being paused */
	HD_SLEPT_SAVED,		/* or is being saved */
	HD_SLEPT_WOKEN,		/* after that: `outcome` says what is wrong, and what to do */
	HD_SLEEP_STATE_MAX
};

struct hd_sleep_record {
	char uuid[37];		/* of the guest, lower case */
	enum hd_sleep_state state;
	int64_t time;		/* seconds since 1970 */
	const char *guest;	/* its name, printable */
	const char *outcome;	/* printable; "" unless HD_SLEPT_WOKEN */
};

/* Whole or not at all.  0, or a negative errno. */
int hd_sleep_record_write(const struct hd_sleep_record *record, int dir_fd)
	_nonnull_(1) _must_check_;

/* Fine if there is none. */
void hd_sleep_record_remove(const char *uuid, int dir_fd) _nonnull_(1);

/* All records that are understood, sorted by name; how many, or a negative errno. */
ssize_t hd_sleep_record_list(struct hd_sleep_record **ret, struct hd_arena *arena, int dir_fd)
	_nonnull_(1, 2) _must_check_;
