/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * capture_write.h - a capture as text (inventory/capture_read.h), with what identifies a machine replaced.
 */
#pragma once

#include <stdio.h>

#include "inventory/capture.h"

/* Writes the comment HD_TREE_BEGIN TITLE, the capture, and HD_TREE_END. 0 or -EIO. */
int hd_tree_write(FILE *out, const struct hd_capture *capture, const char *title)
	_nonnull_(1, 2) _must_check_;

/*
 * Replaces MAC addresses, UUIDs, serial numbers, and users' names below /home, the
 * same value by the same replacement everywhere: in contents, names, directories
 * and the targets of links.  MAC addresses also in the forms that interface names
 * (enx...) and IPv6 addresses have.  Serial numbers are those of files that say so,
 * with 4 characters or more.  HOST_NAME (NULL: unknown) and its first label are
 * replaced as words in contents alone, and not where the kernel or the distribution
 * has a thing of that name.  Not replaced: IP addresses, short volume ids of FAT
 * and NTFS, labels, and names that people gave.
 * 0, or -E2BIG if there are too many to be sure of all: nothing was replaced then.
 */
int hd_capture_redact(struct hd_capture *capture, struct hd_arena *arena, const char *host_name)
	_nonnull_(1, 2) _must_check_;
