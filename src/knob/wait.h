/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * wait.h - how a change waits for the host, without a guess and never for ever.
 *
 * Where the kernel has an event for what is awaited (a state file of systemd or a control
 * group changes, a process ends), it ends the wait.  Where it has none (a module's count, a
 * descriptor that is closed), the host is looked at every HD_WAIT_LOOK_MS.
 */
#pragma once

#include <stdint.h>

#include "plan/knob.h"

#define HD_WAIT_LOOK_MS 100

/* When a set gives up: a little before the child that it runs in is given up, so that it can say why. */
int64_t hd_wait_deadline(const struct hd_knob_host *host) _nonnull_(1);

/* The same for a knob that awaits programs. */
int64_t hd_wait_ending(const struct hd_knob_host *host) _nonnull_(1);

/* What an inotify(7) descriptor watches; fd -1: nothing, and looks take its place. */
struct hd_wait {
	int fd;
};

void hd_wait_begin(struct hd_wait *ret) _nonnull_(1);
void hd_wait_end(struct hd_wait *wait) _nonnull_(1);	/* for _cleanup_() too */

/* Also watches this file or directory; what is not there, or cannot be watched, is looked at. */
void hd_wait_add(struct hd_wait *wait, const struct hd_sysroot *root, const char *fmt, ...)
	_nonnull_(1, 2, 3) _printf_(3, 4);

/* Until something has happened, or it is time to look, or DEADLINE, which is false. */
bool hd_wait_for(struct hd_wait *wait, int64_t deadline) _nonnull_(1);
