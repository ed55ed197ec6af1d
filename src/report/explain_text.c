/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_text.c - what a message means, for people. */
#include "config.h"

#include <string.h>

#include "check/remedy_commands.h"
#include "explain/general.h"
#include "explain/subject.h"
#include "report/explain.h"
#include "report/plan_words.h"
#include "report/report.h"

#define INDENT "         "	/* as wide as a label */

static void put_label(FILE *out, const char *label, const char *text)
{
	(void)fprintf(out, "%-9s", label);
	hd_put_text(out, text, INDENT);
	(void)fputc('\n', out);
}

static void put_check(FILE *out, const struct hd_check *check, struct hd_arena *arena)
{
	(void)fprintf(out, "%s (%s, %s)\n", check->id, hd_severity_name(check->severity),
		      hd_scope_name(check->scope));
	put_label(out, "true if:", check->title);
	put_label(out, "why:", check->doc);
	put_label(out, "remedy:", hd_remedy_shown(arena, check->remedy));
}

/* Up to N, or to the first NULL. */
static void put_ids(FILE *out, const char *label, const char *const *ids, size_t n)
{
	if (!n || !ids[0])
		return;
	(void)fprintf(out, "%-9s", label);
	for (size_t i = 0; i < n && ids[i]; i++)
		(void)fprintf(out, "%s%s", i ? ", " : "", ids[i]);
	(void)fputc('\n', out);
}

/* HOW sure that is: hd_message_sureness(), or "in part: ". */
static void put_message(FILE *out, const char *how, const struct hd_message *message,
			const struct hd_fields *fields, struct hd_arena *arena)
{
	put_label(out, "means:", hd_printf(arena, "%s%s", how,
					   hd_message_fill(message->means, fields, arena)));
	put_label(out, "remedy:", hd_message_remedy(message, fields, arena));
}

static void put_page(FILE *out, const struct hd_explain_report *report)
{
	const struct hd_message *message = report->message;
	const struct hd_fields none = { .n = 0 };

	(void)fprintf(out, "%s (%s)\n", message->id, hd_speaker_name(message->speaker));
	for (size_t i = 0; i < HD_MESSAGE_PATTERNS && message->patterns[i]; i++)
		put_label(out, i ? "or:" : "message:",
			  hd_message_fill(message->patterns[i], &none, report->arena));
	put_message(out, hd_message_sureness(message), message, &none, report->arena);
	put_ids(out, "checks:", message->checks, HD_MESSAGE_CHECKS);
}

static void put_also(FILE *out, const struct hd_explained *what)
{
	for (size_t i = 0; i < what->n_also; i++)
		put_label(out, i ? "" : "also:", what->also[i]->id);
}

/* Is it shown before all messages? */
static bool is_above(const struct hd_explain_report *report, const struct hd_finding *finding)
{
	for (size_t i = 0; i < report->wrong.n; i++)
		if (report->wrong.items[i].check == finding->check &&
		    !strcmp(report->wrong.items[i].subject, finding->subject))
			return true;
	return false;
}

/* The ids of the state's findings that passed, or of those shown before all messages. */
static size_t collect_ids(const struct hd_explain_report *report,
			  const struct hd_message_state *state, bool passed, const char ***ret)
{
	size_t n = 0;

	*ret = NULL;
	for (size_t i = 0; i < state->now.n; i++) {
		const struct hd_finding *f = &state->now.items[i];

		if (passed ? f->verdict == HD_PASS : is_above(report, f))
			*(const char **)hd_append(report->arena, ret, &n, sizeof(**ret)) = f->check->id;
	}
	return n;
}

static void put_now(FILE *out, const struct hd_explain_report *report,
		    const struct hd_message_state *state, bool colour)
{
	const char **passed, **above;
	size_t n_passed = collect_ids(report, state, true, &passed);
	size_t n_bad = collect_ids(report, state, false, &above);

	for (size_t i = 0; i < state->now.n; i++) {
		const struct hd_finding *f = &state->now.items[i];

		if (f->verdict == HD_PASS || is_above(report, f))
			continue;
		if (n_bad++ == 0)
			put_label(out, "now:", state->subject);
		hd_report_finding(out, f, 0, colour);
	}
	put_ids(out, n_bad ? "passes:" : "now:", passed, n_passed);
	if (n_passed && !n_bad)
		put_label(out, "", hd_printf(report->arena, state->is_gone ?
					     "pass for %s: what the message reports no longer exists" :
					     "pass for %s, but do not show everything that the message "
					     "can come from", state->subject));
}

/* What is wrong now is the first cause to look at, whatever the message usually comes from. */
static void put_here(FILE *out, const struct hd_explain_report *report,
		     const struct hd_message_state *state)
{
	const char **above;
	size_t n = collect_ids(report, state, false, &above);

	put_ids(out, "wrong:", above, n);
	if (n && *hd_message_sureness(state->what->message))
		put_label(out, "", "here now, see above: look at that first");
}

