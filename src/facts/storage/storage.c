/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage.c - the disks behind a PCI function, with their uses. */
#include "config.h"

#include <string.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "facts/storage/storage_internal.h"

/*
 * In which order must everything that stands on a disk be ended?
 *
 * Nodes are what can be ended by a command; an edge says that one stands on the
 * other.  What stands on top goes first.  Block devices with the same command
 * (the volumes of one group) are ended together, after all that stands on any
 * of them.
 */

static size_t end_of(struct hd_ends *ends, struct hd_arena *arena, const char *key,
			bool *ret_is_new)
{
	struct hd_end *added;

	*ret_is_new = false;
	for (size_t i = 0; i < ends->n; i++)
		if (!strcmp(ends->items[i].key, key))
			return i;
	*ret_is_new = true;
	added = hd_append(arena, &ends->items, &ends->n, sizeof(*added));
	added->key = key;
	return ends->n - 1;
}

static void stack_end(struct hd_ends *ends, struct hd_arena *arena, size_t lower,
		       size_t upper)
{
	struct hd_end *end = &ends->items[lower];

	hd_push(arena, &end->uppers, &end->n_uppers, upper);
}

struct list {
	struct hd_ends *ends;
	struct hd_arena *arena;
	const char **commands;
	size_t n;
};

static void list_end(struct list *list, size_t index);

static void list_uppers(struct list *list, const struct hd_end *end)
{
	for (size_t i = 0; i < end->n_uppers; i++)
		list_end(list, end->uppers[i]);
}

static bool is_same_group(const struct hd_end *a, const struct hd_end *b)
{
	return a == b || (a->is_group && b->is_group && a->command && b->command &&
			  !strcmp(a->command, b->command));
}

/* The mark that is set first ends circles, which a broken sysfs could have. */
static void list_end(struct list *list, size_t index)
{
	struct hd_end *end = &list->ends->items[index];

	if (end->is_listed)
		return;
	for (size_t i = 0; i < list->ends->n; i++)
		if (is_same_group(end, &list->ends->items[i]))
			list->ends->items[i].is_listed = true;
	for (size_t i = 0; i < list->ends->n; i++)
		if (is_same_group(end, &list->ends->items[i]))
			list_uppers(list, &list->ends->items[i]);
	if (end->command && *end->command)
		hd_push(list->arena, &list->commands, &list->n, end->command);
}

/* All commands in an order that works, each once; once only for each struct. */
static size_t list_ends(struct hd_ends *ends, struct hd_arena *arena,
			const char *const **ret)
{
	struct list list = { .ends = ends, .arena = arena };

	for (size_t i = 0; i < ends->n; i++)
		list_end(&list, i);
	*ret = list.commands;
	return list.n;
}

/*
 * Who uses a disk, explained from the disk to the end of each chain.
 *
 * A disk carries partitions; each may be mounted, be swap, or be held by a
 * device on top of it (device-mapper, md, bcache, loop), which again may carry
 * anything.  Uses are listed end first: the order in which an administrator
 * undoes them.
 */

static size_t explain_block(struct hd_explain *e, const struct hd_block *block,
			    const char *chain, int depth);

size_t hd_explain_bottom(struct hd_explain *e, const char *name)
{
	bool is_new;

	return end_of(&e->ends, e->arena, name, &is_new);
}

void hd_explain_end(struct hd_explain *e)
{
	e->storage->n_commands = list_ends(&e->ends, e->arena, &e->storage->commands);
}

void hd_explain_add(struct hd_explain *e, const char *chain, const char *use,
		    const char *remedy, const char *source)
{
	hd_push(e->arena, &e->disk->uses, &e->disk->n_uses,
		(struct hd_disk_use){ chain, use, remedy, source });
}

void hd_explain_on_top(struct hd_explain *e, size_t lower, const char *chain, const char *use,
		       const char *command, const char *source)
{
	(void)hd_explain_top(e, lower, command, command);
	hd_explain_add(e, chain, use, command, source);
}

const char *hd_explain_chain(struct hd_explain *e, const char *chain, const char *text)
{
	return hd_printf(e->arena, "%s -> %s", chain,
			 hd_text_printable(e->arena, text, HD_CHAIN_MAX_TEXT));
}

size_t hd_explain_top(struct hd_explain *e, size_t lower, const char *key,
		      const char *command)
{
	bool is_new;
	size_t node = end_of(&e->ends, e->arena, key, &is_new);

	if (is_new)
		e->ends.items[node].command = command;
	stack_end(&e->ends, e->arena, lower, node);
	return node;
}

static const char *longer(struct hd_explain *e, const char *chain,
			  const struct hd_block *block)
{
	return hd_printf(e->arena, "%s -> %s", chain,
			 hd_block_label(e->root, e->arena, block));
}

static void explain_partitions(struct hd_explain *e, const struct hd_link *at,
			       const struct hd_block *block)
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
		stack_end(&e->ends, e->arena, at->node,
			   explain_block(e, &part, longer(e, at->chain, &part),
					 at->depth + 1));
	}
}

