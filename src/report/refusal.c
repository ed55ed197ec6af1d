/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * refusal.c - the text that virsh shows when the hook refuses a start.
 *
 * libvirt puts some 200 characters of its own before our first line, and
 * graphical tools show little more than that line: it must say everything.
 */
#include "config.h"

#include "base/text.h"
#include "report/plan_words.h"
#include "report/repeated.h"
#include "report/report.h"

#define MAX_GUEST 64

static void put_reason(FILE *out, const struct hd_findings *findings, size_t i)
{
	const struct hd_finding *finding = &findings->items[i];

	hd_put_subjects(out, findings, i);
	(void)fputs(": ", out);
	if (finding->evidence)
		hd_put_text(out, finding->evidence, NULL);
	else
		(void)fprintf(out, "%s: %s", finding->check->title,
			      finding->verdict == HD_UNKNOWN ? "unknown" : "not so");
	(void)fprintf(out, " [%s]", finding->check->id);
	if (finding->remedy) {
		(void)fputs("; remedy: ", out);
		hd_put_text(out, finding->remedy, NULL);
	}
	if (finding->allow_with) {
		(void)fputs("; allow it with: ", out);
		hd_put_text(out, finding->allow_with, NULL);
	}
	(void)fputc('\n', out);
}

void hd_report_refusal(FILE *out, struct hd_arena *arena, const char *guest,
		       const struct hd_findings *findings)
{
	bool is_first = true;

	for (size_t i = 0; i < findings->n; i++) {
		if (!hd_finding_refuses(&findings->items[i]) ||
		    hd_finding_is_repeated(findings, i))
			continue;
		if (is_first)
			(void)fprintf(out, "hostdevctl: guest '%s' not started: ",
				      hd_text_printable(arena, guest, MAX_GUEST));
		else
			(void)fputs("hostdevctl: also: ", out);
		put_reason(out, findings, i);
		is_first = false;
	}
	if (!is_first)
		(void)fputs("hostdevctl: nothing was changed on the host\n", out);
}
