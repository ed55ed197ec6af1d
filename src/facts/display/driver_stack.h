/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * driver_stack.h - how a graphics card's driver lets go of it: unbound, or by unloading its modules.
 */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"
#include "facts/pci/pci.h"

#define HD_STACK_MAX 6		/* modules that are unloaded for one driver */

/* One row for each driver whose modules are unloaded; all others are unbound. */
struct hd_driver_stack {
	const char *driver;
	const char *why;			/* to unload them, as a phrase */
	const char *modules[HD_STACK_MAX + 1];	/* what may be unloaded; users before what they use */
	const char *nodes[4];			/* "nvidiactl": below /dev, shared by all its cards */
	const char *keepers[8];			/* services that keep the driver busy without a screen */
};

/* The driver's row, or NULL: it is unbound once nobody uses the card. */
const struct hd_driver_stack *hd_driver_stack_of(const char *driver);

/* What must be unloaded now, and what stands against it. */
struct hd_loaded_stack {
	const char *modules[HD_STACK_MAX];	/* those that are loaded, in the order of unloading */
	const char *by_hand[HD_STACK_MAX];	/* of each, what its next loading does not set again:
						   hd_module_set_by_hand() */
	size_t n;
	const char *foreign;	/* "other_module uses nvidia", "0000:02:00.0 is on nvidia, too";
				   NULL: nothing is */
};

/*
 * The modules of FN's driver.  N_GOING functions, GOING, leave the driver as well; another one
 * that is on it needs the modules.  Source: sys/module/X/holders, sys/bus/pci/drivers.
 */
void hd_driver_stack_read(struct hd_loaded_stack *ret, const struct hd_sysroot *root,
			  struct hd_arena *arena, const struct hd_driver_stack *stack,
			  const struct hd_pci_addr *going, size_t n_going) _nonnull_(1, 2, 3, 4);
