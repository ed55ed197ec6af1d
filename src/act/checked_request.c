/* SPDX-License-Identifier: GPL-2.0-or-later */
/* checked_request.c - a request, the facts of its devices, and what the checks found. */
#include "config.h"

#include <fcntl.h>

#include "act/checked_request.h"
#include "base/log.h"
#include "base/text.h"
#include "knob/knobs.h"
#include "run/claims.h"
#include "run/journal.h"

#define EVIDENCE_SHOWN 800

/* No state directory: nothing was ever taken, or it is not ours to see. */
static int open_state(struct hd_context *context)
{
	return hd_sysroot_fd(&context->root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, "%s",
			     &HD_JOURNAL_DIR[1]);
}

int hd_add_journal_claims(struct hd_guests *guests, struct hd_context *context, const char *except_uuid,
			  struct hd_error *err)
{
	_cleanup_(hd_close) int dir_fd = open_state(context);

	return dir_fd < 0 ? 0 : hd_journal_claims(guests, context->arena, dir_fd, except_uuid, err);
}

/* A journal that cannot be understood proves nothing. */
static bool has_handed_over_card(struct hd_context *context, int dir_fd, const struct hd_request *request)
{
	struct hd_journal_entry entry;
	const struct hd_journal_step *step;
	struct hd_journal_id id;
	struct hd_error ignored;

	if (hd_journal_id_guest(&id, request->uuid, request->name ? request->name : "") < 0 ||
	    hd_journal_load(&entry, context->arena, dir_fd, &id, &ignored) <= 0 || entry.broken)
		return false;
	step = hd_journal_find_step(&entry, hd_knob_card_idle.name);
	return entry.is_committed && step && step->last == HD_EVENT_DONE;
}

static int read_journals(struct hd_checked *judged, struct hd_context *context, struct hd_error *err)
{
	_cleanup_(hd_close) int opened = judged->dir_fd ? -1 : open_state(context);
	int dir_fd = judged->dir_fd ? *judged->dir_fd : opened;

	if (dir_fd < 0)
		return 0;
	judged->facts.card_is_away = judged->query.handover && !judged->is_starting &&
				     has_handed_over_card(context, dir_fd, &judged->request);
	return hd_journal_claims(&judged->facts.guests, context->arena, dir_fd, judged->request.uuid,
				 err);
}

static struct hd_facts_query query_of(const struct hd_checked *judged)
{
	struct hd_facts_query query = judged->query;

	query.guest_uuid = judged->request.uuid;
	query.lets_go = !judged->is_to_take;
	query.want = judged->is_to_take || query.n_addrs || query.n_named || query.n_networks ?
		     HD_WANT_ALL : HD_WANT_HOST;
	return query;
}

enum hd_exit hd_checked_confirm(struct hd_checked *judged, struct hd_context *context,
				struct hd_error *err)
{
	const struct hd_facts_query query = query_of(judged);
	struct hd_findings findings = { 0 };

	if (hd_facts_again(&judged->facts, context->arena, &query, err) < 0) {
		(void)hd_wrap(err, "the last look before the change");
		return HD_EXIT_HOST;
	}
	hd_check_run_again(&findings, context->arena, &judged->request, &judged->facts);
	if (findings.is_ready)
		return HD_EXIT_OK;
	judged->findings = findings;
	return HD_EXIT_REFUSED;
}

int hd_checked_collect(struct hd_checked *judged, struct hd_context *context, struct hd_error *err)
{
	const struct hd_facts_query query = query_of(judged);
	struct hd_guests *guests = &judged->facts.guests;
	int rc = hd_facts_collect(&judged->facts, &context->root, context->arena, &query, err);

	if (rc < 0)
		return rc;
	if (judged->is_starting) {
		guests->n_own = 0;
		guests->n_own_devices = 0;
	} else {
		hd_sleep_read(&judged->facts.sleep, &context->root, context->arena);
		judged->facts.sleep_policy = context->config.sleep_guests;
	}
	return read_journals(judged, context, err);
}

void hd_findings_log_overrides(const struct hd_findings *findings, struct hd_arena *arena,
			       const char *who)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *f = &findings->items[i];

		if (f->allowed_by)
			hd_log(LOG_WARNING, "override by %s: %s: %s: %s", who, f->subject,
			       f->check->id,
			       hd_text_printable(arena, f->evidence, EVIDENCE_SHOWN));
	}
}

bool hd_checked_has_named(const struct hd_checked *checked, const struct hd_pci_addr *addr)
{
	for (size_t i = 0; i < checked->n_named; i++)
		if (!hd_pci_addr_compare(&checked->named[i], addr))
			return true;
	return false;
}

void hd_checked_close(struct hd_checked *judged)
{
	hd_facts_close(&judged->facts);
	judged->facts = (struct hd_facts){ 0 };
}
