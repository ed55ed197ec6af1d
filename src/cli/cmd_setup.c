/* SPDX-License-Identifier: GPL-2.0-or-later */
/* cmd_setup.c - shows what setup would change on this host, changes it, undoes it. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/did_you_mean.h"
#include "cli/options.h"
#include "report/report.h"
#include "report/setup_report.h"
#include "setup/applied_store.h"
#include "setup/subjects.h"
#include "setup/transaction.h"

static const struct hd_option *const options[] = {
	&hd_opt_apply, &hd_opt_revert, &hd_opt_keep, &hd_opt_unsafe_interrupts, &hd_opt_at_boot,
	&hd_opt_no_probe, &hd_opt_page_size, &hd_opt_node, &hd_opt_xml, &hd_opt_uri, &hd_opt_allow,
	&hd_opt_dry_run, &hd_opt_sysroot, &hd_opt_json, &hd_opt_color, &hd_opt_help, NULL,
};

static void refuse_subject(const char *name, struct hd_error *err)
{
	struct hd_nearest nearest = { .word = name };

	hd_fail(err, -EINVAL, "unknown subject '%.64s'", name);
	for (const struct hd_setup_subject *const *s = hd_setup_subjects; *s; s++)
		if ((*s)->name)
			hd_nearest_offer(&nearest, (*s)->name);
	(void)hd_nearest_suggest(&nearest, err);
}

/* The subject that the operands name; the host itself if there are none. */
static const struct hd_setup_subject *find_subject(const struct hd_run *run,
						   struct hd_error *err)
{
	const char *name = run->n_args ? run->args[0] : NULL;
	int n = run->n_args - (name != NULL);

	for (const struct hd_setup_subject *const *s = hd_setup_subjects; *s; s++) {
		if (name ? !(*s)->name || strcmp(name, (*s)->name) != 0 : (*s)->name != NULL)
			continue;
		if (n >= (*s)->min_args && ((*s)->max_args < 0 || n <= (*s)->max_args))
			return *s;
		hd_fail(err, -EINVAL, "setup %s takes %s", name, (*s)->args);
		return NULL;
	}
	refuse_subject(name, err);
	return NULL;
}

/* As JSON it is a part of the one object that is written at the end. */
static enum hd_exit show_result(struct hd_run *run, struct hd_setup_report *view,
				const struct hd_transaction *transaction, enum hd_exit code)
{
	view->is_applied = code == HD_EXIT_OK;
	view->done = transaction->lines;
	view->n_done = transaction->n_lines;
	for (size_t i = 0; !run->options->json && i < transaction->n_lines; i++)
		(void)fprintf(run->out, "%s\n", transaction->lines[i]);
	if (transaction->output)
		(void)fprintf(run->notes, "%s", transaction->output);
	return code;
}

static struct hd_transaction transaction_of(struct hd_run *run)
{
	return (struct hd_transaction){ .root = &run->context.root, .arena = run->context.arena,
					.run = run->context.root.is_live ? hd_run_command : NULL };
}

/* The records of what was applied, or 0.  Only root can read them. */
static ssize_t list_records(struct hd_context *context, struct hd_store *store,
			    struct hd_record **ret, struct hd_error *err)
{
	int rc = hd_store_open(store, &context->root, context->arena, err);

	if (rc == -ENOENT || rc == -EACCES || rc == -EPERM) {
		*err = (struct hd_error){ 0 };
		return 0;
	}
	return rc < 0 ? rc : hd_store_list(store, ret, err);
}

static enum hd_exit show_changes(struct hd_run *run, struct hd_changes *changes,
				 struct hd_error *err)
{
	_cleanup_(hd_store_close) struct hd_store store = { .fd = -1 };
	struct hd_record *records = NULL;
	ssize_t n = list_records(&run->context, &store, &records, err);

	if (n < 0)
		return HD_EXIT_HOST;
	if (n && records[0].is_pending)
		hd_changes_note(changes, run->context.arena, "an earlier setup was interrupted: "
				"--apply undoes it first, --revert undoes all");
	if (run->options->json)
		return HD_EXIT_OK;
	hd_put_changes(run->out, run->context.arena, changes, run->colour);
	if (hd_changes_is_empty(changes))
		(void)fputs(changes->is_incomplete ? "" : "nothing to do\n", run->out);
	else
		(void)fputs("nothing changed; run again with --apply\n",
			    run->notes);
	return HD_EXIT_OK;
}

static enum hd_exit apply_changes(struct hd_run *run, const struct hd_changes *changes,
				  struct hd_setup_report *view, struct hd_error *err)
{
	struct hd_transaction transaction = transaction_of(run);
	enum hd_exit code = hd_transaction_apply(&transaction, changes, err);

