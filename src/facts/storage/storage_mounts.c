/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_mounts.c - what is mounted and what is swap, by libmount.
 *
 * The tables are read through the root and handed over as text, so that a
 * captured host is parsed like this one.  The first process's mounts count as
 * well: a hook may run in a mount namespace of its own.
 */
#include "config.h"

#include <errno.h>
#include <libmount.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "facts/host/mount_table.h"
#include "facts/storage/storage_internal.h"

#define OWN_MOUNTS "proc/self/mountinfo"
#define INIT_MOUNTS "proc/1/mountinfo"
#define SWAPS "proc/swaps"
#define LINE_WORK 8	/* to take a line apart takes longer than to compare two mounts */

/* One table on its way into *mounts. */
struct reader {
	struct hd_mounts *mounts;
	struct hd_arena *arena;
	long pid;		/* whose mounts these are; 0: ours */
};

static const char *copy_text(struct hd_arena *arena, const char *text)
{
	return hd_strdup(arena, text ? text : "");
}

/*
 * Which mount lies on which, and which ones end together?
 *
 * Works on the text of mountinfo, because mounts on no disk matter here as
 * well: a tmpfs on a directory of the disk hides its files and keeps it mounted.
 * Format: proc_pid_mountinfo(5): id, parent, major:minor, root, target, options,
 * optional fields ("shared:N", "master:N"), "-", type, source, options.
 */

struct line {
	int id, parent;
	const char *target;	/* as written, with its escapes */
	size_t length;
	const char *rest;	/* from the options on */
};

static int number(const char *text)
{
	unsigned long value = strtoul(text, NULL, 10);

	return value <= INT_MAX ? (int)value : 0;
}

/* Takes the next line off *AT; false at the end. */
static bool next_line(const char **at, struct line *ret)
{
	const char *start = *at, *end = start + strcspn(start, "\n");

	if (!*start)
		return false;
	ret->id = number(start);
	ret->parent = number(hd_table_field(start, 1));
	ret->target = hd_table_field(start, 4);
	ret->length = strcspn(ret->target, " \n");
	ret->rest = hd_table_field(ret->target, 1);
	*at = end + (*end == '\n');
	return true;
}

static bool is_octal(const char *at)
{
	return at[0] == '\\' && at[1] >= '0' && at[1] <= '3' && at[2] >= '0' &&
	       at[2] <= '7' && at[3] >= '0' && at[3] <= '7';
}

static const char *unescape_octal(struct hd_arena *arena, const char *text, size_t length)
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

static bool find_line(struct hd_mounts *mounts, long pid, int id, struct line *ret)
{
	const char *at = table_of(mounts, pid);

	while (next_line(&at, ret)) {
		mounts->work += LINE_WORK;
		if (ret->id == id)
			return true;
	}
	return false;
}

/* How much of PATH the line's target covers, counted from 1; 0: nothing. */
static size_t covered(struct hd_arena *arena, const struct line *line, const char *path)
{
	const char *target = line->target;
	size_t length = line->length;

	if (memchr(target, '\\', length)) {
		target = unescape_octal(arena, target, length);
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
		submount->target = unescape_octal(arena, line.target, line.length);
	}
	return n;
}

/* The number behind NAME ("shared:") among the optional fields, or 0. */
static int peer_group(const struct line *line, const char *name)
{
	const char *at = hd_table_field(line->rest, 1);

	while (*at && *at != '\n' && *at != '-') {
		if (hd_text_starts_with(at, name))
			return number(at + strlen(name));
		at = hd_table_field(at, 1);
	}
	return 0;
}

/*
 * What is unmounted from a shared mount goes from the same place of its peers
 * and slaves too: what counts is what the two are mounted on.
 */
