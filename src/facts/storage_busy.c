/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_busy.c - the kernel says that a disk is in use, and our tables do not: by whom?
 *
 * Mostly a mount that only another mount namespace still has: a container, or a
 * service with a private one that was started before the disk was unmounted.
 * Reading the mounts of every namespace is slow, so it is done for a refusal only.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/storage_internal.h"

#define MAX_NAMESPACES 1024

struct namespaces {
	const char **seen;	/* "mnt:[4026531841]" */
	size_t n;
};

static bool is_new(struct namespaces *namespaces, struct hd_arena *arena,
		   const char *name)
{
	for (size_t i = 0; i < namespaces->n; i++)
		if (!strcmp(namespaces->seen[i], name))
			return false;
	if (namespaces->n >= MAX_NAMESPACES)
		return false;
	*(const char **)hd_append(arena, &namespaces->seen, &namespaces->n,
				  sizeof(name)) = name;
	return true;
}

static void read_process(struct hd_mounts *mounts, struct namespaces *namespaces,
			 const struct hd_sysroot *root, struct hd_arena *arena,
			 const char *pid)
{
	const char *name, *last = NULL;
	uint64_t number;

	if (!hd_text_u64(pid, &number) || number > INT32_MAX ||
	    hd_sysroot_link(root, arena, &name, "proc/%s/ns/mnt", pid) < 0 ||
	    !is_new(namespaces, arena, name))
		return;
	/* A process that ends meanwhile adds nothing. */
	(void)hd_mounts_add(mounts, root, arena,
			    hd_printf(arena, "proc/%s/mountinfo", pid), (long)number,
			    &last);
}

static void read_all(struct hd_mounts *mounts, const struct hd_sysroot *root,
		     struct hd_arena *arena)
{
	struct namespaces namespaces = { .n = 0 };
	const char *const *names;
	ssize_t n = hd_sysroot_names(root, arena, &names, "proc");

	for (ssize_t i = 0; i < n; i++)
		read_process(mounts, &namespaces, root, arena, names[i]);
}

void hd_storage_explain_busy(struct hd_storage *storage, const struct hd_sysroot *root,
			     struct hd_arena *arena)
{
	struct hd_mounts mounts = { .n_mounts = 0 };
	struct hd_block block;
	bool is_read = false;

	for (size_t i = 0; i < storage->n_disks; i++) {
		struct hd_disk *disk = &storage->disks[i];

		if (disk->claim != HD_CLAIM_BUSY || disk->n_uses)
			continue;
		if (!is_read)
			read_all(&mounts, root, arena);
		is_read = true;
		hd_block_named(&block, root, arena, disk->name);
		hd_disk_explain(disk, root, arena, &block, &mounts);
	}
}
