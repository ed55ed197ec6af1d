/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wrapped.c - which message did a terminal or a mail break into several lines? */
#include "config.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "explain/audit.h"
#include "explain/wrapped.h"

#define LINES 16
/* Of the first line only so much can be a part of a message that goes on, and so much may follow. */
#define FIRST_MAX 600
#define JOINED_MAX 2000

/* Does a log's own date or time begin the line, so that it continues nothing? */
static bool is_new_record(const char *line)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	line += *line == ' ';
	if (*line == '[')
		return isdigit((unsigned char)line[1 + strspn(line + 1, " ")]);
	if (strspn(line, "0123456789") == 4)
		return line[4] == '-' && isdigit((unsigned char)line[5]);
	for (size_t i = 0; months[i]; i += 3)
		if (!strncmp(line, months + i, 3) && line[3] == ' ')
			return isdigit((unsigned char)line[4 + strspn(line + 4, " ")]);
	return false;
}

struct joined {
	char text[JOINED_MAX];
	size_t n;
	size_t ends[LINES];		/* where each line ends in the text */
	const char *after[LINES];	/* what follows each line in the source */
	size_t n_lines;
};

static void join_lines(struct joined *joined, const char *text, const char *joint)
{
	const char *first = text;

	joined->n = joined->n_lines = 0;
	while (joined->n_lines < LINES && *text) {
		size_t length = strcspn(text, "\n");
		size_t gap = joined->n_lines && *text != ' ' ? strlen(joint) : 0;
		const char *from = text == first && length > FIRST_MAX ? text + length - FIRST_MAX : text;
		size_t taken = (size_t)(text + length - from);

		if (joined->n + gap + taken >= sizeof(joined->text) ||
		    (joined->n_lines && is_new_record(text)))
			break;
		memcpy(joined->text + joined->n, joint, gap);
		memcpy(joined->text + joined->n + gap, from, taken);
		joined->n += gap + taken;
		text += length + (text[length] == '\n');
		joined->ends[joined->n_lines] = joined->n;
		joined->after[joined->n_lines++] = text;
	}
	joined->text[joined->n] = '\0';
}

static size_t line_length(const struct joined *joined, size_t line)
{
	return joined->ends[line] - (line ? joined->ends[line - 1] : 0);
}

/*
 * Is LINE broken right behind the message, which ends at END: "group 12|: x", "group 12:| x", or
 * within its last number, of which END counts one digit: "group 1|2: x"?
 */
static bool is_broken_behind(const struct joined *joined, size_t end, size_t line)
{
	size_t after = end + strspn(joined->text + end, "0123456789");

	return end && isdigit((unsigned char)joined->text[end - 1]) &&
	       after + strspn(joined->text + after, ": ") >= joined->ends[line] &&
	       joined->text[after] && strchr(":,.;)'\"", joined->text[after]);
}

/*
 * What follows the message on lines that were broken at one width is a part of them, too, unless
 * a message begins there.
 */
static size_t last_of_width(const struct joined *joined, const struct hd_message_starts *starts,
			    size_t line)
{
	while (line && line + 1 < joined->n_lines &&
	       line_length(joined, line) == line_length(joined, 0) &&
	       !hd_message_end(starts, joined->text + joined->ends[line],
			       line_length(joined, line + 1)))
		line++;
	return line;
}

/* On which line does a message end that begins on the first?  0: on that line, or none does. */
static size_t last_line(const struct joined *joined, const struct hd_message_starts *starts,
			bool is_hard)
{
	size_t end, line = 0;

	if (joined->n_lines < 2)
		return 0;
	end = hd_message_end(starts, joined->text, joined->ends[0]);
	while (line + 1 < joined->n_lines && end > joined->ends[line])
		line++;
	if (!is_hard)
		return line;
	if (line + 1 < joined->n_lines && is_broken_behind(joined, end, line))
		line++;
	return last_of_width(joined, starts, line);
}

/* Does a key begin AT, "scontext=", so that a blank was where the line broke? */
static bool is_key(const char *at)
{
	size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz_");

	return *at == ' ' || *at == '{' || (length && at[length] == '=');
}

/* The record of a denial that begins on the line at TEXT and ends on a later one; NULL: none. */
static const char *wrapped_record(struct hd_arena *arena, const char *text, const char **after)
{
	size_t length = strcspn(text, "\n");
	const char *ret;

	if (!hd_audit_is_cut(text, length))
		return NULL;
	ret = hd_strndup(arena, text, length);
	for (int i = 1; i < LINES && text[length]; i++) {
		text += length + 1;
		length = strcspn(text, "\n");
		if (is_new_record(text) || !strncmp(text, "type=", 5) || length > FIRST_MAX)
			return NULL;
		ret = hd_printf(arena, "%s%s%.*s", ret, is_key(text) ? " " : "", (int)length, text);
		if (hd_audit_is_end(text, length)) {
			*after = text + length + (text[length] == '\n');
			return ret;
		}
	}
	return NULL;
}

/*
 * The causes that Rust's anyhow prints below a line of their own, each within the one before, "0: " first: as one
 * message, the innermost last.  NULL: none at TEXT.
 */
static const char *wrapped_causes(struct hd_arena *arena, const char *text, const char **after)
{
	static const char head[] = "Caused by:\n";
	const char *ret = "Caused by", *at = text + strlen(head);

	if (strncmp(text, head, strlen(head)) != 0)
		return NULL;
	for (int i = 0; i < LINES && *at == ' '; i++) {
		size_t length = strcspn(at, "\n"), number = 1 + strspn(at + 1, "0123456789");

		number = !strncmp(at + number, ": ", 2) ? number + 2 : 1;
		if (length > FIRST_MAX || number > length)
			break;
		ret = hd_printf(arena, "%s: %.*s", ret, (int)(length - number), at + number);
		at += length + (at[length] == '\n');
	}
	if (at == text + strlen(head))
		return NULL;
	*after = at;
	return ret;
}

const char *hd_wrapped_message(const struct hd_message_starts *starts, struct hd_arena *arena,
			       const char *text, const char **after)
{
	static const char *const joints[] = { " ", "" };
	size_t length = strnlen(text, HD_PATTERN_LINE_MAX);
	const char *record;
	struct joined joined;

	/* To look for the end of a line that is read in pieces takes its length for each of them. */
	if (length == HD_PATTERN_LINE_MAX && !memchr(text, '\n', length))
		return NULL;
	record = wrapped_record(arena, text, after);
	record = record ? record : wrapped_causes(arena, text, after);
	if (record)
		return record;
	for (size_t i = 0; i < HD_ARRAY_SIZE(joints); i++) {
		size_t last;

		join_lines(&joined, text, joints[i]);
		last = last_line(&joined, starts, !*joints[i]);
		if (!last)
			continue;
		*after = joined.after[last];
		return hd_strndup(arena, joined.text, joined.ends[last]);
	}
	return NULL;
}
