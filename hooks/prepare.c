/* SPDX-License-Identifier: GPL-2.0-or-later */
/* prepare.c - may the guest start, and if so, its devices on VFIO (act/take.h). */
#include "config.h"

#include <stdio.h>

#include "act/take.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "hooks/session.h"
#include "report/handover_notice.h"
#include "report/report.h"

static bool is_told(const struct hd_finding *f)
{
	if (f->verdict == HD_PASS || f->allowed_by)
		return false;
	return f->severity == HD_WARNING || f->check->is_told_at_start;
}

/* Warnings of a start that works: libvirt drops our standard error. */
static void log_warnings(const struct hd_session *session, const struct hd_findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *f = &findings->items[i];

		if (!is_told(f))
			continue;
		hd_log(f->severity == HD_WARNING ? LOG_WARNING : LOG_INFO,
		       "guest '%s': %s: %s: %s", session->guest, f->subject,
		       f->check->id, f->evidence ? f->evidence : f->check->title);
	}
}

/* Who started it has no screen to look around on: what to do next stands behind the reason. */
static const char *with_report(const struct hd_session *session, const char *reason)
{
	if (!hd_handover_is_in(&session->change.done))
		return reason;
	return hd_printf(session->context.arena, "%s; for all steps: 'hostdevctl handover %s --report'; "
			 "if the screen stays dark: 'hostdevctl recover'", reason,
			 hd_guest_word(session->context.arena, session->guest, session->judged.request.uuid));
}

enum hd_exit hd_event_prepare(struct hd_session *session)
{
	struct hd_arena *arena = session->context.arena;
	const struct hd_take take = {
		.change = &session->change, .checked = &session->judged, .id = &session->id,
		.who = hd_printf(arena, "the metadata of guest '%s'", session->guest),
	};
	struct hd_error err = { 0 };
	enum hd_exit code;
	int64_t begin;

	if (!hd_request_passes_devices(&session->judged.request))
		return HD_EXIT_OK;
	if (hd_session_open_state(session, &err) < 0 || hd_session_lock(session, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	begin = hd_now_ms();
	code = hd_take(&take, &err);
	session->took_ms = hd_now_ms() - begin;
	if (code == HD_EXIT_OK)
		log_warnings(session, &session->judged.findings);
	else if (code == HD_EXIT_REFUSED)
		hd_report_refusal(stderr, arena, session->guest, &session->judged.findings);
	else
		(void)hd_session_fail(session, code, with_report(session, err.text));
	hd_checked_close(&session->judged);
	hd_session_record(session, code, err.code ? err.text : NULL);
	return code;
}
