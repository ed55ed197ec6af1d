/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage_claim.c - the kernel's own word on whether a disk is free.
 *
 * The node is first opened with O_PATH, which opens no device, and its number
 * compared; only then is that very node opened with O_EXCL.  Nothing foreign
 * is ever opened.  A claim of the whole disk conflicts with every claim of one
 * of its partitions (Linux block/bdev.c, bd_may_claim).
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/dir.h"
#include "base/lines.h"
#include "base/text.h"
#include "facts/host/mount_table.h"
#include "facts/storage/storage_internal.h"

#define AGAIN_MS 10
#define MAX_KEEPERS 32
#define MAX_COMMAND 64
#define MAX_LOOKS 4000000	/* files and mappings: some seconds */

/* The node of DISK as an O_PATH descriptor, proven by its number. */
static int prove_node(const struct hd_disk *disk, const struct hd_sysroot *root)
{
	_cleanup_(hd_close) int fd = -1;
	char path[NAME_MAX + 8];
	struct stat st;
	int result;

	(void)snprintf(path, sizeof(path), "dev/%s", disk->name);
	for (char *c = path; *c; c++)
		if (*c == '!')
			*c = '/';
	fd = hd_sysroot_fd(root, O_PATH | O_NOFOLLOW, "%s", path);
	if (fd < 0)
		return fd;
	if (fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISBLK(st.st_mode))
		return -ENOTBLK;
	if (!disk->major || st.st_rdev != makedev(disk->major, disk->minor))
		return -ENODEV;
	result = fd;
	fd = -1;
	return result;
}

