/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage_blocks.c - which whole disks are below a function, and what are block devices called? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/dir.h"
#include "base/text.h"
#include "facts/storage/storage_internal.h"

#define SUBSYSTEMS "sys/class/nvme-subsystem"
#define MAX_DEPTH 24		/* hubs behind docks behind a VMD reach 17 */
#define MAX_ENTRIES 65536

const char *hd_block_node(struct hd_arena *arena, const char *name)
{
	return hd_printf(arena, "/dev/%s", hd_text_replaced(arena, name, '!', '/'));
}

/* "259:3" into two numbers; 0:0 stays where the file is missing or strange. */
static void read_numbers(struct hd_block *block, const struct hd_sysroot *root,
			 struct hd_arena *arena)
{
	const char *text;

	if (hd_sysroot_text(root, arena, &text, "%s/dev", block->path) > 0)
		(void)!hd_text_device_number(text, &block->major, &block->minor);
}

void hd_block_at(struct hd_block *ret, const struct hd_sysroot *root,
		 struct hd_arena *arena, const char *name, const char *path)
{
	*ret = (struct hd_block){ .name = hd_strdup(arena, name),
				  .path = hd_strdup(arena, path) };
	read_numbers(ret, root, arena);
}

void hd_block_named(struct hd_block *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *name)
{
	static const char *const folders[] = {
		"sys/class/block", "sys/block", "sys/devices/virtual/block",
	};

	*ret = (struct hd_block){ .name = hd_strdup(arena, name) };
	if (!hd_text_is_component(name))
		return;
	for (size_t i = 0; i < HD_ARRAY_SIZE(folders); i++) {
		if (!hd_sysroot_has(root, "%s/%s/.", folders[i], name))
			continue;
		ret->path = hd_printf(arena, "%s/%s", folders[i], name);
		read_numbers(ret, root, arena);
		return;
	}
}

/*
 * Which disk does an NVMe controller lead to?
 *
 * With native multipath the controllers of a subsystem carry hidden path
 * devices, nvmeXcYnZ; what can be opened and mounted is their head nvmeXnZ,
 * which belongs to the subsystem nvme-subsysX
 * (Linux drivers/nvme/host/multipath.c, nvme_mpath_set_disk_name).
 */

/* Takes LETTERS and the decimal number after them off *AT. */
static bool take_letters(const char **at, const char *letters)
{
	size_t length = strlen(letters), digits;

	if (strncmp(*at, letters, length))
		return false;
	digits = strspn(*at + length, "0123456789");
	*at += length + digits;
	return digits > 0;
}

bool hd_nvme_is_controller(const char *name)
{
	return take_letters(&name, "nvme") && !*name;
}

bool hd_nvme_is_disk(const char *name)
{
	return take_letters(&name, "nvme") && take_letters(&name, "n") && !*name;
}

bool hd_nvme_is_path(const char *name)
{
	return take_letters(&name, "nvme") && take_letters(&name, "c") &&
	       take_letters(&name, "n") && !*name;
}

/* Without a directory the disk is kept too: nobody can claim it, so it is in use. */
static void find_head(struct hd_block *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *head, const char *subsystem)
{
	const char *path = hd_printf(arena, SUBSYSTEMS "/%s/%s", subsystem, head);

	if (hd_sysroot_has(root, "%s/dev", path))
		hd_block_at(ret, root, arena, head, path);
	else
		hd_block_named(ret, root, arena, head);
}

static bool head_of(struct hd_block *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *path_name)
{
	const char *number = path_name + strlen("nvme");
	int digits;

	if (!hd_nvme_is_path(path_name))
		return false;
	digits = (int)strspn(number, "0123456789");
	find_head(ret, root, arena,
		  hd_printf(arena, "nvme%.*s%s", digits, number, strrchr(number, 'n')),
		  hd_printf(arena, "nvme-subsys%.*s", digits, number));
	return true;
}

