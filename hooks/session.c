/* SPDX-License-Identifier: GPL-2.0-or-later */
/* session.c - one call of libvirt: its guest, its bounds, its locks. */
#include "config.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "hooks/session.h"
#include "knob/knobs.h"
#include "report/handover_notice.h"
#include "run/journal.h"

#define NAME_MAX_SHOWN 128
#define STAGES_MAX 6		/* modules, unbind, bind, and each of them back */
/* Of a hand-over: services, sessions, programs, and the services back; ... */
#define ENDINGS_MAX 4
/* ... consoles, picture and modules, each of them back, and looks at card and driver. */
#define HANDOVER_STAGES_MAX (2 * (2 + HD_STACK_MAX) + 2)

/* The bound that hostdevctl-hook(8) states. */
static int64_t bound_ms(const struct hd_session *session, bool has_handover)
{
	const struct hd_config *config = &session->context.config;
	int64_t stage_ms = hd_change_apply(&session->change).step_deadline_ms;
	int64_t bound = config->read_deadline_ms + config->lock_deadline_ms + STAGES_MAX * stage_ms;

	if (has_handover)
		bound += ENDINGS_MAX * (int64_t)config->handover_deadline_ms +
			 HANDOVER_STAGES_MAX * stage_ms;
	return bound;
}

static void set_bound(const struct hd_session *session, bool has_handover)
{
	atomic_store(&session->call->shared->give_up, hd_now_ms() + bound_ms(session, has_handover));
}

/* The policy of a guest may change while it runs: its journal says what must be undone. */
static bool is_handed_over(const struct hd_session *session)
{
	struct hd_journal_entry entry = { 0 };
	struct hd_error ignored;

	if (hd_journal_load(&entry, session->context.arena, session->change.dir_fd, &session->id,
			    &ignored) <= 0)
		return false;
	for (size_t i = 0; i < entry.n_steps; i++)
		if (!strcmp(entry.steps[i].knob, hd_handover_knobs.card_idle->name))
			return true;
	return false;
}

static int read_config(struct hd_session *session, bool gives_back, struct hd_error *err)
{
	int rc = hd_config_read(&session->context.root, &session->context.config, err);

	if (rc < 0 && !gives_back)
		return rc;
	if (rc < 0) {
		hd_log(LOG_ERR, "%s; the defaults are used", err->text);
		session->context.config = hd_config_defaults;
	}
	/* A captured tree has no daemon; this host's must not act for it. */
	if (!session->context.root.is_live)
		session->context.config.hook_binder = HD_BINDER_SYSFS;
	session->change.knobs = hd_binders[session->context.config.hook_binder];
	return 0;
}

int hd_session_open(struct hd_session *ret, const struct hd_hook_call *call,
		    const struct hd_operation *operation, struct hd_error *err)
{
	int rc;

	ret->call = call;
	ret->context.arena = &ret->memory;
	ret->context.sysroot = call->sysroot;
	ret->change.context = &ret->context;
	ret->change.may_have_changed = &call->shared->may_have_changed;
	ret->judged.dir_fd = &ret->change.dir_fd;
	ret->judged.is_to_take = ret->judged.is_starting = true;
	ret->consequence = operation->consequence;
	ret->guest = hd_text_printable(ret->context.arena, call->guest, NAME_MAX_SHOWN);
	ret->context.root.fd = -1;
	rc = hd_request_parse(&ret->judged.request, ret->context.arena, call->xml, call->xml_length, err);
	if (rc < 0)
		return hd_wrap(err, "its domain XML");
	if (!operation->gives_back && !hd_request_passes_devices(&ret->judged.request))
		return 0;
	rc = hd_sysroot_open(&ret->context.root, ret->context.sysroot, err);
	if (rc < 0)
		return rc;
	rc = read_config(ret, operation->gives_back, err);
	if (rc < 0)
		return rc;
	set_bound(ret, ret->judged.request.policy.handover.is_asked);
	hd_facts_query_for(&ret->judged.query, ret->context.arena, &ret->judged.request);
	return 0;
}

void hd_session_close(struct hd_session *session)
{
	hd_checked_close(&session->judged);
	hd_change_close(&session->change);
	hd_sysroot_close(&session->context.root);
	hd_arena_done(&session->memory);
}

void hd_session_done(const struct hd_session *session, enum hd_exit code)
{
	atomic_store(&session->call->shared->result, (int)code);
	atomic_store(&session->call->shared->is_done, true);
}

int hd_session_open_state(struct hd_session *session, struct hd_error *err)
{
	const struct hd_request *request = &session->judged.request;
	int rc = hd_journal_id_guest(&session->id, request->uuid, request->name);

	if (rc < 0)
		return hd_fail(err, rc, "its domain XML has no UUID");
	rc = hd_change_open_state(&session->change, err);
	if (rc == 0 && !request->policy.handover.is_asked && is_handed_over(session))
		set_bound(session, true);
	return rc;
}

int hd_session_lock(struct hd_session *session, struct hd_error *err)
{
	const struct hd_facts_query *query = &session->judged.query;

	return hd_change_lock(&session->change, query->addrs, query->n_addrs, &session->id, err);
}

enum hd_exit hd_session_fail(const struct hd_session *session, enum hd_exit code,
			     const char *text)
{
	(void)fprintf(stderr, "hostdevctl: guest '%s' %s: %s\n", session->guest,
		      session->consequence, text);
	hd_log(code == HD_EXIT_STRANDED ? LOG_CRIT : LOG_ERR, "guest '%s' %s: %s",
	       session->guest, session->consequence, text);
	return code;
}

void hd_session_count(struct hd_session *session, enum hd_count count)
{
	_cleanup_(hd_close) int fd = -1;
	struct hd_error ignored;

	if (session->change.dir_fd >= 0)
		hd_count(session->change.dir_fd, count);
	else if (session->context.root.fd >= 0 &&
		 hd_state_dir_peek(&session->context, &fd, &ignored) > 0)
		hd_count(fd, count);
}

void hd_session_record(struct hd_session *session, enum hd_exit code, const char *reason)
{
	const struct hd_handover_record record = {
		.uuid = session->id.key,
		.guest = session->guest,
		.is_back = session->back.n,
		.code = code,
		.reason = reason,
		.plan = session->back.n ? &session->back : &session->change.done,
		.ms = session->took_ms,
	};

	bool is_one = hd_handover_is_in(record.plan) ||
		      (session->judged.request.policy.handover.is_asked && record.plan->n);
	int rc_record, rc_notice;

	if (!is_one)
		return;
	hd_session_done(session, code);
	if (!record.is_back)
		hd_session_count(session, code == HD_EXIT_OK ? HD_COUNT_HANDED_OVER :
				 HD_COUNT_HAND_OVER_FAILED);
	/* The notice is in /run: it does not depend on the disk of the record. */
	rc_record = hd_handover_record_put(&session->context.root, &record);
	rc_notice = hd_handover_notice_put(&session->context.root, &record);
	if (rc_record < 0 || rc_notice < 0)
		hd_log(LOG_WARNING, "guest '%s': the report of its hand-over cannot be written",
		       session->guest);
}
