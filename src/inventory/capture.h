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
