/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage_internal.h - what the files behind storage.h share; nobody else includes it. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "facts/pci.h"
#include "facts/storage.h"

/* A block device in sysfs: a disk, a partition, or what stands on them. */
struct hd_block {
	const char *name;		/* "nvme0n1"; '!' stands for '/' as in sysfs */
	const char *path;		/* its directory in sysfs, or NULL */
	unsigned major, minor;		/* 0:0 if it has no "dev" */
};

struct hd_blocks {
	struct hd_block *items;
	size_t n;
};

/* One mounted filesystem, of our mount namespace or of the first process's. */
struct hd_mount {
	dev_t dev;			/* anonymous (major 0) for btrfs and others */
	const char *source, *target, *fstype;
	long pid;			/* of a process that sees it; 0: we do */
};

struct hd_swap {
	const char *source;
	bool is_file;
	const struct hd_mount *on;	/* where a swap file lies, or NULL */
};

struct hd_mounts {
	struct hd_mount *mounts;
	size_t n_mounts;
	struct hd_swap *swaps;
	size_t n_swaps;
};

/* storage_blocks.c: the whole disks below FN, sorted by name. */
int hd_blocks_find(struct hd_blocks *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena, const struct hd_pci_fn *fn,
		   struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* storage_names.c: a block device by its kernel name; no path if there is none. */
void hd_block_named(struct hd_block *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *name) _nonnull_(1, 2, 3, 4);
/* The same when its directory is known. */
void hd_block_at(struct hd_block *ret, const struct hd_sysroot *root,
		 struct hd_arena *arena, const char *name, const char *path)
	_nonnull_(1, 2, 3, 4, 5);
/* "/dev/cciss/c0d0" for "cciss!c0d0". */
const char *hd_block_node(struct hd_arena *arena, const char *name)
	_nonnull_(1, 2) _returns_nonnull_;
/* May NAME be a component of a path? */
bool hd_block_name_is_safe(const char *name) _nonnull_(1);

/* storage_nvme.c */
bool hd_nvme_is_disk(const char *name) _nonnull_(1);		/* "nvme0n1" */
bool hd_nvme_is_path(const char *name) _nonnull_(1);		/* "nvme1c0n2" */
bool hd_nvme_is_controller(const char *name) _nonnull_(1);	/* "nvme0" */
/* The head of a multipath disk's path device; false if PATH_NAME is not one. */
bool hd_nvme_head(struct hd_block *ret, const struct hd_sysroot *root,
		  struct hd_arena *arena, const char *path_name)
	_nonnull_(1, 2, 3, 4) _must_check_;
/* The heads of the subsystem that this controller belongs to. */
void hd_nvme_heads_of(struct hd_blocks *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *controller)
	_nonnull_(1, 2, 3, 4);

/* storage_holder.c: "dm-0 (vg0-home)", and the command that ends its hold. */
const char *hd_block_label(const struct hd_sysroot *root, struct hd_arena *arena,
			   const struct hd_block *block)
	_nonnull_(1, 2, 3) _returns_nonnull_;
const char *hd_block_stop_command(const struct hd_sysroot *root, struct hd_arena *arena,
				  const struct hd_block *block)
	_nonnull_(1, 2, 3) _returns_nonnull_;
/* TEXT as one printable word of a shell's command line. */
const char *hd_shell_word(struct hd_arena *arena, const char *text)
	_nonnull_(1, 2) _returns_nonnull_;

/* storage_mounts.c */
int hd_mounts_read(struct hd_mounts *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena, struct hd_error *err)
	_nonnull_(1, 2, 3, 4) _must_check_;
/*
 * Adds the mounts of one mountinfo file that can be on a disk; those of another
 * process, PID, only if they are not there yet.  Nothing if its text is *LAST.
 */
int hd_mounts_add(struct hd_mounts *mounts, const struct hd_sysroot *root,
		  struct hd_arena *arena, const char *path, long pid, const char **last)
	_nonnull_(1, 2, 3, 4, 6);

/* storage_match.c: is SOURCE, as mountinfo or swaps has it, this block device? */
bool hd_source_is_block(const struct hd_sysroot *root, struct hd_arena *arena,
			const char *source, const struct hd_block *block)
	_nonnull_(1, 2, 3, 4);
bool hd_mount_is_of_block(const struct hd_sysroot *root, struct hd_arena *arena,
			  const struct hd_mount *mount, const struct hd_block *block)
	_nonnull_(1, 2, 3, 4);

/* storage_uses.c: every use of DISK that the host's tables explain. */
void hd_disk_explain(struct hd_disk *disk, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_block *block,
		     const struct hd_mounts *mounts) _nonnull_(1, 2, 3, 4, 5);
