/* SPDX-License-Identifier: GPL-2.0-or-later */
/* answer.c - which function answers which operation of libvirt. */
#include "config.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "hooks/session.h"
#include "run/hook_trial.h"

static enum hd_exit (*const answers[HD_OPERATION_MAX])(struct hd_session *session) = {
	[HD_OPERATION_PREPARE] = hd_event_prepare,
	[HD_OPERATION_START] = hd_event_start,
	[HD_OPERATION_RELEASE] = hd_event_release,
	[HD_OPERATION_RECONNECT] = hd_event_reconnect,
	[HD_OPERATION_FAILED] = hd_event_failed,
	[HD_OPERATION_LEFT] = hd_event_left,
};

/* A package replaces the program and its engine one after the other; guests start meanwhile. */
static bool is_of_our_version(const struct hd_hook_call *call)
{
	if (!strcmp(call->version, PACKAGE_VERSION))
		return true;
	(void)fprintf(stderr, "hostdevctl: the hook has version %s and its engine %s: hostdevctl is "
		      "being upgraded; try again (if a guest has ended: hostdevctl recover)\n",
		      call->version, PACKAGE_VERSION);
	return false;
}

/* Of starts and of what was not given back; a trial of doctor's does not count. */
static void count_answer(struct hd_session *session, const struct hd_operation *operation,
			 enum hd_exit code)
{
	if (!strcmp(session->judged.request.uuid, HD_HOOK_TRIAL_UUID))
		return;
	if (code == HD_EXIT_STRANDED)
		hd_session_count(session, HD_COUNT_STRANDED);
	if (operation->fails_closed && code != HD_EXIT_OK)
		hd_session_count(session, code == HD_EXIT_REFUSED ? HD_COUNT_REFUSED :
				 HD_COUNT_FAILED);
}

__attribute__((visibility("default"))) int hd_hook_engine(const struct hd_hook_call *call)
{
	_cleanup_(hd_session_close) struct hd_session session = { .change.dir_fd = -1 };
	const struct hd_operation *operation;
	struct hd_error err = { 0 };
	enum hd_exit code;

	if (!is_of_our_version(call))
		return HD_EXIT_HOST;
	operation = hd_operation_find(call->operation, NULL);
	if (!operation)
		return HD_EXIT_OK;
	if (!call->sysroot)
		hd_log_open("hostdevctl-hook");
	if (hd_session_open(&session, call, operation, &err) < 0) {
		code = hd_session_fail(&session, HD_EXIT_HOST, err.text);
		count_answer(&session, operation, code);
		return code;
	}
	code = answers[operation - hd_operations](&session);
	hd_session_done(&session, code);
	count_answer(&session, operation, code);
	atomic_store(&call->shared->give_up, hd_now_ms() + HD_SESSION_END_MS);
	return code;
}