/* The heads of the subsystem that this controller belongs to. */
static void heads_of(struct hd_blocks *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *controller)
{
	const char *const *subsystems, *const *names;
	ssize_t n_names, n = hd_sysroot_names(root, arena, &subsystems, SUBSYSTEMS);

	*ret = (struct hd_blocks){ .n = 0 };
	for (ssize_t i = 0; i < n; i++) {
		n_names = hd_sysroot_names(root, arena, &names, SUBSYSTEMS "/%s",
					   subsystems[i]);
		if (n_names < 0 || !hd_text_is_any(controller, names, (size_t)n_names))
			continue;
		for (ssize_t k = 0; k < n_names; k++)
			if (hd_nvme_is_disk(names[k]))
				find_head(hd_append(arena, &ret->items, &ret->n,
						    sizeof(*ret->items)),
					  root, arena, names[k], subsystems[i]);
	}
}

struct walk {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_blocks *found;
	struct hd_error *err;
	bool stops_at_functions;	/* a bridge is not the disks behind it */
	size_t n_entries;
};

/* One directory of the walk. */
struct place {
	const char *path, *name, *parent;
	int depth;
	const char **children;
	size_t n_children;
	bool is_block, is_partition, has_dev;
};

static int visit_dir(struct walk *walk, int parent_fd, struct place *place);

static bool is_dull(const char *name)
{
	static const char *const dull[] = {
		"power", "queue", "queues", "mq", "msi_irqs", "trace",
		"slaves", "holders", "integrity", "statistics",
	};

	return HD_IS_ANY(name, dull);
}

static bool links_to_block(const struct walk *walk, int dir_fd, const char *name)
{
	char target[PATH_MAX];
	ssize_t n = readlinkat(dir_fd, name, target, sizeof(target) - 1);

	if (n < 0) {
		(void)hd_sysroot_note(walk->root, -errno, name);
		return false;
	}
	target[n] = '\0';
	return hd_text_ends_with(target, "/block");
}

static void note_child(struct walk *walk, struct place *place, const char *name)
{
	struct hd_pci_addr addr;

	if (is_dull(name) || (walk->stops_at_functions && hd_pci_addr_parse(name, &addr)))
		return;
	hd_push(walk->arena, &place->children, &place->n_children, hd_strdup(walk->arena, name));
}

static void note_entry(struct walk *walk, struct place *place, const struct hd_dir *dir,
		       const struct dirent64 *entry)
{
	const char *name = entry->d_name;
	unsigned char type = hd_dir_type(dir, entry);

	if (type == DT_UNKNOWN)
		(void)hd_sysroot_note(walk->root, -errno, place->path);
	if (type == DT_DIR)
		note_child(walk, place, name);
	else if (type == DT_LNK && !strcmp(name, "subsystem"))
		place->is_block |= links_to_block(walk, dir->fd, name);
	else if (!strcmp(name, "dev"))
		place->has_dev = true;
	else if (!strcmp(name, "partition"))
		place->is_partition = true;
}

static int list_dir(struct walk *walk, struct place *place, int dir_fd)
{
	const struct dirent64 *entry;
	struct hd_dir dir;

	hd_dir_begin(&dir, dir_fd);
	while ((entry = hd_dir_next(&dir))) {
		if (++walk->n_entries > MAX_ENTRIES)
			return hd_fail(walk->err, -E2BIG, "%s: too many entries",
				       place->path);
		note_entry(walk, place, &dir, entry);
	}
	if (dir.rc < 0 && dir.rc != -ENOENT)
		return hd_fail(walk->err, dir.rc, "cannot read %s: %s", place->path,
			       strerror(-dir.rc));
	return 0;
}

static bool is_found(const struct hd_blocks *found, const char *name)
{
	for (size_t i = 0; i < found->n; i++)
		if (!strcmp(found->items[i].name, name))
			return true;
	return false;
}

static void add_disk(struct walk *walk, const struct hd_block *disk)
{
	if (is_found(walk->found, disk->name))
		return;
	hd_push(walk->arena, &walk->found->items, &walk->found->n, *disk);
}