/* A loop device that clears itself goes with what is on it (losetup(8), autoclear). */
static bool clears_itself(struct hd_explain *e, const struct hd_block *holder, size_t node)
{
	uint64_t autoclear = 0;

	return holder->path && e->ends.items[node].n_uppers &&
	       hd_sysroot_u64(e->root, &autoclear, "%s/loop/autoclear", holder->path) == 0 &&
	       autoclear;
}

/* Held by the block device NAME: first what is on that one, then the hold. */
static void explain_hold(struct hd_explain *e, const struct hd_link *below,
			 const char *name, const char *source)
{
	struct hd_block holder;
	const char *chain, *command;
	size_t node;

	hd_block_named(&holder, e->root, e->arena, name);
	chain = longer(e, below->chain, &holder);
	node = explain_block(e, &holder, chain, below->depth + 1);
	stack_end(&e->ends, e->arena, below->node, node);
	command = hd_block_stop_command(e->root, e->arena, &holder);
	if (clears_itself(e, &holder, node))
		command = "";
	e->ends.items[node].command = command;
	e->ends.items[node].is_group = true;
	hd_explain_add(e, chain,
		       hd_printf(e->arena, "held by %s", hd_block_kind(e->root, e->arena, &holder)),
		       command, source);
}

void hd_explain_backing(struct hd_explain *e, const struct hd_link *below,
			const struct hd_backing *backing)
{
	if (backing->name) {
		explain_hold(e, below, backing->name, backing->source);
		return;
	}
	hd_explain_on_top(e, below->node, hd_explain_chain(e, below->chain, backing->label),
			  backing->use, backing->command, backing->source);
}

/*
 * A bcache has no partition of its own below: a cache is taken out of its set, a
 * backing device that has not become a disk yet is stopped
 * (Linux Documentation/admin-guide/bcache.rst).  False: not of these.
 */
static bool explain_cache(struct hd_explain *e, const struct hd_link *at,
			  const struct hd_block *block, bool has_holders)
{
	const char *path = hd_printf(e->arena, "%s/bcache", block->path), *set;
	bool is_cache = hd_sysroot_link_base(e->root, e->arena, &set, "%s/set", path) == 0;

	if (!is_cache && (has_holders || !hd_sysroot_has(e->root, "%s/stop", path)))
		return false;
	if (is_cache)
		hd_explain_on_top(e, at->node, at->chain,
				  hd_printf(e->arena, "the cache of bcache set %s",
					    hd_text_printable(e->arena, set, HD_CHAIN_MAX_TEXT)),
				  hd_printf(e->arena, "echo 1 > /sys/fs/bcache/%s/unregister",
					    hd_shell_word(e->arena, set)), path);
	else
		hd_explain_on_top(e, at->node, at->chain, "registered with bcache",
				  hd_printf(e->arena, "echo 1 > /sys/class/block/%s/bcache/stop",
					    hd_shell_word(e->arena, block->name)), path);
	return is_cache;
}

static void explain_holders(struct hd_explain *e, const struct hd_link *at,
			    const struct hd_block *block)
{
	const struct hd_backings *backings = &e->witness->backings;
	const char *source = hd_printf(e->arena, "sys/class/block/%s/holders", block->name);
	const char *const *names;
	ssize_t n = hd_sysroot_names(e->root, e->arena, &names, "%s/holders", block->path);

	if (!explain_cache(e, at, block, n > 0))
		for (ssize_t i = 0; i < n; i++)
			explain_hold(e, at, names[i], source);
	for (size_t i = 0; i < backings->n; i++)
		if (hd_source_is_block(e->root, e->arena, backings->items[i].file, block))
			hd_explain_backing(e, at, &backings->items[i]);
}

static void note_number(struct hd_explain *e, const struct hd_block *block)
{
	struct hd_filesystems *met = &e->witness->met;

	if (block->major)
		hd_push(e->arena, &met->devs, &met->n_devs, makedev(block->major, block->minor));
}

static void explain_content(struct hd_explain *e, const struct hd_link *at,
			    const struct hd_block *block)
{
	struct hd_signature signature;

	if (block->path) {
		explain_partitions(e, at, block);
		explain_holders(e, at, block);
	}
	hd_signature_read(&signature, e->root, e->arena, block);
	hd_explain_pool(e, at, &signature);
	hd_explain_swap(e, at, block, &signature);
	hd_explain_mounts(e, at, block);
	if (!e->ends.items[at->node].n_uppers)
		hd_explain_sleeping(e, at->chain, block, &signature);
}

/*
 * A device that two chains reach (an array over two partitions) is explained
 * once.  Returns its node.
 */
