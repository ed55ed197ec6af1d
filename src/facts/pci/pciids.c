/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pciids.c - names out of pci.ids without reading all of them.
 *
 * The file (its own head says so): "VVVV  name" is a vendor, "<tab>DDDD  name"
 * below it a device, "<tab><tab>VVVV DDDD  name" a subsystem; "C CC  name" a class
 * with "<tab>SS  name" subclasses; "#" begins a comment.
 */
#include "config.h"

#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/read.h"
#include "facts/pci/pciids.h"

#define MAX_SIZE (16 << 20)

static int by_id(const void *a, const void *b)
{
	const struct hd_pciids_entry *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static char *read_whole(const char *path)
{
	_cleanup_(hd_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;
	ssize_t used;
	char *text;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size > MAX_SIZE)
		return NULL;
	text = malloc((size_t)st.st_size + 1);
	if (!text)
		hd_oom();
	used = hd_read_up_to(fd, text, (size_t)st.st_size);
	text[used > 0 ? used : 0] = '\0';
	return text;
}

/* DIGITS hex digits and two blanks at AT. */
static bool parse_id(const char *at, int digits, unsigned *ret)
{
	unsigned id = 0;

	for (int i = 0; i < digits; i++) {
		int c = tolower((unsigned char)at[i]);

		if (!isxdigit(c))
			return false;
		id = id << 4 | (unsigned)(isdigit(c) ? c - '0' : c - 'a' + 10);
	}
	*ret = id;
	return at[digits] == ' ' && at[digits + 1] == ' ';
}

static bool parse_entry(const char *line, unsigned *ret)
{
	if (line[0] != 'C' || line[1] != ' ')
		return parse_id(line, 4, ret);
	if (!parse_id(line + 2, 2, ret))
		return false;
	*ret |= HD_PCIIDS_CLASS;
	return true;
}

static void add_entry(struct hd_pciids *ids, size_t *room, unsigned id, const char *line)
{
	if (ids->n == *room) {
		*room = *room ? *room * 2 : 4096;
		ids->entries = reallocarray(ids->entries, *room, sizeof(*ids->entries));
		if (!ids->entries)
			hd_oom();
	}
	ids->entries[ids->n++] = (struct hd_pciids_entry){ id, line };
}

/* libpci calls it pci.ids.gz and takes pci.ids where that is all there is. */
static char *read_plain(const char *path)
{
	char plain[PATH_MAX];
	int length = (int)strlen(path);

	if (length > 3 && !strcmp(path + length - 3, ".gz"))
		length -= 3;
	length = snprintf(plain, sizeof(plain), "%.*s", length, path);
	return length < (int)sizeof(plain) ? read_whole(plain) : NULL;
}

void hd_pciids_open(struct hd_pciids *ret, const char *path)
{
	size_t room = 0;
	unsigned id;

	*ret = (struct hd_pciids){ .text = read_plain(path) };
	for (const char *line = ret->text; line && *line;) {
		if (*line != '\t' && *line != '#' && parse_entry(line, &id))
			add_entry(ret, &room, id, line);
		line = strchr(line, '\n');
		if (line)
			line++;
	}
	HD_SORT(ret->entries, ret->n, by_id);
}

void hd_pciids_close(struct hd_pciids *ids)
{
	free(ids->text);
	free(ids->entries);
	*ids = (struct hd_pciids){ .n = 0 };
}

static const char *find_line(const struct hd_pciids *ids, unsigned id)
{
	const struct hd_pciids_entry key = { .id = id }, *found = NULL;

	if (ids->n)
		found = bsearch(&key, ids->entries, ids->n, sizeof(key), by_id);
	return found ? found->line : NULL;
}

/* What is behind the id, up to the end of the line. */
static const char *name_at(struct hd_arena *arena, const char *line)
{
	const char *name = strstr(line, "  ");

	return name ? hd_strndup(arena, name + 2, strcspn(name + 2, "\n")) : NULL;
}

const char *hd_pciids_name(const struct hd_pciids *ids, struct hd_arena *arena, unsigned id)
{
	const char *line = find_line(ids, id);

	return line ? name_at(arena, line) : NULL;
}

const char *hd_pciids_part(const struct hd_pciids *ids, struct hd_arena *arena, unsigned id,
			   unsigned part)
{
	int digits = id & HD_PCIIDS_CLASS ? 2 : 4;
	const char *line = find_line(ids, id);

	while (line && (line = strchr(line, '\n'))) {
		unsigned found;

		line++;
		if (*line != '\t' && *line != '#')
			return NULL;
		if (*line == '\t' && parse_id(line + 1, digits, &found) && found == part)
			return name_at(arena, line);
	}
	return NULL;
}