/* A descriptor that holds the claim, or a negative errno. */
static int open_exclusively(int node_fd)
{
	char path[32];
	int fd;

	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", node_fd);
	do
		fd = open(path, O_RDONLY | O_EXCL | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	while (fd < 0 && errno == EINTR);
	return fd < 0 ? -errno : fd;
}

static void fill_claim(struct hd_disk *disk, int outcome)
{
	static const struct {
		int error;
		enum hd_claim_state claim;
	} rows[] = {
		{ EBUSY, HD_CLAIM_BUSY },
		{ ENOMEDIUM, HD_CLAIM_HELD },	/* an empty drive holds nothing */
		{ ENXIO, HD_CLAIM_HELD },	/* no capacity: nothing can use it */
	};

	disk->claim = outcome >= 0 ? HD_CLAIM_HELD : HD_CLAIM_UNKNOWN;
	disk->claim_fd = outcome >= 0 ? outcome : -1;
	disk->claim_error = outcome >= 0 ? 0 : -outcome;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		if (outcome == -rows[i].error)
			disk->claim = rows[i].claim;
	if (disk->claim != HD_CLAIM_UNKNOWN)
		disk->claim_error = 0;
}

static void claim_disk(struct hd_disk *disk, const struct hd_sysroot *root)
{
	_cleanup_(hd_close) int node_fd = prove_node(disk, root);

	/* ENXIO and the like count as free only when they come from the proven node. */
	if (node_fd < 0) {
		disk->claim = HD_CLAIM_UNKNOWN;
		disk->claim_error = -node_fd;
		disk->claim_fd = -1;
		return;
	}
	fill_claim(disk, open_exclusively(node_fd));
}

void hd_storage_claim(struct hd_storage *storage, const struct hd_sysroot *root)
{
	for (size_t i = 0; root->is_live && i < storage->n_disks; i++)
		if (!storage->disks[i].is_share && storage->disks[i].claim != HD_CLAIM_HELD)
			claim_disk(&storage->disks[i], root);
}

static bool is_riddle(const struct hd_storage *storage)
{
	for (size_t i = 0; i < storage->n_disks; i++)
		if (storage->disks[i].claim == HD_CLAIM_BUSY && !storage->disks[i].n_uses)
			return true;
	return false;
}

void hd_storage_claim_until(struct hd_storage *storage, const struct hd_sysroot *root,
			    int64_t deadline)
{
	while (is_riddle(storage) && hd_ms_left(deadline)) {
		(void)poll(NULL, 0, AGAIN_MS);
		hd_storage_claim(storage, root);
	}
}

void hd_storage_let_go(struct hd_storage *storage)
{
	for (size_t i = 0; i < storage->n_disks; i++)
		hd_close(&storage->disks[i].claim_fd);
}

static void take_over(struct hd_storage *fresh, struct hd_disk *old)
{
	for (size_t i = 0; i < fresh->n_disks; i++) {
		struct hd_disk *disk = &fresh->disks[i];

		if (disk->major != old->major || disk->minor != old->minor || disk->claim_fd >= 0)
			continue;
		disk->claim = HD_CLAIM_HELD;
		disk->claim_fd = old->claim_fd;
		old->claim_fd = -1;
		return;
	}
}

void hd_storage_take_over(struct hd_storage *fresh, struct hd_storage *old)
{
	for (size_t i = 0; i < old->n_disks; i++)
		if (old->disks[i].claim_fd >= 0)
			take_over(fresh, &old->disks[i]);
	hd_storage_release(old);
}

void hd_storage_release(struct hd_storage *storage)
{
	for (size_t i = 0; i < storage->n_disks; i++) {
		struct hd_disk *disk = &storage->disks[i];

		hd_close(&disk->claim_fd);
		disk->claim = HD_CLAIM_NOT_TRIED;
	}
}

/*
 * Which processes keep a filesystem from being unmounted?
 *
 * Their open files, working and root directories, programs and mappings are
 * compared by the number of the filesystem's device and of the mount
 * (stx_mnt_id, Linux 5.8), never by path: a filesystem that was unmounted lazily
 * has none.  AT_STATX_DONT_SYNC keeps a dead network filesystem from blocking us.
 */

struct scan {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_filesystems *filesystems;
	struct hd_keepers *found;
	const char *pid;
	long n_looks;		/* that are left */
};

/* What a process has on one filesystem. */
struct place {
	dev_t dev;
	uint64_t mount_id;
};

static bool is_wanted(const struct hd_filesystems *filesystems, const struct place *place)
{
	for (size_t i = 0; i < filesystems->n_devs; i++)
		if (filesystems->devs[i] == place->dev)
			return true;
	for (size_t i = 0; place->mount_id && i < filesystems->n_ids; i++)
		if ((uint64_t)filesystems->ids[i] == place->mount_id)
			return true;
	return false;
}

static bool is_known(const struct hd_keepers *found, long pid, const struct place *place)
{
	for (size_t i = found->n; i > 0 && found->items[i - 1].pid == pid; i--)
		if (found->items[i - 1].dev == place->dev &&
		    found->items[i - 1].mount_id == place->mount_id)
			return true;
	return false;
}

/* SIGTERM is bit 14 of "SigIgn:" in proc/PID/status; interactive shells ignore it. */
static bool ignores_term(struct scan *scan)
{
	const char *text, *hex;
	uint64_t mask;

	if (hd_sysroot_text(scan->root, scan->arena, &text, "proc/%s/status", scan->pid) <= 0)
		return false;
	hex = hd_text_line_value(scan->arena, text, "SigIgn:\t");
	return hex && hd_text_u64(hd_printf(scan->arena, "0x%s", hex), &mask) && (mask >> 14 & 1);
}

static void note_place(struct scan *scan, const struct place *place)
{
	struct hd_keepers *found = scan->found;
	const char *command = "?";
	struct hd_keeper *keeper;
	uint64_t pid;

	if (!is_wanted(scan->filesystems, place) || !hd_text_u64(scan->pid, &pid) ||
	    is_known(found, (long)pid, place) || found->n >= MAX_KEEPERS)
		return;
	(void)!hd_sysroot_text(scan->root, scan->arena, &command, "proc/%s/comm", scan->pid);
	keeper = hd_append(scan->arena, &found->items, &found->n, sizeof(*keeper));
	*keeper = (struct hd_keeper){
		.pid = (long)pid,
		.command = hd_text_printable(scan->arena, command, MAX_COMMAND),
		.dev = place->dev,
		.mount_id = place->mount_id,
		.ignores_term = ignores_term(scan),
	};
}

static void look_at(struct scan *scan, int dir_fd, const char *name)
{
	const int flags = AT_STATX_DONT_SYNC | AT_NO_AUTOMOUNT;
	struct statx st;
	struct place place;

	if (statx(dir_fd, name, flags, STATX_TYPE | STATX_MNT_ID, &st) < 0)
		return;
	place.dev = makedev(st.stx_dev_major, st.stx_dev_minor);
	place.mount_id = st.stx_mask & STATX_MNT_ID ? st.stx_mnt_id : 0;
	note_place(scan, &place);
}

static void look_at_files(struct scan *scan)
{
	_cleanup_(hd_close) int fd =
		hd_sysroot_fd(scan->root, O_RDONLY | O_DIRECTORY, "proc/%s/fd", scan->pid);
	const struct dirent64 *entry;
	struct hd_dir dir;

	if (fd < 0)
		return;
	hd_dir_begin(&dir, fd);
	while (scan->n_looks-- > 0 && (entry = hd_dir_next(&dir)))
		look_at(scan, fd, entry->d_name);
}

/* "START-END PERM OFFSET MAJOR:MINOR INODE PATH", the numbers in hex. */
static bool look_at_mapping(void *data, const char *line)
{
	struct scan *scan = data;
	struct place place = { .mount_id = 0 };
	unsigned long major_no;
	char *end;

	major_no = strtoul(hd_table_field(line, 3), &end, 16);
	if (*end != ':')
		return true;
	place.dev = makedev((unsigned)major_no, (unsigned)strtoul(end + 1, NULL, 16));
	if (place.dev)
		note_place(scan, &place);
	return --scan->n_looks > 0;
}

static void look_at_process(struct scan *scan)
{
	static const char *const links[] = { "cwd", "root", "exe" };
	_cleanup_(hd_close) int fd =
		hd_sysroot_fd(scan->root, O_PATH | O_DIRECTORY, "proc/%s", scan->pid);

	if (fd < 0)
		return;
	for (size_t i = 0; i < HD_ARRAY_SIZE(links); i++)
		look_at(scan, fd, links[i]);
	look_at_files(scan);
	(void)!hd_lines_scan(scan->root, look_at_mapping, scan, "proc/%s/maps", scan->pid);
}

void hd_keepers_read(struct hd_witness *witness)
{
	struct scan scan = { witness->root, witness->arena, &witness->met, &witness->keepers,
			     NULL, MAX_LOOKS };
	const char *const *names;
	ssize_t n = hd_sysroot_names(scan.root, scan.arena, &names, "proc");
	uint64_t pid;

	witness->keepers = (struct hd_keepers){ .n = 0 };
	for (ssize_t i = 0; i < n && scan.n_looks > 0; i++) {
		/* Ourselves: gone before anybody unmounts. */
		if (!hd_text_u64(names[i], &pid) || pid == (uint64_t)getpid())
			continue;
		scan.pid = names[i];
		look_at_process(&scan);
	}
}

/*
 * The kernel says that a disk is in use: by whom, in all namespaces?  A filesystem that was
 * unmounted lazily lives on, mounted nowhere, while processes have files on it.  Looking for
 * both is slow: done for a refusal only.
 */
static bool is_any_busy(const struct hd_storage *storage)
{
	for (size_t i = 0; i < storage->n_disks; i++)
		if (storage->disks[i].claim == HD_CLAIM_BUSY)
			return true;
	return false;
}

static void explain_storage(struct hd_storage *storage, const struct hd_sysroot *root,
			    struct hd_arena *arena)
{
	struct hd_blocks blocks = { .n = 0 };
	struct hd_witness witness = { .root = root, .arena = arena, .blocks = &blocks };
	struct hd_error err;

	for (size_t i = 0; i < storage->n_disks; i++)
		hd_block_named(hd_append(arena, &blocks.items, &blocks.n,
					 sizeof(*blocks.items)),
			       root, arena, storage->disks[i].name);
	/* They could be read a moment ago; without them there are none to explain it. */
	(void)!hd_mounts_read(&witness.mounts, root, arena, true, &err);
	hd_backings_read(&witness.backings, root, arena, &witness.mounts);
	hd_names_read(&witness.names, root, arena);
	hd_storage_explain(storage, &witness);
	hd_keepers_read(&witness);
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
	explain_storage(storage, root, arena);
	(void)hd_sysroot_unwatch(root, &before);
}
