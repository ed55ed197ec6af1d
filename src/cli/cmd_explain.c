/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_explain.c - what does a check, or a message of the kernel, QEMU or libvirt, mean here? */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/explain_host.h"
#include "cli/operands.h"
#include "cli/options.h"
#include "explain/families.h"
#include "facts/host/kernel_log.h"
#include "facts/libvirt/start_log.h"
#include "report/explain.h"
#include "report/table.h"
#include "virt/guest_xml.h"

#define NAME_SHOWN 128
#define NEAREST_MAX 3

enum { ID, OF, TEXT, N_COLUMNS };

static const struct hd_column columns[N_COLUMNS] = {
	[ID] = { .title = "ID", .key = "id" },
	[OF] = { .title = "OF", .key = "of" },
	[TEXT] = { .title = "TEXT", .key = "text", .may_cut = true },
};

static const struct hd_option *const options[] = {
	&hd_opt_file, &hd_opt_last_start, &hd_opt_journal, &hd_opt_sysroot, &hd_opt_host,
	&hd_opt_json, &hd_opt_color, &hd_opt_help, NULL,
};

static enum hd_exit finish_report(struct hd_run *run, int rc, struct hd_error *err)
{
	run->is_reported = true;
	if (rc == 0)
		return HD_EXIT_OK;
	return hd_fail_as(HD_EXIT_HOST, err, rc, "cannot write the explanation");
}

static enum hd_exit show_report(struct hd_run *run, const struct hd_explain_report *report,
				struct hd_error *err)
{
	int rc = 0;

	if (run->options->json)
		rc = hd_explain_report_json(run->out, report);
	else
		hd_explain_report_text(run->out, report, run->colour);
	return finish_report(run, rc, err);
}

/* All ids that have a page. */
static enum hd_exit list_ids(struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_table table = { .key = "ids", .columns = columns, .n_columns = N_COLUMNS,
				  .width = run->width };
	const struct hd_message *message;
	const char **row;

	for (const struct hd_check *const *check = hd_checks; *check; check++) {
		row = hd_table_row(&table, arena);
		row[ID] = (*check)->id;
		row[OF] = "check";
		row[TEXT] = (*check)->title;
	}
	for (size_t at = 0; (message = hd_message_next(&at));) {
		row = hd_table_row(&table, arena);
		row[ID] = message->id;
		row[OF] = hd_speaker_name(message->speaker);
		row[TEXT] = message->patterns[0];
	}
	for (size_t at = 0; (message = hd_family_next(&at));) {
		row = hd_table_row(&table, arena);
		row[ID] = message->id;
		row[OF] = "in general";
		row[TEXT] = message->means;
	}
	return finish_report(run, run->options->json ? hd_table_json(run->out, &table) :
			     hd_table_text(run->out, &table), err);
}

static const char *append_text(struct hd_context *context, const char *text, const char *more)
{
	return *text ? hd_printf(context->arena, "%s\n%s", text, more) : more;
}

/* A file, or standard input for "-"; NUL bytes become "?". */
static enum hd_exit add_file(struct hd_context *context, const char **text, const char *path,
			     struct hd_error *err)
{
	struct hd_guest_xml file;
	char *copy;

	if (hd_guest_from_file(&file, context->arena, path, err) < 0)
		return HD_EXIT_HOST;
	copy = hd_alloc(context->arena, file.length + 1);
	for (size_t i = 0; i < file.length; i++)
		copy[i] = file.text[i] ? file.text[i] : '?';
	*text = append_text(context, *text, copy);
	return HD_EXIT_OK;
}

static enum hd_exit add_operands(struct hd_run *run, const char **text, struct hd_error *err)
{
	char *words = NULL;
	size_t n = 0;

	if (run->n_args == 1 && !strcmp(run->args[0], "-"))
		return add_file(&run->context, text, "-", err);
	for (int i = 0; i < run->n_args; i++) {
		hd_append_text(run->context.arena, &words, &n, " ", i > 0);
		hd_append_text(run->context.arena, &words, &n, run->args[i], strlen(run->args[i]));
	}
	*text = append_text(&run->context, *text, words ? words : "");
	return HD_EXIT_OK;
}

/* libvirt gives the reason to who asked for the start, and QEMU's log has none. */
#define EARLY "the last start of guest '%s' (%s) ended before QEMU ran: 'hostdevctl check %s' says " \
	"whether a start is refused now; the system log has libvirt's reason"

