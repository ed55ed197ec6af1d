/* SPDX-License-Identifier: GPL-2.0-or-later */
/* handover_policy.c - writes into a guest's metadata what may end for its graphics card. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "cli/confirm.h"
#include "cli/handover_modes.h"
#include "cli/operands.h"
#include "cli/show_report.h"
#include "domain/pins.h"
#include "report/setup_report.h"
#include "virt/guest_change.h"

#define UNIT_SHOWN 80

/* UNIT,...: as the metadata would be read. */
static enum hd_exit read_units(struct hd_handover *ret, struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	const char *at = run->options->units;

	ret->units = NULL;
	ret->n_units = 0;
	while (*(at += strspn(at, ", "))) {
		size_t length = strcspn(at, ", ");
		const char *name = hd_strndup(arena, at, length);
		const char *wrong = hd_policy_unit_error(name);

		if (!wrong && ret->n_units == HD_HANDOVER_MAX_UNITS)
			wrong = "one unit too many";
		if (wrong)
			return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--units: '%s': %s",
					  hd_text_printable(arena, name, UNIT_SHOWN), wrong);
		hd_push(arena, &ret->units, &ret->n_units, name);
		at += length;
	}
	if (!ret->n_units)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--units has no unit");
	return HD_EXIT_OK;
}

/* As sessions='...' of the metadata; NULL changes nothing. */
static int read_sessions(bool *ret, const char *word)
{
	if (word && strcmp(word, "end") != 0 && strcmp(word, "refuse") != 0)
		return -EINVAL;
	if (word)
		*ret = !strcmp(word, "end");
	return 0;
}

static bool is_same(const struct hd_handover *a, const struct hd_handover *b)
{
	if (a->is_asked != b->is_asked || a->ends_sessions != b->ends_sessions ||
	    a->n_units != b->n_units)
		return false;
	for (size_t i = 0; i < a->n_units; i++)
		if (strcmp(a->units[i], b->units[i]) != 0)
			return false;
	return true;
}

/* What was said before stays, as far as the options do not say otherwise. */
static enum hd_exit wanted_policy(struct hd_handover *ret, const struct hd_handover *now,
				  struct hd_run *run, struct hd_error *err)
{
	*ret = (struct hd_handover){ .is_asked = false };
	if (run->options->disable)
		return HD_EXIT_OK;
	*ret = now->is_asked ? *now : (struct hd_handover){ true, true, NULL, 0 };
	if (read_sessions(&ret->ends_sessions, run->options->sessions) < 0)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "--sessions: must be end or refuse");
	return run->options->units ? read_units(ret, run, err) : HD_EXIT_OK;
}

static enum hd_exit explain_failure(const struct hd_guest_change *change, const char *name,
				    struct hd_error *err)
{
	if (change->state == HD_CHANGE_DONE)
		return HD_EXIT_OK;
	if (change->state == HD_CHANGE_UNKNOWN)
		return hd_fail_as(HD_EXIT_STRANDED, err, -ETIME, "guest '%s': libvirt did not "
				  "answer while it changed the metadata, and may still do it: see "
				  "'virsh dumpxml --inactive %s'", name, name);
	return hd_fail_as(HD_EXIT_HOST, err, -EIO, "guest '%s': its metadata cannot be changed: "
			  "%s; nothing was changed", name, change->reason);
}

static enum hd_exit change_guest(struct hd_run *run, const struct hd_guest_scope *scope,
				 const struct hd_pins_text *text, struct hd_error *err)
{
	const struct hd_virt_op op = {
		.verb = HD_VIRT_METADATA, .xml = text->element, .before = text->before,
		.seen = scope->guest.config,
	};
	struct hd_guest_change outcome;
	enum hd_exit code = hd_confirm(run, "Change the guest's definition?", err);

	if (code != HD_EXIT_OK)
		return code;
	hd_guest_change(&outcome, run->context.arena, run->options->uri, scope->guest.uuid, &op, 1);
	return explain_failure(&outcome, scope->name, err);
}

static enum hd_exit show_result(struct hd_run *run, const struct hd_guest_scope *scope,
				bool is_changed, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	bool is_done = is_changed && !run->options->dry_run;
	const char *const notes[] = {
		hd_printf(arena, "the hand-over for guest '%s' %s %s%s", scope->name,
			  is_done ? "is" : is_changed ? "would be" : "was",
			  run->options->enable ? "enabled" : "disabled",
			  is_changed ? "" : " already; nothing to change"),
		hd_printf(arena, "'hostdevctl handover %s' shows what its start ends; add "
			  "--rehearse to try it", scope->word),
	};
	const struct hd_report report = {
		.title = scope->name, .notes = notes, .n_notes = run->options->enable ? 2 : 1,
		.changed = &is_changed,
	};

	return hd_show_report(run, &report, err);
}

/* Who is asked sees whose session ends.  That a start would be refused now does not prevent the change. */
static enum hd_exit show_ends(struct hd_run *run, const char *xml, const struct hd_handover *wanted,
			      struct hd_error *err)
{
	struct hd_handover_view view = { .judged = { 0 } };
	enum hd_exit code;

	if (run->options->json || !wanted->is_asked)
		return HD_EXIT_OK;
	code = hd_handover_view_with(&view, run, xml, wanted, err);
	if (code == HD_EXIT_OK)
		code = hd_handover_show(run, &view, err);
	hd_checked_close(&view.judged);
	(void)fputc('\n', run->out);
	return code == HD_EXIT_REFUSED ? HD_EXIT_OK : code;
}

static enum hd_exit set_policy(struct hd_run *run, const struct hd_guest_scope *scope,
			       struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	const char *xml = scope->guest.config;
	struct hd_request request = { 0 };
	struct hd_handover wanted;
	struct hd_pins_text text;
	enum hd_exit code;

	if (hd_request_parse(&request, arena, xml, strlen(xml), err) < 0)
		return HD_EXIT_HOST;
	code = wanted_policy(&wanted, &request.policy.handover, run, err);
	if (code != HD_EXIT_OK)
		return code;
	if (is_same(&wanted, &request.policy.handover))
		return show_result(run, scope, false, err);
	if (hd_handover_write(&text, arena, xml, strlen(xml), &wanted, err) < 0)
		return HD_EXIT_HOST;
	code = show_ends(run, xml, &wanted, err);
	if (code != HD_EXIT_OK)
		return code;
	if (!run->options->json)
		hd_put_diff(run->out, arena, hd_printf(arena, "%s/metadata", scope->name),
			    text.before, text.element, run->colour);
	if (!run->options->dry_run)
		code = change_guest(run, scope, &text, err);
	return code == HD_EXIT_OK ? show_result(run, scope, true, err) : code;
}

enum hd_exit hd_handover_set(struct hd_run *run, struct hd_error *err)
{
	struct hd_guest_scope scope;
	enum hd_exit code = hd_guest_scope_read(&scope, run, run->args[0], err);

	if (code != HD_EXIT_OK)
		return code;
	if (!scope.guest.config)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENOENT, "guest '%s' has no definition to "
				  "change, and ends when it stops; give it one, from the output of 'virsh "
				  "dumpxml %s', with 'virsh define'", scope.name, scope.word);
	return set_policy(run, &scope, err);
}
