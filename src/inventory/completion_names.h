/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * completion_names.h - the names by which a host knows its devices and guests.
 *
 * For completion: directories are listed, nothing is opened behind them, no
 * process and no daemon is asked.  What cannot be read has no names.  Names
 * with control characters are left out, and so is what resolve.h would not take.
 */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"
#include "inventory/inventory.h"

struct hd_known {
	const char **names;
	size_t n;
	/* Set by the caller of hd_known_devices(): why a device is left out, or NULL. */
	const char *(*noise)(const struct hd_item *item);
};

/*
 * Names of devices that begin with START: addresses as the inventory has them (if START
 * is "", without those for which RET->noise() has a reason), and interfaces; if there are
 * none, the others that a device may have (01:00.0, pci_0000_01_00_0, 10de:1b06,
 * usb:046d:c52b, net:enp3s0).  If START begins with "/": nodes below /dev, and directories
 * there, which end in "/".  Owned by ARENA.
 */
void hd_known_devices(struct hd_known *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena, const char *start) _nonnull_(1, 2, 3, 4);

/* Addresses and interfaces of functions that can have virtual functions, which begin with START. */
void hd_known_sriov(struct hd_known *ret, const struct hd_sysroot *root,
		    struct hd_arena *arena, const char *start) _nonnull_(1, 2, 3, 4);

/* Guests that libvirt has defined or runs, by its files' names (guests.h); who does both is there twice. */
void hd_known_guests(struct hd_known *ret, const struct hd_sysroot *root,
		     struct hd_arena *arena, const char *start) _nonnull_(1, 2, 3, 4);

/* Appends NAME if it begins with START and can be printed. */
void hd_known_add(struct hd_known *known, struct hd_arena *arena, const char *start,
		  const char *name) _nonnull_(1, 2, 3, 4);
