/* SPDX-License-Identifier: GPL-2.0-or-later */
/* transaction_revert.c - takes all applications of setup back. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "setup/take_back.h"

static enum hd_exit mark_all(const struct hd_undo_setup *undo, struct hd_error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < undo->n; i++) {
		struct hd_record *record = &undo->records[i];

		rc = hd_store_mark(undo->store, record->number, HD_STORE_RUNNING, true);
		if (rc == 0)
			rc = hd_store_mark(undo->store, record->number, HD_STORE_PENDING, true);
		record->is_running = true;
	}
	if (rc < 0)
		hd_fail(err, rc, "cannot note what is to be taken back: %s", strerror(-rc));
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

/* Nothing was changed: they are as done as they were. */
static void unmark_all(const struct hd_undo_setup *undo)
{
	for (size_t i = undo->n; i-- > 0;)
		if (!undo->records[i].is_pending &&
		    hd_store_mark(undo->store, undo->records[i].number, HD_STORE_PENDING,
				  false) < 0)
			return;
}

enum hd_exit hd_transaction_revert(struct hd_transaction *transaction, const char *const *keep,
				   size_t n_keep, struct hd_error *err)
{
	_cleanup_(hd_store_close_clean) struct hd_store store = { .fd = -1 };
	struct hd_undo_setup undo = { .transaction = transaction, .store = &store, .keep = keep,
				      .n_keep = n_keep, .must_run = true };
	enum hd_exit code;
	ssize_t n;

	if (hd_store_open_write(&store, transaction->root, transaction->arena, err) < 0)
		return HD_EXIT_HOST;
	n = hd_store_list(&store, &undo.records, err);
	if (n < 0)
		return HD_EXIT_HOST;
	(void)hd_undo_setup_pending(transaction->root, undo.records, (size_t)n);
	undo.n = (size_t)n;
	code = hd_undo_setup_may(&undo, err);
	if (code == HD_EXIT_OK) {
		code = mark_all(&undo, err);
		if (code == HD_EXIT_OK)
			code = hd_undo_setup(&undo, err);
		if (code == HD_EXIT_HOST)
			unmark_all(&undo);
	}
	return code;
}
