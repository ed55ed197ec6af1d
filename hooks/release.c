/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * release.c - gives back what we took for a guest that has ended, when it started and since.
 *
 * libvirt calls this also after a start that failed at any point, ours or
 * another hook's, so only the journal and the state of the host decide.
 */
#include "config.h"

#include "act/take.h"
#include "base/clock.h"
#include "base/log.h"
#include "hooks/session.h"

static enum hd_exit give_back(struct hd_session *session)
{
	struct hd_recovery plugged, recovery;
	enum hd_exit later = hd_change_give_back_plugged(&plugged, &session->change, &session->id);
	int64_t begin = hd_now_ms();
	enum hd_exit code = hd_change_give_back_all(&recovery, &session->change, &session->id);
	size_t n_given_back = plugged.n_given_back + recovery.n_given_back;

	session->back = recovery.plan;
	session->took_ms = hd_now_ms() - begin;
	code = later > code ? later : code;
	if (code == HD_EXIT_OK) {
		if (n_given_back)
			hd_log(LOG_INFO, "guest '%s': %zu changes undone", session->guest,
			       n_given_back);
		return code;
	}
	/* One that is stuck may be back already, or half-way. */
	if (code == HD_EXIT_STRANDED)
		session->consequence = "unknown whether all its devices were given back";
	else if (n_given_back)
		session->consequence = "not all devices given back";
	return hd_session_fail(session, code, hd_printf(session->context.arena, "%s%s",
							plugged.text, recovery.text));
}

/* A keeper that does not end keeps its disks; the rest is given back all the same. */
static void end_keeper(struct hd_session *session)
{
	const char *consequence = session->consequence;
	struct hd_error err;

	if (hd_keep_free_end(&session->change, &session->id, &err) == 0)
		return;
	session->consequence = "disks not free";
	(void)hd_session_fail(session, HD_EXIT_HOST, err.text);
	session->consequence = consequence;
}

static enum hd_exit release_devices(struct hd_session *session)
{
	struct hd_error err = { 0 };

	if (hd_session_open_state(session, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	end_keeper(session);
	if (hd_session_lock(session, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	return give_back(session);
}

enum hd_exit hd_event_release(struct hd_session *session)
{
	enum hd_exit code = release_devices(session);

	hd_session_done(session, code);
	hd_session_record(session, code, NULL);
	if (code == HD_EXIT_OK)
		code = hd_session_give_back_left(session, true);
	hd_session_tell_why(session);
	return code;
}
