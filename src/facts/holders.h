/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * holders.h - which processes have a device node open.
 *
 * proc/PID/fd entries are compared by device number (fstatat; RESOLVE_IN_ROOT
 * refuses magic links), so a node under another name or in another mount
 * namespace is found too.  One pass serves all nodes.
 */
#pragma once

#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"

struct hd_node {
	unsigned major, minor;
	const char *name;		/* "/dev/vfio/12" */
};

struct hd_holder {
	const struct hd_node *node;
	pid_t pid;
	const char *command;		/* proc/PID/comm, printable */
};

struct hd_holders {
	struct hd_holder *holders;	/* by pid */
	size_t n;
};

int hd_holders_read(struct hd_holders *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const struct hd_node *nodes, size_t n_nodes,
		    struct hd_error *err) _nonnull_(1, 2, 3, 6) _must_check_;

/*
 * Is the VFIO group, or the device's own node (dev/vfio/devices/vfioN), of this
 * function open by any process?  The kernel's word first: opening a group that
 * is in use gives EBUSY (drivers/vfio/group.c, vfio_group_fops_open).
 * Returns 1 in use (with *ret_who as "qemu-system-x86 (pid 812)" or "a process"),
 * 0 free, or a negative errno: treat as in use.
 */
int hd_vfio_in_use(const struct hd_sysroot *root, struct hd_arena *arena, const char *fn_name,
		   const char **ret_who) _nonnull_(1, 2, 3, 4) _must_check_;

/* The same for any device with an IOMMU group (a mediated one), by its directory in sysfs. */
int hd_vfio_dir_in_use(const struct hd_sysroot *root, struct hd_arena *arena, const char *dir,
		       const char **ret_who) _nonnull_(1, 2, 3, 4) _must_check_;
