/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table_merge.c - one table of the tables of many hosts, the host in the first column. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "report/report_json.h"
#include "report/table_merge.h"

static json_t *column_value(const struct hd_column *column)
{
	return json_pack("{s:s, s:b, s:b, s:b, s:i, s:b}", "title", column->title,
			 "number", column->is_number, "cut", column->may_cut,
			 "wrap", column->may_wrap, "rank", column->rank,
			 "verdict", column->is_verdict);
}

static json_t *columns_value(const struct hd_table *table)
{
	json_t *array = json_array();

	for (size_t i = 0; i < table->n_columns; i++)
		if (!table->columns[i].json_only &&
		    json_array_append_new(array, column_value(&table->columns[i])) < 0)
			hd_json_free(&array);
	return array;
}

/* The number of its parent comes first. */
static json_t *row_value(const struct hd_table *table, size_t row)
{
	size_t parent = table->parents ? table->parents[row] : 0;
	json_t *array = json_pack("[I]", (json_int_t)parent);

	for (size_t i = 0; i < table->n_columns; i++)
		if (!table->columns[i].json_only &&
		    json_array_append_new(array, hd_json_text(
			table->cells[row * table->n_columns + i])) < 0)
			hd_json_free(&array);
	return array;
}

int hd_table_part(FILE *out, const struct hd_table *table)
{
	_cleanup_(hd_json_free) json_t *object =
		json_pack("{s:o, s:b, s:[]}", "columns", columns_value(table),
			  "tree", table->parents != NULL, "rows");
	json_t *rows = json_object_get(object, "rows");

	for (size_t i = 0; rows && i < table->n_rows; i++)
		if (json_array_append_new(rows, row_value(table, i)) < 0)
			return -ENOMEM;
	return rows ? hd_json_write_line(out, object) : -ENOMEM;
}

int hd_merge_add(struct hd_merged *merged, const char *host, const char *text, size_t length)
{
	json_t *part = json_loadb(text, length, 0, NULL);

	if (!part)
		return -EINVAL;
	hd_push(merged->arena, &merged->parts, &merged->n, (struct hd_merged_part){ host, part });
	return 0;
}

static const char *text_of(struct hd_arena *arena, const json_t *value)
{
	const char *text = json_string_value(value);

	return text ? hd_strdup(arena, text) : NULL;
}

static struct hd_column column_of(struct hd_arena *arena, const json_t *value)
{
	return (struct hd_column){
		.title = hd_strdup(arena, json_string_value(json_object_get(value, "title"))),
		.is_number = json_is_true(json_object_get(value, "number")),
		.may_cut = json_is_true(json_object_get(value, "cut")),
		.may_wrap = json_is_true(json_object_get(value, "wrap")),
		.is_verdict = json_is_true(json_object_get(value, "verdict")),
		.rank = (int)json_integer_value(json_object_get(value, "rank")),
	};
}

static bool is_tree(const struct hd_merged *merged)
{
	return merged->n && json_is_true(json_object_get(merged->parts[0].part, "tree"));
}

/* All hosts are asked for the same columns; some lack a few, and keep the order of the others. */
static const json_t *widest(const struct hd_merged *merged)
{
	const json_t *most = NULL;

	for (size_t i = 0; i < merged->n; i++) {
		const json_t *columns = json_object_get(merged->parts[i].part, "columns");

		if (json_array_size(columns) > json_array_size(most))
			most = columns;
	}
	return most;
}

static void fill_columns(struct hd_table *table, const struct hd_merged *merged)
{
	struct hd_column *columns = NULL;
	const json_t *wanted = widest(merged);

	table->n_columns = 0;
	if (!is_tree(merged))
		hd_push(merged->arena, &columns, &table->n_columns,
			(struct hd_column){ .title = "HOST" });
	for (size_t i = 0; i < json_array_size(wanted); i++)
		hd_push(merged->arena, &columns, &table->n_columns,
			column_of(merged->arena, json_array_get(wanted, i)));
	table->columns = columns;
}

/* Where the columns of a part are in the table. */
static size_t *places_of(const struct hd_table *table, struct hd_arena *arena,
			 const json_t *columns)
{
	size_t n = json_array_size(columns), *places = hd_alloc(arena, (n + 1) * sizeof(*places));

	for (size_t i = 0; i < n; i++) {
		const char *title = json_string_value(json_object_get(json_array_get(columns, i),
								      "title"));

		while (places[i] + 1 < table->n_columns &&
		       strcmp(table->columns[places[i]].title, title) != 0)
			places[i]++;
	}
	return places;
}

static size_t *parent_of_next(struct hd_arena *arena, size_t **parents, size_t n)
{
	return hd_append(arena, parents, &n, sizeof(**parents));
}

/* In a tree, its rows stand on one of the host. */
static void fill_host(struct hd_table *table, struct hd_arena *arena, const char *host)
{
	const char **cells = hd_table_row(table, arena);

	cells[0] = host;
	for (size_t i = 1; i < table->n_columns; i++)
		cells[i] = "";
}

static void fill_part(struct hd_table *table, struct hd_arena *arena, size_t **parents,
		      const struct hd_merged_part *from)
{
	const json_t *rows = json_object_get(from->part, "rows");
	size_t *places = places_of(table, arena, json_object_get(from->part, "columns"));
	size_t top = table->n_rows + 1;	/* of a tree: 1 + the row of its host */

	if (*parents && json_array_size(rows)) {
		*parent_of_next(arena, parents, table->n_rows) = 0;
		fill_host(table, arena, from->host);
	}
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		size_t parent = (size_t)json_integer_value(json_array_get(row, 0));
		const char **cells;

		if (*parents)
			*parent_of_next(arena, parents, table->n_rows) = top + parent;
		cells = hd_table_row(table, arena);
		cells[0] = from->host;
		for (size_t j = 1; j < json_array_size(row); j++)
			cells[places[j - 1]] = text_of(arena, json_array_get(row, j));
	}
}

void hd_merge_fill(struct hd_table *table, struct hd_merged *merged)
{
	size_t none = 0, *parents = NULL;

	if (is_tree(merged))
		(void)hd_append(merged->arena, &parents, &none, sizeof(*parents));
	fill_columns(table, merged);
	for (size_t i = 0; i < merged->n; i++) {
		fill_part(table, merged->arena, &parents, &merged->parts[i]);
		hd_json_free(&merged->parts[i].part);
	}
	table->parents = parents;
}
