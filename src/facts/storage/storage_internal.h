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
	size_t work;			/* spent on those of other processes, see HD_MOUNTS_MAX_WORK */
	const char *unknown;		/* why not every namespace could be read, or NULL */
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

/* storage_named.c */
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

/* storage_blocks.c: the whole disks below FN, sorted by name. */
int hd_blocks_find(struct hd_blocks *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena, const struct hd_pci_fn *fn,
		   struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* storage_blocks.c: a block device by its kernel name; no path if there is none. */
void hd_block_named(struct hd_block *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *name) _nonnull_(1, 2, 3, 4);
/* The same when its directory is known. */
void hd_block_at(struct hd_block *ret, const struct hd_sysroot *root,
		 struct hd_arena *arena, const char *name, const char *path)
	_nonnull_(1, 2, 3, 4, 5);
/* "/dev/cciss/c0d0" for "cciss!c0d0". */
const char *hd_block_node(struct hd_arena *arena, const char *name)
	_nonnull_(1, 2) _returns_nonnull_;

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
/* storage_mounts.c: of our namespace and the first process's, or those of EVERYWHERE. */
int hd_mounts_read(struct hd_mounts *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena, bool everywhere, struct hd_error *err)
	_nonnull_(1, 2, 3, 5) _must_check_;
/*
 * Adds the mounts of one mountinfo file that can be on a disk; those of another
 * process, PID, only if they are not there yet.  Nothing if its text is *LAST.
 * Beyond HD_MOUNTS_MAX_WORK, those of another process are left out, and `unknown` says so.
 */
int hd_mounts_add(struct hd_mounts *mounts, const struct hd_sysroot *root,
		  struct hd_arena *arena, const char *path, long pid, const char **last)
	_nonnull_(1, 2, 3, 4, 6);

/* storage_namespaces.c: those of the other mount namespaces; fills `unknown`. */
void hd_mounts_add_namespaces(struct hd_mounts *mounts, const struct hd_sysroot *root,
			      struct hd_arena *arena) _nonnull_(1, 2, 3);

/* storage_mounts.c: the mount of ours that PATH lies in; NULL if that has no disk. */
const struct hd_mount *hd_mount_over(const struct hd_mounts *mounts,
				     struct hd_arena *arena, const char *path)
	_nonnull_(1, 2, 3);
/* What is mounted directly on the mount ID of that process's namespace; returns how many. */
size_t hd_mounts_on(struct hd_submount **ret, const struct hd_mounts *mounts,
		    struct hd_arena *arena, long pid, int id) _nonnull_(1, 2, 3);

/* storage_named.c: is SOURCE, as mountinfo or swaps has it, this block device? */
bool hd_source_is_block(const struct hd_sysroot *root, struct hd_arena *arena,
			const char *source, const struct hd_block *block)
	_nonnull_(1, 2, 3, 4);
bool hd_mount_is_of_block(const struct hd_sysroot *root, struct hd_arena *arena,
			  const struct hd_mount *mount, const struct hd_block *block)
	_nonnull_(1, 2, 3, 4);

/*
 * storage_claim.c: fills WITNESS->keepers, who has files on what its last explanation came
 * across.  Slow: asks every process.
 */
void hd_keepers_read(struct hd_witness *witness) _nonnull_(1);

/*
 * storage_shares.c: adds the share that FN gives to this host, with its uses, to STORAGE;
 * nothing if it gives none.  0, or a negative errno with ERR.
 */
int hd_shares_read(struct hd_storage *storage, const struct hd_sysroot *root,
		   struct hd_arena *arena, const struct hd_pci_fn *fn, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;
/* Is a filesystem of this type, with these options of its own, one that a function gives? */
bool hd_is_share_mount(const char *fstype, const char *options);

/*
 * storage.c: fills uses, sleeping data and commands of STORAGE, whose disks
 * are those of WITNESS->blocks, in their order.  What was there is replaced.
 */
void hd_storage_explain(struct hd_storage *storage, struct hd_witness *witness)
	_nonnull_(1, 2);

/*
 * Any user can have mount namespaces of their own, each with fs.mount-max (100,000) mounts: what is
 * examined of them is bounded.  In bytes read and mounts compared; takes less than a second.
 */
#define HD_MOUNTS_MAX_WORK ((size_t)64 << 20)

/* More mounts of one thing are shown as one: containers bind one many times. */
#define HD_MOUNTS_TOLD 16

/* Deeper chains, and more devices, are cut: they count as in use. */
#define HD_CHAIN_MAX_DEPTH 16
#define HD_CHAIN_MAX_NODES 2048
#define HD_CHAIN_MAX_TEXT 200

struct hd_explain {
	struct hd_witness *witness;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	struct hd_storage *storage;
	struct hd_disk *disk;		/* the one that is being explained */
	struct hd_ends ends;		/* of all disks */
};

/* A place in a chain: the node, and the way to it from the disk. */
struct hd_link {
	size_t node;
	const char *chain;
	int depth;
};

/* storage.c: NAME stands at the bottom of the chain.  Returns its node. */
size_t hd_explain_bottom(struct hd_explain *e, const char *name) _nonnull_(1, 2);
/* The commands of all disks' uses, in an order that works; the end of each explanation. */
void hd_explain_end(struct hd_explain *e) _nonnull_(1);
void hd_explain_add(struct hd_explain *e, const char *chain, const char *use,
		    const char *remedy, const char *source) _nonnull_(1, 2, 3, 5);
/* The same of one that COMMAND ends, on top of LOWER. */
void hd_explain_on_top(struct hd_explain *e, size_t lower, const char *chain, const char *use,
		       const char *command, const char *source) _nonnull_(1, 3, 4, 5, 6);
/* "CHAIN -> TEXT", TEXT being somebody else's. */
const char *hd_explain_chain(struct hd_explain *e, const char *chain, const char *text)
	_nonnull_(1, 2, 3) _returns_nonnull_;
/* A node on top of LOWER that COMMAND ends; returns it. */
size_t hd_explain_top(struct hd_explain *e, size_t lower, const char *key,
		      const char *command) _nonnull_(1, 3);
/* The user of a path stands on BELOW, whose chain ends with that path. */
void hd_explain_backing(struct hd_explain *e, const struct hd_link *below,
			const struct hd_backing *backing) _nonnull_(1, 2, 3);

/* storage_mounted.c: BLOCK itself, and files on MOUNT, where AT is. */
void hd_explain_swap(struct hd_explain *e, const struct hd_link *at,
		     const struct hd_block *block, const struct hd_signature *signature)
	_nonnull_(1, 2, 3, 4);

/* storage_mounted.c: mounts of BLOCK. */
void hd_explain_mounts(struct hd_explain *e, const struct hd_link *at,
		       const struct hd_block *block) _nonnull_(1, 2, 3);
/* storage_mounted.c: one of them, with what keeps it mounted. */
void hd_explain_mount(struct hd_explain *e, const struct hd_link *below,
		      const struct hd_block *block, const struct hd_mount *mount)
	_nonnull_(1, 2, 3, 4);
/* The pool of ZFS that BLOCK is a member of, if it is imported. */
void hd_explain_pool(struct hd_explain *e, const struct hd_link *at,
		     const struct hd_signature *signature) _nonnull_(1, 2, 3);

/* storage_sleeping.c: data on BLOCK, which nothing uses. */
void hd_explain_sleeping(struct hd_explain *e, const char *chain,
			 const struct hd_block *block, const struct hd_signature *signature)
	_nonnull_(1, 2, 3, 4);

/* storage_holder.c: once all disks are explained. */
void hd_explain_groups(struct hd_explain *e) _nonnull_(1);
