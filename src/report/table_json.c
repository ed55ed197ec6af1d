/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * table_json.c - rows of equal form as JSON, written as they come.
 *
 * A table of a big host has some ten thousand cells, nearly all of them plain: objects
 * for all of them would cost more than reading the host.  jansson writes the others.
 */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/report.h"
#include "report/report_json.h"
#include "report/table.h"

#define MAX_DEPTH 32

static void put_raw(FILE *out, const char *text)
{
	(void)fputs_unlocked(text, out);
}

static void put_indent(FILE *out, int width)
{
	static const char blanks[] = "                ";

	for (; width > 0; width -= (int)strlen(blanks))
		put_raw(out,
			width < (int)strlen(blanks) ? blanks + strlen(blanks) - width : blanks);
}

static bool is_plain(const char *text)
{
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		if (*c < ' ' || *c > '~' || *c == '"' || *c == '\\')
			return false;
	return true;
}

static int put_special(FILE *out, const char *text)
{
	_cleanup_(hd_json_free) json_t *value = hd_json_text(text);

	if (!value)
		return -ENOMEM;
	return hd_json_put(out, value);
}

static int put_text(FILE *out, const char *text)
{
	if (!is_plain(text))
		return put_special(out, text);
	(void)putc_unlocked('"', out);
	put_raw(out, text);
	(void)putc_unlocked('"', out);
	return 0;
}

static int put_list(FILE *out, const char *lines)
{
	int bad = 0;

	put_raw(out, "[");
	while (lines && !bad) {
		_cleanup_(hd_freep) char *line = strndup(lines, strcspn(lines, "\n"));

		bad = line ? put_text(out, line) : -ENOMEM;
		lines = strchr(lines, '\n');
		lines = lines ? lines + 1 : NULL;
		put_raw(out, lines ? ", " : "");
	}
	put_raw(out, "]");
	return bad;
}

static int put_cell(FILE *out, const struct hd_column *column, const char *cell)
{
	uint64_t number;

	if (column->is_list)
		return put_list(out, cell);
	if (cell && column->is_number && hd_text_u64(cell, &number) && number <= INT64_MAX) {
		(void)fprintf(out, "%llu", (unsigned long long)number);
		return 0;
	}
	if (cell)
		return put_text(out, cell);
	put_raw(out, "null");
	return 0;
}

/* All but its end, which follows its children. */
static int open_row(FILE *out, const struct hd_table *table, size_t row, int indent)
{
	const char *const *cells = table->cells + row * table->n_columns;
	int bad = 0;

	put_indent(out, indent);
	put_raw(out, "{");
	for (size_t i = 0; i < table->n_columns && !bad; i++) {
		put_raw(out, i ? ",\n" : "\n");
		put_indent(out, indent + 2);
		put_raw(out, "\"");
		put_raw(out, table->columns[i].key);
		put_raw(out, "\": ");
		bad = put_cell(out, &table->columns[i], cells[i]);
	}
	return bad;
}

static void close_row(FILE *out, int indent)
{
	put_raw(out, "\n");
	put_indent(out, indent);
	put_raw(out, "}");
}

/* The rows that are open, from the top. */
struct open_rows {
	size_t rows[MAX_DEPTH];
	int depth;
};

static int indent_at(int depth)
{
	return 4 + 4 * depth;
}

/* Closes rows until PARENT (1 + its row) is the last one open. */
static void close_rows(FILE *out, struct open_rows *open, size_t parent)
{
	while (open->depth && open->rows[open->depth - 1] + 1 != parent) {
		close_row(out, indent_at(--open->depth));
		if (open->depth && open->rows[open->depth - 1] + 1 != parent) {
			put_raw(out, "\n");
			put_indent(out, indent_at(open->depth) - 2);
			put_raw(out, "]");
		}
	}
}

static int put_rows(FILE *out, const struct hd_table *table)
{
	struct open_rows open = { .depth = 0 };
	int bad = 0;

	for (size_t i = 0; i < table->n_rows && !bad; i++) {
		size_t parent = table->parents ? table->parents[i] : 0;
		int before = open.depth;

		close_rows(out, &open, parent);
		if (open.depth && open.depth == before) {
			put_raw(out, ",\n");
			put_indent(out, indent_at(open.depth - 1) + 2);
			put_raw(out, "\"children\": [\n");
		} else {
			put_raw(out, i ? ",\n" : "\n");
		}
		if (open.depth == MAX_DEPTH)
			return -E2BIG;
		bad = open_row(out, table, i, indent_at(open.depth));
		open.rows[open.depth++] = i;
	}
	close_rows(out, &open, 0);
	return bad;
}

static int put_notes(FILE *out, const struct hd_table *table)
{
	int bad = 0;

	put_raw(out, ",\n  \"notes\": [");
	for (size_t i = 0; i < table->n_notes && !bad; i++) {
		put_raw(out, i ? ",\n    " : "\n    ");
		bad = put_text(out, table->notes[i]);
	}
	put_raw(out, "\n  ]");
	return bad;
}

int hd_table_json(FILE *out, const struct hd_table *table)
{
	int bad;

	(void)fprintf(out, "{\n  \"api_level\": %d,\n  ", HD_API_LEVEL);
	bad = put_text(out, table->key);
	put_raw(out, ": [");
	bad = bad ? bad : put_rows(out, table);
	put_raw(out, table->n_rows ? "\n  ]" : "]");
	if (!bad && table->n_notes)
		bad = put_notes(out, table);
	put_raw(out, "\n}\n");
	if (bad)
		return bad;
	return ferror(out) ? -EIO : 0;
}
