/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * journal_internal.h - the lines of a journal, for its writer and its reader.
 *
 *   SUM hostdevctl-journal 2 OWNER KEY SINCE STEPS NAME BOOT UPTIME
 *   SUM step INDEX STAGE GROUP KNOB TARGET FROM TO	(STEPS of them)
 *   SUM intent INDEX					(or another event)
 *   SUM commit
 *
 * SUM is eight hex digits: the CRC-32 of the line's text, begun with the sum
 * of the line before, so that a line which is changed, lost, doubled or moved
 * breaks the chain.  SINCE is for people: a clock may be set; UPTIME of BOOT tells the age.
 * Version 1 has neither, and is still read.  What the first line begins with, up to the
 * version, is the same in all versions to come: an older program must see that it is older.
 * Texts are percent-encoded; an empty one is "%".
 */
#pragma once

#include <dirent.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "run/journal.h"

#define HD_JOURNAL_WORD "hostdevctl-journal"
#define HD_JOURNAL_VERSION 2
#define HD_JOURNAL_LINE 2048		/* a line with its newline and end */
#define HD_JOURNAL_NAME 256		/* what is kept of a guest's name, with its end */
#define HD_JOURNAL_KNOB 32		/* a knob's name with its end */
#define HD_JOURNAL_MAX (1u << 20)	/* no journal is larger: four events a step at most */
#define HD_JOURNAL_SUM 8		/* hex digits */

/* By event and by owner. */
extern const char *const hd_journal_events[HD_EVENT_MAX];
extern const char *const hd_journal_owners[HD_OWNER_MAX];

/* Is KEY what hd_journal_id_guest(), _rehearsal() or _admin() makes for OWNER? */
bool hd_journal_key_is_valid(enum hd_owner owner, const char *key) _nonnull_(2);

/*
 * Opens a file in the state directory without waiting for anything; *ret is its fstat(2).
 * -EBADMSG: it is not a regular file of ours.
 */
int hd_journal_open(int dir_fd, const char *name, int flags, struct stat *ret)
	_nonnull_(2, 4) _must_check_;

/* The names in the state directory; NULL with errno. */
DIR *hd_journal_open_dir(int dir_fd);
