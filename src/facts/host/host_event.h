/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host_event.h - one thing that happened on the host: only that, and to what.
 *
 * Nobody decides by an event: who gets one reads the state again.  So a lost one costs
 * freshness, and never truth.
 */
#pragma once

#include <limits.h>
#include <stdbool.h>

#include "base/macro.h"

enum hd_event_source {
	HD_EVENTS_OF_DEVICES,	/* the kernel's uevents */
	HD_EVENTS_OF_GUESTS,	/* the files of libvirt's QEMU driver */
	HD_EVENTS_OF_HELD,	/* our journals */
	HD_EVENT_SOURCES
};

struct hd_host_event {
	enum hd_event_source source;
	bool is_lost;			/* some were lost; nothing of what follows is set */
	int failed;			/* why something of SOURCE cannot be watched from now on (negative
					   errno): nothing of what follows is set; 0: this is an event */
	const char *action;		/* of a device: add, remove, bind, unbind, change; of a guest:
					   running, stopped, defined, undefined; else NULL.  Static */
	const char *kind;		/* of a device: pci, usb, serial, mdev, scsi.  Static */
	char name[NAME_MAX + 1];	/* a device's address as lists have it, a guest's name, or "" */
	char driver[64];		/* that a pci, mdev or scsi device has now, or "" */
};

/* What takes events, one by one; EVENT is the caller's. */
typedef void hd_host_event_fn(void *data, const struct hd_host_event *event);
