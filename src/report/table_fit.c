/* SPDX-License-Identifier: GPL-2.0-or-later */
/* table_fit.c - which columns of a table fit into a terminal, and how much of their cells? */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/map.h"
#include "report/table.h"

#define LEAST_CUT 8		/* what is shown of a cell at least */
#define LEAST_NAME 12		/* of one that is never left out */
#define GOOD_NAME 16		/* of it, if there is any room */
#define LEAST_WRAPPED 18
#define MOST_UNBROKEN 20
#define TREE_INDENT 2		/* for each level of a tree */
#define UNLIMITED 0
#define NEVER_BACK (-1)		/* the width of a column that is empty */
#define TURNS 3			/* of wanted_width() */
#define ELLIPSIS "…"		/* of hd_map_fit() */

struct fit {
	struct hd_table *table;
	struct hd_arena *arena;
	int *natural, *least, *width;	/* of each column */
	bool *is_out;
};

static const char **cell_of(const struct hd_table *table, size_t row, size_t column)
{
	return &table->cells[row * table->n_columns + column];
}

static int width_of(struct hd_arena *arena, const char *text)
{
	int width;

	(void)hd_map_fit(arena, text, UNLIMITED, &width);
	return width;
}

/* A list in one line, as it is shown. */
static const char *in_one_line(struct hd_arena *arena, const char *cell)
{
	const char *text = "";

	if (!cell)
		return "-";
	for (size_t n; strchr(cell, '\n'); cell += n + 1) {
		n = strcspn(cell, "\n");
		text = hd_printf(arena, "%s%.*s, ", text, (int)n, cell);
	}
	return hd_printf(arena, "%s%s", text, cell);
}

static int longest_word(struct hd_arena *arena, const char *text)
{
	int longest = 0;

	for (size_t n; *text; text += n + (text[n] == ' ')) {
		int width;

		n = strcspn(text, " ");
		width = width_of(arena, hd_strndup(arena, text, n));
		longest = width > longest ? width : longest;
	}
	return longest;
}

/* TEXT, each line as long as a hyphen allows, up to MOST_UNBROKEN: a UUID has two. */
static const char *broken(struct hd_arena *arena, const char *text)
{
	const char *lines = "";

	while (strlen(text) > MOST_UNBROKEN) {
		const char *hyphen = memrchr(text, '-', MOST_UNBROKEN);

		if (!hyphen)
			break;
		lines = hd_printf(arena, "%s%.*s\n", lines, (int)(hyphen + 1 - text), text);
		text = hyphen + 1;
	}
	return hd_printf(arena, "%s%s", lines, text);
}

static int longest_line(struct hd_arena *arena, const char *text)
{
	int longest = 0;

	text = broken(arena, text);
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		int width;

		n = strcspn(text, "\n");
		width = width_of(arena, hd_strndup(arena, text, n));
		longest = width > longest ? width : longest;
	}
	return longest;
}

/* How many columns the branches of a tree take before the first cell of ROW. */
static int indent_of(const struct hd_table *table, size_t row, size_t column)
{
	int indent = 0;

	for (size_t at = row; !column && table->parents && table->parents[at];
	     at = table->parents[at] - 1)
		indent += TREE_INDENT;
	return indent;
}

/* The widest that MEASURE says of a cell; the indent of a tree's branches is added. */
static int widest_cell(const struct fit *fit, size_t column,
		       int (*measure)(struct hd_arena *arena, const char *text))
{
	int widest = 0;

	for (size_t row = 0; row < fit->table->n_rows; row++) {
		int width = measure(fit->arena, *cell_of(fit->table, row, column)) +
			    indent_of(fit->table, row, column);

		widest = width > widest ? width : widest;
	}
	return widest;
}

static int least_width(const struct fit *fit, size_t column)
{
	const struct hd_column *shown = &fit->table->columns[column];
	int words;

	if (shown->may_cut)
		return shown->rank ? LEAST_CUT : LEAST_NAME;
	if (shown->may_break && !fit->table->parents)
		return widest_cell(fit, column, longest_line);
	if (!shown->may_wrap)
		return fit->natural[column];
	words = widest_cell(fit, column, longest_word);
	return words > LEAST_WRAPPED ? words : LEAST_WRAPPED;
}

