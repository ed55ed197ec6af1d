/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replace_file.h - replaces one file of the configuration by another text, and back.
 *
 * The pieces of a transaction (transaction.h): stage() all, then commit() all.
 * ".NAME.hostdevctl-new" holds the text that comes, ".NAME.hostdevctl-old" is
 * another name of the inode that goes; both are in the file's own directory.
 */
#pragma once

#include <stdbool.h>

#include "base/sysroot.h"

#define HD_SWAP_MAX_TEXT (1u << 20)	/* no file that we change is larger */

struct hd_swap {
	const char *path;
	const char *old, *text;		/* NULL: no file */
	mode_t mode;			/* mode and owner of the old file, or of the new one */
	uid_t uid;
	gid_t gid;
};

enum hd_swap_state {
	HD_SWAP_OLD,
	HD_SWAP_NEW,
	HD_SWAP_OTHER,			/* somebody else's text */
};

/* Is PATH relative, without "." and "..", and does it end in a name? */
bool hd_swap_path_is_valid(const char *path) _nonnull_(1);

/* The directory that PATH is in: a descriptor, or a negative errno. */
int hd_swap_parent(const struct hd_sysroot *root, const char *path) _nonnull_(1, 2) _must_check_;

/* Fills mode and owner of a file that is there; refuses links, nodes, hard links (-EMLINK). */
int hd_swap_look(struct hd_swap *swap, const struct hd_sysroot *root, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;

/* Which of the two texts the file has: an enum hd_swap_state, or a negative errno with ERR. */
int hd_swap_state(const struct hd_swap *swap, const struct hd_sysroot *root,
		  struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* The text that the file has now, owned by ARENA; *ret is NULL where there is none. */
int hd_swap_read(const char **ret, struct hd_arena *arena, const struct hd_sysroot *root,
		 const char *path, struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;

/* Writes the text that comes, durably.  Nothing that anybody reads is changed. */
int hd_swap_stage(const struct hd_swap *swap, const struct hd_sysroot *root,
		  struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* Gives it the file's name, if the file still has the old text (else -ESTALE). */
int hd_swap_commit(const struct hd_swap *swap, const struct hd_sysroot *root,
		   struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/*
 * Puts the old inode back where commit() kept it: needs no space.  1 done, 0
 * there is none (stage and commit the reverse), or a negative errno with ERR.
 */
int hd_swap_return(const struct hd_swap *swap, const struct hd_sysroot *root,
		   struct hd_error *err) _nonnull_(1, 2, 3) _must_check_;

/* The same swap the other way round. */
struct hd_swap hd_swap_reverse(const struct hd_swap *swap) _nonnull_(1);

/* Removes what stage() and commit() left beside the file. */
void hd_swap_tidy(const char *path, const struct hd_sysroot *root) _nonnull_(1, 2);

/* All of a file that is open: 0; -EFBIG, -EILSEQ for a NUL byte, or another negative errno. */
int hd_swap_file_read(int fd, struct hd_arena *arena, const char **ret)
	_nonnull_(2, 3) _must_check_;
