/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * keeper.h - keeps disks free between the hook's return and libvirt's unbind.
 *
 * libvirt unbinds managed='yes' devices after our `prepare` has returned.  A
 * small process holds the exclusive claims on their disks until then, so that a
 * mount in between fails.  It has no standard streams (libvirt waits for these),
 * holds no lock of a group, and ends by itself:
 *
 * - a function's claims go when another driver has it, or it is gone.  The
 *   `driver` link vanishes before the old driver lets go of its disks (Linux
 *   drivers/base/dd.c, __device_release_driver): no driver is not enough;
 * - when its file is removed from the state directory: the way to end it;
 * - at its deadline, so that a start that came to nothing does not keep the
 *   administrator from mounting a disk for long.
 *
 * Its file is locked (flock) while it lives and no other process has the lock's
 * description: whoever gets the lock knows that it is gone.  No pid is trusted.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"
#include "base/sysroot.h"

#define HD_KEEPER_FILE "keeper-"	/* and the guest's UUID */
#define HD_KEEPER_MAX 256		/* claims */

/* One disk that is kept free. */
struct hd_kept {
	char function[HD_PCI_ADDR_SIZE];
	const char *driver;	/* what the function is on while the claim is needed */
	int claim_fd;		/* the caller's; the keeper has a copy */
};

struct hd_keeping {
	const struct hd_sysroot *root;
	int dir_fd;			/* the state directory */
	const char *uuid, *guest;	/* checked as a journal's key; any text */
	struct hd_kept *kept;
	size_t n;
	int deadline_ms;		/* from now */
};

/*
 * Starts the keeper.  On return it has left its parent's streams and locks
 * behind and holds the claims.  Returns 0 (nothing is started without claims),
 * or a negative errno with ERR: -EEXIST if the guest has one already.
 */
int hd_keeper_start(const struct hd_keeping *keeping, struct hd_error *err)
	_nonnull_(1, 2) _must_check_;

/*
 * Ends the keeper of the guest with this UUID, if there is one, and removes what
 * a killed one left.  Waits until it is gone, at most until DEADLINE (hd_now_ms).
 */
int hd_keeper_end(int dir_fd, const char *uuid, int64_t deadline, struct hd_error *err)
	_nonnull_(2, 4) _must_check_;

/* A keeper at work. */
struct hd_keeper {
	char uuid[37];
	const char *guest;	/* printable */
	int pid;		/* to be shown to people */
	int64_t since;		/* seconds of CLOCK_REALTIME */
	int seconds_left;
	struct hd_pci_addr *functions;
	size_t n_functions;
};

/* All that are alive. Returns how many, or a negative errno with ERR. */
ssize_t hd_keeper_list(struct hd_keeper **ret, struct hd_arena *arena, int dir_fd,
		       struct hd_error *err) _nonnull_(1, 2, 4) _must_check_;
