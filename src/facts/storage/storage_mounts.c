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
#include "facts/host/mount_table.h"
#include "facts/storage/storage_internal.h"

#define OWN_MOUNTS "proc/self/mountinfo"
#define INIT_MOUNTS "proc/1/mountinfo"
#define SWAPS "proc/swaps"

/* One table on its way into *mounts. */
struct reader {
	struct hd_mounts *mounts;
	struct hd_arena *arena;
	long pid;		/* whose mounts these are; 0: ours */
};

static const char *copy(struct hd_arena *arena, const char *text)
{
	return hd_strdup(arena, text ? text : "");
}

/* Does a mount of ours end it as well, when it is unmounted? */
static bool is_covered(const struct hd_mounts *mounts, const struct hd_mount *mount)
{
	for (size_t i = 0; i < mounts->n_mounts; i++)
		if (hd_mount_ends_with(mounts, &mounts->mounts[i], mount))
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
	       (source && (hd_text_starts_with(source, "/dev/") ||
			   mnt_fs_match_fstype(fs, "zfs")));
}

static struct hd_mount as_mount(struct hd_arena *arena, struct libmnt_fs *fs)
{
	return (struct hd_mount){
		.dev = mnt_fs_get_devno(fs),
		.source = copy(arena, mnt_fs_get_source(fs)),
		.target = copy(arena, mnt_fs_get_target(fs)),
		.fstype = copy(arena, mnt_fs_get_fstype(fs)),
		.id = mnt_fs_get_id(fs),
		.parent = mnt_fs_get_parent_id(fs),
	};
}

static void add_mount(void *data, struct libmnt_fs *fs)
{
	struct reader *reader = data;
	struct hd_mounts *mounts = reader->mounts;
	struct hd_mount mount;

	if (!is_of_interest(fs))
		return;
	mount = as_mount(reader->arena, fs);
	mount.pid = reader->pid;
	if (!mount.pid || !is_covered(mounts, &mount))
		*(struct hd_mount *)hd_append(reader->arena, &mounts->mounts,
					      &mounts->n_mounts, sizeof(mount)) = mount;
}

static void add_swap(void *data, struct libmnt_fs *fs)
{
	struct reader *reader = data;
	const char *type = mnt_fs_get_swaptype(fs);
	struct hd_mounts *mounts = reader->mounts;
	struct hd_swap *swap = hd_append(reader->arena, &mounts->swaps, &mounts->n_swaps,
					 sizeof(*swap));

	swap->source = copy(reader->arena, mnt_fs_get_source(fs));
	swap->is_file = type && !strcmp(type, "file");
	if (swap->is_file)
		swap->on = hd_mount_over(mounts, reader->arena, swap->source);
}

/*
 * Most lines of a host with containers are on no device (tmpfs, overlay): they
 * are dropped before libmount takes each apart.
 */
static bool can_be_on_disk(const char *line)
{
	for (int i = 0; i < 2 && *line; i++) {
		line += strcspn(line, " ");
		line += *line == ' ';
	}
	return !hd_text_starts_with(line, "0:") || strstr(line, " - btrfs ") ||
	       strstr(line, " - bcachefs ") || strstr(line, " - zfs ");
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
	ssize_t length = hd_sysroot_text(root, arena, &text, "%s", path);

	if (length < 0)
		return (int)length;
	if (*last && !strcmp(*last, text))
		return 0;
	*last = text;
	*(struct hd_mount_table *)hd_append(arena, &mounts->tables, &mounts->n_tables,
					    sizeof(struct hd_mount_table)) =
		(struct hd_mount_table){ pid, text };
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
		   struct hd_arena *arena, struct hd_error *err)
{
	struct hd_mounts mounts = { .n_mounts = 0 };
	const char *last = NULL;
	int rc = hd_mounts_add(&mounts, root, arena, OWN_MOUNTS, 0, &last);

	/* Every process of a running host has it. */
	if (rc < 0 && (rc != -ENOENT || root->is_live))
		return hd_fail(err, rc, "cannot read %s: %s", OWN_MOUNTS, strerror(-rc));
	/* Another user's file: an administrator without root may not read it. */
	(void)hd_mounts_add(&mounts, root, arena, INIT_MOUNTS, 1, &last);
	rc = add_swaps(&mounts, root, arena);
	if (rc < 0 && rc != -ENOENT)
		return hd_fail(err, rc, "cannot read %s: %s", SWAPS, strerror(-rc));
	*ret = mounts;
	return 0;
}
