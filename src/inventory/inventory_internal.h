/* SPDX-License-Identifier: GPL-2.0-or-later */
/* inventory_internal.h - one reader per kind of device; for inventory*.c only. */
#pragma once

#include "inventory/inventory.h"

#define HD_MAX_SHOWN 80		/* characters of a name that others chose */
#define HD_MAX_NOTE 400

struct hd_inventory_reading {
	struct hd_inventory *inventory;
	const struct hd_sysroot *root;
	struct hd_arena *arena;
	unsigned want;
	struct hd_error *err;
};

/* Each appends the devices of its kind, in any order, and returns 0 or fills the error. */
int hd_inventory_read_pci(struct hd_inventory_reading *r) _nonnull_(1) _must_check_;
int hd_inventory_read_usb(struct hd_inventory_reading *r) _nonnull_(1) _must_check_;
int hd_inventory_read_serial(struct hd_inventory_reading *r) _nonnull_(1) _must_check_;
int hd_inventory_read_scsi(struct hd_inventory_reading *r) _nonnull_(1) _must_check_;
int hd_inventory_read_mdev(struct hd_inventory_reading *r) _nonnull_(1) _must_check_;

/*
 * The NAMES of the directory DIR ("sys/bus/pci/devices") and the directory itself as *FD.
 * How many there are, none if DIR does not exist; or a negative errno with the error.
 */
ssize_t hd_inventory_names(struct hd_inventory_reading *r, const char *dir,
			   const char *const **names, int *fd) _nonnull_(1, 2, 3, 4) _must_check_;

/* An item whose unknowns are unknown. */
struct hd_item hd_inventory_item(enum hd_device_kind kind, const char *address, const char *path)
	_nonnull_(2, 3);
void hd_inventory_add(struct hd_inventory_reading *r, const struct hd_item *item)
	_nonnull_(1, 2);

/* What cannot be read of a device that is listed: for hd_inventory.unknown. */
void hd_inventory_note(struct hd_inventory_reading *r, const char *fmt, ...)
	_nonnull_(1, 2) _printf_(2, 3);

/*
 * The real directory ("sys/devices/...") of what the link NAME of the directory DIR ("sys/bus/pci/devices",
 * open as DIR_FD) says; DIR/NAME for a captured tree's plain directory.  NULL: it leads
 * elsewhere, or is gone.
 */
const char *hd_inventory_path(struct hd_inventory_reading *r, int dir_fd, const char *dir,
			      const char *name) _nonnull_(1, 3, 4);

/* Sorts, then sets parent, pci, numa_node and physfn where they follow from the paths. */
void hd_inventory_finish(struct hd_inventory_reading *r) _nonnull_(1);

/* The number that the link's last component is ("iommu_group"), or HD_NO_GROUP. */
int hd_inventory_group(int dir_fd);
