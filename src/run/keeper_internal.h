/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keeper_internal.h - the file of a keeper: "PID UNTIL GUEST" (UNTIL by hd_now_ms, GUEST
 * encoded as in a journal), then one function a line.
 */
#pragma once

#include "run/keeper.h"

/*
 * Makes and locks the file of the calling process, and gives it its name last: a
 * name without a lock is of a keeper that was killed.  Returns its descriptor.
 */
int hd_keeper_file_make(const struct hd_keeping *keeping, int64_t until, struct hd_error *err)
	_nonnull_(1, 3) _must_check_;

/* Has nobody removed it? */
bool hd_keeper_file_is_wanted(int fd);

/* Removes the name, if it still is this file's. */
void hd_keeper_file_remove(const struct hd_keeping *keeping, int fd) _nonnull_(1);
