/* SPDX-License-Identifier: GPL-2.0-or-later */
/* storage_explain.h - one explanation of a function's disks at work; for its own files. */
#pragma once

#include "facts/storage/storage_internal.h"

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

/* storage_uses.c */
void hd_explain_add(struct hd_explain *e, const struct hd_disk_use *use) _nonnull_(1, 2);
/* "CHAIN -> TEXT", TEXT being somebody else's. */
const char *hd_explain_chain(struct hd_explain *e, const char *chain, const char *text)
	_nonnull_(1, 2, 3) _returns_nonnull_;
/* A node on top of LOWER that COMMAND ends; returns it. */
size_t hd_explain_top(struct hd_explain *e, size_t lower, const char *key,
		      const char *command) _nonnull_(1, 3);
/* The user of a path stands on BELOW, whose chain ends with that path. */
void hd_explain_backing(struct hd_explain *e, const struct hd_link *below,
			const struct hd_backing *backing) _nonnull_(1, 2, 3);

/* storage_swap.c: BLOCK itself, and files on MOUNT, where AT is. */
void hd_explain_swap(struct hd_explain *e, const struct hd_link *at,
		     const struct hd_block *block, const struct hd_signature *signature)
	_nonnull_(1, 2, 3, 4);
void hd_explain_swap_files(struct hd_explain *e, const struct hd_link *at,
			   const struct hd_mount *mount) _nonnull_(1, 2, 3);

/* storage_mounted.c: mounts of BLOCK. */
void hd_explain_mounts(struct hd_explain *e, const struct hd_link *at,
		       const struct hd_block *block) _nonnull_(1, 2, 3);
/* The pool of ZFS that BLOCK is a member of, if it is imported. */
void hd_explain_pool(struct hd_explain *e, const struct hd_link *at,
		     const struct hd_signature *signature) _nonnull_(1, 2, 3);

/* storage_sleeping.c: data on BLOCK, which nothing uses. */
void hd_explain_sleeping(struct hd_explain *e, const char *chain,
			 const struct hd_block *block, const struct hd_signature *signature)
	_nonnull_(1, 2, 3, 4);

/* storage_lvm.c: once all disks are explained. */
void hd_explain_groups(struct hd_explain *e) _nonnull_(1);
