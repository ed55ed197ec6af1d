/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * prepare.c - may the guest start, and if so, its devices on VFIO.
 *
 * The host is not touched before every check has passed.  The claims on the
 * disks are held until the plan is applied, so that nobody can mount them in
 * between; those of managed='yes' devices by a keeper, until libvirt has them.
 */
#include "config.h"

#include <stdio.h>

#include "base/log.h"
#include "hooks/session.h"
#include "knob/knobs.h"
#include "report/report.h"
#include "run/recover.h"

/* Warnings of a start that works: libvirt drops our standard error. */
static void log_warnings(const struct hd_session *session, const struct hd_findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *f = &findings->items[i];

		if (f->severity != HD_WARNING || f->verdict == HD_PASS || f->allowed_by)
			continue;
		hd_log(LOG_WARNING, "guest '%s': %s: %s: %s", session->guest, f->subject,
		       f->check->id, f->evidence ? f->evidence : f->check->title);
	}
}

/*
 * What the guest's last run left behind: its daemon died before `release`.  The
 * devices go back first, so that their own drivers are what we remember.
 */
static enum hd_exit clear_leftover(struct hd_session *session)
{
	const struct hd_apply apply = hd_change_apply(&session->change);
	struct hd_journal_entry entry;
	struct hd_recovery recovery = { 0 };
	struct hd_error err = { 0 };
	int rc = hd_journal_load(&entry, session->context.arena, session->change.dir_fd, &session->id, &err);

	if (rc < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	if (!rc)
		return HD_EXIT_OK;
	if (entry.broken)
		return hd_session_fail(session, HD_EXIT_HOST,
			hd_printf(session->context.arena, "the journal of its last run is "
				  "damaged (%s); see 'hostdevctl status'", entry.broken));
	hd_session_changes(session);
	hd_recover_entry(&recovery, session->context.arena, &entry, &apply, hd_knobs_all);
	if (!recovery.n_given_back && recovery.result == HD_EXIT_OK)
		hd_session_unchanged(session);
	if (hd_recovery_exit(&recovery) == HD_EXIT_OK)
		return HD_EXIT_OK;
	return hd_session_fail(session, hd_recovery_exit(&recovery),
		hd_printf(session->context.arena, "devices of its last run could not be given back; "
			  "see 'hostdevctl status'\n%s", recovery.text ? recovery.text : ""));
}

/* What the checks let pass may be in use by now. */
static enum hd_exit confirm(struct hd_session *session)
{
	struct hd_error err = { 0 };
	enum hd_exit code = hd_checked_confirm(&session->judged, &session->context, &err);

	if (code == HD_EXIT_REFUSED)
		hd_report_refusal(stderr, session->context.arena, session->guest,
				  &session->judged.findings);
	else if (code != HD_EXIT_OK)
		return hd_session_fail(session, code, err.text);
	return code;
}

/* After the last look, which would take the keeper for a user of the disks. */
static enum hd_exit keep_and_apply(struct hd_session *session, struct hd_plan *plan)
{
	const struct hd_apply apply = hd_change_apply(&session->change);
	struct hd_error err = { 0 }, late;
	enum hd_exit code;

	if (hd_session_keep(session, &session->judged.facts, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	if (plan->n)
		hd_session_changes(session);
	code = hd_plan_apply(plan, &apply, &session->id, &err);
	if (code == HD_EXIT_OK)
		return code;
	if (hd_session_keep_no_longer(session, &late) < 0)
		hd_log(LOG_WARNING, "guest '%s': %s", session->guest, late.text);
	if (code == HD_EXIT_STRANDED)
		(void)hd_wrap(&err, "the host could not be restored; see 'hostdevctl status'");
	return hd_session_fail(session, code, err.text);
}

/*
 * Do we take a device ourselves?  A module takes none, and what libvirt binds it
 * unbinds long after us: a last look of ours would not make that window smaller.
 */
static bool takes_devices(const struct hd_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		if (!plan->steps[i].knob->is_by_others && !plan->steps[i].knob->is_kept)
			return true;
	return false;
}

static enum hd_exit bind(struct hd_session *session)
{
	const struct hd_checked *judged = &session->judged;
	struct hd_plan plan = { 0 };
	struct hd_error err = { 0 };
	enum hd_exit code = HD_EXIT_OK;

	if (hd_plan_for_start(&plan, session->context.arena, &judged->request, &judged->facts,
			      session->change.knobs, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	if (takes_devices(&plan))
		code = confirm(session);
	return code == HD_EXIT_OK ? keep_and_apply(session, &plan) : code;
}

static enum hd_exit check_and_bind(struct hd_session *session)
{
	struct hd_arena *arena = session->context.arena;
	struct hd_checked *judged = &session->judged;
	struct hd_error err = { 0 };
	enum hd_exit code;

	if (hd_checked_collect(judged, &session->context, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	hd_check_run(&judged->findings, arena, &judged->request, &judged->facts);
	if (!judged->findings.is_ready) {
		hd_report_refusal(stderr, arena, session->guest, &judged->findings);
		return HD_EXIT_REFUSED;
	}
	hd_findings_log_overrides(&judged->findings, arena,
				  hd_printf(arena, "the metadata of guest '%s'", session->guest));
	code = bind(session);
	if (code == HD_EXIT_OK)
		log_warnings(session, &judged->findings);
	return code;
}

enum hd_exit hd_event_prepare(struct hd_session *session)
{
	struct hd_error err = { 0 };
	enum hd_exit code;

	if (!hd_request_passes_devices(&session->judged.request))
		return HD_EXIT_OK;
	if (hd_session_open_state(session, &err) < 0 || hd_session_lock(session, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	if (hd_session_keep_no_longer(session, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	code = clear_leftover(session);
	if (code == HD_EXIT_OK)
		code = check_and_bind(session);
	hd_checked_close(&session->judged);
	return code;
}
