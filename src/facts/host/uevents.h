/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * uevents.h - devices that come, go, or change their driver, told by the kernel.
 *
 * The kernel's own group of NETLINK_KOBJECT_UEVENT (Linux lib/kobject_uevent.c), which any user may
 * join.  libudev and libsystemd's sd_device_monitor (from version 251) give the same: neither is
 * linked into the tool, and neither knows the addresses of our lists.
 */
#pragma once

#include <stddef.h>

#include "facts/host/host_event.h"

/* A descriptor for poll(2), or a negative errno. */
int hd_uevents_open(void) _must_check_;

/*
 * Gives what has arrived to EACH, without waiting.  Returns 0, or a negative errno if nothing more
 * will come; that some were lost is an event.
 */
int hd_uevents_read(int fd, hd_host_event_fn *each, void *data) _nonnull_(2) _must_check_;

/*
 * What the LENGTH bytes at MESSAGE, after which there is a NUL, say of a device that lists have:
 * of itself, or that something of it (a disk, an interface, a USB interface) changed.
 */
bool hd_uevent_parse(struct hd_host_event *ret, const char *message, size_t length)
	_nonnull_(1, 2) _must_check_;