/* Who is certain of one line does not speak for a later one. */
static void put_later(FILE *out, const struct hd_explain_report *report, const struct hd_explained *what)
{
	const struct hd_explanation *found = report->found;
	bool has_later = false;

	for (size_t i = 0; found && i < found->n_unknown; i++)
		has_later |= found->unknown[i].at > what->at;
	if (has_later && !*hd_message_sureness(what->message) && what->tone != HD_TONE_FINAL)
		put_label(out, "", "a later line that looks like an error is not understood: see the end");
}

/* What the line itself says is wrong, where the answer is general or has only a part of it. */
static void put_reason(FILE *out, const struct hd_explained *what)
{
	const char *innermost = what->reason ? hd_subject_quoted(what->line, what->reason) : what->line;

	if ((what->message->kind == HD_MESSAGE_GENERAL || hd_explained_follows(what)) &&
	    strlen(innermost) < strlen(what->line) && !strstr(what->message->means, "{reason}"))
		put_label(out, "reason:", innermost);
}

static void put_state(FILE *out, const struct hd_explain_report *report,
		      const struct hd_message_state *state, bool colour)
{
	const struct hd_explained *what = state->what;

	(void)fprintf(out, "%s (%s)\n", what->message->id,
		      hd_speaker_name(what->message->speaker));
	put_label(out, "message:", what->line);
	if (what->count > 1)
		put_label(out, "", hd_printf(report->arena, what->message->kind == HD_MESSAGE_GENERAL ?
					     "and %zu more lines of that kind" :
					     "and %zu more times", what->count - 1));
	if (what->tone == HD_TONE_MILD && !hd_message_is_harmless(what->message))
		put_label(out, "", "a warning: what it is about may work nevertheless");
	if (what->is_asked)
		put_label(out, "", "no word of it says that something failed: the answer is for the case "
			  "that something did");
	put_reason(out, what);
	put_later(out, report, what);
	put_here(out, report, state);
	put_message(out, what->is_partial ? "in part: " : hd_message_sureness(what->message),
		    what->message, &what->fields, report->arena);
	if (what->message->kind == HD_MESSAGE_HARMLESS_IF)
		put_label(out, "", "this is not an all-clear: look at the condition first");
	put_also(out, what);
	if (state->problem)
		put_label(out, "now:", state->problem);
	put_now(out, report, state, colour);
	put_ids(out, "look at:", state->left, state->n_left);
	if (state->n_left)
		put_label(out, "", "with 'hostdevctl check DEVICE'");
}

static void put_host(FILE *out, const struct hd_explain_report *report, bool colour)
{
	if (report->wrong.n)
		(void)fputs("wrong here now, whatever the text says:\n", out);
	for (size_t i = 0; i < report->wrong.n; i++)
		hd_report_finding(out, &report->wrong.items[i], 0, colour);
	for (size_t i = 0; i < report->n_named; i++)
		put_label(out, i ? "" : "named:",
			  hd_printf(report->arena, "%s %s: %s", report->named[i].kind,
				    report->named[i].value, report->named[i].state));
	if (report->wrong.n || report->n_named)
		(void)fputc('\n', out);
}

static void put_unknown(FILE *out, const struct hd_explain_report *report)
{
	const struct hd_explanation *found = report->found;

	if (!found || (!found->n_unknown && !found->n_more))
		return;
	if (report->n_states)
		(void)fputc('\n', out);
	(void)fputs("not understood, but these lines look like errors:\n", out);
	for (size_t i = 0; i < found->n_unknown; i++)
		(void)fprintf(out, "  %s\n", found->unknown[i].line);
	if (found->n_more)
		(void)fprintf(out, "  and %zu more lines\n", found->n_more);
}

void hd_explain_report_text(FILE *out, const struct hd_explain_report *report, bool colour)
{
	if (report->check)
		put_check(out, report->check, report->arena);
	if (report->message)
		put_page(out, report);
	put_host(out, report, colour);
	for (size_t i = 0; i < report->n_states; i++) {
		if (i)
			(void)fputc('\n', out);
		put_state(out, report, &report->states[i], colour);
	}
	put_unknown(out, report);
	if (report->found && report->found->recovered)
		put_label(out, "but:", hd_printf(report->arena, "it recovered, by a later line: %s",
						 report->found->recovered));
	if (report->check || report->message || report->n_states)
		return;
	(void)fputs("the text has no known message; it may be new, from another version, "
		    "or translated\n", out);
	put_ids(out, "nearest:", report->nearest, report->n_nearest);
	(void)fputs("'hostdevctl check DEVICE' checks for every known problem\n"
		    "what says more:\n"
		    "  hostdevctl explain --guest GUEST  the guest's last start that failed\n"
		    "  hostdevctl explain --journal      the kernel's messages since boot\n"
		    "  hostdevctl check GUEST            what is wrong on the host for it now\n"
		    "or paste the lines before this one, and the last of /var/log/libvirt/qemu/GUEST.log\n", out);
}
