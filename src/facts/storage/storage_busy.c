/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_busy.c - the kernel says that a disk is in use: by whom, in all namespaces?
 *
 * A mount may be there in another mount namespace only: a container, or a
 * service with a private one that was started before the disk was unmounted.
 * And a filesystem that was unmounted lazily lives on, mounted nowhere, while
 * processes have files on it.  Looking for both is slow: done for a refusal only.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

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

	if (!hd_text_u64(pid, &number) || number > INT32_MAX || !number ||
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

static bool is_any_busy(const struct hd_storage *storage)
{
	for (size_t i = 0; i < storage->n_disks; i++)
		if (storage->disks[i].claim == HD_CLAIM_BUSY)
			return true;
	return false;
}

static void explain(struct hd_storage *storage, const struct hd_sysroot *root,
		    struct hd_arena *arena)
{
	struct hd_blocks blocks = { .n = 0 };
	struct hd_witness witness = { .root = root, .arena = arena, .blocks = &blocks };
	struct hd_error err;

	for (size_t i = 0; i < storage->n_disks; i++)
		hd_block_named(hd_append(arena, &blocks.items, &blocks.n,
					 sizeof(*blocks.items)),
			       root, arena, storage->disks[i].name);
	/* They could be read a moment ago; without them there are those of the processes. */
	(void)!hd_mounts_read(&witness.mounts, root, arena, &err);
	read_all(&witness.mounts, root, arena);
	hd_backings_read(&witness.backings, root, arena, &witness.mounts);
	hd_names_read(&witness.names, root, arena);
	hd_storage_explain(storage, &witness);
	hd_keepers_read(&witness.keepers, root, arena, &witness.met);
	if (witness.keepers.n)
		hd_storage_explain(storage, &witness);
}

/* The kernel has said that it is in use: what may not be looked into takes nothing from that. */
void hd_storage_explain_busy(struct hd_storage *storage, const struct hd_sysroot *root,
			     struct hd_arena *arena)
{
	struct hd_sysroot_trouble before;

	if (!is_any_busy(storage))
		return;
	before = hd_sysroot_watch(root);
	explain(storage, root, arena);
	(void)hd_sysroot_unwatch(root, &before);
}
