/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_match.c - is a mount or a swap on this block device?
 *
 * Device numbers decide.  btrfs and bcachefs have anonymous ones and may span
 * devices: they are told by their source and by sys/fs/btrfs/UUID/devices.
 */
#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

#define BTRFS "sys/fs/btrfs"

/* A node under another name; only on this host, where nodes have device numbers. */
static bool has_number_of(const struct hd_sysroot *root, const char *source,
			  const struct hd_block *block)
{
	struct stat st;

	if (!root->is_live || !block->major || !hd_text_starts_with(source, "/dev/"))
		return false;
	if (hd_sysroot_stat(root, &st, "%s", source + 1) < 0)
		return false;
	return S_ISBLK(st.st_mode) && st.st_rdev == makedev(block->major, block->minor);
}

bool hd_source_is_block(const struct hd_sysroot *root, struct hd_arena *arena,
			const char *source, const struct hd_block *block)
{
	const char *alias;

	if (!strcmp(source, hd_block_node(arena, block->name)))
		return true;
	if (block->path && hd_text_starts_with(source, "/dev/mapper/") &&
	    hd_sysroot_text(root, arena, &alias, "%s/dm/name", block->path) > 0 &&
	    !strcmp(source + strlen("/dev/mapper/"), alias))
		return true;
	return has_number_of(root, source, block);
}

/* bcachefs names all its devices: "/dev/sda:/dev/sdb". */
static bool one_source_is_block(const struct hd_sysroot *root, struct hd_arena *arena,
				const char *sources, const struct hd_block *block)
{
	while (*sources) {
		size_t length = strcspn(sources, ":");
		const char *source = hd_strndup(arena, sources, length);

		if (hd_source_is_block(root, arena, source, block))
			return true;
		sources += length + (sources[length] == ':');
	}
	return false;
}

static bool is_member(const struct hd_sysroot *root, struct hd_arena *arena,
		      const char *uuid, const char *source)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, BTRFS "/%s/devices", uuid);

	for (ssize_t i = 0; i < n; i++) {
		struct hd_block member;

		hd_block_named(&member, root, arena, names[i]);
		if (hd_source_is_block(root, arena, source, &member))
			return true;
	}
	return false;
}

/* Is SOURCE another device of the btrfs that has BLOCK? */
static bool shares_btrfs(const struct hd_sysroot *root, struct hd_arena *arena,
			 const char *source, const struct hd_block *block)
{
	const char *const *uuids;
	ssize_t n = hd_sysroot_names(root, arena, &uuids, BTRFS);

	for (ssize_t i = 0; i < n; i++)
		if (hd_sysroot_has(root, BTRFS "/%s/devices/%s", uuids[i], block->name) &&
		    is_member(root, arena, uuids[i], source))
			return true;
	return false;
}

/* Whose source a user can choose (FUSE) is not asked: only these have none better. */
bool hd_mount_is_of_block(const struct hd_sysroot *root, struct hd_arena *arena,
			  const struct hd_mount *mount, const struct hd_block *block)
{
	if (major(mount->dev))
		return mount->dev == makedev(block->major, block->minor);
	if (!strcmp(mount->fstype, "bcachefs"))
		return one_source_is_block(root, arena, mount->source, block);
	if (strcmp(mount->fstype, "btrfs"))
		return false;
	return hd_source_is_block(root, arena, mount->source, block) ||
	       shares_btrfs(root, arena, mount->source, block);
}
