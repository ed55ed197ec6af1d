/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_mount_tree.c - which mount lies on which, and which ones end together?
 *
 * Works on the text of mountinfo, because mounts on no disk matter here as
 * well: a tmpfs on a directory of the disk hides its files and keeps it mounted.
 * Format: proc_pid_mountinfo(5): id, parent, major:minor, root, target, options,
 * optional fields ("shared:N", "master:N"), "-", type, source, options.
 */
#include "config.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

struct line {
	int id, parent;
	const char *target;	/* as written, with its escapes */
	size_t length;
	const char *rest;	/* from the options on */
	size_t rest_length;
};

static int number(const char *text)
{
	unsigned long value = strtoul(text, NULL, 10);

	return value <= INT_MAX ? (int)value : 0;
}

static const char *skip_fields(const char *at, int n)
{
	for (; n && *at && *at != '\n'; n--) {
		at += strcspn(at, " \n");
		at += *at == ' ';
	}
	return at;
}

/* Takes the next line off *AT; false at the end. */
static bool next_line(const char **at, struct line *ret)
{
	const char *start = *at, *end = start + strcspn(start, "\n");

	if (!*start)
		return false;
	ret->id = number(start);
	ret->parent = number(skip_fields(start, 1));
	ret->target = skip_fields(start, 4);
	ret->length = strcspn(ret->target, " \n");
	ret->rest = skip_fields(ret->target, 1);
	ret->rest_length = (size_t)(end - ret->rest);
	*at = end + (*end == '\n');
	return true;
}

static bool is_octal(const char *at)
{
	return at[0] == '\\' && at[1] >= '0' && at[1] <= '3' && at[2] >= '0' &&
	       at[2] <= '7' && at[3] >= '0' && at[3] <= '7';
}

static const char *unescape(struct hd_arena *arena, const char *text, size_t length)
{
	char *copy = hd_strndup(arena, text, length), *to = copy;

	for (const char *from = copy; *from; from++) {
		if (is_octal(from)) {
			*to++ = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 |
				       (from[3] - '0'));
			from += 3;
		} else {
			*to++ = *from;
		}
	}
	*to = '\0';
	return copy;
}

static const char *table_of(const struct hd_mounts *mounts, long pid)
{
	for (size_t i = 0; i < mounts->n_tables; i++)
		if (mounts->tables[i].pid == pid)
			return mounts->tables[i].text;
	return "";
}

static bool find_line(const struct hd_mounts *mounts, long pid, int id, struct line *ret)
{
	const char *at = table_of(mounts, pid);

	while (next_line(&at, ret))
		if (ret->id == id)
			return true;
	return false;
}

/* How much of PATH the line's target covers, counted from 1; 0: nothing. */
static size_t covered(struct hd_arena *arena, const struct line *line, const char *path)
{
	const char *target = line->target;
	size_t length = line->length;

	if (memchr(target, '\\', length)) {
		target = unescape(arena, target, length);
		length = strlen(target);
	}
	if (length == 1)
		length = 0;	/* "/" itself */
	return strncmp(path, target, length) || path[length] != '/' ? 0 : length + 1;
}

/* Of several on one directory the last hides the others. */
static int id_over(const struct hd_mounts *mounts, struct hd_arena *arena, const char *path)
{
	const char *at = table_of(mounts, 0);
	struct line line;
	size_t best = 0;
	int id = 0;

	while (next_line(&at, &line)) {
		size_t length = covered(arena, &line, path);

		if (!length || length < best)
			continue;
		best = length;
		id = line.id;
	}
	return id;
}

const struct hd_mount *hd_mount_over(const struct hd_mounts *mounts,
				     struct hd_arena *arena, const char *path)
{
	int id = id_over(mounts, arena, path);

	for (size_t i = 0; id && i < mounts->n_mounts; i++)
		if (!mounts->mounts[i].pid && mounts->mounts[i].id == id)
			return &mounts->mounts[i];
	return NULL;
}

size_t hd_mounts_on(struct hd_submount **ret, const struct hd_mounts *mounts,
		    struct hd_arena *arena, long pid, int id)
{
	const char *at = table_of(mounts, pid);
	struct line line;
	size_t n = 0;

	*ret = NULL;
	while (next_line(&at, &line)) {
		struct hd_submount *submount;

		if (line.parent != id || line.id == id)
			continue;
		submount = hd_append(arena, ret, &n, sizeof(*submount));
		submount->id = line.id;
		submount->target = unescape(arena, line.target, line.length);
	}
	return n;
}

/* The number behind NAME ("shared:") among the optional fields, or 0. */
static int peer_group(const struct line *line, const char *name)
{
	const char *at = skip_fields(line->rest, 1);

	while (*at && *at != '\n' && *at != '-') {
		if (hd_text_starts_with(at, name))
			return number(at + strlen(name));
		at = skip_fields(at, 1);
	}
	return 0;
}

/*
 * What is unmounted from a shared mount goes from the same place of its peers
 * and slaves too: what counts is what the two are mounted on.
 */
bool hd_mount_ends_with(const struct hd_mounts *mounts, const struct hd_mount *ours,
			const struct hd_mount *theirs)
{
	struct line below_ours, below_theirs;
	int group;

	if (ours->id && ours->id == theirs->id)
		return true;	/* the same namespace, read again */
	if (ours->dev != theirs->dev || strcmp(ours->target, theirs->target) ||
	    !find_line(mounts, ours->pid, ours->parent, &below_ours) ||
	    !find_line(mounts, theirs->pid, theirs->parent, &below_theirs))
		return false;
	group = peer_group(&below_ours, "shared:");
	return group && (peer_group(&below_theirs, "shared:") == group ||
			 peer_group(&below_theirs, "master:") == group);
}
