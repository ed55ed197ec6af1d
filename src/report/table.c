/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table.c - rows of equal form, as a table for people. */
#include "config.h"

#include <errno.h>
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

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

static int add_columns(struct libscols_table *out, const struct hd_table *table)
{
	for (size_t i = 0; i < table->n_columns; i++) {
		const struct hd_column *column = &table->columns[i];
		int flags = (column->is_number ? SCOLS_FL_RIGHT : 0) |
			    (column->may_cut ? SCOLS_FL_TRUNC : 0) |
			    (table->parents && !i ? SCOLS_FL_TREE : 0);

		if (!scols_table_new_column(out, column->title, column->may_cut ? 0.1 : 0,
					    flags))
			return -ENOMEM;
	}
	return 0;
}

/* A list in one line. */
static int set_cell(struct libscols_line *line, size_t column, const char *cell)
{
	_cleanup_(hd_freep) char *text = NULL;
	const char *at = cell ? cell : "-";
	size_t length = 0;

	if (!strchr(at, '\n'))
		return scols_line_set_data(line, column, at);
	text = calloc(2, strlen(at) + 1);
	if (!text)
		return -ENOMEM;
	for (; *at; at++) {
		if (*at == '\n')
			text[length++] = ',';
		text[length++] = *at == '\n' ? ' ' : *at;
	}
	return scols_line_set_data(line, column, text);
}

static int add_row(struct libscols_table *out, const struct hd_table *table, size_t row,
		   struct libscols_line *parent)
{
	const char *const *cells = table->cells + row * table->n_columns;
	struct libscols_line *line = scols_table_new_line(out, parent);

	if (!line)
		return -ENOMEM;
	for (size_t i = 0; i < table->n_columns; i++)
		if (set_cell(line, i, cells[i]) < 0)
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

int hd_table_text(FILE *out, const struct hd_table *table)
{
	_cleanup_(free_table) struct libscols_table *scols = scols_new_table();

	if (!scols || scols_table_set_stream(scols, out) < 0 || add_columns(scols, table) < 0 ||
	    add_rows(scols, table) < 0)
		return -ENOMEM;
	(void)scols_table_enable_minout(scols, 1);	/* no blanks at the ends of lines */
	if (scols_print_table(scols) < 0)
		return -EIO;
	for (size_t i = 0; i < table->n_notes; i++) {
		(void)fputs("note: ", out);
		hd_put_text(out, table->notes[i], "");
		(void)fputc('\n', out);
	}
	return 0;
}
