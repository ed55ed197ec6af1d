/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_uses.c - who uses a disk, explained from the disk to the end of each chain.
 *
 * A disk carries partitions; each may be mounted, be swap, or be held by a
 * device on top of it (device-mapper, md, bcache, loop), which again may carry
 * anything.  Uses are listed end first: the order in which an administrator
 * undoes them.
 */
#include "config.h"

#include <string.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "facts/storage_internal.h"

#define BLOCKS "sys/block"
#define MAX_DEPTH 16
#define MAX_BLOCKS 1024
#define MAX_MOUNTS 16		/* per block device; containers bind one many times */
#define MAX_TARGET 200

struct explain {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_mounts *mounts;
	struct hd_disk *disk;
	const char *const *loops;	/* names of all loop devices */
	const char **loop_files;	/* and their backing files, or NULL */
	size_t n_loops;
	const char **seen;		/* names of the block devices that were visited */
	size_t n_seen;
};

static void explain_block(struct explain *e, const struct hd_block *block,
			  const char *chain, int depth);

static void add_use(struct explain *e, const char *chain, const char *use,
		    const char *remedy)
{
	*(struct hd_disk_use *)hd_append(e->arena, &e->disk->uses, &e->disk->n_uses,
					 sizeof(struct hd_disk_use)) =
		(struct hd_disk_use){ .chain = chain, .use = use, .remedy = remedy };
}

static bool was_seen(const struct explain *e, const char *name)
{
	for (size_t i = 0; i < e->n_seen; i++)
		if (!strcmp(e->seen[i], name))
			return true;
	return false;
}

/* Reads the loop devices once; most hosts have none and a kernel has at most a few. */
static void read_loops(struct explain *e)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(e->root, e->arena, &names, BLOCKS);

	for (ssize_t i = 0; i < n; i++) {
		const char *file;
		size_t n_files = e->n_loops;

		if (!hd_text_starts_with(names[i], "loop") ||
		    hd_sysroot_text(e->root, e->arena, &file,
				    BLOCKS "/%s/loop/backing_file", names[i]) <= 0)
			continue;
		*(const char **)hd_append(e->arena, &e->loops, &e->n_loops,
					  sizeof(*e->loops)) = names[i];
		*(const char **)hd_append(e->arena, &e->loop_files, &n_files,
					  sizeof(*e->loop_files)) = file;
	}
}

static const char *longer(struct explain *e, const char *chain,
			  const struct hd_block *block)
{
	return hd_printf(e->arena, "%s -> %s", chain,
			 hd_block_label(e->root, e->arena, block));
}

static void explain_partitions(struct explain *e, const struct hd_block *block,
			       const char *chain, int depth)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(e->root, e->arena, &names, "%s", block->path);

	for (ssize_t i = 0; i < n; i++) {
		struct hd_block part;
		const char *path;

		if (!hd_text_starts_with(names[i], block->name))
			continue;
		path = hd_printf(e->arena, "%s/%s", block->path, names[i]);
		if (!hd_sysroot_has(e->root, "%s/partition", path))
			continue;
		hd_block_at(&part, e->root, e->arena, names[i], path);
		explain_block(e, &part, longer(e, chain, &part), depth + 1);
	}
}

/* Held by the block device NAME: first what is on that one, then the hold. */
static void explain_hold(struct explain *e, const char *name, const char *chain,
			 int depth)
{
	struct hd_block holder;

	hd_block_named(&holder, e->root, e->arena, name);
	explain_block(e, &holder, longer(e, chain, &holder), depth + 1);
	add_use(e, chain,
		hd_printf(e->arena, "held by %s",
			  hd_block_label(e->root, e->arena, &holder)),
		hd_block_stop_command(e->root, e->arena, &holder));
}

static void explain_holders(struct explain *e, const struct hd_block *block,
			    const char *chain, int depth)
{
	const char *const *names;
	ssize_t n = hd_sysroot_names(e->root, e->arena, &names, "%s/holders",
				     block->path);

	for (ssize_t i = 0; i < n; i++)
		explain_hold(e, names[i], chain, depth);
	for (size_t i = 0; i < e->n_loops; i++)
		if (hd_source_is_block(e->root, e->arena, e->loop_files[i], block))
			explain_hold(e, e->loops[i], chain, depth);
}

