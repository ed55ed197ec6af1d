/* SPDX-License-Identifier: GPL-2.0-or-later */
/* session.c - one call of libvirt: its guest, its bounds, its locks. */
#include "config.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "hooks/session.h"
#include "knob/knobs.h"
#include "run/journal.h"

#define NAME_MAX_SHOWN 128
#define STAGES_MAX 6		/* modules, unbind, bind, and each of them back */
#define ANSWER_MS 2000		/* for the libvirt binder to explain itself after its deadlines */

static int stage_ms(const struct hd_config *config)
{
	if (config->hook_binder == HD_BINDER_SYSFS)
		return config->step_deadline_ms;
	return config->connect_deadline_ms + config->step_deadline_ms + ANSWER_MS;
}

/* The bound that hostdevctl-hook(8) states. */
static int64_t bound_ms(const struct hd_config *config)
{
	return (int64_t)config->read_deadline_ms + config->lock_deadline_ms +
	       (int64_t)STAGES_MAX * stage_ms(config);
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
	return 0;
}

int hd_session_open(struct hd_session *ret, const struct hd_hook_call *call,
		    const char *consequence, bool gives_back, struct hd_error *err)
{
	int rc;

	ret->call = call;
	ret->context.arena = &ret->memory;
	ret->context.sysroot = call->sysroot;
	ret->consequence = consequence;
	ret->guest = hd_text_printable(ret->context.arena, call->guest, NAME_MAX_SHOWN);
	ret->context.root.fd = -1;
	rc = hd_request_parse(&ret->request, ret->context.arena, call->xml, call->xml_length, err);
	if (rc < 0)
		return hd_wrap(err, "its domain XML");
	if (!gives_back && !hd_request_passes_devices(&ret->request))
		return 0;
	rc = hd_sysroot_open(&ret->context.root, ret->context.sysroot, err);
	if (rc < 0)
		return rc;
	rc = read_config(ret, gives_back, err);
	if (rc < 0)
		return rc;
	atomic_store(&call->shared->give_up, hd_now_ms() + bound_ms(&ret->context.config));
	hd_facts_query_for(&ret->query, ret->context.arena, &ret->request);
	return 0;
}

void hd_session_close(struct hd_session *session)
{
	hd_locks_release(&session->locks);
	hd_close(&session->dir_fd);
	hd_sysroot_close(&session->context.root);
	hd_arena_done(&session->memory);
}

void hd_session_changes(const struct hd_session *session)
{
	atomic_store(&session->call->shared->progress, HD_PROGRESS_UNKNOWN);
}

void hd_session_unchanged(const struct hd_session *session)
{
	atomic_store(&session->call->shared->progress, HD_PROGRESS_BEFORE);
}

void hd_session_done(const struct hd_session *session, enum hd_exit code)
{
	atomic_store(&session->call->shared->result, (int)code);
	atomic_store(&session->call->shared->progress, HD_PROGRESS_DONE);
}

int hd_session_open_state(struct hd_session *session, struct hd_error *err)
{
	const char *prefix = session->call->sysroot ? session->call->sysroot : "";
	int rc = hd_journal_id_guest(&session->id, session->request.uuid, session->request.name);

	if (rc < 0)
		return hd_fail(err, rc, "its domain XML has no UUID");
	rc = hd_state_dir_open(hd_printf(session->context.arena, "%s" HD_JOURNAL_DIR, prefix), err);
	if (rc < 0)
		return rc;
	session->dir_fd = rc;
	return 0;
}

static void add_group(struct hd_session *session, int **groups, size_t *n, int group)
{
	int *slot;

	if (group == HD_NO_GROUP)
		return;
	slot = hd_append(session->context.arena, groups, n, sizeof(*slot));
	*slot = group;
}

/*
 * A function's group never changes while it exists, so the numbers may be read
 * before the locks; all that is decided upon is read under them.
 */
int hd_session_lock(struct hd_session *session, struct hd_error *err)
{
	int64_t deadline = hd_now_ms() + session->context.config.lock_deadline_ms;
	struct hd_journal_entry entry = { 0 };
	int *groups = NULL, rc;
	size_t n = 0;

	for (size_t i = 0; i < session->query.n_addrs; i++) {
		int group;

		rc = hd_pci_group_read(&group, &session->context.root, session->context.arena,
				       &session->query.addrs[i], err);
		if (rc < 0)
			return rc;
		add_group(session, &groups, &n, group);
	}
	rc = hd_journal_load(&entry, session->context.arena, session->dir_fd, &session->id, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < entry.n_steps; i++)
		add_group(session, &groups, &n, entry.steps[i].group);
	return hd_locks_take(&session->locks, session->dir_fd, groups, n, deadline, err);
}

static struct hd_facts_query query_of(const struct hd_session *session, unsigned want)
{
	struct hd_facts_query query = session->query;

	query.guest_uuid = session->request.uuid;
	query.want = want;
	query.only_functions = !want;
	return query;
}

int hd_session_confirm(struct hd_session *session, struct hd_facts *facts,
		       struct hd_findings *ret, struct hd_error *err)
{
	const struct hd_facts_query query = query_of(session, HD_WANT_ALL);

	return hd_confirm(ret, facts, session->context.arena, &session->request, &query, err);
}

int hd_session_facts(struct hd_session *session, unsigned want, struct hd_facts *ret,
		     struct hd_error *err)
{
	const struct hd_facts_query query = query_of(session, want);

	return hd_facts_collect(ret, &session->context.root, session->context.arena, &query, err);
}

struct hd_apply hd_session_apply(const struct hd_session *session)
{
	return (struct hd_apply){
		.host = {
			.root = &session->context.root,
			.connect_deadline_ms = session->context.config.connect_deadline_ms,
			.call_deadline_ms = session->context.config.step_deadline_ms,
		},
		.dir_fd = session->dir_fd,
		.step_deadline_ms = stage_ms(&session->context.config),
	};
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
