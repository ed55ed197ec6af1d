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
#include "base/text.h"
#include "check/check.h"
#include "hooks/session.h"
#include "knob/knobs.h"
#include "report/report.h"
#include "run/claims.h"
#include "run/journal.h"
#include "run/recover.h"

#define EVIDENCE_SHOWN 800

/* Who changes the drivers, by the configuration; a table of its own for each. */
static const struct hd_knobs binders[] = {
	[HD_BINDER_SYSFS] = { &hd_knob_pci_driver_sysfs, &hd_knob_module, &hd_knob_managed_driver },
	[HD_BINDER_LIBVIRT] = { &hd_knob_pci_driver_libvirt, &hd_knob_module,
				&hd_knob_managed_driver },
};

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

/* What the guest's metadata allows: before it takes effect, so that it is told if we die. */
static void log_overrides(struct hd_session *session, const struct hd_findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *f = &findings->items[i];

		if (f->allowed_by)
			hd_log(LOG_WARNING, "override by the metadata of guest '%s': %s: %s: %s",
			       session->guest, f->subject, f->check->id,
			       hd_text_printable(session->context.arena, f->evidence, EVIDENCE_SHOWN));
	}
}

/*
 * What the guest's last run left behind: its daemon died before `release`.  The
 * devices go back first, so that their own drivers are what we remember.
 */
static enum hd_exit clear_leftover(struct hd_session *session)
{
	const struct hd_apply apply = hd_session_apply(session);
	struct hd_journal_entry entry;
	struct hd_recovery recovery = { 0 };
	struct hd_error err = { 0 };
	int rc = hd_journal_load(&entry, session->context.arena, session->dir_fd, &session->id, &err);

	if (rc < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	if (!rc)
		return HD_EXIT_OK;
	if (entry.broken)
		return hd_session_fail(session, HD_EXIT_HOST,
			hd_printf(session->context.arena, "the journal of its last run is broken (%s); "
				  "see 'hostdevctl status'", entry.broken));
	hd_session_changes(session);
	hd_recover_entry(&recovery, session->context.arena, &entry, &apply, hd_knobs_all);
	if (!recovery.n_given_back && recovery.result == HD_EXIT_OK)
		hd_session_unchanged(session);
	if (recovery.result == HD_EXIT_OK && !recovery.n_busy)
		return HD_EXIT_OK;
	return hd_session_fail(session,
		recovery.result == HD_EXIT_OK ? HD_EXIT_HOST : recovery.result,
		hd_printf(session->context.arena, "devices of its last run could not be given back; "
			  "see 'hostdevctl status'\n%s", recovery.text ? recovery.text : ""));
}

/* What the checks let pass may be in use by now. */
static enum hd_exit confirm(struct hd_session *session, struct hd_facts *facts)
{
	struct hd_findings findings = { 0 };
	struct hd_error err = { 0 };

	if (hd_session_confirm(session, facts, &findings, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	if (findings.is_ready)
		return HD_EXIT_OK;
	hd_report_refusal(stderr, session->context.arena, session->guest, &findings);
	return HD_EXIT_REFUSED;
}

/* After the last look, which would take the keeper for a user of the disks. */
static enum hd_exit keep_and_apply(struct hd_session *session, const struct hd_facts *facts,
				   struct hd_plan *plan)
{
	const struct hd_apply apply = hd_session_apply(session);
	struct hd_error err = { 0 }, late;
	enum hd_exit code;

	if (hd_session_keep(session, facts, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	if (plan->n)
		hd_session_changes(session);
	code = hd_plan_apply(plan, &apply, &session->id, &err);
	if (code == HD_EXIT_OK)
		return code;
	if (hd_session_keep_no_longer(session, &late) < 0)
		hd_log(LOG_WARNING, "guest '%s': %s", session->guest, late.text);
	if (code == HD_EXIT_STRANDED)
		(void)hd_wrap(&err, "the host could not be put back, see 'hostdevctl status'");
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

static enum hd_exit bind(struct hd_session *session, struct hd_facts *facts)
{
	struct hd_plan plan = { 0 };
	struct hd_error err = { 0 };
	enum hd_exit code = HD_EXIT_OK;

	if (hd_plan_for_start(&plan, session->context.arena, &session->request, facts,
			      &binders[session->context.config.hook_binder], &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	if (takes_devices(&plan))
		code = confirm(session, facts);
	return code == HD_EXIT_OK ? keep_and_apply(session, facts, &plan) : code;
}

static enum hd_exit check_and_bind(struct hd_session *session)
{
	_cleanup_(hd_facts_close) struct hd_facts facts = { 0 };
	struct hd_findings findings = { 0 };
	struct hd_error err = { 0 };
	enum hd_exit code;

	if (hd_session_facts(session, HD_WANT_ALL, &facts, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	/* A guest that is being started does not run, whatever a file says. */
	facts.guests.n_own = 0;
	facts.guests.n_own_devices = 0;
	if (hd_journal_claims(&facts.guests, session->context.arena, session->dir_fd,
			      session->request.uuid, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	hd_check_run(&findings, session->context.arena, &session->request, &facts);
	if (!findings.is_ready) {
		hd_report_refusal(stderr, session->context.arena, session->guest, &findings);
		return HD_EXIT_REFUSED;
	}
	log_overrides(session, &findings);
	code = bind(session, &facts);
	if (code == HD_EXIT_OK)
		log_warnings(session, &findings);
	return code;
}

enum hd_exit hd_event_prepare(struct hd_session *session)
{
	struct hd_error err = { 0 };
	enum hd_exit code;

	if (!hd_request_passes_devices(&session->request))
		return HD_EXIT_OK;
	if (hd_session_open_state(session, &err) < 0 || hd_session_lock(session, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	if (hd_session_keep_no_longer(session, &err) < 0)
		return hd_session_fail(session, HD_EXIT_HOST, err.text);
	code = clear_leftover(session);
	return code == HD_EXIT_OK ? check_and_bind(session) : code;
}
