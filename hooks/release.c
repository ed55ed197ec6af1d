/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * release.c - gives back what we took for a guest that has ended.
 *
 * libvirt calls this also after a start that failed at any point, ours or
 * another hook's, so only the journal and the state of the host decide.
 */
#include "config.h"

#include <poll.h>

#include "act/take.h"
#include "base/clock.h"
#include "base/log.h"
#include "hooks/session.h"
#include "knob/knobs.h"

#define BUSY_POLL_MS 100

static enum hd_exit give_back(struct hd_session *session)
{
	int64_t deadline = hd_now_ms() + session->context.config.step_deadline_ms;
	struct hd_recovery recovery;
	enum hd_exit code = hd_change_give_back(&recovery, &session->change, &session->id,
						hd_knobs_all);
	size_t n_given_back = recovery.n_given_back;

	/* QEMU is dead, but the kernel may still be closing its files. */
	while (recovery.n_busy && hd_ms_left(deadline)) {
		(void)poll(NULL, 0, BUSY_POLL_MS);
		code = hd_change_give_back(&recovery, &session->change, &session->id,
					   hd_knobs_all);
		n_given_back += recovery.n_given_back;
	}
	if (code == HD_EXIT_OK) {
		if (n_given_back)
			hd_log(LOG_INFO, "guest '%s': %zu changes undone", session->guest,
			       n_given_back);
		return code;
	}
	/* One that is stuck may be back already, or half-way. */
	if (recovery.result == HD_EXIT_STRANDED)
		session->consequence = "unknown whether all its devices were given back";
	else if (n_given_back)
		session->consequence = "not all devices given back";
	return hd_session_fail(session, code, recovery.text);
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
	hd_session_tell_why(session);
	return code;
}
