/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * guests.h - which other guests have or claim host devices.
 *
 * Read from libvirt's own files, never by its API (a hook must not call it):
 * run/libvirt/qemu/NAME.xml are the running guests' status, and
 * etc/libvirt/qemu/NAME.xml the defined ones.  Files that cannot pass a device
 * (early_exit.h) are not parsed; a file that cannot be parsed is noted and skipped
 * if defined, and is an unknown if running.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"
#include "base/sysroot.h"
#include "domain/request.h"

struct hd_guest_claim {
	const char *guest;		/* name, printable */
	char uuid[37];			/* lower case */
	bool is_running;
	int keeper_pid;			/* of the keeper of its start (run/keeper.h), or 0 */
	bool is_journalled;		/* known by our own journal (run/claims.h) */
	struct hd_pci_addr addr;
};

/* A USB, serial, mediated or SCSI device of a guest. */
struct hd_guest_device {
	const char *guest;		/* name, printable */
	char uuid[37];			/* lower case */
	struct hd_hostdev dev;		/* its kind and what names it; nothing else is set */
};

struct hd_guests {
	struct hd_guest_claim *claims;	/* of PCI functions only */
	size_t n_claims;
	struct hd_guest_device *devices;	/* of running guests */
	size_t n_devices;
	struct hd_guest_device *defined_devices;	/* of defined ones, running or not */
	size_t n_defined_devices;
	const char *hidden;		/* why running guests may not be seen, or NULL */
	const char *unreadable;		/* first status file that could not be understood, or NULL */
	/*
	 * What the guest with EXCEPT_UUID has itself, because it runs.  A start must
	 * not believe it: then the file is a leftover.
	 */
	struct hd_pci_addr *own;
	size_t n_own;
	struct hd_guest_device *own_devices;
	size_t n_own_devices;
};

/* Claims of all guests but the one with EXCEPT_UUID ("" for all). */
int hd_guests_read(struct hd_guests *ret, const struct hd_sysroot *root,
		   struct hd_arena *arena, const char *except_uuid, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;