static bool is_empty(const struct hd_table *table, size_t column)
{
	for (size_t row = 0; row < table->n_rows; row++) {
		const char *cell = *cell_of(table, row, column);

		if (cell && *cell)
			return false;
	}
	return true;
}

static void measure_column(struct fit *fit, size_t column)
{
	const struct hd_table *table = fit->table;
	bool may_go = table->columns[column].rank && !table->is_chosen;
	bool has_gone = table->columns[column].json_only || (may_go && is_empty(table, column));
	int title = (int)strlen(table->columns[column].title), least;

	for (size_t row = 0; row < table->n_rows; row++)
		*cell_of(table, row, column) = in_one_line(fit->arena, *cell_of(table, row, column));
	fit->natural[column] = widest_cell(fit, column, width_of);
	fit->natural[column] = fit->natural[column] > title ? fit->natural[column] : title;
	least = least_width(fit, column);
	fit->least[column] = least < fit->natural[column] ? least : fit->natural[column];
	fit->is_out[column] = has_gone || (may_go && table->width);
	fit->width[column] = has_gone ? NEVER_BACK : 0;
}

static int total(const struct fit *fit, const int *widths)
{
	int sum = -1;

	for (size_t i = 0; i < fit->table->n_columns; i++)
		sum += fit->is_out[i] ? 0 : widths[i] + 1;
	return sum;
}

/* The most important column that is left out and was not tried, or N_COLUMNS. */
static size_t next_column(const struct fit *fit)
{
	size_t found = fit->table->n_columns;

	for (size_t i = 0; i < fit->table->n_columns; i++)
		if (fit->is_out[i] && fit->width[i] == 0 &&
		    (found == fit->table->n_columns ||
		     fit->table->columns[i].rank < fit->table->columns[found].rank))
			found = i;
	return found;
}

/* What is left out for lack of room, by its key; NULL: nothing. */
static const char *choose_columns(struct fit *fit)
{
	const char *left = NULL;
	size_t i;

	while ((i = next_column(fit)) < fit->table->n_columns) {
		fit->is_out[i] = false;
		fit->width[i] = fit->least[i];
		if (total(fit, fit->least) + GOOD_NAME - LEAST_NAME <= fit->table->width)
			continue;
		fit->is_out[i] = true;
		left = left ? hd_printf(fit->arena, "%s, %s", left, fit->table->columns[i].key) :
		       fit->table->columns[i].key;
	}
	return left;
}

/* How wide COLUMN becomes in turn: names that can be recognised, then whole verdicts, then all. */
static int wanted_width(const struct fit *fit, size_t column, int turn)
{
	const struct hd_column *shown = &fit->table->columns[column];
	int natural = fit->natural[column];

	/* Whole or as short as it can be: it does not look better in between. */
	if (shown->may_break && total(fit, fit->natural) > fit->table->width)
		return 0;
	if (turn == 0)
		return shown->rank || natural < GOOD_NAME ? 0 : GOOD_NAME;
	return turn > 1 || shown->may_wrap ? natural : 0;
}

static void share_room(struct fit *fit, int turn)
{
	int spare = fit->table->width - total(fit, fit->width);
	bool has_grown = true;

	while (spare > 0 && has_grown) {
		has_grown = false;
		for (size_t i = 0; spare > 0 && i < fit->table->n_columns; i++) {
			if (fit->is_out[i] || fit->width[i] >= wanted_width(fit, i, turn))
				continue;
			fit->width[i]++;
			spare--;
			has_grown = true;
		}
	}
}

static void set_widths(struct fit *fit)
{
	for (size_t i = 0; i < fit->table->n_columns; i++)
		fit->width[i] = fit->table->width ? fit->least[i] : fit->natural[i];
	for (int turn = 0; fit->table->width && turn < TURNS; turn++)
		share_room(fit, turn);
}

