/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * login_session.h - who is logged in, and which devices logind opened for whom.
 *
 * Source: logind's state files, run/systemd/sessions/ID (systemd
 * src/login/logind-session.c, session_save).  A session that took devices from
 * logind lists their numbers.
 */
#pragma once

#include "base/arena.h"
#include "base/sysroot.h"

#define HD_SESSIONS "run/systemd/sessions"

struct hd_session {
	const char *id;			/* "2", "c1": letters and digits */
	const char *type;		/* the rest as the file has it, NULL if it has not */
	const char *seat, *user, *leader;
	const char *devices;		/* "226:0 13:64" */
	const char *state;		/* "active", "closing" */
};

struct hd_sessions {
	struct hd_session *items;	/* by id */
	size_t n;
	const char *unread;		/* the file or folder that could not be read; NULL: none */
	int error;			/* why, a negative errno */
};

/* A host without logind has no sessions. */
void hd_sessions_read(struct hd_sessions *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena) _nonnull_(1, 2, 3);

/* The session for which logind opened the device with this number, or NULL. */
const struct hd_session *hd_session_with(const struct hd_sessions *sessions,
					 struct hd_arena *arena, unsigned major,
					 unsigned minor) _nonnull_(1, 2);
