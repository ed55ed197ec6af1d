/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rehearsal.c - rehearses a hand-over in this process, and records how it went. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

#include "act/rehearse.h"
#include "base/clock.h"
#include "base/text.h"
#include "cli/rehearsal.h"
#include "report/handover_notice.h"

enum hd_exit hd_rehearse_seconds(int *ret, const char *text, struct hd_error *err)
{
	uint64_t seconds = HD_REHEARSE_SECONDS;

	if (text && (!hd_text_u64(text, &seconds) || !seconds || seconds > HD_REHEARSE_MAX))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%.32s': must be a number of "
				  "seconds from 1 to %d", text, HD_REHEARSE_MAX);
	*ret = (int)seconds;
	return HD_EXIT_OK;
}

enum hd_exit hd_rehearse_refuse(struct hd_arena *arena, const struct hd_request *request,
				struct hd_error *err)
{
	return hd_fail_as(HD_EXIT_REFUSED, err, -EPERM, "the hand-over is not enabled for this "
			  "guest: run 'hostdevctl handover %s --enable' first",
			  hd_guest_word(arena, request->name ? request->name : "", request->uuid));
}

/* What a refusal says first. */
static const char *why_refused(struct hd_arena *arena, const struct hd_findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *f = &findings->items[i];

		if (hd_finding_refuses(f))
			return hd_printf(arena, "%s: %s [%s]", f->subject,
					 f->evidence ? f->evidence : f->check->title, f->check->id);
	}
	return NULL;
}

/* The rehearsal goes on without it: the journal is what counts. */
static void write_record(struct hd_run *run, const struct hd_rehearsal *rehearsal,
			 const struct hd_handover_record *outcome)
{
	struct hd_handover_record record = *outcome;
	int rc;

	record.uuid = rehearsal->id.key;
	record.guest = rehearsal->id.name;
	record.is_rehearsal = true;
	rc = hd_handover_record_put(&run->context.root, &record);
	if (hd_handover_notice_put(&run->context.root, &record) < 0)
		(void)fputs("hostdevctl: the next login will not show it\n", run->notes);
	if (rc < 0)
		(void)fprintf(run->notes, "hostdevctl: the report cannot be written: %s\n",
			      strerror(-rc));
}

static enum hd_exit take_card(struct hd_run *run, struct hd_rehearsal *rehearsal,
			      struct hd_error *err)
{
	const struct hd_request *request = &rehearsal->checked->request;
	int64_t begin = hd_now_ms();
	enum hd_exit code = hd_rehearsal_take(rehearsal, err);

	if (code == HD_EXIT_REFUSED)
		hd_fail(err, -EPERM, "refused: %s; what helps: 'hostdevctl handover %s'",
			why_refused(run->context.arena, &rehearsal->checked->findings),
			hd_guest_word(run->context.arena, request->name ? request->name : "",
				      request->uuid));
	write_record(run, rehearsal, &(struct hd_handover_record){
		.code = code, .plan = &rehearsal->change.done, .ms = hd_now_ms() - begin,
		.reason = err->code ? err->text : NULL });
	return code;
}

static enum hd_exit give_back(struct hd_run *run, struct hd_rehearsal *rehearsal,
			      struct hd_error *err)
{
	int64_t begin = hd_now_ms();
	enum hd_exit code = hd_rehearsal_give_back(rehearsal, err);

	write_record(run, rehearsal, &(struct hd_handover_record){
		.is_back = true, .code = code, .plan = &rehearsal->back.plan,
		.ms = hd_now_ms() - begin, .reason = err->code ? err->text : NULL });
	return code;
}

/* A signal ends it here: what was taken is given back by whoever started us. */
static void hold(int seconds)
{
	int64_t deadline = hd_now_ms() + (int64_t)seconds * 1000;

	while (hd_ms_left(deadline))
		(void)poll(NULL, 0, hd_ms_left(deadline));
}

enum hd_exit hd_rehearse_here(struct hd_run *run, struct hd_checked *checked, int seconds,
			      struct hd_error *err)
{
	struct hd_rehearsal rehearsal;
	enum hd_exit code = hd_rehearsal_open(&rehearsal, &run->context, checked, err);

	if (code == HD_EXIT_OK)
		code = take_card(run, &rehearsal, err);
	hd_checked_close(checked);	/* its claims would keep a disk's driver from coming back */
	if (code == HD_EXIT_OK) {
		hold(seconds);
		code = give_back(run, &rehearsal, err);
	}
	hd_change_close(&rehearsal.change);
	return code;
}
