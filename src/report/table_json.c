/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table_json.c - rows of equal form as JSON. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/report.h"
#include "report/report_json.h"
#include "report/table.h"

/* The lines of a cell. */
static json_t *list_value(const char *lines)
{
	json_t *list = json_array();

	while (lines) {
		size_t length = strcspn(lines, "\n");
		_cleanup_(hd_freep) char *line = strndup(lines, length);

		if (!line || json_array_append_new(list, hd_json_text(line)) < 0)
			hd_json_free(&list);
		lines = lines[length] ? lines + length + 1 : NULL;
	}
	return list;
}

json_t *hd_json_cell_value(const struct hd_column *column, const char *cell)
{
	uint64_t number;

	if (column->is_json)
		return cell ? json_loads(cell, JSON_DECODE_ANY, NULL) : json_null();
	if (column->is_list)
		return list_value(cell);
	if (cell && column->is_number && hd_text_u64(cell, &number) && number <= INT64_MAX)
		return json_integer((json_int_t)number);
	return hd_json_text(cell);
}

/* Adds the row to its parent's children, or to ROWS.  Returns it, or NULL without memory. */
static json_t *add_row(json_t *rows, const struct hd_table *table, size_t row, json_t *parent)
{
	const char *const *cells = table->cells + row * table->n_columns;
	json_t *object = json_object();
	int bad = 0;

	for (size_t i = 0; i < table->n_columns; i++)
		if (!table->columns[i].text_only)
			bad |= json_object_set_new_nocheck(
				object, table->columns[i].key,
				hd_json_cell_value(&table->columns[i], cells[i]));
	if (parent && !json_object_get(parent, "children"))
		bad |= json_object_set_new(parent, "children", json_array());
	bad |= json_array_append_new(parent ? json_object_get(parent, "children") : rows, object);
	return bad ? NULL : object;
}

static json_t *rows_array(const struct hd_table *table)
{
	_cleanup_(hd_freep) json_t **objects = calloc(table->n_rows + 1, sizeof(*objects));
	json_t *rows = json_array();

	if (!objects)
		hd_oom();
	for (size_t i = 0; rows && i < table->n_rows; i++) {
		size_t parent = table->parents ? table->parents[i] : 0;

		objects[i] = add_row(rows, table, i, parent ? objects[parent - 1] : NULL);
		if (!objects[i])
			hd_json_free(&rows);
	}
	return rows;
}

int hd_table_json(FILE *out, const struct hd_table *table)
{
	_cleanup_(hd_json_free) json_t *object =
		json_pack("{s:i, s:o}", "api_level", HD_API_LEVEL, table->key, rows_array(table));
	int bad = !object;

	if (table->has_guests)
		bad |= json_object_set_new(object, "guests",
					   hd_json_texts(table->guests, table->n_guests));
	if (table->n_notes)
		bad |= json_object_set_new(object, "notes",
					   hd_json_texts(table->notes, table->n_notes));
	return bad ? -ENOMEM : hd_json_write(out, object);
}
