/* SPDX-License-Identifier: GPL-2.0-or-later */
/* transaction_internal.h - takes back what setup has applied, and the steps of both ways. */
#pragma once

#include "setup/applied_store.h"
#include "setup/transaction.h"

/* What is taken back: records, newest first, and the paths that are left alone. */
struct hd_undo_setup {
	struct hd_transaction *transaction;
	const struct hd_store *store;
	struct hd_record *records;
	size_t n;
	const char *const *keep;
	size_t n_keep;
	bool must_run;		/* a command that fails is a failure (else the files are what counts) */
};

/* May all be taken back?  HD_EXIT_REFUSED names the file that is somebody else's. */
enum hd_exit hd_undo_setup_may(const struct hd_undo_setup *undo, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/*
 * Takes all of them back and removes their records.  HD_EXIT_OK; _REFUSED (see
 * above); _HOST: nothing was changed; _STRANDED: it stays half done.
 */
enum hd_exit hd_undo_setup(const struct hd_undo_setup *undo, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/*
 * How many of the N records are half done: the newest ones.  What a crash left
 * beside the files of the others is removed.
 */
size_t hd_undo_setup_pending(const struct hd_sysroot *root, const struct hd_record *records,
			     size_t n) _nonnull_(1);

/* One line of what was done. */
void hd_transaction_say(struct hd_transaction *transaction, const char *fmt, ...)
	_nonnull_(1, 2) _printf_(2, 3);

/* Runs one command of a change, or its undo; 0, or a negative errno with ERR. */
int hd_transaction_run(struct hd_transaction *transaction, const char *const argv[],
		       struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* Writes VALUE to an attribute, BETWEEN (or NULL) first. */
int hd_transaction_write(const struct hd_transaction *transaction,
			 const struct hd_value_change *change, const char *value,
			 struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;

/* The attribute's value now, in the transaction's arena. */
int hd_transaction_value(const struct hd_transaction *transaction,
			 const struct hd_value_change *change, const char **ret,
			 struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
