/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * folder_events.h - guests and journals that come and go, by the files that they are.
 *
 * By inotify(7), and never by libvirt's API, which hangs with its daemon.  A folder that does not
 * exist yet is found when it is made: all folders above it are watched, too.
 */
#pragma once

#include "base/sysroot.h"
#include "facts/host/host_event.h"

#define HD_EVENT_FOLDERS 3
#define HD_EVENT_FOLDER_DEPTH 4		/* the root, and three below it */

struct hd_folder_events {
	int fd;				/* for poll(2); -1: none */
	const struct hd_sysroot *root;
	int watches[HD_EVENT_FOLDERS][HD_EVENT_FOLDER_DEPTH];	/* -1: none */
	int failed[HD_EVENT_FOLDERS];	/* why it is not watched (negative errno); 0 also if there is none */
};

/*
 * Watches all folders below ROOT, which must outlive it.  ret_failed[SOURCE] is the negative errno
 * if a folder of that source cannot be watched, else 0.
 */
void hd_folder_events_open(struct hd_folder_events *ret, const struct hd_sysroot *root,
			   int ret_failed[static HD_EVENT_SOURCES]) _nonnull_(1, 2, 3);
void hd_folder_events_close(struct hd_folder_events *events) _nonnull_(1);

/*
 * Gives what has happened to EACH, without waiting.  That some were lost is an event, and that a
 * folder which was made cannot be watched.
 */
void hd_folder_events_read(struct hd_folder_events *events, hd_host_event_fn *each, void *data)
	_nonnull_(1, 2);
