/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * applied_store.h - what setup has applied, on disk (see transaction.h).
 *
 * A manifest has one line for each thing, words percent-encoded as in a journal:
 *
 *   hostdevctl-setup 1
 *   dir PATH				created by us
 *   file BEFORE AFTER MODE UID GID PATH	BEFORE, AFTER: 1 if there is a file
 *   value PATH OLD NEW BETWEEN		BETWEEN "%": none
 *   run WORD...				and, if it is another, `undo WORD...`
 *   end
 */
#pragma once

#include "setup/change_list.h"
#include "setup/replace_file.h"

#define HD_STORE_DIR "var/lib/hostdevctl"
#define HD_STORE_SETUP "setup"
#define HD_STORE_PENDING "pending"	/* it is half done */
#define HD_STORE_RUNNING "running"	/* and its commands may have been run */

struct hd_store {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	int fd;				/* var/lib/hostdevctl/setup, locked by _open_write() */
};

struct hd_record {
	unsigned number;
	bool is_pending, is_running;
	struct hd_swap *files;
	size_t n_files;
	const char **dirs;		/* outermost first */
	size_t n_dirs;
	struct hd_changes changes;	/* its values and commands; the files are above */
};

/*
 * Opens the store; 0, -ENOENT if there is none, or a negative errno with ERR.
 * _write creates it, locks it (-EBUSY) and removes what crashes left in it.
 */
int hd_store_open(struct hd_store *ret, const struct hd_sysroot *root, struct hd_arena *arena,
		  struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
int hd_store_open_write(struct hd_store *ret, const struct hd_sysroot *root,
			struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
void hd_store_close(struct hd_store *store) _nonnull_(1);

/* All records, newest first: how many, or a negative errno with ERR. */
ssize_t hd_store_list(const struct hd_store *store, struct hd_record **ret, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/* Makes the record durable under its number, pending. */
int hd_store_add(const struct hd_store *store, const struct hd_record *record,
		 struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* Makes or removes HD_STORE_PENDING or _RUNNING of a record, durably. */
int hd_store_mark(const struct hd_store *store, unsigned number, const char *mark, bool on)
	_nonnull_(1, 3) _must_check_;

int hd_store_remove(const struct hd_store *store, unsigned number, struct hd_error *err)
	_nonnull_(1, 3) _must_check_;

/* Closes it; removes its directories if nothing is in them.  Fine if .fd is -1. */
void hd_store_close_clean(struct hd_store *store) _nonnull_(1);

/* The two directions of a manifest, for applied_store.c. */
const char *hd_manifest_text(struct hd_arena *arena, const struct hd_record *record)
	_nonnull_(1, 2) _returns_nonnull_;
/* Fills all but number, marks and the files' texts: an empty one stands for "there is one". */
int hd_manifest_parse(struct hd_record *ret, struct hd_arena *arena, const char *text,
		      struct hd_error *err) _nonnull_(1, 2, 3, 4) _must_check_;
