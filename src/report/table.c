/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table.c - rows of equal form, as a table for people or as JSON. */
#include "config.h"

#include <errno.h>
#include <libsmartcols.h>

#include "base/text.h"
#include "report/json.h"
#include "report/report.h"
#include "report/table.h"

const char **hd_table_row(struct hd_table *table, struct hd_arena *arena)
{
	size_t size = table->n_columns * sizeof(*table->cells);
	const char **row = hd_append(arena, &table->cells, &table->n_rows, size);

	return row;
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
			    (column->may_cut ? SCOLS_FL_TRUNC : 0);

		if (!scols_table_new_column(out, column->title, column->may_cut ? 0.1 : 0,
					    flags))
			return -ENOMEM;
	}
	return 0;
}

static int add_rows(struct libscols_table *out, const struct hd_table *table)
{
	for (size_t row = 0; row < table->n_rows; row++) {
		const char *const *cells = table->cells + row * table->n_columns;
		struct libscols_line *line = scols_table_new_line(out, NULL);

		if (!line)
			return -ENOMEM;
		for (size_t i = 0; i < table->n_columns; i++)
			if (scols_line_set_data(line, i, cells[i] ? cells[i] : "-") < 0)
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
	return scols_print_table(scols) < 0 ? -EIO : 0;
}

static json_t *cell_value(const struct hd_column *column, const char *cell)
{
	uint64_t number;

	if (cell && column->is_number && hd_text_u64(cell, &number) && number <= INT64_MAX)
		return json_integer((json_int_t)number);
	return hd_json_text(cell);
}

static json_t *row_object(const struct hd_table *table, const char *const *cells)
{
	json_t *object = json_object();
	int bad = 0;

	for (size_t i = 0; i < table->n_columns; i++)
		bad |= json_object_set_new(object, table->columns[i].key,
					   cell_value(&table->columns[i], cells[i]));
	if (bad)
		hd_json_free(&object);
	return object;
}

int hd_table_json(FILE *out, const struct hd_table *table)
{
	_cleanup_(hd_json_free) json_t *object = json_object();
	json_t *rows = json_array();
	int bad = json_object_set_new(object, "api_level", json_integer(HD_API_LEVEL));

	bad |= json_object_set_new(object, table->key, rows);
	for (size_t i = 0; !bad && i < table->n_rows; i++)
		bad |= json_array_append_new(rows, row_object(table, table->cells +
							      i * table->n_columns));
	return bad ? -ENOMEM : hd_json_write(out, object);
}
