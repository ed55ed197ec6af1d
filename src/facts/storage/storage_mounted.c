/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_mounted.c - filesystems on a block device, and what keeps them mounted.
 *
 * A filesystem is left last: swap files, loop devices and exports on its files,
 * what is mounted below it and the processes that have files open come first.
 */
#include "config.h"

#include <string.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

static void add_swap(struct hd_explain *e, size_t lower, const struct hd_swap *swap,
		     const char *chain, const char *use)
{
	hd_explain_on_top(e, lower, chain, use,
			  hd_printf(e->arena, "swapoff %s", hd_shell_word(e->arena, swap->source)),
			  "proc/swaps");
}

static void explain_swap_files(struct hd_explain *e, const struct hd_link *at,
			       const struct hd_mount *mount)
{
	const struct hd_mounts *mounts = &e->witness->mounts;

	for (size_t i = 0; i < mounts->n_swaps; i++)
		if (mounts->swaps[i].on == mount)
			add_swap(e, at->node, &mounts->swaps[i],
				 hd_explain_chain(e, at->chain, mounts->swaps[i].source),
				 "swap file");
}

void hd_explain_swap(struct hd_explain *e, const struct hd_link *at,
		     const struct hd_block *block, const struct hd_signature *signature)
{
	const struct hd_mounts *mounts = &e->witness->mounts;

	for (size_t i = 0; i < mounts->n_swaps; i++) {
		const struct hd_swap *swap = &mounts->swaps[i];
		bool is_resume;

		if (swap->is_file ||
		    !hd_source_is_block(e->root, e->arena, swap->source, block))
			continue;
		is_resume = hd_names_find(&e->witness->names, e->root, e->arena, block,
					  signature, true);
		if (is_resume)
			e->storage->start = "the host's hibernation target";
		add_swap(e, at->node, swap, at->chain,
			 is_resume ? "swap, the host's hibernation target" : "swap");
	}
}

/* What the host itself stands on. */
static const struct own_mount {
	const char *target, *what;
	bool can_go;		/* it is only needed for the next start */
} own_mounts[] = {
	{ "/", "the host's root filesystem", false },
	{ "/usr", "the host's programs", false },
	{ "/var", "the host's own data", false },
	{ "/boot", "the host's boot filesystem", true },
	{ "/boot/efi", "the host's EFI system partition", true },
	{ "/efi", "the host's EFI system partition", true },
	{ "/boot/firmware", "the host's boot firmware", true },
};

/* Of our mount namespace and the first process's: others have a root of their own. */
static const struct own_mount *own_mount(const struct hd_mount *mount)
{
	for (size_t i = 0; mount->pid <= 1 && i < HD_ARRAY_SIZE(own_mounts); i++)
		if (!strcmp(mount->target, own_mounts[i].target))
			return &own_mounts[i];
	return NULL;
}

static const char *unmount_command(struct hd_explain *e, long pid, const char *option,
				   const char *target)
{
	const char *enter = "";

	if (pid)
		enter = hd_printf(e->arena, "nsenter -t %ld -m ", pid);
	return hd_printf(e->arena, "%sumount %s%s", enter, option,
			 hd_shell_word(e->arena, target));
}

/* The node of one mount, on top of LOWER, with the mounts that lie on it. */
static size_t mount_node(struct hd_explain *e, size_t lower, long pid,
			 const struct hd_submount *mount, int depth)
{
	struct hd_submount *submounts;
	size_t n, before = e->ends.n;
	size_t node = hd_explain_top(e, lower,
				     hd_printf(e->arena, "mount %ld %d", pid, mount->id),
				     unmount_command(e, pid, "", mount->target));

	if (node < before)
		return node;
	n = hd_mounts_on(&submounts, &e->witness->mounts, e->arena, pid, mount->id);
	if (n > HD_MOUNTS_TOLD || (n && depth > HD_CHAIN_MAX_DEPTH)) {
		e->ends.items[node].command =
			unmount_command(e, pid, "--recursive ", mount->target);
		return node;
	}
	for (size_t i = 0; i < n; i++)
		(void)mount_node(e, node, pid, &submounts[i], depth + 1);
	return node;
}

static void explain_files(struct hd_explain *e, const struct hd_link *at,
			  const struct hd_mount *mount)
{
	const struct hd_backings *backings = &e->witness->backings;

	explain_swap_files(e, at, mount);
	for (size_t i = 0; i < backings->n; i++) {
		struct hd_link file = *at;

		if (backings->items[i].on != mount)
			continue;
		file.chain = hd_explain_chain(e, at->chain, backings->items[i].file);
		hd_explain_backing(e, &file, &backings->items[i]);
	}
}

static const char *mounted(struct hd_explain *e, const struct hd_mount *mount,
			   const struct own_mount *own)
{
	if (own)
		return hd_printf(e->arena, "mounted, %s", own->what);
	if (mount->pid <= 1)
		return "mounted";
	return hd_printf(e->arena, "mounted in the mount namespace of process %ld",
			 mount->pid);
}

static void note_own(struct hd_explain *e, const struct own_mount *own)
{
	if (!own->can_go)
		e->storage->essential = own->what;
	else
		e->storage->start = own->what;
}

static const char *kill_command(struct hd_explain *e, const struct hd_keeper *keeper)
{
	return hd_printf(e->arena, "kill %s%ld", keeper->ignores_term ? "-KILL " : "",
			 keeper->pid);
}

