/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host_events.h - waits until something happens on the host, and says what.
 *
 * Nothing is looked at again and again: the kernel wakes the caller.  What happens within a short
 * time comes at once, each thing once, and never more than a limit: what is beyond it is lost, and
 * that is an event, too.
 */
#pragma once

#include "facts/host/folder_events.h"

#define HD_EVENTS_WAIT_MS 100	/* that what belongs together comes together */
#define HD_EVENTS_MAX 256

struct hd_host_events {
	int uevents;			/* -1: of a captured tree there are none */
	struct hd_folder_events folders;
	int failed[HD_EVENT_SOURCES];	/* why a source cannot be watched (negative errno), or 0 */
	struct hd_host_event items[HD_EVENTS_MAX];	/* in the order of their last time */
	size_t n;
};

/* Opens what can be watched below ROOT, which must outlive it; see failed for the rest. */
void hd_host_events_open(struct hd_host_events *ret, const struct hd_sysroot *root)
	_nonnull_(1, 2);
void hd_host_events_close(struct hd_host_events *events) _nonnull_(1);

/*
 * Waits for the next events, without a limit, and replaces items.  Returns 1, 0 if the reader of
 * OUT_FD has gone, or a negative errno.
 */
int hd_host_events_wait(struct hd_host_events *events, int out_fd) _nonnull_(1) _must_check_;