static const char *unmount_command(struct explain *e, const struct hd_mount *mount)
{
	static const char *const own[] = {
		"/", "/usr", "/var", "/boot", "/boot/efi", "/boot/firmware", "/efi",
	};
	const char *target;

	for (size_t i = 0; i < HD_ARRAY_SIZE(own); i++)
		if (mount->pid <= 1 && !strcmp(mount->target, own[i]))
			return "choose another device: the host runs from this one";
	target = hd_shell_word(e->arena, mount->target);
	if (!mount->pid)
		return hd_printf(e->arena, "umount %s", target);
	return hd_printf(e->arena, "nsenter -t %ld -m umount %s", mount->pid, target);
}

static const char *swap_command(struct explain *e, const struct hd_swap *swap)
{
	return hd_printf(e->arena, "swapoff %s", hd_shell_word(e->arena, swap->source));
}

/* "WORD TEXT", TEXT being somebody else's. */
static const char *say(struct explain *e, const char *word, const char *text)
{
	return hd_printf(e->arena, "%s %s", word,
			 hd_text_printable(e->arena, text, MAX_TARGET));
}

static const char *mounted_on(struct explain *e, const struct hd_mount *mount)
{
	const char *use = say(e, "mounted on", mount->target);

	if (mount->pid <= 1)
		return use;
	return hd_printf(e->arena, "%s in the mount namespace of process %ld", use,
			 mount->pid);
}

static void explain_swap_files(struct explain *e, const struct hd_mount *mount,
			       const char *chain)
{
	for (size_t i = 0; i < e->mounts->n_swaps; i++) {
		const struct hd_swap *swap = &e->mounts->swaps[i];

		if (swap->on == mount)
			add_use(e, chain, say(e, "swap file", swap->source),
				swap_command(e, swap));
	}
}

static void explain_mounts(struct explain *e, const struct hd_block *block,
			   const char *chain)
{
	size_t n = 0;

	for (size_t i = 0; i < e->mounts->n_mounts; i++) {
		const struct hd_mount *mount = &e->mounts->mounts[i];

		if (!hd_mount_is_of_block(e->root, e->arena, mount, block))
			continue;
		explain_swap_files(e, mount, chain);
		if (++n <= MAX_MOUNTS)
			add_use(e, chain, mounted_on(e, mount),
				unmount_command(e, mount));
	}
	if (n > MAX_MOUNTS)
		add_use(e, chain,
			hd_printf(e->arena, "mounted in %zu more places", n - MAX_MOUNTS),
			hd_printf(e->arena, "findmnt --source /dev/%s", block->name));
}

static void explain_swap(struct explain *e, const struct hd_block *block,
			 const char *chain)
{
	for (size_t i = 0; i < e->mounts->n_swaps; i++) {
		const struct hd_swap *swap = &e->mounts->swaps[i];

		if (!swap->is_file &&
		    hd_source_is_block(e->root, e->arena, swap->source, block))
			add_use(e, chain, "swap", swap_command(e, swap));
	}
}

/* A device that two chains reach (an array over two partitions) is explained once. */
static void explain_block(struct explain *e, const struct hd_block *block,
			  const char *chain, int depth)
{
	if (was_seen(e, block->name))
		return;
	if (depth > MAX_DEPTH || e->n_seen >= MAX_BLOCKS) {
		add_use(e, chain, "carries more devices than can be listed",
			hd_printf(e->arena, "lsblk /dev/%s", e->disk->name));
		return;
	}
	*(const char **)hd_append(e->arena, &e->seen, &e->n_seen, sizeof(*e->seen)) =
		block->name;
	if (block->path) {
		explain_partitions(e, block, chain, depth);
		explain_holders(e, block, chain, depth);
	}
	explain_swap(e, block, chain);
	explain_mounts(e, block, chain);
}

void hd_disk_explain(struct hd_disk *disk, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_block *block,
		     const struct hd_mounts *mounts)
{
	struct explain e = {
		.root = root, .arena = arena, .mounts = mounts, .disk = disk,
	};

	read_loops(&e);
	explain_block(&e, block, hd_block_label(root, arena, block), 0);
}
