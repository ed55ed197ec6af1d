/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage_internal.h - what the files behind storage.h share. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "facts/pci/pci.h"
#include "facts/storage/storage.h"

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
	int id, parent;			/* of mountinfo; unique on this host while mounted */
};

/* A mountinfo file as it is: each mount of a namespace, also those on no disk. */
struct hd_mount_table {
	long pid;			/* as in struct hd_mount */
	const char *text;
};

/* A mount of any kind that lies on another one. */
struct hd_submount {
	int id;
	const char *target;
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
	struct hd_mount_table *tables;
	size_t n_tables;
};

/* What can be ended by a command, and what stands on it. */
struct hd_end {
	const char *key;
	const char *command;	/* NULL or "": nothing is to be done for itself */
	bool is_group;		/* one command ends all that have the same */
	size_t *uppers;		/* indices */
	size_t n_uppers;
	bool is_listed;
};

struct hd_ends {
	struct hd_end *items;
	size_t n;
};

/* What udev found on a block device; NULL: nothing, or it did not look. */
struct hd_signature {
	const char *source;		/* "run/udev/data/b259:1" */
	const char *type;		/* "ext4", "LVM2_member", "crypto_LUKS" */
	const char *uuid, *label;
	const char *part_uuid, *part_label;
	const char **links;		/* "/dev/disk/by-id/..." */
	size_t n_links;
};

/* One entry of fstab, crypttab, or the hibernation target. */
struct hd_name {
	const char *file;		/* where it is written */
	const char *source;		/* "UUID=...", "/dev/sda1", "8:1" (only resume) */
	const char *target;		/* "/srv", "none", name of the mapping; NULL for resume */
	bool is_resume;
};

struct hd_names {
	struct hd_name *items;
	size_t n;
};

/* A user in the kernel that names what it stands on by a path. */
struct hd_backing {
	const char *file;		/* "/dev/nvme0n1p1", "/srv/disk.img" */
	const char *source;		/* where that is written */
	const char *name;		/* a block device ("loop3"), or NULL with: */
	const char *label, *use, *command;
	const struct hd_mount *on;	/* the mount that FILE lies in, or NULL */
};

struct hd_backings {
	struct hd_backing *items;
	size_t n;
};

/* A process with something open on a filesystem. */
struct hd_keeper {
	long pid;
	const char *command;		/* its name, printable */
	dev_t dev;			/* of the filesystem */
	uint64_t mount_id;		/* 0: not known */
	bool ignores_term;
};

struct hd_keepers {
	struct hd_keeper *items;
	size_t n;
};

/* The filesystems that stand on the disks: of which devices, mounted as what. */
struct hd_filesystems {
	dev_t *devs;
	size_t n_devs;
	int *ids;			/* of mounts */
	size_t n_ids;
};

/* All that the explanation of the disks of a function is made from. */
struct hd_witness {
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	const struct hd_blocks *blocks;
	struct hd_mounts mounts;
	struct hd_backings backings;
	struct hd_names names;
	struct hd_keepers keepers;
	struct hd_filesystems met;	/* out: what the last explanation came across */
};

/* storage_ends.c: the node of that key, made if it is not there. */
size_t hd_ends_node(struct hd_ends *ends, struct hd_arena *arena, const char *key,
		    bool *ret_is_new) _nonnull_(1, 2, 3, 4);
/* UPPER stands on LOWER and has to end before it. */
void hd_ends_stack(struct hd_ends *ends, struct hd_arena *arena, size_t lower, size_t upper)
	_nonnull_(1, 2);
/* All commands in an order that works, each once; once only for each struct. */
size_t hd_ends_list(struct hd_ends *ends, struct hd_arena *arena, const char *const **ret)
	_nonnull_(1, 2, 3);

/* storage_signature.c */
void hd_signature_read(struct hd_signature *ret, const struct hd_sysroot *root,
		       struct hd_arena *arena, const struct hd_block *block)
	_nonnull_(1, 2, 3, 4);

/* storage_named.c: what cannot be read names nothing. */
void hd_names_read(struct hd_names *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena) _nonnull_(1, 2, 3);
/* The first entry (of fstab and crypttab, or of resume) that names BLOCK, or NULL. */
const struct hd_name *hd_names_find(const struct hd_names *names,
				    const struct hd_sysroot *root, struct hd_arena *arena,
				    const struct hd_block *block,
				    const struct hd_signature *signature, bool is_resume)
	_nonnull_(1, 2, 3, 4, 5);

/* storage_backing.c */
void hd_backings_read(struct hd_backings *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const struct hd_mounts *mounts)
	_nonnull_(1, 2, 3, 4);

/* storage_keepers.c: processes with a file, a directory or their program on one of them. */
void hd_keepers_read(struct hd_keepers *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, const struct hd_filesystems *filesystems)
	_nonnull_(1, 2, 3, 4);

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
/* NULL if nobody knows. */
const char *hd_block_stop_command(const struct hd_sysroot *root, struct hd_arena *arena,
				  const struct hd_block *block) _nonnull_(1, 2, 3);
/* "LVM", "dm-crypt", "md", "loop" ... */
const char *hd_block_kind(const struct hd_sysroot *root, struct hd_arena *arena,
			  const struct hd_block *block)
	_nonnull_(1, 2, 3) _returns_nonnull_;
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

/* storage_mount_tree.c: the mount of ours that PATH lies in; NULL if it is on no disk. */
const struct hd_mount *hd_mount_over(const struct hd_mounts *mounts,
				     struct hd_arena *arena, const char *path)
	_nonnull_(1, 2, 3);
/* What is mounted directly on the mount ID of that process's namespace; returns how many. */
size_t hd_mounts_on(struct hd_submount **ret, const struct hd_mounts *mounts,
		    struct hd_arena *arena, long pid, int id) _nonnull_(1, 2, 3);
/* Does unmounting OURS unmount THEIRS, by propagation (mount_namespaces(7))? */
bool hd_mount_ends_with(const struct hd_mounts *mounts, const struct hd_mount *ours,
			const struct hd_mount *theirs) _nonnull_(1, 2, 3);

/* storage_match.c: is SOURCE, as mountinfo or swaps has it, this block device? */
bool hd_source_is_block(const struct hd_sysroot *root, struct hd_arena *arena,
			const char *source, const struct hd_block *block)
	_nonnull_(1, 2, 3, 4);
bool hd_mount_is_of_block(const struct hd_sysroot *root, struct hd_arena *arena,
			  const struct hd_mount *mount, const struct hd_block *block)
	_nonnull_(1, 2, 3, 4);

/*
 * storage_uses.c: fills uses, sleeping data and commands of STORAGE, whose disks
 * are those of WITNESS->blocks, in their order.  What was there is replaced.
 */
void hd_storage_explain(struct hd_storage *storage, struct hd_witness *witness)
	_nonnull_(1, 2);
