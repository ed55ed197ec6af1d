/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unseen.h - the devices that running guests were given after their start, and no journal has.
 *
 * virsh attach-device, virt-manager and others add devices to a running guest, for which libvirt
 * runs no hook.  libvirt's status files show such a device, QEMU's command line of the guest's
 * start lacks it, and no journal has it.  Where the log with the command line cannot be read, or
 * has lost it, nothing is said: a device that was on VFIO before the start has no journal,
 * either.
 */
#pragma once

#include "base/context.h"
#include "domain/request.h"

struct hd_unseen_device {
	const char *guest;		/* name, printable */
	const char *uuid;		/* lower case */
	const char *live;		/* its XML */
	struct hd_hostdev dev;		/* PCI, USB or mediated; only the first have journals at all */
};

struct hd_unseen {
	struct hd_unseen_device *items;	/* by guest */
	size_t n;
	const char *unreadable;		/* first status file that could not be understood, or NULL */
};

/* 0, or a negative errno with ERR.  All of *RET is owned by the context's arena. */
int hd_unseen_read(struct hd_unseen *ret, struct hd_context *context, struct hd_error *err)
	_nonnull_(1, 2, 3) _must_check_;
