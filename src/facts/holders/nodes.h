/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nodes.h - the device nodes and files through which processes reach a device.
 *
 * Source: the "dev" and "uevent" files below the device's directory in sysfs
 * (Documentation/ABI/testing/sysfs-dev, drivers/base/core.c dev_uevent), and its
 * files "resourceN", which are its BARs (Documentation/PCI/sysfs-pci.rst).
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/sysroot.h"
#include "facts/pci/pci.h"
#include "facts/storage/storage.h"

/*
 * A file of sysfs has no device number.  It has this major, which no device can
 * have, and for its minor the number of its inode: the same in each mount of sysfs,
 * and no other file has the same low 32 bits (Linux fs/kernfs/dir.c, __kernfs_new_node).
 */
#define HD_NODE_FILE 4096u

struct hd_node {
	unsigned major, minor;
	const char *name;		/* "/dev/vfio/12", printable; for people, and for captured
					   trees, which know their open files by name only */
	bool is_block;			/* block and character devices count separately */
	const char *subsystem;		/* "block", "sound", "input", "tty", "drm"...; "" if unknown;
					   "pci" for a BAR's file */
};

static inline bool hd_node_is_file(const struct hd_node *node)
{
	return node->major == HD_NODE_FILE;
}

/*
 * Every node below DIR ("sys/devices/.../0000:01:00.0", or the directory of a
 * USB device), in the order of the directory's walk.  Follows no link.  With
 * STOPS_AT_FUNCTIONS the directories of other PCI functions are left out: a
 * bridge is not the devices behind it.  A directory that is not there has no
 * nodes.  Appends to *RET, which may have *N nodes already, and adds none twice.
 */
int hd_nodes_below(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
		   struct hd_arena *arena, const char *dir, bool stops_at_functions,
		   struct hd_error *err) _nonnull_(1, 2, 3, 4, 5, 7) _must_check_;

/* The node of DIR itself, if it has one; the rest as above. */
int hd_node_at(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
	       struct hd_arena *arena, const char *dir, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5, 6) _must_check_;

/* Is one of N nodes of this SUBSYSTEM, such as "input"? */
bool hd_nodes_have(const struct hd_node *nodes, size_t n, const char *subsystem) _nonnull_(3);

/*
 * Every node of a PCI function: those below it and those that lie elsewhere, which are the
 * heads of NVMe multipath disks with their partitions (STORAGE knows them), nvidia's, and those
 * of drivers that register them at no device.  Nodes that devices share (kfd, nvidiactl, mem) are
 * left out: who has them open has not thereby this function.
 */
int hd_nodes_read(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
		  struct hd_arena *arena, const struct hd_pci_fn *fn,
		  const struct hd_storage *storage, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5, 6, 7) _must_check_;

/*
 * Appends the files of the function's BARs, "/sys/devices/.../resource0" and
 * "resource0_wc".  Who has one open or mapped drives the device itself, whatever
 * driver it has and without any: SPDK, DPDK, flash programs.  Its configuration
 * space ("config") is left out: lspci, libvirt and others read it for moments.
 */
int hd_nodes_bars(struct hd_node **ret, size_t *n, const struct hd_sysroot *root,
		  struct hd_arena *arena, const struct hd_pci_fn *fn, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5, 6) _must_check_;
