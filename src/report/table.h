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
	bool may_cut;		/* its cells are cut when the terminal is too narrow */
	bool may_wrap;		/* or continued on the next line */
	bool may_break;		/* or continued there behind a hyphen, if one is very long */
	int rank;		/* left out if there is no room, the highest first; 0: never */
	bool is_list;		/* one item per line; an array in JSON */
	bool is_json;		/* a value of JSON, as hd_json_cell() wrote it; not for people */
	bool is_verdict;	/* its first word has a colour: ready, needs, never */
	bool text_only, json_only;	/* shown to people, or to programs, alone */
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
	bool has_guests;		/* in JSON, with the names of the host's guests */
	const char *const *guests;
	size_t n_guests;
	int width;			/* of the terminal, as text; 0: nothing is cut or left out */
	bool colour;			/* SGR sequences may be written */
	bool is_chosen;			/* somebody asked for these columns: none is left out */
};

/* Appends a row of N_COLUMNS empty cells, owned by ARENA; returns its cells. */
const char **hd_table_row(struct hd_table *table, struct hd_arena *arena)
	_nonnull_(1, 2) _returns_nonnull_;

/*
 * Into WIDTH columns; those with a rank are left out if all their cells are empty, or if there is
 * no room, which a note says.  The notes come last.  0 or -ENOMEM, -EIO.
 */
int hd_table_text(FILE *out, const struct hd_table *table) _nonnull_(1, 2) _must_check_;

/*
 * Leaves out and cuts what TABLE's width asks for: the columns and cells become new ones, owned by
 * ARENA; what is continued on the next line has a newline there.
 */
void hd_table_fit(struct hd_table *table, struct hd_arena *arena) _nonnull_(1, 2);

/*
 * { "api_level": 1, KEY: [ { column: cell } ] }, "guests" and "notes" if there are any; in a tree
 * rows have "children", too.  0 or -ENOMEM, -EIO.
 */
int hd_table_json(FILE *out, const struct hd_table *table) _nonnull_(1, 2) _must_check_;