static const char *wrapped(struct hd_arena *arena, const char *text, int width)
{
	const char *all = "";
	int at = 0;

	for (size_t n; *text; text += n + (text[n] == ' ')) {
		const char *word;
		int taken;

		n = strcspn(text, " ");
		word = hd_strndup(arena, text, n);
		taken = width_of(arena, word);
		all = hd_printf(arena, "%s%s%s", all, !at ? "" : at + 1 + taken > width ? "\n" : " ",
				word);
		at = at && at + 1 + taken <= width ? at + 1 + taken : taken;
	}
	return all;
}

/* A locale without an ellipsis gets ps(1)'s mark. */
static const char *cut(struct hd_arena *arena, const char *text, int width)
{
	const char *part = hd_map_fit(arena, text, width, NULL);
	int length = (int)(strlen(part) - strlen(ELLIPSIS));

	if (MB_CUR_MAX > 1 || !hd_text_ends_with(part, ELLIPSIS))
		return part;
	return hd_printf(arena, "%.*s+", length, part);
}

static void cut_cells(struct fit *fit, size_t column)
{
	const struct hd_column *shown = &fit->table->columns[column];
	int width = fit->width[column];

	for (size_t row = 0; row < fit->table->n_rows; row++) {
		const char **cell = cell_of(fit->table, row, column);

		if (shown->may_wrap && width < fit->natural[column])
			*cell = wrapped(fit->arena, *cell, width);
		else if (shown->may_break && width < fit->natural[column])
			*cell = broken(fit->arena, *cell);
		else if (shown->may_cut && width < fit->natural[column])
			*cell = cut(fit->arena, *cell, width);
	}
}

/* The columns that are not left out, with their cells. */
static void take_columns(struct fit *fit)
{
	struct hd_table *table = fit->table;
	struct hd_column *columns = hd_alloc(fit->arena, table->n_columns * sizeof(*columns));
	const char **cells = hd_alloc(fit->arena, (table->n_rows + 1) * table->n_columns *
				      sizeof(*cells));
	size_t n = 0, n_cells = 0;

	for (size_t i = 0; i < table->n_columns; i++)
		if (!fit->is_out[i])
			columns[n++] = table->columns[i];
	for (size_t row = 0; row < table->n_rows; row++)
		for (size_t i = 0; i < table->n_columns; i++)
			if (!fit->is_out[i])
				cells[n_cells++] = *cell_of(table, row, i);
	table->columns = columns;
	table->n_columns = n;
	table->cells = cells;
}

/* The caller's stay as they are. */
static void copy_cells(struct hd_table *table, struct hd_arena *arena)
{
	size_t size = table->n_rows * table->n_columns * sizeof(*table->cells);
	const char **cells = hd_alloc(arena, size + 1);

	if (size)
		(void)memcpy(cells, table->cells, size);
	table->cells = cells;
}

static void note_left(struct fit *fit, const char *left)
{
	struct hd_table *table = fit->table;
	const char **notes = NULL;
	size_t n = 0;

	if (!left)
		return;
	for (size_t i = 0; i < table->n_notes; i++)
		hd_push(fit->arena, &notes, &n, table->notes[i]);
	hd_push(fit->arena, &notes, &n,
		hd_printf(fit->arena, "no room for %s; --output shows them", left));
	table->notes = notes;
	table->n_notes = n;
}

void hd_table_fit(struct hd_table *table, struct hd_arena *arena)
{
	size_t n = table->n_columns, size = n * sizeof(int);
	struct fit fit = {
		.table = table, .arena = arena, .natural = hd_alloc(arena, size),
		.least = hd_alloc(arena, size), .width = hd_alloc(arena, size),
		.is_out = hd_alloc(arena, n * sizeof(bool)),
	};
	const char *left;

	copy_cells(table, arena);
	for (size_t i = 0; i < n; i++)
		measure_column(&fit, i);
	left = table->width ? choose_columns(&fit) : NULL;
	set_widths(&fit);
	for (size_t i = 0; i < n; i++)
		cut_cells(&fit, i);
	take_columns(&fit);
	note_left(&fit, left);
}
