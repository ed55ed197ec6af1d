/* SPDX-License-Identifier: GPL-2.0-or-later */
/* transaction.c - applies changes of the host's configuration, all or none, and takes them back. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "knob/value.h"
#include "setup/transaction_internal.h"

#define DEFAULT_MODE 0644
#define SHOWN 200

void hd_transaction_say(struct hd_transaction *transaction, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = hd_vprintf(transaction->arena, fmt, args);
	va_end(args);
	hd_push(transaction->arena, &transaction->lines, &transaction->n_lines, text);
}

int hd_transaction_run(struct hd_transaction *transaction, const char *const argv[],
		       struct hd_error *err)
{
	const char *words = hd_changes_words(transaction->arena, argv);
	int rc;

	if (!transaction->run) {
		hd_transaction_say(transaction, "run there: %s", words);
		return 0;
	}
	transaction->output = NULL;
	rc = transaction->run(transaction->arena, argv, &transaction->output, err);
	if (rc < 0)
		return rc;
	if (rc > 0)
		return hd_fail(err, -EIO, "%s failed with exit status %d", words, rc);
	transaction->output = NULL;
	hd_transaction_say(transaction, "run: %s", words);
	return 0;
}

int hd_transaction_value(const struct hd_transaction *transaction,
			 const struct hd_value_change *change, const char **ret,
			 struct hd_error *err)
{
	ssize_t n = hd_sysroot_text(transaction->root, transaction->arena, ret, "%s",
				    change->path);

	return n < 0 ? hd_fail(err, (int)n, "cannot read /%s: %s", change->path,
			       strerror((int)-n)) : 0;
}

int hd_transaction_write(const struct hd_transaction *transaction,
			 const struct hd_value_change *change, const char *value,
			 struct hd_error *err)
{
	struct hd_value set = { .path = change->path, .between = change->between, .value = value };
	int rc = hd_transaction_value(transaction, change, &set.old, err);

	if (rc < 0 || hd_value_set(transaction->root, &set, HD_VALUE_MS, err) == HD_EXIT_OK)
		return rc;
	return err->code;
}

/* The directories above PATH that are not there yet, outermost first. */
static void add_dirs(struct hd_record *record, const struct hd_transaction *transaction,
		     const char *path)
{
	for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
		char *dir = hd_strndup(transaction->arena, path, (size_t)(slash - path));
		bool is_known = false;

		for (size_t i = 0; i < record->n_dirs; i++)
			is_known |= !strcmp(record->dirs[i], dir);
		if (is_known || hd_sysroot_has(transaction->root, "%s", dir))
			continue;
		hd_push(transaction->arena, &record->dirs, &record->n_dirs, dir);
	}
}

static int add_file(struct hd_record *record, const struct hd_transaction *transaction,
		    const struct hd_file_change *change, struct hd_error *err)
{
	struct hd_swap swap = {
		.path = change->path, .old = change->old, .text = change->text,
		.mode = change->mode ? change->mode : DEFAULT_MODE,
		.uid = geteuid(), .gid = getegid(),
	};
	int rc;

	if (!hd_swap_path_is_valid(swap.path))
		return hd_fail(err, -EINVAL, "'%s' is not the path of a file",
			       hd_text_printable(transaction->arena, swap.path, SHOWN));
	add_dirs(record, transaction, swap.path);
	rc = swap.old ? hd_swap_look(&swap, transaction->root, err) : 0;
	if (rc == 0)
		rc = hd_swap_state(&swap, transaction->root, err);
	if (rc >= 0 && rc != HD_SWAP_OLD)
		rc = hd_fail(err, -ESTALE, "something else has changed /%s in the meantime",
			     swap.path);
	if (rc < 0)
		return rc;
	hd_push(transaction->arena, &record->files, &record->n_files, swap);
	return 0;
}

static int compose_record(struct hd_record *ret, const struct hd_transaction *transaction,
			  const struct hd_changes *changes, struct hd_error *err)
{
	*ret = (struct hd_record){ .is_pending = true, .changes = *changes };
	for (size_t i = 0; i < changes->n_files; i++) {
		int rc = add_file(ret, transaction, &changes->files[i], err);

		if (rc < 0)
			return rc;
	}
	for (size_t i = 0; i < changes->n_values; i++) {
		const struct hd_value_change *v = &changes->values[i];
		const char *now;
		int rc = hd_transaction_value(transaction, v, &now, err);

		if (rc == 0 && strcmp(now, v->old) != 0)
			rc = hd_fail(err, -ESTALE, "/%s is now %s", v->path,
				     hd_text_printable(transaction->arena, now, SHOWN));
		if (rc < 0)
			return rc;
	}
	return 0;
}

