/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * capture.h - the files of a host that facts are read from, so that another host can judge it.
 *
 * A table says which: identity, drivers, groups, interfaces, disks, USB and
 * consoles of sysfs, the state of kernel and IOMMU, modules, and the files of /etc
 * that configure these, the hooks and the unit of libvirt's daemon.  Not in it: other
 * processes and what they have open, guests, the journals, device numbers, and file
 * contents beyond what is named.
 */
#pragma once

#include <stdio.h>

#include "base/sysroot.h"

enum hd_captured_kind {
	HD_CAPTURED_DIR,	/* it exists; value NULL */
	HD_CAPTURED_TEXT,
	HD_CAPTURED_SCRIPT,	/* the same, and may be executed */
	HD_CAPTURED_BYTES,	/* not text */
	HD_CAPTURED_LINK,
};

struct hd_captured {
	enum hd_captured_kind kind;
	const char *dir;	/* "sys/devices/pci0000:00" */
	const char *name;	/* NULL: HD_CAPTURED_DIR */
	const char *value;	/* text without its last newline, a target, bytes */
	size_t length;
};

struct hd_capture {
	struct hd_captured *items;	/* sorted by directory and name, each once */
	size_t n;
	bool is_cut;			/* there was more than HD_CAPTURE_MAX */
	size_t n_unread;		/* unreadable directories, and files without permission */
	const char *unread;		/* the first of them, and why; printable */
};

#define HD_CAPTURE_MAX 200000

/*
 * Only reads.  What cannot be read is left out, and counted if that is unusual.  Everything in
 * *ret is owned by ARENA.  Names with a blank, a newline or a control character are left out.
 */
void hd_capture_host(struct hd_capture *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena) _nonnull_(1, 2, 3);

/* Sorts after names were changed. */
void hd_capture_sort(struct hd_capture *capture) _nonnull_(1);

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
