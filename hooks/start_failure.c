/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * start_failure.c - why did QEMU not start, or die? From its log, for the system's log.
 *
 * libvirt shows the end of QEMU's log to who typed the start; nobody is there at
 * an autostart.  Runs after everything was given back, reads a bounded piece of
 * one file, and never changes the hook's answer.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "explain/log_search.h"
#include "facts/libvirt/start_log.h"
#include "hooks/session.h"

#define MESSAGES_MAX 3
#define TEXT_MAX (32u << 10)	/* of its end: the log may be hostile, and each line takes time */

/* Before libvirt 10.5 no reason is given ("-"): then its log alone says it. */
static bool may_have_failed(const char *extra)
{
	static const char *const reasons[] = { "failed", "crashed", "-" };

	for (size_t i = 0; i < HD_ARRAY_SIZE(reasons); i++)
		if (!strcmp(extra, reasons[i]))
			return true;
	return false;
}

static void log_text(const char *text)
{
	(void)fprintf(stderr, "hostdevctl: %s\n", text);
	hd_log(LOG_ERR, "%s", text);
}

static void log_explanation(struct hd_session *session, const struct hd_start_log *log,
			    const struct hd_explained *item)
{
	const char *means = hd_message_fill(item->message->means, &item->fields, session->context.arena);
	const char *remedy = hd_message_fill(item->message->remedy, &item->fields,
					     session->context.arena);
	const char *sureness = item->is_partial ? "in part: " : hd_message_sureness(item->message);

	log_text(hd_printf(session->context.arena, "guest '%s' %s: %s [%s]: %s%s; remedy: %s",
		       session->guest, log->reason, item->line, item->message->id,
		       sureness, means, remedy));
}

/* Of lines that nothing explains the last: QEMU ends with its reason. */
static void log_unknown(struct hd_session *session, const struct hd_start_log *log,
			const struct hd_explanation *found)
{
	if (!found->n && found->n_unknown)
		log_text(hd_printf(session->context.arena, "guest '%s' %s: %s [not understood]; remedy: "
			       "hostdevctl explain --guest shows what is wrong on the host now",
			       session->guest, log->reason,
			       found->unknown[found->n_unknown - 1].line));
}

/*
 * A start that a hook refused is in the log as well, without a word of QEMU; and a guest that crashed
 * later did start.
 */
static void count_failure(struct hd_session *session, const struct hd_start_log *log,
			  const struct hd_explanation *found)
{
	if (!strcmp(log->reason, "failed") && (found->n || found->n_unknown))
		hd_session_count(session, HD_COUNT_FAILED);
}

void hd_session_tell_why(struct hd_session *session)
{
	struct hd_explanation found;
	struct hd_start_log log;
	struct hd_error unused = { 0 };
	size_t length;

	if (!may_have_failed(session->call->extra) || !session->judged.request.name)
		return;
	if (hd_start_log_read(&log, &session->context.root, session->context.arena, session->judged.request.name,
			      &unused) <= 0 || !log.is_newest)
		return;
	length = strlen(log.text);
	hd_explain_text(&found, session->context.arena,
			length > TEXT_MAX ? log.text + length - TEXT_MAX : log.text);
	count_failure(session, &log, &found);
	for (size_t i = 0; i < found.n && i < MESSAGES_MAX; i++)
		log_explanation(session, &log, &found.items[i]);
	log_unknown(session, &log, &found);
}

enum hd_exit hd_event_failed(struct hd_session *session)
{
	hd_session_tell_why(session);
	return HD_EXIT_OK;
}
