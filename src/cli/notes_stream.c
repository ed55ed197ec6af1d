/* SPDX-License-Identifier: GPL-2.0-or-later */
/* notes_stream.c - where notes and errors go: standard error, in lines that fit its terminal. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "cli/notes_stream.h"
#include "cli/terminal.h"
#include "report/map.h"

#define INDENT "  "
#define UNLIMITED 1000000	/* columns: more than any line has */

static int columns_of(const char *text, size_t length)
{
	_cleanup_(hd_arena_done) struct hd_arena arena = { NULL };
	int columns;

	(void)hd_map_fit(&arena, hd_strndup(&arena, text, length), UNLIMITED, &columns);
	return columns;
}

/* An apostrophe is none: it is behind a letter. */
static bool opens(const char *line, const char *at)
{
	return *at == '`' || (*at == '\'' && (at == line || at[-1] == ' ' || at[-1] == '('));
}

static const char *find_close(const char *at, const char *end)
{
	for (const char *close = at + 1; close < end; close++)
		if (*close == *at && (*at == '`' || close + 1 == end || !isalnum((unsigned char)close[1])))
			return close;
	return NULL;
}

/* The end of the word at AT, up to END: at a blank, but not in what is quoted. */
static const char *word_end(const char *line, const char *at, const char *end)
{
	while (at < end && *at != ' ') {
		const char *close = opens(line, at) ? find_close(at, end) : NULL;

		at = (close ? close : at) + 1;
	}
	return at;
}

void hd_put_wrapped(FILE *out, const char *text, size_t length, int width)
{
	const char *end = text + length, *at = text;
	int column = 0;

	if (columns_of(text, length) <= width) {
		(void)fwrite(text, 1, length, out);
		return;
	}
	while (at < end) {
		const char *next = word_end(text, at, end);
		const int taken = columns_of(at, (size_t)(next - at));

		if (at > text && column + 1 + taken > width) {
			(void)fputs("\n" INDENT, out);
			column = (int)strlen(INDENT);
		} else if (at > text) {
			(void)fputc(' ', out);
			column++;
		}
		(void)fwrite(at, 1, (size_t)(next - at), out);
		column += taken;
		at = next + 1;
	}
	if (end[-1] == ' ')
		(void)fputc(' ', out);	/* behind a question */
}

/* Comes with whole lines, and with the beginning of one that waits for an answer. */
static ssize_t write_lines(void *cookie, const char *text, size_t size)
{
	const int width = hd_terminal_notes_width();
	const char *at = text, *end = text + size;

	(void)cookie;
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));

		hd_put_wrapped(stderr, at, (size_t)((newline ? newline : end) - at), width);
		if (newline)
			(void)fputc('\n', stderr);
		at = newline ? newline + 1 : end;
	}
	return ferror(stderr) ? 0 : (ssize_t)size;
}

FILE *hd_notes_open(void)
{
	FILE *notes = hd_terminal_notes_width() ? fopencookie(NULL, "w", (cookie_io_functions_t){
		.write = write_lines }) : NULL;

	if (!notes)
		return stderr;
	(void)setvbuf(notes, NULL, _IOLBF, BUFSIZ);
	return notes;
}

void hd_notes_close(FILE *notes)
{
	if (notes != stderr)
		(void)fclose(notes);
}
