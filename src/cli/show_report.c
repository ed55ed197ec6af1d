/* SPDX-License-Identifier: GPL-2.0-or-later */
/* show_report.c - what a command found and did, in the form that its options ask for. */
#include "config.h"

#include <errno.h>

#include "cli/show_report.h"
#include "report/table_merge.h"

enum hd_exit hd_show_report(struct hd_run *run, const struct hd_report *report,
			    struct hd_error *err)
{
	if (!run->options->json) {
		hd_report_text(run->out, report, run->colour);
		return HD_EXIT_OK;
	}
	run->is_reported = true;
	if (hd_report_json(run->out, report) == 0)
		return HD_EXIT_OK;
	return hd_fail_as(HD_EXIT_HOST, err, -EIO, "cannot write the report");
}

enum hd_exit hd_show_change(struct hd_run *run, const struct hd_change *change,
			    const struct hd_checked *judged, bool has_plan, enum hd_exit code,
			    const struct hd_error *err)
{
	const struct hd_report report = {
		.title = judged ? judged->title : NULL,
		.findings = judged ? &judged->findings : NULL,
		.plan = has_plan || change->done.n ? &change->done : NULL,
		.error = run->options->json && err->code ? err : NULL,
		.show_passed = run->options->verbose,
		.notes = change->notes.lines,
		.n_notes = change->notes.n,
		.has_failed = code != HD_EXIT_OK,
		.changed = change->is_of_guest && code == HD_EXIT_OK ? &change->has_changed_guest : NULL,
	};
	struct hd_error ignored;
	enum hd_exit shown = hd_show_report(run, &report, &ignored);

	return code == HD_EXIT_OK ? shown : code;
}

/* Many hosts have one table, so its parts have no notes of their own. */
static int put_part(struct hd_run *run, const struct hd_table *table)
{
	for (size_t i = 0; i < table->n_notes; i++)
		(void)fprintf(run->notes, "note: %s\n", table->notes[i]);
	run->has_table = true;
	return hd_table_part(run->out, table);
}

int hd_show_table(struct hd_run *run, const struct hd_table *table, struct hd_error *err)
{
	int rc;

	if (run->options->json)
		rc = hd_table_json(run->out, table);
	else if (run->is_part)
		rc = put_part(run, table);
	else
		rc = hd_table_text(run->out, table);
	return rc < 0 ? hd_fail(err, rc, "cannot write the table") : 0;
}
