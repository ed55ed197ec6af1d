/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table.h - rows of equal form, as a table for people or as JSON. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"

struct hd_column {
	const char *title;	/* "ADDRESS" */
	const char *key;	/* member in JSON: "address" */
	bool is_number;		/* to the right; a number in JSON */
	bool may_cut;		/* cut first when the terminal is too narrow */
};

struct hd_table {
	const char *key;		/* the array in JSON: "devices" */
	const struct hd_column *columns;
	size_t n_columns;
	const char **cells;		/* row by row; NULL is "-", in JSON null */
	size_t n_rows;
};

/* Appends a row of N_COLUMNS empty cells, owned by ARENA; returns its cells. */
const char **hd_table_row(struct hd_table *table, struct hd_arena *arena)
	_nonnull_(1, 2) _returns_nonnull_;

/* Cut to the terminal's width if OUT is one. 0 or -ENOMEM, -EIO. */
int hd_table_text(FILE *out, const struct hd_table *table) _nonnull_(1, 2) _must_check_;

/* { "api_level": 1, KEY: [ { column: cell } ] }. 0 or -ENOMEM, -EIO. */
int hd_table_json(FILE *out, const struct hd_table *table) _nonnull_(1, 2) _must_check_;
