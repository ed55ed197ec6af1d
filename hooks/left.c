/* SPDX-License-Identifier: GPL-2.0-or-later */
/* left.c - devices that a guest was given while it ran, without us, and that libvirt left on VFIO. */
#include "config.h"

#include <stdatomic.h>

#include "act/leftover.h"
#include "hooks/session.h"

enum hd_exit hd_session_give_back_left(struct hd_session *session, bool is_locked)
{
	const struct hd_request *request = &session->judged.request;
	struct hd_leftover leftover;
	struct hd_error err = { 0 };
	enum hd_exit code;

	hd_leftover_find(&leftover, &session->context, request);
	if (!leftover.n)
		return HD_EXIT_OK;
	if (!is_locked && (hd_session_open_state(session, &err) < 0 || hd_session_lock(session, &err) < 0))
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	/* The host changes once more: what was known of it is not the end. */
	atomic_store(&session->call->shared->is_done, false);
	code = hd_leftover_give_back(&session->change, &leftover, request, session->guest, &err);
	return code == HD_EXIT_OK ? code : hd_session_fail(session, code, err.text);
}

enum hd_exit hd_event_left(struct hd_session *session)
{
	return hd_session_give_back_left(session, false);
}