static bool is_of(const struct hd_keeper *keeper, const struct hd_mount *mount)
{
	return mount && keeper->mount_id == (uint64_t)mount->id;
}

/* Processes on MOUNT, or (NULL) on a filesystem of BLOCK that is mounted nowhere. */
static void explain_keepers(struct hd_explain *e, const struct hd_link *at,
			    const struct hd_block *block, const struct hd_mount *mount)
{
	const struct hd_keepers *keepers = &e->witness->keepers;
	dev_t dev = makedev(block->major, block->minor);

	for (size_t i = 0; i < keepers->n; i++) {
		const struct hd_keeper *keeper = &keepers->items[i];
		const char *command = kill_command(e, keeper);
		size_t before = e->ends.n;

		if (!is_of(keeper, mount) && (!block->major || keeper->dev != dev))
			continue;
		if (hd_explain_top(e, at->node, command, command) < before)
			continue;
		hd_explain_add(e, hd_printf(e->arena, "%s -> %s (pid %ld)", at->chain,
					    keeper->command, keeper->pid),
			       mount ? "has files there"
				     : "keeps a filesystem that is no longer mounted anywhere",
			       command, hd_printf(e->arena, "proc/%ld", keeper->pid));
	}
}

void hd_explain_mount(struct hd_explain *e, const struct hd_link *below,
		      const struct hd_block *block, const struct hd_mount *mount)
{
	const struct own_mount *own = own_mount(mount);
	struct hd_link at = {
		.chain = hd_explain_chain(e, below->chain, mount->target),
		.depth = below->depth + 1,
	};

	at.node = mount_node(e, below->node, mount->pid,
			     &(struct hd_submount){ mount->id, mount->target }, 0);
	hd_push(e->arena, &e->witness->met.ids, &e->witness->met.n_ids, mount->id);
	if (own)
		note_own(e, own);
	if (own && !own->can_go)
		e->ends.items[at.node].command = "";
	explain_files(e, &at, mount);
	explain_keepers(e, &at, block, mount);
	hd_explain_add(e, at.chain, mounted(e, mount, own), e->ends.items[at.node].command,
		       mount->pid ? hd_printf(e->arena, "proc/%ld/mountinfo", mount->pid)
				  : "proc/self/mountinfo");
}

static void explain_more(struct hd_explain *e, const struct hd_link *at,
			 const struct hd_block *block, size_t n)
{
	const char *node = hd_shell_word(e->arena, hd_block_node(e->arena, block->name));

	hd_explain_on_top(e, at->node, hd_printf(e->arena, "%s -> %zu more places", at->chain, n),
			  "mounted", hd_printf(e->arena, "umount --all-targets %s", node),
			  "proc/self/mountinfo");
}

void hd_explain_mounts(struct hd_explain *e, const struct hd_link *at,
		       const struct hd_block *block)
{
	const struct hd_mounts *mounts = &e->witness->mounts;
	size_t n = 0;

	for (size_t i = 0; i < mounts->n_mounts; i++) {
		const struct hd_mount *mount = &mounts->mounts[i];

		if (hd_mount_is_of_block(e->root, e->arena, mount, block) &&
		    ++n <= HD_MOUNTS_TOLD)
			hd_explain_mount(e, at, block, mount);
	}
	if (n > HD_MOUNTS_TOLD)
		explain_more(e, at, block, n - HD_MOUNTS_TOLD);
	if (!n)
		explain_keepers(e, at, block, NULL);
}

static bool is_of_pool(const struct hd_mount *mount, const char *pool)
{
	size_t length = strlen(pool);

	return !strcmp(mount->fstype, "zfs") && !strncmp(mount->source, pool, length) &&
	       (!mount->source[length] || mount->source[length] == '/');
}

/* "zpool export" unmounts them itself. */
static void explain_datasets(struct hd_explain *e, const char *chain, const char *pool)
{
	const struct hd_mounts *mounts = &e->witness->mounts;
	size_t n = 0;

	for (size_t i = 0; i < mounts->n_mounts; i++) {
		const struct hd_mount *mount = &mounts->mounts[i];
		const struct own_mount *own = own_mount(mount);

		if (!is_of_pool(mount, pool))
			continue;
		if (own)
			note_own(e, own);
		if (++n <= HD_MOUNTS_TOLD)
			hd_explain_add(e, hd_explain_chain(e, chain, mount->target),
				       mounted(e, mount, own), "", "proc/self/mountinfo");
	}
}

void hd_explain_pool(struct hd_explain *e, const struct hd_link *at,
		     const struct hd_signature *signature)
{
	const char *pool = signature->label, *chain, *command;

	if (!signature->type || strcmp(signature->type, "zfs_member") || !pool ||
	    !hd_text_is_component(pool) ||
	    !hd_sysroot_has(e->root, "proc/spl/kstat/zfs/%s", pool))
		return;
	chain = hd_explain_chain(e, at->chain, hd_printf(e->arena, "pool %s", pool));
	command = hd_printf(e->arena, "zpool export %s", hd_shell_word(e->arena, pool));
	(void)hd_explain_top(e, at->node, command, command);
	explain_datasets(e, chain, pool);
	hd_explain_add(e, chain, "held by ZFS", command, signature->source);
}