static enum hd_exit add_guest(struct hd_run *run, const char **text, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	const char *guest = run->options->guest, *shown;
	struct hd_start_log log;
	int rc = hd_start_log_read(&log, &run->context.root, arena, guest, err);

	shown = hd_text_printable(arena, guest, NAME_SHOWN);
	if (rc == -ENOENT) {
		(void)hd_fail(err, rc, "guest '%s' has no log in /var/log/libvirt/qemu: it was never started on "
			      "this host, or is not a guest of it", shown);
		hd_suggest_guest(run, guest, err);
	}
	if (rc < 0)
		return rc == -EINVAL ? HD_EXIT_USAGE : HD_EXIT_HOST;
	if (rc == 0 && log.early)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENODATA, EARLY, shown, log.early,
				  hd_shell_word(arena, guest));
	if (log.early)
		(void)fprintf(run->notes, "note: " EARLY "\n", shown, log.early,
			      hd_shell_word(arena, guest));
	if (rc == 0)
		return hd_fail_as(HD_EXIT_REFUSED, err, -ENODATA,
				  "the log of guest '%s' has no failed start", shown);
	(void)fprintf(run->notes, "guest '%s', started %s: %s%s\n", shown, log.when, log.reason,
		      log.is_newest ? "" : "; another start was tried since");
	*text = append_text(&run->context, *text, log.text);
	return HD_EXIT_OK;
}

static enum hd_exit add_journal(struct hd_context *context, const char **text, struct hd_error *err)
{
	const char *log;

	if (hd_kernel_log_read(&log, &context->root, context->arena, err) < 0)
		return HD_EXIT_HOST;
	*text = append_text(context, *text, log);
	return HD_EXIT_OK;
}

static enum hd_exit read_text(struct hd_run *run, const char **ret, struct hd_error *err)
{
	const struct hd_options *given = run->options;
	enum hd_exit code = add_operands(run, ret, err);

	if (code == HD_EXIT_OK && given->file)
		code = add_file(&run->context, ret, given->file, err);
	if (code == HD_EXIT_OK && given->guest)
		code = add_guest(run, ret, err);
	if (code == HD_EXIT_OK && given->journal)
		code = add_journal(&run->context, ret, err);
	return code;
}

/* A word like "vfio-module" is meant as an id. */
static bool is_like_id(const char *word)
{
	return strchr(word, '-') && !word[strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-")] &&
	       *word != '-';
}

static enum hd_exit nothing_known(struct hd_run *run, const char *text,
				  struct hd_explain_report *report, struct hd_error *err)
{
	const char *nearest[NEAREST_MAX];
	enum hd_exit code;

	if (is_like_id(text))
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "'%.64s' is not a check or "
				  "message; did you mean %s? 'hostdevctl explain' lists all",
				  text, hd_check_nearest(text));
	report->nearest = nearest;
	report->n_nearest = hd_explain_nearest(text, nearest, NEAREST_MAX);
	code = show_report(run, report, err);
	return code == HD_EXIT_OK ? HD_EXIT_REFUSED : code;
}

/* Has each line that looks like an error a row, and is nothing left to be looked at? */
static bool is_understood(const struct hd_explanation *found)
{
	for (size_t i = 0; i < found->n; i++)
		if (found->items[i].message->kind == HD_MESSAGE_GENERAL ||
		    found->items[i].message->kind == HD_MESSAGE_HARMLESS_IF || found->items[i].is_partial)
			return false;
	return !found->n_unknown && !found->n_more;
}

/* What was typed, or pasted into standard input, as by Cockpit; a file or a log was not read by who asks. */
static bool is_question(const struct hd_run *run)
{
	const struct hd_options *given = run->options;

	return (!given->file || !strcmp(given->file, "-")) && !given->guest && !given->journal;
}

static enum hd_exit explain_text(struct hd_run *run, struct hd_error *err)
{
	struct hd_arena *arena = run->context.arena;
	struct hd_explanation found;
	struct hd_explain_report report = { .arena = arena };
	const char *text = "";
	enum hd_exit code = read_text(run, &text, err);

	if (code != HD_EXIT_OK)
		return code;
	if (is_question(run))
		hd_explain_question(&found, arena, text);
	else
		hd_explain_text(&found, arena, text);
	hd_explain_host(&report, &run->context, &found);
	if (!found.n)
		return nothing_known(run, text, &report, err);
	code = show_report(run, &report, err);
	return code == HD_EXIT_OK && !is_understood(&found) ? HD_EXIT_PARTLY : code;
}

static enum hd_exit run_explain(struct hd_run *run, struct hd_error *err)
{
	const struct hd_options *given = run->options;
	struct hd_explain_report page = { .arena = run->context.arena };
	bool has_source = given->file || given->guest || given->journal;

	if (!run->n_args && !has_source)
		return list_ids(run, err);
	if (run->n_args == 1 && !has_source) {
		page.check = hd_check_find(run->args[0]);
		page.message = hd_message_find(run->args[0]);
		if (!page.message)
			page.message = hd_family_find(run->args[0]);
	}
	return page.check || page.message ? show_report(run, &page, err) : explain_text(run, err);
}

const struct hd_command hd_cmd_explain = {
	.name = "explain",
	.args = "[ID | TEXT... | -]",
	.max_args = -1,
	.takes_text = true,
	.summary = "Explain what a check or a message from the kernel, QEMU or libvirt "
		   "means on this host.",
	.options = options,
	.run = run_explain,
};
