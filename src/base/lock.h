/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lock.h - one lock per IOMMU group, so that the hooks of two guests cannot
 * move the same group at once.
 *
 * Locks are flock(2) on files in a directory of ours, taken in ascending order
 * of the group numbers.  A child that outlives us keeps the lock through the
 * inherited description: nobody else touches the group before it is done.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define HD_LOCK_MAX 256

struct hd_locks {
	int fds[HD_LOCK_MAX];
	size_t n;
};

/*
 * Opens (making it, mode 0700) our state directory PATH, without following a
 * link and refusing one that is not ours or that others can write.  Returns a
 * descriptor, or a negative errno with ERR filled.
 */
int hd_state_dir_open(const char *path, struct hd_error *err) _nonnull_(1, 2) _must_check_;

/*
 * Makes a file in DIR_FD for reading and writing, with FLAGS more, and locks it.  Its NAME is
 * nobody else's, in whatever PID namespace they are: it is drawn by lot.  The caller links it
 * under another name and removes this one; what a crash leaves is swept later.  Returns a
 * descriptor or a negative errno.
 */
#define HD_STATE_NEW ".new-"
#define HD_STATE_NEW_SIZE (sizeof(HD_STATE_NEW) + 16)
int hd_state_file_new(int dir_fd, char name[static HD_STATE_NEW_SIZE], int flags)
	_nonnull_(2) _must_check_;

/* A file NAME with TEXT in place of the one that is there; readers see one or the other. */
int hd_state_file_write(int dir_fd, const char *name, const char *text)
	_nonnull_(2, 3) _must_check_;

/*
 * Locks the N groups (not negative, any order; duplicates do not count against
 * HD_LOCK_MAX, beyond which it is -E2BIG) in DIR_FD.  Waits until
 * DEADLINE (hd_now_ms), then -ETIMEDOUT with the group named and nothing held.
 */
int hd_locks_take(struct hd_locks *ret, int dir_fd, const int *groups, size_t n,
		  int64_t deadline, struct hd_error *err) _nonnull_(1, 6) _must_check_;

/*
 * The lock of whoever chooses one of several devices for a guest, until its definition says which.
 * Waits until DEADLINE (hd_now_ms), then -ETIMEDOUT.  Returns a descriptor, to be closed, or a negative
 * errno with ERR.  Take no lock of a group before it.
 */
int hd_choice_lock(int dir_fd, int64_t deadline, struct hd_error *err) _nonnull_(3) _must_check_;

/*
 * Is any group locked by anybody, who may be about to take a device?  Looks at the locks in
 * DIR_FD without waiting.  1, 0, or a negative errno with ERR.
 */
int hd_locks_in_use(int dir_fd, struct hd_error *err) _nonnull_(2) _must_check_;

/* Releases all; fine on a zeroed struct. */
void hd_locks_release(struct hd_locks *locks) _nonnull_(1);