	(void)show_result(run, view, &transaction, code);
	if (run->options->json)
		return code;
	for (size_t i = 0; code == HD_EXIT_OK && i < changes->n_notes; i++)
		(void)fprintf(run->out, "note: %s\n", changes->notes[i]);
	if (code == HD_EXIT_OK && hd_changes_is_empty(changes) && !changes->is_incomplete)
		(void)fputs("nothing to do\n", run->out);
	return code;
}

/* What --revert would do, as a list of changes. */
static struct hd_changes reverse_records(struct hd_context *context,
					 const struct hd_record *records, ssize_t n)
{
	struct hd_changes changes = { 0 };

	for (ssize_t i = 0; i < n; i++) {
		for (size_t k = 0; k < records[i].n_files; k++) {
			const struct hd_swap *f = &records[i].files[k];

			hd_changes_file(&changes, context->arena, &(struct hd_file_change){
				.path = f->path, .old = f->text, .text = f->old });
		}
		for (size_t k = 0; k < records[i].changes.n_values; k++) {
			const struct hd_value_change *v = &records[i].changes.values[k];

			hd_changes_value(&changes, context->arena, &(struct hd_value_change){
				.path = v->path, .old = v->value, .value = v->old });
		}
		for (size_t k = 0; k < records[i].changes.n_commands; k++) {
			struct hd_command_change c = records[i].changes.commands[k];

			c.argv = c.undo ? c.undo : c.argv;
			hd_changes_command(&changes, context->arena, &c);
		}
	}
	return changes;
}

/* A refusal is explained by what somebody has changed since. */
static void show_changed(struct hd_run *run, const struct hd_record *records, ssize_t n)
{
	struct hd_arena *arena = run->context.arena;
	for (ssize_t i = 0; i < n; i++)
		for (size_t k = 0; k < records[i].n_files; k++) {
			const struct hd_swap *f = &records[i].files[k];
			struct hd_error ignored;
			const char *now;

			if (hd_swap_state(f, &run->context.root, &ignored) == HD_SWAP_OTHER &&
			    hd_swap_read(&now, arena, &run->context.root, f->path, &ignored) == 0)
				hd_put_diff(run->out, arena, f->path, f->text, now,
					    run->colour);
		}
}

/* "/etc/default/grub" and "etc/default/grub" are one. */
static const char **kept(struct hd_run *run, size_t *ret_n)
{
	const struct hd_words *words = &run->options->keep;
	const char **paths = hd_alloc(run->context.arena, (words->n + 1) * sizeof(*paths));

	for (size_t i = 0; i < words->n; i++)
		paths[i] = words->items[i] + strspn(words->items[i], "/");
	*ret_n = words->n;
	return paths;
}

/* What is in use by now must not be taken from its users. */
static enum hd_exit may_revert(struct hd_context *context, const struct hd_record *records, ssize_t n,
			       struct hd_error *err)
{
	enum hd_exit code = HD_EXIT_OK;

	for (ssize_t i = 0; i < n; i++)
		for (size_t k = 0; k < records[i].changes.n_values && code == HD_EXIT_OK; k++)
			code = hd_setup_vfs_may_write(context, &records[i].changes.values[k], err);
	return code;
}

/* Shows it, and refuses what would be refused. */
static enum hd_exit show_revert(struct hd_run *run, const struct hd_store *store, struct hd_changes *changes,
				struct hd_record *records, ssize_t n, struct hd_error *err)
{
	struct hd_transaction transaction = transaction_of(run);
	size_t n_keep;
	const char **keep = kept(run, &n_keep);
	enum hd_exit code;

	*changes = reverse_records(&run->context, records, n);
	if (!run->options->json)
		hd_put_changes(run->out, run->context.arena, changes, run->colour);
	code = may_revert(&run->context, records, n, err);
	if (code != HD_EXIT_OK)
		return code;
	code = hd_transaction_may_revert(&transaction, store, records, (size_t)n, keep, n_keep, err);
	if (code == HD_EXIT_REFUSED && !run->options->json)
		show_changed(run, records, n);
	return code;
}

/* One that was killed before it had recorded anything has left the folders of the records. */
static enum hd_exit remove_empty(struct hd_run *run, struct hd_store *store, struct hd_error *err)
{
	_cleanup_(hd_store_close_clean) struct hd_store mine = { .fd = -1 };
	bool is_there = store->fd >= 0;

	hd_store_close(store);
	if (!is_there || run->options->dry_run)
		return HD_EXIT_OK;
	return hd_store_open_write(&mine, &run->context.root, run->context.arena, err) < 0 ?
	       HD_EXIT_HOST : HD_EXIT_OK;
}

static enum hd_exit revert(struct hd_run *run, struct hd_changes *changes,
			   struct hd_setup_report *view, struct hd_error *err)
{
	_cleanup_(hd_store_close) struct hd_store store = { .fd = -1 };
	struct hd_transaction transaction = transaction_of(run);
	struct hd_record *records = NULL;
	ssize_t n = list_records(&run->context, &store, &records, err);
	size_t n_keep;
	const char **keep = kept(run, &n_keep);
	enum hd_exit code;

