/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * transaction.h - applies changes of the host's configuration, all or none, and
 * takes them back.
 *
 * Each application is a directory of its own below var/lib/hostdevctl/setup
 * (0700), numbered from 1: `manifest` (what was changed, mode and owner of each
 * file, the commands), `N.old` and `N.new` (the bytes of file N before and
 * after), `pending`.  It is durable before the first file is touched; `pending` is
 * removed when all is done.  While it is there (after a crash) the application is half
 * done: the next apply or revert undoes it first.  A revert makes it `pending` and
 * undoes it, newest application first; so it can be interrupted, too.
 *
 * A file is never written in place: its new text is written beside it and
 * synced, with mode, owner and extended attributes (SELinux's label) of the old
 * one, for all files before the first is renamed.  The old inode stays linked
 * beside it until the commands have succeeded, so that putting it back needs no
 * space.  A file whose text is not the expected one is somebody else's: it is
 * never overwritten.
 */
#pragma once


#include "base/exit.h"
#include "base/sysroot.h"
#include "setup/change_list.h"

struct hd_transaction {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	/*
	 * Runs a command to its end: its exit status, or a negative errno with ERR;
	 * *RET_OUTPUT gets what it said.  NULL: nothing is run (a captured host).
	 */
	int (*run)(struct hd_arena *arena, const char *const argv[], const char **ret_output,
		   struct hd_error *err);
	const char *output;		/* result: what the command that failed said, or NULL */
	const char **lines;		/* result: what was done, for people */
	size_t n_lines;
};

/*
 * Applies CHANGES.  HD_EXIT_OK; _REFUSED: a file is not as it was read, is a link
 * or is not a regular file, or a half-done application cannot be undone since
 * somebody changed a file; _HOST: it failed and all is as before; _STRANDED: it
 * failed and could not be put back, as ERR says.
 */
enum hd_exit hd_transaction_apply(struct hd_transaction *transaction,
				  const struct hd_changes *changes, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/*
 * Undoes all applications.  Refuses (HD_EXIT_REFUSED, ERR names the file) before
 * anything is touched when a file is not as it was left, unless it is one of the
 * N paths in KEEP: those are left as they are and forgotten.
 */
enum hd_exit hd_transaction_revert(struct hd_transaction *transaction, const char *const *keep,
				   size_t n_keep, struct hd_error *err)
	_nonnull_(1, 4) _must_check_;

struct hd_store;
struct hd_record;

/* Would it refuse?  Of the N records that STORE has; changes nothing. */
enum hd_exit hd_transaction_may_revert(struct hd_transaction *transaction, const struct hd_store *store,
				       struct hd_record *records, size_t n, const char *const *keep,
				       size_t n_keep, struct hd_error *err)
	_nonnull_(1, 2, 7) _must_check_;

/* For .run: no shell, no standard input, a fixed environment, at most COMMAND_MS. */
#define HD_COMMAND_MS 600000
int hd_run_command(struct hd_arena *arena, const char *const argv[], const char **ret_output,
		   struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
