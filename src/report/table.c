/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table.c - rows of equal form, as a table for people. */
#include "config.h"

#include <errno.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/plan_words.h"
#include "report/table.h"

const char **hd_table_row(struct hd_table *table, struct hd_arena *arena)
{
	size_t size = table->n_columns * sizeof(*table->cells);

	return hd_append(arena, &table->cells, &table->n_rows, size);
}

static void free_table(struct libscols_table **table)
{
	scols_unref_table(*table);
}

/* Its cells may have lines of their own (table_fit.c). */
static bool has_lines(const struct hd_table *table, const struct hd_column *column)
{
	return column->may_wrap || (column->may_break && !table->parents);
}

static int add_columns(struct libscols_table *out, const struct hd_table *table)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct hd_column *column = &table->columns[i];
		const bool is_wrapped = has_lines(table, column);
		int flags = (column->is_number ? SCOLS_FL_RIGHT : 0) |
			    (is_wrapped ? SCOLS_FL_WRAP : 0) |
			    (table->parents && !i ? SCOLS_FL_TREE : 0);
		struct libscols_column *added = scols_table_new_column(out, column->title, 0, flags);

		if (!added || (is_wrapped &&
			       (scols_column_set_safechars(added, "\n") < 0 ||
				scols_column_set_wrapfunc(added, scols_wrapnl_chunksize,
							  scols_wrapnl_nextchunk, NULL) < 0)))
			return -ENOMEM;
	}
	return 0;
}

static const struct {
	const char *word, *colour;
} verdicts[] = {
	{ "ready", "green" }, { "needs", "yellow" }, { "never", "halfbright" },
};

static int add_colour(struct libscols_line *line, size_t column, const char *cell)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(verdicts); i++)
		if (hd_text_starts_with(cell, verdicts[i].word))
			return scols_cell_set_color(scols_line_get_cell(line, column),
						    verdicts[i].colour);
	return 0;
}

static int add_row(struct libscols_table *out, const struct hd_table *table, size_t row,
		   struct libscols_line *parent)
{
	const char *const *cells = table->cells + row * table->n_columns;
	struct libscols_line *line = scols_table_new_line(out, parent);

	if (!line)
		return -ENOMEM;
	for (size_t i = 0; i < table->n_columns; i++)
		if (scols_line_set_data(line, i, cells[i]) < 0 ||
		    (table->columns[i].is_verdict && add_colour(line, i, cells[i]) < 0))
			return -ENOMEM;
	return 0;
}

static int add_rows(struct libscols_table *out, const struct hd_table *table)
{
	for (size_t row = 0; row < table->n_rows; row++) {
		size_t parent = table->parents ? table->parents[row] : 0;

		if (add_row(out, table, row,
			    parent ? scols_table_get_line(out, parent - 1) : NULL) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int put_table(FILE *out, const struct hd_table *table)
{
	_cleanup_(free_table) struct libscols_table *scols = scols_new_table();

	if (!scols || scols_table_set_stream(scols, out) < 0 || add_columns(scols, table) < 0 ||
	    add_rows(scols, table) < 0)
		return -ENOMEM;
	(void)scols_table_enable_colors(scols, table->colour);
	(void)scols_table_enable_minout(scols, 1);	/* no blanks at the ends of lines */
	/* It is as wide as it must be: libsmartcols would cut what nobody can do without. */
	(void)scols_table_set_termforce(scols, SCOLS_TERMFORCE_NEVER);
	return scols_print_table(scols) < 0 ? -EIO : 0;
}

int hd_table_text(FILE *out, const struct hd_table *table)
{
	struct hd_arena arena = { 0 };
	struct hd_table shown = *table;
	int rc;

	hd_table_fit(&shown, &arena);
	rc = put_table(out, &shown);
	for (size_t i = 0; rc == 0 && i < shown.n_notes; i++) {
		(void)fputs("note: ", out);
		hd_put_text(out, shown.notes[i], "");
		(void)fputc('\n', out);
	}
	hd_arena_done(&arena);
	return rc;
}
