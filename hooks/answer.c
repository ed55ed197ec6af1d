/* SPDX-License-Identifier: GPL-2.0-or-later */
/* answer.c - which function answers which operation of libvirt. */
#include "config.h"

#include <stdatomic.h>

#include "base/clock.h"
#include "base/log.h"
#include "hooks/session.h"

static enum hd_exit (*const answers[HD_OPERATION_MAX])(struct hd_session *session) = {
	[HD_OPERATION_PREPARE] = hd_event_prepare,
	[HD_OPERATION_START] = hd_event_start,
	[HD_OPERATION_RELEASE] = hd_event_release,
	[HD_OPERATION_RECONNECT] = hd_event_reconnect,
	[HD_OPERATION_FAILED] = hd_event_failed,
};

__attribute__((visibility("default"))) int hd_hook_engine(const struct hd_hook_call *call)
{
	const struct hd_operation *operation = hd_operation_find(call->operation, NULL);
	_cleanup_(hd_session_close) struct hd_session session = { .change.dir_fd = -1 };
	struct hd_error err = { 0 };
	enum hd_exit code;

	if (!operation)
		return HD_EXIT_OK;
	if (!call->sysroot)
		hd_log_open("hostdevctl-hook");
	if (hd_session_open(&session, call, operation, &err) < 0)
		return hd_session_fail(&session, HD_EXIT_HOST, err.text);
	code = answers[operation - hd_operations](&session);
	hd_session_done(&session, code);
	atomic_store(&call->shared->give_up, hd_now_ms() + HD_SESSION_END_MS);
	return code;
}