static bool mount_ends_with(struct hd_mounts *mounts, const struct hd_mount *ours,
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

/* What is not examined may be anything. */
static bool is_worked_out(struct hd_mounts *mounts, long pid)
{
	if (!pid || mounts->work < HD_MOUNTS_MAX_WORK)
		return false;
	if (!mounts->unknown)
		mounts->unknown = "there are more mounts than are examined";
	return true;
}

/* Does a mount of ours end it as well, when it is unmounted? */
static bool is_covered(struct hd_mounts *mounts, const struct hd_mount *mount)
{
	for (size_t i = 0; i < mounts->n_mounts && mounts->work++ < HD_MOUNTS_MAX_WORK; i++)
		if (mount_ends_with(mounts, &mounts->mounts[i], mount))
			return true;
	return false;
}

/* Only what can be a disk (a device number, or a source that has the form of a node) or a share. */
static bool is_of_interest(struct libmnt_fs *fs)
{
	const char *source = mnt_fs_get_source(fs);

	if (!mnt_fs_get_target(fs))
		return false;
	return major(mnt_fs_get_devno(fs)) ||
	       hd_is_share_mount(mnt_fs_get_fstype(fs), mnt_fs_get_fs_options(fs)) ||
	       (source && (hd_text_starts_with(source, "/dev/") ||
			   mnt_fs_match_fstype(fs, "zfs")));
}

static struct hd_mount as_mount(struct hd_arena *arena, struct libmnt_fs *fs)
{
	return (struct hd_mount){
		.dev = mnt_fs_get_devno(fs),
		.source = copy_text(arena, mnt_fs_get_source(fs)),
		.target = copy_text(arena, mnt_fs_get_target(fs)),
		.fstype = copy_text(arena, mnt_fs_get_fstype(fs)),
		.id = mnt_fs_get_id(fs),
		.parent = mnt_fs_get_parent_id(fs),
	};
}

static void add_mount(void *data, struct libmnt_fs *fs)
{
	struct reader *reader = data;
	struct hd_mounts *mounts = reader->mounts;
	struct hd_mount mount;

	if (is_worked_out(mounts, reader->pid) || !is_of_interest(fs))
		return;
	mount = as_mount(reader->arena, fs);
	mount.pid = reader->pid;
	if (!mount.pid || !is_covered(mounts, &mount))
		hd_push(reader->arena, &mounts->mounts, &mounts->n_mounts, mount);
}

static void add_swap(void *data, struct libmnt_fs *fs)
{
	struct reader *reader = data;
	const char *type = mnt_fs_get_swaptype(fs);
	struct hd_mounts *mounts = reader->mounts;
	struct hd_swap *swap = hd_append(reader->arena, &mounts->swaps, &mounts->n_swaps,
					 sizeof(*swap));

	swap->source = copy_text(reader->arena, mnt_fs_get_source(fs));
	swap->is_file = type && !strcmp(type, "file");
	if (swap->is_file)
		swap->on = hd_mount_over(mounts, reader->arena, swap->source);
}

/*
 * Most mounts of a host with containers have no device (tmpfs, overlay): they
 * are dropped before libmount takes each apart.
 */
static bool can_be_on_disk(const char *line)
{
	static const char *const types[] = {
		" - btrfs ", " - bcachefs ", " - zfs ", " - 9p ", " - virtiofs ", " - vboxsf ",
	};

	line = hd_table_field(line, 2);
	for (size_t i = 0; i < HD_ARRAY_SIZE(types); i++)
		if (strstr(line, types[i]))
			return true;
	return !hd_text_starts_with(line, "0:");
}

static const char *lines_on_disk(struct hd_arena *arena, const char *text)
{
	char *kept = hd_alloc(arena, strlen(text) + 2);
	size_t n = 0;

	while (*text) {
		size_t length = strcspn(text, "\n");

		memcpy(kept + n, text, length);
		kept[n + length] = '\0';
		if (can_be_on_disk(kept + n)) {
			n += length;
			kept[n++] = '\n';
		}
		text += length + (text[length] == '\n');
	}
	kept[n] = '\0';
	return kept;
}

int hd_mounts_add(struct hd_mounts *mounts, const struct hd_sysroot *root,
		  struct hd_arena *arena, const char *path, long pid, const char **last)
{
	struct reader reader = { .mounts = mounts, .arena = arena, .pid = pid };
	const char *text;
	ssize_t length;

	if (is_worked_out(mounts, pid))
		return 0;
	length = hd_sysroot_text(root, arena, &text, "%s", path);
	if (length < 0)
		return (int)length;
	if (pid)
		mounts->work += (size_t)length;
	if (*last && !strcmp(*last, text))
		return 0;
	*last = text;
	hd_push(arena, &mounts->tables, &mounts->n_tables, (struct hd_mount_table){ pid, text });
	text = lines_on_disk(arena, text);
	return hd_table_parse(text, strlen(text), add_mount, &reader);
}

static int add_swaps(struct hd_mounts *mounts, const struct hd_sysroot *root,
		     struct hd_arena *arena)
{
	struct reader reader = { .mounts = mounts, .arena = arena };
	const char *text;
	ssize_t length = hd_sysroot_text(root, arena, &text, SWAPS);

	return length < 0 ? (int)length : hd_table_parse(text, (size_t)length, add_swap,
						   &reader);
}

int hd_mounts_read(struct hd_mounts *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena, bool everywhere, struct hd_error *err)
{
	struct hd_mounts mounts = { .n_mounts = 0 };
	const char *last = NULL;
	int rc = hd_mounts_add(&mounts, root, arena, OWN_MOUNTS, 0, &last);

	/* Every process of a running host has it. */
	if (rc < 0 && (rc != -ENOENT || root->is_live))
		return hd_fail(err, rc, "cannot read %s: %s", OWN_MOUNTS, strerror(-rc));
	/* Another user's file: an administrator without root may not read it. */
	(void)hd_mounts_add(&mounts, root, arena, INIT_MOUNTS, 1, &last);
	if (everywhere)
		hd_mounts_add_namespaces(&mounts, root, arena);
	/* Last: a swap file knows its mount by its place in the list. */
	rc = add_swaps(&mounts, root, arena);
	if (rc < 0 && rc != -ENOENT)
		return hd_fail(err, rc, "cannot read %s: %s", SWAPS, strerror(-rc));
	*ret = mounts;
	return 0;
}
