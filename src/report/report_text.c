/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * report_text.c - a report for people.
 *
 * Findings keep the order of the table of checks.  A word marks what failed,
 * so that it is visible without colour.
 */
#include "config.h"

#include <string.h>

#include "report/plan_words.h"
#include "report/repeated.h"
#include "report/report.h"

#define INDENT "         "	/* as wide as a mark and its blank */

struct mark {
	const char *word, *sgr;
};

static const struct mark passed = { "ok", "32" };

static const struct mark marks[HD_SEVERITY_MAX] = {
	[HD_NOTE] = { "note", "36" },
	[HD_WARNING] = { "WARNING", "33" },
	[HD_ERROR] = { "ERROR", "1;31" },
};

struct counts {
	unsigned passed, failed[HD_SEVERITY_MAX];
};

static void put_mark(FILE *out, const struct mark *mark, bool colour)
{
	int pad = (int)(sizeof(INDENT) - 1 - strlen(mark->word));

	if (colour)
		(void)fprintf(out, "\033[%sm%s\033[0m%*s", mark->sgr, mark->word, pad, "");
	else
		(void)fprintf(out, "%s%*s", mark->word, pad, "");
}

static bool is_shown(const struct hd_report *report, const struct hd_finding *finding)
{
	return finding->verdict == HD_PASS ? report->show_passed : finding->verdict != HD_SKIP;
}

static void put_line(FILE *out, const char *label, const char *text)
{
	(void)fprintf(out, INDENT "%s", label);
	hd_put_text(out, text, INDENT);
	(void)fputc('\n', out);
}

static void put_head(FILE *out, const struct hd_finding *finding, int id_width, bool colour)
{
	put_mark(out, finding->verdict == HD_PASS ? &passed : &marks[finding->severity], colour);
	(void)fprintf(out, "%-*s  ", id_width, finding->check->id);
}

static void put_reasons(FILE *out, const struct hd_finding *finding)
{
	bool has_passed = finding->verdict == HD_PASS;

	(void)fputc('\n', out);
	if (finding->verdict == HD_UNKNOWN)
		put_line(out, "unknown, which counts as failed: ", finding->check->title);
	else if (!finding->evidence && !has_passed)
		put_line(out, "not true: ", finding->check->title);
	if (finding->evidence)
		put_line(out, "", finding->evidence);
	if (finding->remedy && !has_passed)
		put_line(out, "remedy: ", finding->remedy);
	if (finding->allow_with)
		put_line(out, "allow it with: ", finding->allow_with);
}

void hd_report_finding(FILE *out, const struct hd_finding *finding, int id_width, bool colour)
{
	put_head(out, finding, id_width, colour);
	hd_put_text(out, finding->subject, NULL);
	put_reasons(out, finding);
}

static void put_findings(FILE *out, const struct hd_report *report, bool colour)
{
	const struct hd_findings *findings = report->findings;
	size_t id_width = 0, n_shown = 0;

	for (size_t i = 0; i < findings->n; i++) {
		size_t length = strlen(findings->items[i].check->id);

		if (is_shown(report, &findings->items[i]) && length > id_width)
			id_width = length;
	}
	for (size_t i = 0; i < findings->n; i++) {
		if (!is_shown(report, &findings->items[i]) ||
		    hd_finding_is_repeated(findings, i))
			continue;
		put_head(out, &findings->items[i], (int)id_width, colour);
		hd_put_subjects(out, findings, i);
		put_reasons(out, &findings->items[i]);
		n_shown++;
	}
	if (n_shown)
		(void)fputc('\n', out);
}

static bool is_begun(const struct hd_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++)
		if (plan->steps[i].state != HD_STEP_PLANNED)
			return true;
	return false;
}

static void put_step(FILE *out, const struct hd_step *step, int number, bool begun)
{
	char from[HD_STATE_MAX], to[HD_STATE_MAX];

	(void)fprintf(out, "%3d. %s %s: %s -> %s", number, step->knob->name,
		      step->target, hd_state_text(step->knob->name, step->from, from),
		      hd_state_text(step->knob->name, step->to, to));
	if (step->why) {
		(void)fputs(" (", out);
		hd_put_text(out, step->why, NULL);
		(void)fputc(')', out);
	}
	if (begun)
		(void)fprintf(out, ": %s", hd_step_state_name(step->state));
	(void)fputc('\n', out);
	if (step->error.code) {
		(void)fputs("     ", out);
		hd_put_text(out, step->error.text, "     ");
		(void)fputc('\n', out);
	}
}

/* Steps with the same number are made at the same time. */
static void put_steps(FILE *out, const struct hd_plan *plan)
{
	bool begun = is_begun(plan);
	int number = 1;

	if (plan->n)
		(void)fputs(begun ? "changes:\n" : "would change:\n", out);
	for (size_t i = 0; i < plan->n; i++) {
		number += i && plan->steps[i].stage != plan->steps[i - 1].stage;
		put_step(out, &plan->steps[i], number, begun);
	}
	if (!plan->n)
		(void)fputs("nothing to change\n", out);
}

static void put_plan(FILE *out, const struct hd_report *report)
{
	if (report->findings && (report->plan || report->n_notes))
		(void)fputc('\n', out);
	if (report->plan)
		put_steps(out, report->plan);
	for (size_t i = 0; i < report->n_notes; i++) {
		(void)fputs("   - ", out);
		hd_put_text(out, report->notes[i], "     ");
		(void)fputc('\n', out);
	}
}

static void count(struct counts *ret, const struct hd_findings *findings)
{
	*ret = (struct counts){ 0 };
	for (size_t i = 0; i < findings->n; i++) {
		const struct hd_finding *finding = &findings->items[i];

		if (finding->verdict == HD_PASS)
			ret->passed++;
		else if (finding->verdict != HD_SKIP)
			ret->failed[finding->severity]++;
	}
}

static void put_verdict(FILE *out, const struct hd_report *report, bool colour)
{
	static const char *const plural[] = { "s", "" };
	const char *verdict = report->findings->is_ready ? "ready" : "not ready";
	struct counts n;

	count(&n, report->findings);
	hd_put_text(out, report->title ? report->title : "host", NULL);
	if (colour)
		(void)fprintf(out, ": \033[%sm%s\033[0m (",
			      report->findings->is_ready ? "1;32" : "1;31", verdict);
	else
		(void)fprintf(out, ": %s (", verdict);
	(void)fprintf(out, "%u error%s, %u warning%s, %u note%s, %u passed)\n",
		      n.failed[HD_ERROR], plural[n.failed[HD_ERROR] == 1],
		      n.failed[HD_WARNING], plural[n.failed[HD_WARNING] == 1],
		      n.failed[HD_NOTE], plural[n.failed[HD_NOTE] == 1], n.passed);
}

void hd_report_text(FILE *out, const struct hd_report *report, bool colour)
{
	if (report->findings) {
		put_findings(out, report, colour);
		put_verdict(out, report, colour);
	}
	put_plan(out, report);
	if (report->error && report->error->code) {
		(void)fputs("error: ", out);
		hd_put_text(out, report->error->text, INDENT);
		(void)fputc('\n', out);
	}
}
