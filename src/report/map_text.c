/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * map_text.c - a map for a terminal: below each root complex a tree, in the order of groups.
 *
 * In a wide terminal with several columns, a group stays together.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/machine_part.h"
#include "report/map_words.h"

#define MIN_COLUMN 92		/* of the terminal's columns, for one of ours */
#define GAP 2
#define MODEL 50		/* branches and model: at most, and at least */
#define MIN_MODEL 28
#define ADDRESS 13
#define DRIVER 13
#define GROUP 12
#define VERDICT 8

struct line {
	const char *lead;		/* branches of the tree */
	const struct hd_map_box *box;
	bool is_start;			/* of what stays together */
	bool goes_with_others;
	const struct hd_item *port;	/* that the group is behind, at its first function; NULL: none */
};

struct text {
	FILE *out;
	struct hd_arena *arena;
	bool all;
	const struct hd_map_terminal *terminal;
	struct line *lines;
	size_t n;
};

/* One line being written: how much of it there is, and may be. */
struct pen {
	struct text *text;
	int used, width;		/* width 0: no limit */
};

static const char *const mark_colours[HD_MAP_MARK_MAX] = {
	[HD_MAP_UNKNOWN] = "2", [HD_MAP_FREE] = "32", [HD_MAP_NEEDS] = "33", [HD_MAP_USED] = "33",
	[HD_MAP_NEVER] = "31",
};

/* An ellipsis becomes "~", and what else the terminal cannot show "?". */
static const char *plain(struct hd_arena *arena, const char *text)
{
	char *copy = hd_alloc(arena, strlen(text) + 1), *to = copy;

	for (; *text; text++) {
		if (hd_text_starts_with(text, "…"))
			*to++ = '~';
		else if (((unsigned char)*text & 0xc0) != 0x80)
			*to++ = (unsigned char)*text < 0x80 ? *text : '?';
	}
	return copy;
}

static void put_coloured(const struct text *text, const char *words, const char *colour)
{
	if (text->terminal->colour && colour && *words)
		(void)fprintf(text->out, "\033[%sm%s\033[0m", colour, words);
	else
		(void)fputs(words, text->out);
}

/* TEXT, and blanks up to WIDTH columns (0: none). */
static void put_text(struct pen *pen, const char *text, const char *colour, int width)
{
	const int room = pen->width ? pen->width - pen->used : 0;
	int taken;

	if (pen->width && room <= 0)
		return;
	text = hd_map_fit(pen->text->arena, text, room, &taken);
	if (!pen->text->terminal->is_utf8) {
		text = plain(pen->text->arena, text);
		taken = (int)strlen(text);
	}
	put_coloured(pen->text, text, colour);
	if (taken < width) {
		width = room && width > room ? room : width;
		(void)fprintf(pen->text->out, "%*s", width - taken, "");
		taken = width;
	}
	pen->used += taken;
}

/* A word in a column of its own, always followed by a blank. */
static void put_word(struct pen *pen, const char *text, const char *colour, int width)
{
	put_text(pen, hd_map_fit(pen->text->arena, text, width - 1, NULL), colour, width);
}

static const char *driver_colour(const struct hd_item *item)
{
	if (!item->driver || hd_part_of_item(item))
		return "2";
	return item->driver_kind == HD_DRIVER_VFIO ? "32" : "36";
}

/* The width of the column of models, so that what follows it is seen, too. */
static int model_width(int width)
{
	const int room = width - ADDRESS - DRIVER - GROUP - VERDICT;

	return !width || room > MODEL ? MODEL : room < MIN_MODEL ? MIN_MODEL : room;
}

static void write_guests(struct pen *pen, const struct hd_map_box *box)
{
	struct hd_item_guest *guests;
	const size_t n = hd_map_guests(&guests, pen->text->arena, box);

	for (size_t i = 0; i < n; i++)
		put_text(pen, hd_printf(pen->text->arena, "[%s] ",
					hd_map_badge(pen->text->arena, &guests[i])), "35", 0);
}

static void write_device(struct pen *pen, const struct line *line, int width)
{
	struct hd_arena *arena = pen->text->arena;
	const struct hd_item *item = line->box->item;
	const struct hd_map_device *device = line->box->device;
	const char *group = "", *link = hd_map_link(arena, item);

	put_text(pen, hd_map_fit(arena, device->model, width, NULL), "1", width);
	put_text(pen, " ", NULL, 0);
	put_text(pen, item->address, NULL, ADDRESS - 1);
	put_text(pen, " ", NULL, 0);
	put_word(pen, item->driver ? item->driver : "-", driver_colour(item), DRIVER);
	if (item->group != HD_NO_GROUP)
		group = hd_printf(arena, "group %d%s", item->group,
				  line->goes_with_others ? "+" : "");
	put_word(pen, group, line->goes_with_others ? "33" : NULL, GROUP);
	put_word(pen, device->verdict ? device->verdict : "", mark_colours[device->mark], VERDICT);
	write_guests(pen, line->box);
	if (device->reason)
		put_text(pen, hd_printf(arena, "%s ", device->reason), NULL, 0);
	if (line->port)
		put_text(pen, hd_printf(arena, "(all behind %s) ", line->port->address), "33", 0);
	if (link && strchr(link, ' '))
		put_text(pen, hd_printf(arena, "(link %s)", link), "33", 0);
}

