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
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/clock.h"
#include "facts/storage/storage_internal.h"

#define AGAIN_MS 10

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
		if (storage->disks[i].claim != HD_CLAIM_HELD)
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