	if (n < 0)
		return HD_EXIT_HOST;
	if (!n) {
		code = remove_empty(run, &store, err);
		if (code == HD_EXIT_OK)
			(void)fputs(run->options->json ? "" : "nothing to undo\n", run->out);
		return code;
	}
	if (run->options->dry_run)
		return show_revert(run, &store, changes, records, n, err);
	code = may_revert(&run->context, records, n, err);
	if (code != HD_EXIT_OK)
		return code;
	hd_store_close(&store);
	code = hd_transaction_revert(&transaction, keep, n_keep, err);
	if (code == HD_EXIT_REFUSED && !run->options->json)
		show_changed(run, records, n);
	return show_result(run, view, &transaction, code);
}

static bool changes_live_host(const struct hd_run *run)
{
	const struct hd_options *o = run->options;

	return (o->apply || o->revert) && !o->dry_run && run->context.root.is_live;
}

static enum hd_exit look_at_words(const struct hd_run *run, struct hd_error *err)
{
	const struct hd_options *o = run->options;
	const char *wrong = NULL;

	if (o->keep.n && !o->revert)
		wrong = "--keep needs --revert";
	else if (o->revert && (o->apply || run->n_args))
		wrong = "--revert undoes everything, and cannot be combined with anything else";
	if (wrong)
		return hd_fail_as(HD_EXIT_USAGE, err, -EINVAL, "%s", wrong);
	if (changes_live_host(run) && geteuid())
		return hd_fail_as(HD_EXIT_HOST, err, -EPERM,
				  "setup needs root to change the host");
	return HD_EXIT_OK;
}

static enum hd_exit plan(struct hd_run *run, const struct hd_setup_subject *subject,
			 struct hd_changes *changes, struct hd_setup_report *view,
			 struct hd_error *err)
{
	const struct hd_options *o = run->options;
	struct hd_setup_request ask = {
		.context = &run->context, .args = run->args + 1, .n_args = run->n_args - 1,
		.xml = o->xml, .uri = o->uri, .page_size = o->page_size, .nodes = o->nodes,
		.allow = o->allow.items, .n_allow = o->allow.n, .at_boot = o->at_boot,
		.no_probe = o->no_probe, .unsafe_interrupts = o->unsafe_interrupts,
		.is_applied = o->apply,
	};
	enum hd_exit code = subject->plan(&ask, changes, err);
	const struct hd_report report = { .title = ask.title, .findings = ask.findings };

	view->findings = ask.findings;
	if (ask.findings && !run->options->json)
		hd_report_text(run->out, &report, run->colour);
	if (ask.listing)
		(void)fputs(ask.listing, run->notes);
	return code;
}

static enum hd_exit change_or_show(struct hd_run *run, struct hd_changes *changes,
				   struct hd_setup_report *view, struct hd_error *err)
{
	const struct hd_options *o = run->options;
	const struct hd_setup_subject *subject;
	enum hd_exit code;

	if (o->revert)
		return revert(run, changes, view, err);
	subject = find_subject(run, err);
	if (!subject)
		return HD_EXIT_USAGE;
	code = plan(run, subject, changes, view, err);
	if (code == HD_EXIT_OK)
		code = o->apply && !o->dry_run ? apply_changes(run, changes, view, err) :
						 show_changes(run, changes, err);
	return code == HD_EXIT_OK && changes->is_incomplete ? HD_EXIT_REFUSED : code;
}

static enum hd_exit run_setup(struct hd_run *run, struct hd_error *err)
{
	struct hd_changes changes = { 0 };
	struct hd_setup_report view = { .changes = &changes, .error = err };
	enum hd_exit code = look_at_words(run, err);

	if (code == HD_EXIT_OK)
		code = change_or_show(run, &changes, &view, err);
	if (!run->options->json || code == HD_EXIT_USAGE)
		return code;
	run->is_reported = true;
	if (hd_setup_json(run->out, run->context.arena, &view) < 0)
		return hd_fail_as(HD_EXIT_HOST, err, -EIO, "cannot write the report");
	return code;
}

static void help(FILE *out)
{
	(void)fputs("\nWithout --apply, only shows what it would change. SUBJECT is one of:\n", out);
	for (const struct hd_setup_subject *const *s = hd_setup_subjects; *s; s++)
		(void)fprintf(out, "  %s%s%s: %s\n", (*s)->name ? (*s)->name : "(none)",
			      *(*s)->args ? " " : "", (*s)->args, (*s)->summary);
}

const struct hd_command hd_cmd_setup = {
	.name = "setup",
	.args = "[SUBJECT [OPERAND...]]",
	.max_args = -1,
	.summary = "Set up this host for passthrough, or undo that.",
	.options = options,
	.gives_back = true,
	.help = help,
	.run = run_setup,
};
