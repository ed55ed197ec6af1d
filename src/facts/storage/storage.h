/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * storage.h - the block devices and shares behind a PCI function and who uses them.
 *
 * Explanation comes from sysfs, mountinfo and swaps; proof from the kernel: an
 * exclusive claim (open with O_EXCL, see open(2) and block/bdev.c
 * bd_prepare_to_claim) on every whole disk fails with EBUSY for every kernel
 * user of it, also those that no table lists.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "facts/pci/pci.h"

/* One use of a disk, explained along the chain from the disk to its end. */
struct hd_disk_use {
	const char *chain;	/* "nvme0n1 -> nvme0n1p2 -> dm-0 (vg0/home) -> /home" */
	const char *use;	/* "mounted", "swap", "held by LVM" */
	const char *remedy;	/* "umount /home"; NULL: nobody knows; "": goes with another's */
	const char *source;	/* the file that tells it: "proc/self/mountinfo" */
};

/* Data on a disk that nothing uses now, and why somebody may miss it. */
struct hd_disk_data {
	const char *chain;	/* "nvme0n1 -> nvme0n1p2" */
	const char *what;	/* "a physical volume of LVM that is not active" */
	const char *remedy;	/* for people */
	const char *source;	/* "run/udev/data/b259:2", "etc/fstab" */
};

enum hd_claim_state {
	HD_CLAIM_NOT_TRIED,	/* a captured host, or claims were not asked for */
	HD_CLAIM_HELD,		/* free, and ours until the facts are closed or it is let go; or
				   no medium */
	HD_CLAIM_BUSY,		/* the kernel says that it is in use */
	HD_CLAIM_UNKNOWN,	/* the node could not be opened or is another device */
};

struct hd_disk {
	const char *name;	/* "nvme0n1" (a multipath head counts for its controllers), or for people
				   of a share */
	bool is_share;		/* a folder of the machine that this host is a guest of: no block
				   device, and nothing that the kernel could be asked to claim */
	unsigned major, minor;
	struct hd_disk_use *uses;	/* what stands on top comes first */
	size_t n_uses;
	struct hd_disk_data *sleeping;
	size_t n_sleeping;
	enum hd_claim_state claim;
	int claim_error;	/* errno behind HD_CLAIM_UNKNOWN */
	int claim_fd;		/* >= 0 while HD_CLAIM_HELD; -1 if there is no medium, or if it
				   was let go */
};

struct hd_storage {
	struct hd_disk *disks;
	size_t n_disks;
	const char *const *commands;	/* of a shell; in this order they free the disks */
	size_t n_commands;
	const char *essential;		/* "the host's root filesystem": cannot be freed; or NULL */
	const char *start;		/* "the host's boot filesystem": can, but should it? */
};

/* What all disks of one look have in common: mounts, swaps, backing files, names. */
struct hd_storage_tables;

/*
 * Whole disks below FN, and the share that it gives (9p, virtiofs), with their uses; claims
 * are not tried.  *TABLES, NULL at
 * first, is read for the first disk and kept for the others of ARENA.
 */
int hd_storage_read(struct hd_storage *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_pci_fn *fn,
		    const struct hd_storage_tables **tables, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5, 6) _must_check_;

/* The same for any device's directory in sysfs: a USB device. */
int hd_storage_read_below(struct hd_storage *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const char *path,
			  const struct hd_storage_tables **tables, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5, 6) _must_check_;

/*
 * Opens every disk with O_RDONLY|O_EXCL|O_NONBLOCK|O_CLOEXEC, after proving by
 * its device number that the node is that disk, and keeps it open.  Fills the
 * disks' claim fields.  Live hosts only.
 */
void hd_storage_claim(struct hd_storage *storage, const struct hd_sysroot *root)
	_nonnull_(1, 2);

/*
 * Asks again for a disk whose claim was refused though no table tells a use of it, until
 * DEADLINE (hd_now_ms) at the latest: it may be somebody who asks as we do, or looks.
 */
void hd_storage_claim_until(struct hd_storage *storage, const struct hd_sysroot *root,
			    int64_t deadline) _nonnull_(1, 2);

/* Gives the claims back, and keeps what the kernel answered. */
void hd_storage_let_go(struct hd_storage *storage) _nonnull_(1);

/*
 * Moves the claims that OLD holds to the same disks (by device number) of FRESH, a
 * later look at the same function, and gives back those of disks that are gone.
 * A claim never lapses in between.
 */
void hd_storage_take_over(struct hd_storage *fresh, struct hd_storage *old) _nonnull_(1, 2);

/*
 * Where a claim was refused: explains all disks once more, with the mounts of
 * every mount namespace and the processes that keep the filesystems.  Slow on
 * hosts with many processes; does nothing while no disk is HD_CLAIM_BUSY.
 */
void hd_storage_explain_busy(struct hd_storage *storage, const struct hd_sysroot *root,
			     struct hd_arena *arena) _nonnull_(1, 2, 3);

/* Gives the claims back, as if they had never been asked for. */
void hd_storage_release(struct hd_storage *storage) _nonnull_(1);

/* What a name of an NVMe device is the name of. */
bool hd_nvme_is_disk(const char *name) _nonnull_(1);		/* "nvme0n1" */
bool hd_nvme_is_path(const char *name) _nonnull_(1);		/* "nvme1c0n2" */
bool hd_nvme_is_controller(const char *name) _nonnull_(1);	/* "nvme0" */