static int make_dirs(const struct hd_record *record, const struct hd_sysroot *root,
		     struct hd_error *err)
{
	for (size_t i = 0; i < record->n_dirs; i++) {
		const char *path = record->dirs[i];
		_cleanup_(hd_close) int fd = hd_swap_parent(root, path);

		if (fd < 0 || mkdirat(fd, basename(path), 0755) < 0 || fsync(fd) < 0)
			return hd_fail(err, fd < 0 ? fd : -errno, "cannot create /%s: %s", path,
				       strerror(fd < 0 ? -fd : errno));
	}
	return 0;
}

static int swap_files(struct hd_transaction *transaction, const struct hd_record *record,
		      struct hd_error *err)
{
	int rc = make_dirs(record, transaction->root, err);

	for (size_t i = 0; rc == 0 && i < record->n_files; i++)
		rc = hd_swap_stage(&record->files[i], transaction->root, err);
	for (size_t i = 0; rc == 0 && i < record->n_files; i++)
		rc = hd_swap_commit(&record->files[i], transaction->root, err);
	for (size_t i = 0; rc == 0 && i < record->n_files; i++)
		hd_transaction_say(transaction, "/%s is %s", record->files[i].path,
				   !record->files[i].text ? "removed" :
				   record->files[i].old ? "changed" : "made");
	return rc;
}

static int make_effective(struct hd_transaction *transaction, const struct hd_store *store,
			  struct hd_record *record, struct hd_error *err)
{
	const struct hd_changes *changes = &record->changes;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < changes->n_values; i++) {
		const struct hd_value_change *v = &changes->values[i];

		rc = hd_transaction_write(transaction, v, v->value, err);
		if (rc == 0)
			hd_transaction_say(transaction, "/%s is %s", v->path, v->value);
	}
	if (rc < 0 || !changes->n_commands)
		return rc;
	rc = hd_store_mark(store, record->number, HD_STORE_RUNNING, true);
	if (rc < 0)
		return hd_fail(err, rc, "cannot record that commands are run: %s", strerror(-rc));
	record->is_running = true;
	for (size_t i = 0; rc == 0 && i < changes->n_commands; i++)
		rc = hd_transaction_run(transaction, changes->commands[i].argv, err);
	return rc;
}

/* The first failure is the reason, whatever undoing says. */
static enum hd_exit fail_back(struct hd_transaction *transaction, const struct hd_store *store,
			      struct hd_record *record, struct hd_error *err)
{
	const struct hd_undo_setup undo = { .transaction = transaction, .store = store,
					    .records = record, .n = 1 };
	const char *output = transaction->output;
	struct hd_error back = { 0 };

	/* Reading what the kernel still works on would wait for it as well. */
	if (err->code == -ETIME)
		return hd_fail_as(HD_EXIT_STRANDED, err, -ETIME, "%s; run 'hostdevctl setup "
				  "--revert' when the kernel has answered",
				  hd_strdup(transaction->arena, err->text));
	if (hd_undo_setup(&undo, &back) != HD_EXIT_OK)
		return hd_fail_as(HD_EXIT_STRANDED, err, err->code,
				  "%s; and it could not be undone: %s",
				  hd_strdup(transaction->arena, err->text), back.text);
	transaction->output = output;
	transaction->n_lines = 0;
	hd_fail(err, err->code, "%s; everything is as before",
		hd_strdup(transaction->arena, err->text));
	return err->code == -ESTALE ? HD_EXIT_REFUSED : HD_EXIT_HOST;
}

