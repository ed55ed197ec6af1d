/* SPDX-License-Identifier: GPL-2.0-or-later */
/* diff.c - two texts as a unified diff. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/setup_report.h"

#define CONTEXT 3
#define MAX_CELLS (4u << 20)	/* beyond: all lines are removed and added */

struct lines {
	const char **items;	/* with their newlines: the last line may have none */
	size_t n;
};

/* '-', '+' or ' ', and the line. */
struct row {
	char sign;
	const char *line;
};

struct rows {
	struct row *items;
	size_t n;
};

static struct lines split_lines(struct hd_arena *arena, const char *text)
{
	struct lines lines = { 0 };

	while (text && *text) {
		size_t length = strcspn(text, "\n");

		length += text[length] == '\n';
		*(const char **)hd_append(arena, &lines.items, &lines.n, sizeof(*lines.items)) =
			hd_strndup(arena, text, length);
		text += length;
	}
	return lines;
}

static void put_line(struct rows *rows, struct hd_arena *arena, char sign, const char *line)
{
	*(struct row *)hd_append(arena, &rows->items, &rows->n, sizeof(*rows->items)) =
		(struct row){ sign, line };
}

static bool is_equal(const struct lines *a, size_t i, const struct lines *b, size_t k)
{
	return !strcmp(a->items[i], b->items[k]);
}

/* The lines of two texts that differ somewhere: A from I and B from K to their ends. */
struct middle {
	const struct lines *a, *b;
	size_t from_a, end_a, from_b, end_b;
	unsigned *best;		/* lengths of the longest common subsequences of all ends */
};

static unsigned *best_at(const struct middle *m, size_t i, size_t k)
{
	return &m->best[(i - m->from_a) * (m->end_b - m->from_b + 1) + k - m->from_b];
}

static unsigned best_of(const struct middle *m, size_t i, size_t k)
{
	unsigned down = *best_at(m, i + 1, k), right = *best_at(m, i, k + 1);

	if (is_equal(m->a, i, m->b, k))
		return *best_at(m, i + 1, k + 1) + 1;
	return down > right ? down : right;
}

/* By dynamic programming; false if the texts are too long for it. */
static bool measure_middle(struct middle *m)
{
	size_t cells = (m->end_a - m->from_a + 1) * (m->end_b - m->from_b + 1);

	if (cells > MAX_CELLS)
		return false;
	m->best = calloc(cells, sizeof(*m->best));
	if (!m->best)
		hd_oom();
	for (size_t i = m->end_a; i-- > m->from_a;)
		for (size_t k = m->end_b; k-- > m->from_b;)
			*best_at(m, i, k) = best_of(m, i, k);
	return true;
}

/* Removed lines come before added ones. */
static bool goes(const struct middle *m, size_t i, size_t k)
{
	if (i == m->end_a || k == m->end_b || !m->best)
		return i < m->end_a;
	return *best_at(m, i + 1, k) >= *best_at(m, i, k + 1);
}

static void walk_middle(struct rows *rows, struct hd_arena *arena, struct middle *m)
{
	size_t i = m->from_a, k = m->from_b;
	bool is_measured = measure_middle(m);

	while (i < m->end_a || k < m->end_b) {
		if (is_measured && i < m->end_a && k < m->end_b && is_equal(m->a, i, m->b, k)) {
			put_line(rows, arena, ' ', m->a->items[i++]);
			k++;
		} else if (goes(m, i, k)) {
			put_line(rows, arena, '-', m->a->items[i++]);
		} else {
			put_line(rows, arena, '+', m->b->items[k++]);
		}
	}
	free(m->best);
}

static struct rows compare_lines(struct hd_arena *arena, const struct lines *a,
				 const struct lines *b)
{
	size_t head = 0, end_a = a->n, end_b = b->n;
	struct rows rows = { 0 };

	while (head < a->n && head < b->n && is_equal(a, head, b, head))
		put_line(&rows, arena, ' ', a->items[head++]);
	while (end_a > head && end_b > head && is_equal(a, end_a - 1, b, end_b - 1)) {
		end_a--;
		end_b--;
	}
	walk_middle(&rows, arena, &(struct middle){ a, b, head, end_a, head, end_b, NULL });
	for (size_t i = end_a; i < a->n; i++)
		put_line(&rows, arena, ' ', a->items[i]);
	return rows;
}

static const char *paint_sign(char sign, bool colour)
{
	if (!colour || sign == ' ')
		return "";
	return sign == '-' ? "\033[31m" : sign == '+' ? "\033[32m" : "\033[36m";
}

/* Tabs stay; no other control character is printed. */
static const char *shown(struct hd_arena *arena, const char *line, size_t length)
{
	return hd_text_shown(hd_alloc(arena, length + 1), length + 1,
			     hd_strndup(arena, line, length), "\t");
}

static size_t count(const struct rows *rows, size_t from, size_t to, char other)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += rows->items[i].sign != other;
	return n;
}

/* "12,3"; an empty side has the number of the line before it. */
static const char *range(struct hd_arena *arena, size_t before, size_t n)
{
	return n == 1 ? hd_printf(arena, "%zu", before + 1) :
			hd_printf(arena, "%zu,%zu", before + (n != 0), n);
}

static void put_hunk(FILE *out, struct hd_arena *arena, const struct rows *rows, size_t from,
		     size_t to, bool colour)
{
	const char *end = colour ? "\033[0m" : "";

	(void)fprintf(out, "%s@@ -%s +%s @@%s\n", paint_sign('@', colour),
		      range(arena, count(rows, 0, from, '+'), count(rows, from, to, '+')),
		      range(arena, count(rows, 0, from, '-'), count(rows, from, to, '-')), end);
	for (size_t i = from; i < to; i++) {
		const struct row *row = &rows->items[i];
		const char *start = paint_sign(row->sign, colour);
		size_t length = strcspn(row->line, "\n");

		(void)fprintf(out, "%s%c%s%s\n", start, row->sign, shown(arena, row->line, length),
			      *start ? end : "");
		if (!row->line[length])
			(void)fputs("\\ No newline at end of file\n", out);
	}
}

/* The first changed row from I on, or N. */
static size_t next_change(const struct rows *rows, size_t i)
{
	while (i < rows->n && rows->items[i].sign == ' ')
		i++;
	return i;
}

void hd_put_diff(FILE *out, struct hd_arena *arena, const char *path, const char *old,
		 const char *text, bool colour)
{
	struct lines a = split_lines(arena, old), b = split_lines(arena, text);
	struct rows rows = compare_lines(arena, &a, &b);
	size_t i = next_change(&rows, 0);

	(void)fprintf(out, "--- %s%s\n", old ? "a/" : "", old ? path : "/dev/null");
	(void)fprintf(out, "+++ %s%s\n", text ? "b/" : "", text ? path : "/dev/null");
	while (i < rows.n) {
		size_t from = i > CONTEXT ? i - CONTEXT : 0, to = i;

		while (i < rows.n && i <= to + 2 * CONTEXT) {
			to = i + 1;
			i = next_change(&rows, to);
		}
		to = to + CONTEXT < rows.n ? to + CONTEXT : rows.n;
		put_hunk(out, arena, &rows, from, to, colour);
	}
}
