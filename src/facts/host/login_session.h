/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * login_session.h - who is logged in, and which devices logind opened for whom.
 *
 * Source: logind's state files, run/systemd/sessions/ID (systemd
 * src/login/logind-session.c, session_save).  A session that took devices from
 * logind lists their numbers.
 */
#pragma once

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/sysroot.h"

#define HD_SESSIONS "run/systemd/sessions"

struct hd_session {
	const char *id;			/* "2", "c1": letters and digits */
	const char *type;		/* the rest as the file has it, NULL if it has not */
	const char *seat, *user, *uid, *leader;
	const char *class;		/* "user", "greeter", "manager" */
	const char *remote;		/* "1": it came by the network */
	const char *service;		/* of PAM: "login", "gdm-password" */
	const char *tty;		/* "tty2" */
	const char *devices;		/* "226:0 13:64" */
	const char *state;		/* "active", "closing" */
};

struct hd_sessions {
	struct hd_session *items;	/* by id */
	size_t n;
	const char *unread;		/* the file or folder that could not be read; NULL: none */
	int error;			/* why, a negative errno */
};

static inline bool hd_session_is_closing(const struct hd_session *session)
{
	return session->state && !strcmp(session->state, "closing");
}

/*
 * Does the user's own manager (user@UID.service) stay while this session does?  Since systemd 256 the manager
 * has a session itself, which ends with the last of the others (src/login/logind-session.h).
 */
bool hd_session_keeps_manager(const struct hd_session *session) _nonnull_(1);

/* Is it an X11 or Wayland session?  One that was started from a text console need not say so. */
bool hd_session_is_graphical(const struct hd_session *session) _nonnull_(1);

/*
 * The display manager: the service that the session leader's parent is in, or NULL.  It would
 * bring its login screen back if only the session ended.
 */
const char *hd_session_starter(const struct hd_sysroot *root, struct hd_arena *arena,
			       const struct hd_session *session) _nonnull_(1, 2, 3);

/*
 * Who would start the session, or a login screen, again: its display manager, or the getty of the
 * text console that it was started from; or NULL.
 */
const char *hd_session_restarter(const struct hd_sysroot *root, struct hd_arena *arena,
				 const struct hd_session *session) _nonnull_(1, 2, 3);

/* Has a session on SEAT that the display manager UNIT restarts opened a graphics card?  Not one that closes. */
bool hd_sessions_have_card(const struct hd_sessions *sessions, const struct hd_sysroot *root,
			   struct hd_arena *arena, const char *unit, const char *seat)
	_nonnull_(1, 2, 3, 4);

/* "session 2 of joe (wayland)", "session c1 of gdm (login screen)"; printable. */
const char *hd_session_text(struct hd_arena *arena, const struct hd_session *session)
	_nonnull_(1, 2) _returns_nonnull_;

/* A host without logind has no sessions. */
void hd_sessions_read(struct hd_sessions *ret, const struct hd_sysroot *root,
		      struct hd_arena *arena) _nonnull_(1, 2, 3);

/* The session for which logind opened the device with this number, or NULL. */
const struct hd_session *hd_session_with(const struct hd_sessions *sessions,
					 struct hd_arena *arena, unsigned major,
					 unsigned minor) _nonnull_(1, 2);