static enum hd_exit apply_changes(struct hd_transaction *transaction,
				  const struct hd_store *store, const struct hd_changes *changes,
				  unsigned number, struct hd_error *err)
{
	struct hd_record record;
	int rc = compose_record(&record, transaction, changes, err);

	if (rc < 0)
		return rc == -EIO ? HD_EXIT_HOST : HD_EXIT_REFUSED;
	record.number = number;
	if (hd_store_add(store, &record, err) < 0)
		return HD_EXIT_HOST;
	rc = swap_files(transaction, &record, err);
	if (rc == 0)
		rc = make_effective(transaction, store, &record, err);
	if (rc == 0) {
		rc = hd_store_mark(store, number, HD_STORE_PENDING, false);
		if (rc < 0)
			hd_fail(err, rc, "cannot record that it is complete: %s", strerror(-rc));
	}
	if (rc < 0)
		return fail_back(transaction, store, &record, err);
	for (size_t i = 0; i < record.n_files; i++)
		hd_swap_tidy(record.files[i].path, transaction->root);
	return HD_EXIT_OK;
}

/* How many records there are, or a negative errno with ERR. */
static ssize_t open_records(struct hd_undo_setup *undo, struct hd_store *store,
			    struct hd_error *err)
{
	const struct hd_transaction *transaction = undo->transaction;
	int rc = hd_store_open_write(store, transaction->root, transaction->arena, err);

	return rc < 0 ? rc : hd_store_list(store, &undo->records, err);
}

enum hd_exit hd_transaction_apply(struct hd_transaction *transaction,
				  const struct hd_changes *changes, struct hd_error *err)
{
	_cleanup_(hd_store_close_clean) struct hd_store store = { .fd = -1 };
	struct hd_undo_setup undo = { .transaction = transaction, .store = &store,
				      .must_run = true };
	ssize_t n = open_records(&undo, &store, err);
	enum hd_exit code = HD_EXIT_OK;

	if (n < 0)
		return HD_EXIT_HOST;
	undo.n = hd_undo_setup_pending(transaction->root, undo.records, (size_t)n);
	if (undo.n) {
		hd_transaction_say(transaction, "an interrupted setup is undone first");
		code = hd_undo_setup(&undo, err);
	}
	if (code != HD_EXIT_OK || hd_changes_is_empty(changes))
		return code;
	return apply_changes(transaction, &store, changes, n ? undo.records[0].number + 1 : 1, err);
}

static enum hd_exit mark_all(const struct hd_undo_setup *undo, struct hd_error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < undo->n; i++) {
		struct hd_record *record = &undo->records[i];

		rc = hd_store_mark(undo->store, record->number, HD_STORE_RUNNING, true);
		if (rc == 0)
			rc = hd_store_mark(undo->store, record->number, HD_STORE_PENDING, true);
		record->is_running = true;
	}
	if (rc < 0)
		hd_fail(err, rc, "cannot record what to undo: %s", strerror(-rc));
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

/* Nothing was changed, so the records count as complete again. */
static void unmark_all(const struct hd_undo_setup *undo)
{
	for (size_t i = undo->n; i-- > 0;)
		if (!undo->records[i].is_pending &&
		    hd_store_mark(undo->store, undo->records[i].number, HD_STORE_PENDING,
				  false) < 0)
			return;
}

enum hd_exit hd_transaction_may_revert(struct hd_transaction *transaction, const struct hd_store *store,
				       struct hd_record *records, size_t n, const char *const *keep,
				       size_t n_keep, struct hd_error *err)
{
	return hd_undo_setup_may(&(struct hd_undo_setup){
		.transaction = transaction, .store = store, .records = records, .n = n,
		.keep = keep, .n_keep = n_keep }, err);
}

enum hd_exit hd_transaction_revert(struct hd_transaction *transaction, const char *const *keep,
				   size_t n_keep, struct hd_error *err)
{
	_cleanup_(hd_store_close_clean) struct hd_store store = { .fd = -1 };
	struct hd_undo_setup undo = { .transaction = transaction, .store = &store, .keep = keep,
				      .n_keep = n_keep, .must_run = true };
	ssize_t n = open_records(&undo, &store, err);
	enum hd_exit code;

	if (n < 0)
		return HD_EXIT_HOST;
	(void)hd_undo_setup_pending(transaction->root, undo.records, (size_t)n);
	undo.n = (size_t)n;
	code = hd_undo_setup_may(&undo, err);
	if (code == HD_EXIT_OK) {
		code = mark_all(&undo, err);
		if (code == HD_EXIT_OK)
			code = hd_undo_setup(&undo, err);
		if (code == HD_EXIT_HOST)
			unmark_all(&undo);
	}
	return code;
}