static void write_line(struct pen *pen, const struct line *line)
{
	int width;

	put_text(pen, line->lead, "2", 0);
	width = model_width(pen->width) - 1 - pen->used;
	if (line->box->item) {
		write_device(pen, line, width > 8 ? width : 8);
		return;
	}
	put_text(pen, hd_map_title(pen->text->arena, line->box), "2", 0);
	put_text(pen, " ", NULL, 0);
	if (line->box->level == HD_MAP_VFS && !pen->text->all)
		write_guests(pen, line->box);
}

static bool is_open(const struct text *text, const struct hd_map_box *box)
{
	return text->all || (box->level != HD_MAP_VFS && box->level != HD_MAP_MACHINERY);
}

/* Said once of a group, at its first function. */
static const struct hd_item *port_at(const struct hd_map_box *group, const struct hd_map_box *child)
{
	return group && child == group->first ? hd_map_port(group) : NULL;
}

/* A box of a group has no line: its functions are marked. */
static void add_lines(struct text *text, const struct hd_map_box *box, const char *lead,
		      const struct hd_map_box *group)
{
	static const char *const ways[2][4] = {
		{ "|- ", "`- ", "|  ", "   " }, { "├─ ", "└─ ", "│  ", "   " },
	};
	const char *const *way = ways[text->terminal->is_utf8];

	for (const struct hd_map_box *child = box->first; child; child = child->next) {
		const bool is_last = !child->next && !(group && group->next);
		struct line *line;

		if (child->level == HD_MAP_GROUP) {
			add_lines(text, child, lead, child);
			continue;
		}
		line = hd_append(text->arena, &text->lines, &text->n, sizeof(*line));
		*line = (struct line){
			.lead = hd_printf(text->arena, "%s%s", lead, way[is_last]), .box = child,
			.is_start = group ? child == group->first : child->level == HD_MAP_MACHINERY,
			.goes_with_others = group && group->number != HD_NO_GROUP &&
					    (group->first != group->last || group->n_folded),
			.port = port_at(group, child),
		};
		if (is_open(text, child))
			add_lines(text, child, hd_printf(text->arena, "%s%s", lead, way[2 + is_last]),
				  NULL);
	}
}

/* Where the column that begins with line FIRST ends if it may have HEIGHT lines. */
static size_t column_end(const struct text *text, size_t first, size_t height)
{
	size_t end = first;

	for (size_t i = first + 1; i <= text->n; i++)
		if (i == text->n || text->lines[i].is_start) {
			if (i - first > height && end > first)
				break;
			end = i;
		}
	return end;
}

static size_t count_columns(const struct text *text, size_t height)
{
	size_t n = 0;

	for (size_t at = 0; at < text->n; n++)
		at = column_end(text, at, height);
	return n;
}

static void write_row(struct text *text, const size_t *starts, size_t n, size_t row, int width)
{
	int behind = 0;

	for (size_t i = 0; i < n; i++) {
		struct pen pen = { .text = text, .width = width };

		if (starts[i] + row >= starts[i + 1]) {
			behind += width + GAP;
			continue;
		}
		(void)fprintf(text->out, "%*s", behind, "");
		write_line(&pen, &text->lines[starts[i] + row]);
		behind = width - pen.used + GAP;
	}
	(void)fputc('\n', text->out);
}

static void write_lines(struct text *text)
{
	const int total = text->terminal->width;
	const size_t room = total ? (size_t)(total + GAP) / (MIN_COLUMN + GAP) : 1;
	const size_t n = room ? room : 1;
	const int width = total ? (total - GAP * (int)(n - 1)) / (int)n : 0;
	size_t height = (text->n + n - 1) / n, highest = 0, used;
	size_t *starts;

	while (count_columns(text, height) > n)
		height++;
	used = count_columns(text, height);
	starts = hd_alloc(text->arena, (used + 1) * sizeof(*starts));
	for (size_t i = 0; i < used; i++) {
		starts[i + 1] = column_end(text, starts[i], height);
		if (starts[i + 1] - starts[i] > highest)
			highest = starts[i + 1] - starts[i];
	}
	for (size_t row = 0; row < highest; row++)
		write_row(text, starts, used, row, width);
}

static void write_title(struct text *text, const char *title)
{
	struct pen pen = { .text = text, .width = text->terminal->width };

	put_text(&pen, title, "1", 0);
	(void)fputc('\n', text->out);
}

static void write_complex(struct text *text, const struct hd_map_box *node,
			  const struct hd_map_box *complex)
{
	(void)fputc('\n', text->out);
	write_title(text, node->title ? hd_printf(text->arena, "%s, %s", complex->title, node->title) :
		    complex->title);
	text->lines = NULL;
	text->n = 0;
	add_lines(text, complex, "", NULL);
	write_lines(text);
}

void hd_map_text(FILE *out, struct hd_arena *arena, const struct hd_map *map,
		 const struct hd_map_terminal *terminal)
{
	struct text text = { .out = out, .arena = arena, .all = map->all, .terminal = terminal };

	write_title(&text, map->host->title);
	for (const struct hd_map_box *node = map->host->first; node; node = node->next)
		for (const struct hd_map_box *c = node->first; c; c = c->next)
			write_complex(&text, node, c);
}
