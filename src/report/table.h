/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table.h - rows of equal form, as a table for people or as JSON. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"

struct hd_column {
	const char *title;	/* "ADDRESS" */
	const char *key;	/* member in JSON: "address" */
	bool is_number;		/* aligned to the right; a number in JSON */
	bool may_cut;		/* cut first when the terminal is too narrow */
	bool is_list;		/* one item per line; an array in JSON */
};

struct hd_table {
	const char *key;		/* the array in JSON: "devices" */
	const struct hd_column *columns;
	size_t n_columns;
	const char **cells;		/* row by row; NULL is "-", in JSON null */
	size_t n_rows;
	/*
	 * A tree in the first column: 1 + the parent of each row, or 0; NULL: no tree.
	 * Children follow their parent.
	 */
	const size_t *parents;
	const char *const *notes;	/* what is left out, for people and in JSON */
	size_t n_notes;
};

/* Appends a row of N_COLUMNS empty cells, owned by ARENA; returns its cells. */
const char **hd_table_row(struct hd_table *table, struct hd_arena *arena)
	_nonnull_(1, 2) _returns_nonnull_;

/* Cut to the terminal's width if OUT is one; the notes come last. 0 or -ENOMEM, -EIO. */
int hd_table_text(FILE *out, const struct hd_table *table) _nonnull_(1, 2) _must_check_;

/*
 * { "api_level": 1, KEY: [ { column: cell } ] }, and "notes" if there are any; in a tree
 * rows have "children", too.  0 or -ENOMEM, -EIO.
 */
int hd_table_json(FILE *out, const struct hd_table *table) _nonnull_(1, 2) _must_check_;
