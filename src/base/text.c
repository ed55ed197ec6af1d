/* SPDX-License-Identifier: GPL-2.0-or-later */
/* text.c - small, strict helpers for text that others wrote. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

#define BLANKS " \t\n"
#define MAX_WORD 255		/* of a command line */
#define MAX_DRIVER 63		/* characters; the kernel has names of up to 55 (MODULE_NAME_LEN) */
#define DISTANCE_MAX 64	/* of a mistyped name, only so much is compared */

static bool parse(const char *text, int base, uint64_t *ret)
{
	unsigned long long value;
	char *end;

	if (!isxdigit((unsigned char)text[0]))
		return false;
	errno = 0;
	value = strtoull(text, &end, base);
	if (errno || end == text || *end)
		return false;
	*ret = value;
	return true;
}

static bool is_hex(const char *text)
{
	return text[0] == '0' && (text[1] == 'x' || text[1] == 'X') &&
	       isxdigit((unsigned char)text[2]);
}

bool hd_text_u64(const char *text, uint64_t *ret)
{
	return parse(text, is_hex(text) ? 16 : 10, ret);
}

bool hd_text_u64_c(const char *text, uint64_t *ret)
{
	return parse(text, is_hex(text) ? 16 : text[0] == '0' ? 8 : 10, ret);
}

bool hd_text_device_number(const char *text, unsigned *ret_major, unsigned *ret_minor)
{
	size_t length = strcspn(text, ":");
	char major[16] = "";
	uint64_t high, low;

	if (!text[length] || length >= sizeof(major))
		return false;
	memcpy(major, text, length);
	if (!hd_text_u64(major, &high) || !hd_text_u64(text + length + 1, &low) ||
	    high >= 1u << 12 || low >= 1u << 20)
		return false;
	*ret_major = (unsigned)high;
	*ret_minor = (unsigned)low;
	return true;
}

bool hd_text_is_component(const char *name)
{
	return name[0] && name[0] != '.' && !strchr(name, '/');
}

bool hd_text_is_any(const char *text, const char *const words[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(text, words[i]))
			return true;
	return false;
}

int hd_text_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool hd_text_starts_with(const char *text, const char *start)
{
	return !strncmp(text, start, strlen(start));
}

bool hd_text_ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length >= tail && !strcmp(text + length - tail, end);
}

bool hd_text_is_same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

bool hd_text_has_word(const char *line, const char *word)
{
	size_t want = strlen(word), length;

	for (line += strspn(line, BLANKS); *line; line += strspn(line, BLANKS)) {
		length = strcspn(line, BLANKS);
		if (length == want && !memcmp(line, word, want))
			return true;
		line += length;
	}
	return false;
}

const char *hd_text_next_line(struct hd_arena *arena, const char **at)
{
	size_t length = strcspn(*at, "\n");
	const char *line;

	if (!**at)
		return NULL;
	line = hd_strndup(arena, *at, length);
	*at += length + ((*at)[length] == '\n');
	return line;
}

const char *hd_text_line_value(struct hd_arena *arena, const char *text, const char *start)
{
	for (const char *at = text; at; at = strchr(at, '\n')) {
		if (*at == '\n')
			at++;
		if (hd_text_starts_with(at, start))
			return hd_strndup(arena, at + strlen(start),
					  strcspn(at + strlen(start), "\n"));
	}
	return NULL;
}

const char *hd_text_printable(struct hd_arena *arena, const char *text, size_t max)
{
	size_t length = strnlen(text, max + 1);
	char *copy = length > max ?
		hd_printf(arena, "%.*s...", (int)hd_utf8_whole(text, max), text) :
		hd_strdup(arena, text);

	return hd_text_shown(copy, strlen(copy) + 1, copy, "");
}

bool hd_text_uuid(const char *text, char ret[static 37])
{
	char uuid[37];

	for (int i = 0; i < 36; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text[i] != '-' : !isxdigit((unsigned char)text[i]))
			return false;
		uuid[i] = (char)tolower((unsigned char)text[i]);
	}
	if (text[36])
		return false;
	uuid[36] = '\0';
	memcpy(ret, uuid, sizeof(uuid));
	return true;
}

char *hd_text_replaced(struct hd_arena *arena, const char *text, char from, char to)
{
	char *copy = hd_strdup(arena, text);

	for (char *c = copy; *c; c++)
		if (*c == from)
			*c = to;
	return copy;
}

bool hd_text_is_numbered(const char *name, const char *start)
{
	const char *number = name + strlen(start);

	return hd_text_starts_with(name, start) && *number &&
	       strspn(number, "0123456789") == strlen(number);
}

bool hd_text_has_only(const char *text, const char *more)
{
	/* Not isalnum(): its answer depends on the locale. */
	static const char basic[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	while (*text && (strchr(basic, *text) || strchr(more, *text)))
		text++;
	return *text == '\0';
}

bool hd_text_is_driver(const char *name)
{
	return *name && *name != '-' && strlen(name) <= MAX_DRIVER && hd_text_has_only(name, "_-");
}

bool hd_text_is_unit(const char *name)
{
	return *name && *name != '-' && *name != '.' && hd_text_has_only(name, ":_.@-");
}

const char *hd_shell_word(struct hd_arena *arena, const char *text)
{
	const char *word = hd_text_printable(arena, text, MAX_WORD);
	size_t n = 0;
	char *quoted;

	if (word[0] && word[0] != '-' && hd_text_has_only(word, "_@%+=:,./-"))
		return word;
	quoted = hd_alloc(arena, strlen(word) * 4 + 3);
	quoted[n++] = '\'';
	for (; *word; word++) {
		if (*word == '\'') {
			memcpy(quoted + n, "'\\'", 3);
			n += 3;
		}
		quoted[n++] = *word;
	}
	quoted[n] = '\'';
	return quoted;
}

/* virsh reads a number as strtol(3) does, and then a UUID, before it looks for a name. */
static bool is_number_or_uuid(const char *name)
{
	char uuid[37];

	if (hd_text_uuid(name, uuid))
		return true;
	name += strspn(name, " \t");
	name += *name == '+';
	return *name && strspn(name, "0123456789") == strlen(name);
}

static bool names_guest(const char *name)
{
	return *name && *name != '-' && strlen(name) <= MAX_WORD && hd_text_is_shown(name) &&
	       !strpbrk(name, "?'") && !hd_text_ends_with(name, "...") && !is_number_or_uuid(name);
}

const char *hd_guest_word(struct hd_arena *arena, const char *name, const char *uuid)
{
	return hd_shell_word(arena, *uuid && !names_guest(name) ? uuid : name);
}

size_t hd_text_distance(const char *a, const char *b)
{
	size_t row[DISTANCE_MAX + 1], n = strlen(b);

	if (n > DISTANCE_MAX)
		return (size_t)-1;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 0; a[i] && i < DISTANCE_MAX; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 1; j <= n; j++) {
			size_t best = corner + (a[i] != b[j - 1]);

			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[n];
}
