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
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "facts/storage_internal.h"

static void close_file(FILE **file)
{
	if (*file)
		(void)fclose(*file);
}

static void free_table(struct libmnt_table **table)
{
	mnt_unref_table(*table);
}

static void free_iter(struct libmnt_iter **iter)
{
	mnt_free_iter(*iter);
}

/* Calls ROW for each line of TEXT that libmount understands. */
static int parse(const char *text, size_t length, struct hd_arena *arena,
		 struct hd_mounts *mounts,
		 void (*row)(struct hd_arena *, struct hd_mounts *, struct libmnt_fs *))
{
	_cleanup_(free_table) struct libmnt_table *table = mnt_new_table();
	_cleanup_(free_iter) struct libmnt_iter *iter = mnt_new_iter(MNT_ITER_FORWARD);
	_cleanup_(close_file) FILE *file = NULL;
	struct libmnt_fs *fs;
	int rc;

	if (!table || !iter)
		hd_oom();
	if (!length)
		return 0;
	file = fmemopen((char *)text, length, "r");
	if (!file)
		hd_oom();
	rc = mnt_table_parse_stream(table, file, "table");
	if (rc)
		return rc < 0 ? rc : -EINVAL;
	while (mnt_table_next_fs(table, iter, &fs) == 0)
		row(arena, mounts, fs);
	return 0;
}

static const char *copy(struct hd_arena *arena, const char *text)
{
	return hd_strdup(arena, text ? text : "");
}

static bool is_known(const struct hd_mounts *mounts, const struct hd_mount *mount)
{
	for (size_t i = 0; i < mounts->n_mounts; i++)
		if (mounts->mounts[i].dev == mount->dev &&
		    !strcmp(mounts->mounts[i].target, mount->target) &&
		    !strcmp(mounts->mounts[i].source, mount->source))
			return true;
	return false;
}

/* Only what can be a disk: a device number, or a source that has the form of a node. */
static bool is_of_interest(struct libmnt_fs *fs)
{
	const char *source = mnt_fs_get_source(fs);

	if (!mnt_fs_get_target(fs))
		return false;
	return major(mnt_fs_get_devno(fs)) ||
	       (source && hd_text_starts_with(source, "/dev/"));
}

static struct hd_mount as_mount(struct hd_arena *arena, struct libmnt_fs *fs)
{
	return (struct hd_mount){
		.dev = mnt_fs_get_devno(fs),
		.source = copy(arena, mnt_fs_get_source(fs)),
		.target = copy(arena, mnt_fs_get_target(fs)),
		.fstype = copy(arena, mnt_fs_get_fstype(fs)),
	};
}

static void append(struct hd_arena *arena, struct hd_mounts *mounts,
		   const struct hd_mount *mount)
{
	*(struct hd_mount *)hd_append(arena, &mounts->mounts, &mounts->n_mounts,
				      sizeof(*mount)) = *mount;
}

static void add_mount(struct hd_arena *arena, struct hd_mounts *mounts,
		      struct libmnt_fs *fs)
{
	struct hd_mount mount;

	if (!is_of_interest(fs))
		return;
	mount = as_mount(arena, fs);
	append(arena, mounts, &mount);
}

static void add_init_mount(struct hd_arena *arena, struct hd_mounts *mounts,
			   struct libmnt_fs *fs)
{
	struct hd_mount mount;

	if (!is_of_interest(fs))
		return;
	mount = as_mount(arena, fs);
	mount.is_init_only = true;
	if (!is_known(mounts, &mount))
		append(arena, mounts, &mount);
}

/* The mount with the longest target that PATH lies in. */
static const struct hd_mount *mount_over(const struct hd_mounts *mounts, const char *path)
{
	const struct hd_mount *best = NULL;
	size_t best_length = 0;

	for (size_t i = 0; i < mounts->n_mounts; i++) {
		const char *target = mounts->mounts[i].target;
		size_t length = strcmp(target, "/") ? strlen(target) : 0;

		if (strncmp(path, target, length) || path[length] != '/')
			continue;
		if (best && length < best_length)
			continue;
		best = &mounts->mounts[i];
		best_length = length;
	}
	return best;
}

static void add_swap(struct hd_arena *arena, struct hd_mounts *mounts,
		     struct libmnt_fs *fs)
{
	const char *type = mnt_fs_get_swaptype(fs);
	struct hd_swap *swap = hd_append(arena, &mounts->swaps, &mounts->n_swaps,
					 sizeof(*swap));

	swap->source = copy(arena, mnt_fs_get_source(fs));
	swap->is_file = type && !strcmp(type, "file");
	if (swap->is_file)
		swap->on = mount_over(mounts, swap->source);
}

struct table {
	const char *path;
	void (*row)(struct hd_arena *arena, struct hd_mounts *mounts,
		    struct libmnt_fs *fs);
	bool is_optional;	/* another user's file: may be unreadable */
};

static int read_table(struct hd_mounts *mounts, const struct hd_sysroot *root,
		      struct hd_arena *arena, const struct table *table,
		      struct hd_error *err)
{
	const char *text;
	ssize_t length = hd_sysroot_text(root, arena, &text, "%s", table->path);
	int rc;

	if (length == -ENOENT || (length < 0 && table->is_optional))
		return 0;
	if (length < 0)
		return hd_fail(err, (int)length, "cannot read %s: %s", table->path,
			       strerror((int)-length));
	rc = parse(text, (size_t)length, arena, mounts, table->row);
	if (rc < 0)
		return hd_fail(err, rc, "cannot understand %s: %s", table->path,
			       strerror(-rc));
	return 0;
}

int hd_mounts_read(struct hd_mounts *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena, struct hd_error *err)
{
	static const struct table tables[] = {
		{ "proc/self/mountinfo", add_mount, false },
		{ "proc/1/mountinfo", add_init_mount, true },
		{ "proc/swaps", add_swap, false },
	};
	struct hd_mounts mounts = { .n_mounts = 0 };

	for (size_t i = 0; i < HD_ARRAY_SIZE(tables); i++) {
		int rc = read_table(&mounts, root, arena, &tables[i], err);

		if (rc < 0)
			return rc;
	}
	*ret = mounts;
	return 0;
}