static size_t explain_block(struct hd_explain *e, const struct hd_block *block,
			    const char *chain, int depth)
{
	struct hd_link at = { .chain = chain, .depth = depth };
	bool is_new;

	at.node = end_of(&e->ends, e->arena, block->name, &is_new);
	if (!is_new)
		return at.node;
	if (depth > HD_CHAIN_MAX_DEPTH || e->ends.n > HD_CHAIN_MAX_NODES) {
		hd_explain_add(e, chain, "carries more devices than can be listed", NULL,
			       "sys/class/block");
		return at.node;
	}
	note_number(e, block);
	explain_content(e, &at, block);
	return at.node;
}

/*
 * An array of firmware RAID stands on its container, though sysfs shows both as
 * holders of the disk ("external:/md127/0", Linux drivers/md/md.c metadata_show).
 */
static void stack_on_container(struct hd_explain *e, size_t array)
{
	static const char start[] = "external:/";
	const char *text;

	if (!hd_text_starts_with(e->ends.items[array].key, "md") ||
	    hd_sysroot_text(e->root, e->arena, &text, "sys/class/block/%s/md/metadata_version",
			    e->ends.items[array].key) <= 0 ||
	    !hd_text_starts_with(text, start))
		return;
	text += strlen(start);
	text = hd_strndup(e->arena, text, strcspn(text, "/"));
	for (size_t i = 0; i < e->ends.n; i++)
		if (!strcmp(e->ends.items[i].key, text))
			stack_end(&e->ends, e->arena, i, array);
}

void hd_storage_explain(struct hd_storage *storage, struct hd_witness *witness)
{
	struct hd_explain e = {
		.witness = witness,
		.root = witness->root,
		.arena = witness->arena,
		.storage = storage,
	};

	storage->essential = storage->start = NULL;
	for (size_t i = 0; i < storage->n_disks && i < witness->blocks->n; i++) {
		const struct hd_block *block = &witness->blocks->items[i];

		e.disk = &storage->disks[i];
		e.disk->uses = NULL;
		e.disk->n_uses = 0;
		e.disk->sleeping = NULL;
		e.disk->n_sleeping = 0;
		(void)explain_block(&e, block, hd_block_label(e.root, e.arena, block), 0);
	}
	for (size_t i = 0; i < e.ends.n; i++)
		stack_on_container(&e, i);
	hd_explain_groups(&e);
	hd_explain_end(&e);
}

static void add_disks(struct hd_storage *storage, struct hd_arena *arena,
		      const struct hd_blocks *blocks)
{
	for (size_t i = 0; i < blocks->n; i++) {
		struct hd_disk *disk = hd_append(arena, &storage->disks, &storage->n_disks,
						 sizeof(*disk));

		disk->name = blocks->items[i].name;
		disk->major = blocks->items[i].major;
		disk->minor = blocks->items[i].minor;
		disk->claim_fd = -1;
	}
}

struct hd_storage_tables {
	struct hd_mounts mounts;
	struct hd_backings backings;
	struct hd_names names;
	struct hd_sysroot_trouble trouble;	/* of reading them: each disk's, not the first one's */
};

static int read_tables(const struct hd_storage_tables **ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, struct hd_error *err)
{
	struct hd_storage_tables *tables;
	struct hd_sysroot_trouble before;
	int rc;

	if (*ret)
		return 0;
	tables = hd_alloc(arena, sizeof(*tables));
	before = hd_sysroot_watch(root);
	rc = hd_mounts_read(&tables->mounts, root, arena, false, err);
	if (rc == 0) {
		hd_backings_read(&tables->backings, root, arena, &tables->mounts);
		hd_names_read(&tables->names, root, arena);
		*ret = tables;
	}
	tables->trouble = hd_sysroot_unwatch(root, &before);
	return rc;
}

int hd_storage_read(struct hd_storage *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_pci_fn *fn,
		    const struct hd_storage_tables **tables, struct hd_error *err)
{
	struct hd_storage storage = { .n_disks = 0 };
	struct hd_blocks blocks;
	int rc = hd_blocks_find(&blocks, root, arena, fn, err);

	if (rc == 0 && blocks.n)
		rc = read_tables(tables, root, arena, err);
	if (rc < 0)
		return hd_wrap(err, "the disks of %s", fn->name);
	if (blocks.n) {
		struct hd_witness witness = { .root = root, .arena = arena, .blocks = &blocks,
			.mounts = (*tables)->mounts, .backings = (*tables)->backings,
			.names = (*tables)->names };
		const struct hd_sysroot_trouble *trouble = &(*tables)->trouble;

		(void)hd_sysroot_note(root, -trouble->error, trouble->path);
		add_disks(&storage, arena, &blocks);
		hd_storage_explain(&storage, &witness);
	}
	rc = hd_shares_read(&storage, root, arena, fn, err);
	if (rc < 0)
		return hd_wrap(err, "the share of %s", fn->name);
	*ret = storage;
	return 0;
}

int hd_storage_read_below(struct hd_storage *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *path,
			  const struct hd_storage_tables **tables, struct hd_error *err)
{
	const struct hd_pci_fn place = { .is_present = true, .path = path };

	return hd_storage_read(ret, root, arena, &place, tables, err);
}
