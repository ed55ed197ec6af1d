/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * inhibitors.h - who asks that the host is neither switched off nor put to sleep now?
 *
 * A package upgrade or the burning of a disc does so while it must not be interrupted, and
 * what it asks for is good for the session that it runs in as well.
 *
 * Source: logind's state files, run/systemd/inhibit/N (systemd src/login/logind-inhibit.c,
 * inhibitor_save).
 */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

#define HD_INHIBITORS "run/systemd/inhibit"

struct hd_inhibitor {
	const char *who, *why;		/* printable, "?" if the file does not say */
	const char *file;		/* "run/systemd/inhibit/4" */
	const char *pid;		/* digits, or NULL */
};

struct hd_inhibitors {
	struct hd_inhibitor *items;	/* those that block shutdown or sleep; a delay does not count */
	size_t n;
	const char *unread;		/* the file or folder that could not be read; NULL: none */
};

/* A host without logind has none. */
void hd_inhibitors_read(struct hd_inhibitors *ret, const struct hd_sysroot *root,
			struct hd_arena *arena) _nonnull_(1, 2, 3);