static void add_block(struct walk *walk, const struct place *place)
{
	struct hd_block disk;

	if (place->has_dev ||
	    !head_of(&disk, walk->root, walk->arena, place->name))
		hd_block_at(&disk, walk->root, walk->arena, place->name, place->path);
	add_disk(walk, &disk);
}

/* Where sysfs does not show the paths of a multipath disk, its controllers are. */
static void add_heads(struct walk *walk, const char *controller)
{
	struct hd_blocks heads;

	heads_of(&heads, walk->root, walk->arena, controller);
	for (size_t i = 0; i < heads.n; i++)
		add_disk(walk, &heads.items[i]);
}

static int descend_dir(struct walk *walk, const struct place *place, int dir_fd)
{
	for (size_t i = 0; i < place->n_children; i++) {
		const char *name = place->children[i];
		struct place child = {
			.path = hd_printf(walk->arena, "%s/%s", place->path, name),
			.name = name,
			.parent = place->name,
			.depth = place->depth + 1,
		};
		int rc;

		/* Inside a disk only its own kind matters: partitions, mmcblk0boot0. */
		if (place->is_block && !hd_text_starts_with(name, place->name))
			continue;
		rc = visit_dir(walk, dir_fd, &child);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static bool is_block_by_place(const struct place *place)
{
	if (!strcmp(place->parent, "block"))
		return true;
	if (!hd_nvme_is_controller(place->parent))
		return false;
	return hd_nvme_is_disk(place->name) || hd_nvme_is_path(place->name);
}

static int visit_listed(struct walk *walk, struct place *place, int dir_fd)
{
	size_t before = walk->found->n;
	int rc;

	place->is_block |= is_block_by_place(place);
	if (place->is_block && place->is_partition)
		return 0;
	if (place->is_block)
		add_block(walk, place);
	rc = descend_dir(walk, place, dir_fd);
	if (rc == 0 && before == walk->found->n && hd_nvme_is_controller(place->name) &&
	    !strcmp(place->parent, "nvme"))
		add_heads(walk, place->name);
	return rc;
}

static int visit_dir(struct walk *walk, int parent_fd, struct place *place)
{
	_cleanup_(hd_close) int fd = openat(parent_fd, place->name,
					    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int rc;

	if (fd < 0 && errno == ENOENT)
		return 0;
	if (fd < 0)
		return hd_fail(walk->err, -errno, "cannot open %s: %s", place->path,
			       strerror(errno));
	if (place->depth > MAX_DEPTH)
		return hd_fail(walk->err, -ELOOP, "%s: too deep", place->path);
	rc = list_dir(walk, place, fd);
	return rc < 0 ? rc : visit_listed(walk, place, fd);
}

static int by_name(const void *a, const void *b)
{
	return strverscmp(((const struct hd_block *)a)->name,
			  ((const struct hd_block *)b)->name);
}

int hd_blocks_find(struct hd_blocks *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena, const struct hd_pci_fn *fn,
		   struct hd_error *err)
{
	struct hd_blocks found = { .n = 0 };
	struct walk walk = {
		.root = root, .arena = arena, .found = &found, .err = err,
		.stops_at_functions = hd_pci_fn_is_bridge(fn),
	};
	struct place top = { .path = fn->path, .name = ".", .parent = "" };
	_cleanup_(hd_close) int fd = -1;
	int rc;

	if (fn->is_present && fn->path) {
		fd = hd_sysroot_fd(root, O_PATH | O_DIRECTORY, "%s", fn->path);
		if (fd < 0 && fd != -ENOENT)
			return hd_fail(err, fd, "cannot open %s: %s", fn->path,
				       strerror(-fd));
	}
	if (fd >= 0) {
		rc = visit_dir(&walk, fd, &top);
		if (rc < 0)
			return rc;
	}
	HD_SORT(found.items, found.n, by_name);
	*ret = found;
	return 0;
}
