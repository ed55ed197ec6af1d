/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * leftover.h - what libvirt left on VFIO of a guest that has ended, and no journal has.
 *
 * Only of devices that the guest was given while it ran: QEMU's command line, in libvirt's log
 * of the guest, lacks them.  Whoever attached one with managed='yes' asked libvirt to give it
 * back, which libvirt does not do where its record of the device is older.  Before such a device
 * goes back, its VFIO group must be younger than the guest's start; nothing may bind it at boot,
 * nobody may have the group open, and no other guest the device.  All others are only reported:
 * somebody put them on VFIO for the guest, and only he knows for how long.
 *
 * QEMU can write to that log, and so forge the command line and the time of the start.  What a
 * forger gains is that a device goes back whose element says managed='yes', which asks for that.
 */
#pragma once

#include "act/host_change.h"
#include "domain/request.h"
#include "facts/libvirt/start_log.h"

struct hd_leftover {
	struct hd_hostdev *devs;	/* of the guest's XML, in its order */
	size_t n;
	struct hd_start_command command;	/* of the guest's start */
};

/* A look that needs no lock, and finds nothing for most guests. */
void hd_leftover_find(struct hd_leftover *ret, struct hd_context *context,
		      const struct hd_request *request) _nonnull_(1, 2, 3);

/*
 * Under the locks of their groups: gives back those that it may.  What became of each is logged
 * for GUEST (printable).  HD_EXIT_OK, also if they stay where they are; HD_EXIT_STRANDED with
 * ERR if a change of one could be neither made nor undone.
 */
enum hd_exit hd_leftover_give_back(struct hd_change *change, const struct hd_leftover *leftover,
				   const struct hd_request *request, const char *guest,
				   struct hd_error *err) _nonnull_(1, 2, 3, 4, 5) _must_check_;
