/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event.c - which function answers which operation of libvirt. */
#include "config.h"

#include <stdatomic.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "hooks/session.h"

static const struct event {
	const char *operation;
	const char *consequence;
	bool gives_back;
	enum hd_exit (*run)(struct hd_session *session);
} events[] = {
	{ "prepare", "not started", false, hd_event_prepare },
	{ "start", "not started", false, hd_event_start },
	{ "release", "devices not given back", true, hd_event_release },
	{ "reconnect", "not verified", false, hd_event_reconnect },
	{ "failed", "not explained", true, hd_event_failed },
};

static const struct event *find_event(const char *operation)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(events); i++)
		if (!strcmp(events[i].operation, operation))
			return &events[i];
	return NULL;
}

__attribute__((visibility("default"))) int hd_hook_engine(const struct hd_hook_call *call)
{
	const struct event *event = find_event(call->operation);
	_cleanup_(hd_session_close) struct hd_session session = { .change.dir_fd = -1 };
	struct hd_error err = { 0 };
	enum hd_exit code;

	if (!event)
		return HD_EXIT_OK;
	if (!call->sysroot)
		hd_log_open("hostdevctl-hook");
	if (hd_session_open(&session, call, event->consequence, event->gives_back, &err) < 0)
		return hd_session_fail(&session, HD_EXIT_HOST, err.text);
	code = event->run(&session);
	hd_session_done(&session, code);
	atomic_store(&call->shared->give_up, hd_now_ms() + HD_SESSION_END_MS);
	return code;
}
