/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * replug_state.h - one change of a guest at a time, and pauses for a device that resets all the time.
 *
 * In the state directory: replug-UUID.lock is held while a guest is changed; replug-PORT.lock
 * by the one process that waits to look at a port: whoever comes meanwhile has nothing to add;
 * replug-PORT is how it went the last time.  Locks are flock(2), so a crash leaves none.
 */
#pragma once

#include "base/arena.h"
#include "base/error.h"
#include "domain/policy.h"

/* What happened to one port, and how often. */
struct hd_replug_record {
	char port[HD_USB_PORT_SIZE];
	int64_t uptime_s;	/* hd_uptime_s() of the last time */
	int64_t time;		/* the same, seconds since 1970 */
	unsigned n;		/* how often in a row, each within HD_REPLUG_CALM_S of the one before */
	const char *guest;	/* printable; "" if no single one */
	const char *outcome;	/* printable: "given to the guest", "refused: ..." */
};

#define HD_REPLUG_CALM_S 120

/* Seconds to wait before the Nth time in a row: none at first, then twice as long each, up to 60. */
int hd_replug_pause_s(unsigned n);

/*
 * The lock of who waits to look at PORT, a valid one.  Returns a descriptor, -EWOULDBLOCK if
 * another process waits, or another negative errno with ERR.
 */
int hd_replug_lock_port(int dir_fd, const char *port, struct hd_error *err)
	_nonnull_(2, 3) _must_check_;

/* The lock of the guest with UUID, in lower case: a descriptor, or -ETIMEDOUT at DEADLINE, ... */
int hd_replug_lock_guest(int dir_fd, const char *uuid, int64_t deadline, struct hd_error *err)
	_nonnull_(2, 4) _must_check_;

/* What is known of PORT; nothing yet (n is 0) if there is no record, or one that is not understood. */
void hd_replug_record_read(struct hd_replug_record *ret, struct hd_arena *arena, int dir_fd,
			   const char *port) _nonnull_(1, 2, 4);

/* Whole or not at all.  0, or a negative errno. */
int hd_replug_record_write(const struct hd_replug_record *record, int dir_fd)
	_nonnull_(1) _must_check_;

/* All records, sorted by port; returns how many, or a negative errno. */
ssize_t hd_replug_record_list(struct hd_replug_record **ret, struct hd_arena *arena, int dir_fd)
	_nonnull_(1, 2) _must_check_;
