/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * take_back.c - takes back what setup has applied.
 *
 * Several applications may have changed a file, one after the other; after a crash it
 * can be at any point of that chain.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "setup/transaction_internal.h"

static const struct hd_swap *find_file(const struct hd_record *record, const char *path)
{
	for (size_t i = 0; i < record->n_files; i++)
		if (!strcmp(record->files[i].path, path))
			return &record->files[i];
	return NULL;
}

static bool is_kept(const struct hd_undo_setup *undo, const char *path)
{
	for (size_t i = 0; i < undo->n_keep; i++)
		if (!strcmp(undo->keep[i], path))
			return true;
	return false;
}

/* Was FILE of record I taken back already, together with an older change of it? */
static int is_further_back(const struct hd_undo_setup *undo, size_t i,
			   const struct hd_swap *file, struct hd_error *err)
{
	for (size_t k = i + 1; k < undo->n; k++) {
		const struct hd_swap *older = find_file(&undo->records[k], file->path);
		int state = older ? hd_swap_state(older, undo->store->root, err) : HD_SWAP_OTHER;

		if (state != HD_SWAP_OTHER)
			return state < 0 ? state : 1;
	}
	return 0;
}

/* Will FILE of record I have our text when the newer records are taken back? */
static bool is_below_ours(const struct hd_undo_setup *undo, size_t i, const struct hd_swap *file)
{
	while (i-- > 0) {
		const struct hd_swap *newer = find_file(&undo->records[i], file->path);

		if (newer)
			return hd_text_is_same(newer->old, file->text);
	}
	return false;
}

static enum hd_exit judge_file(const struct hd_undo_setup *undo, size_t i,
			       const struct hd_swap *file, struct hd_error *err)
{
	int rc;

	if (is_kept(undo, file->path))
		return HD_EXIT_OK;
	rc = hd_swap_state(file, undo->store->root, err);
	if (rc == HD_SWAP_OTHER && !is_below_ours(undo, i, file)) {
		rc = is_further_back(undo, i, file, err);
		if (rc == 0)
			return hd_fail_as(HD_EXIT_REFUSED, err, -ESTALE,
					  "/%s was changed since setup wrote it: undo that "
					  "change, or keep the file as it is with 'hostdevctl "
					  "setup --revert --keep /%s'", file->path, file->path);
	}
	return rc < 0 ? HD_EXIT_HOST : HD_EXIT_OK;
}

enum hd_exit hd_undo_setup_may(const struct hd_undo_setup *undo, struct hd_error *err)
{
	for (size_t i = 0; i < undo->n; i++)
		for (size_t k = 0; k < undo->records[i].n_files; k++) {
			enum hd_exit code = judge_file(undo, i, &undo->records[i].files[k], err);

			if (code != HD_EXIT_OK)
				return code;
		}
	return HD_EXIT_OK;
}

/* Must FILE be put back?  1, 0, or a negative errno. */
static int is_to_do(const struct hd_undo_setup *undo, const struct hd_swap *file,
		    struct hd_error *err)
{
	int rc = is_kept(undo, file->path) ? HD_SWAP_OTHER :
					     hd_swap_state(file, undo->store->root, err);

	return rc < 0 ? rc : rc == HD_SWAP_NEW;
}

/* What needs space is written before anything is changed. */
static int stage_files(const struct hd_undo_setup *undo, const struct hd_record *record,
		       struct hd_error *err)
{
	for (size_t i = 0; i < record->n_files; i++) {
		struct hd_swap back = hd_swap_reverse(&record->files[i]);
		int rc = is_to_do(undo, &record->files[i], err);

		if (rc == 1)
			rc = hd_swap_stage(&back, undo->store->root, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static int put_back(const struct hd_undo_setup *undo, const struct hd_record *record,
		    struct hd_error *err)
{
	for (size_t i = record->n_files; i-- > 0;) {
		const struct hd_swap *file = &record->files[i];
		struct hd_swap back = hd_swap_reverse(file);
		int rc = is_to_do(undo, file, err);

		if (rc == 1)
			rc = hd_swap_return(file, undo->store->root, err);
		if (rc == 0 && is_to_do(undo, file, err) == 1)
			rc = hd_swap_commit(&back, undo->store->root, err);
		if (rc < 0)
			return rc;
		hd_swap_tidy(file->path, undo->store->root);
		hd_transaction_say(undo->transaction, "/%s is %s", file->path,
				   is_kept(undo, file->path) ? "left as it is" :
				   file->old ? "as before" : "removed");
	}
	return 0;
}

static void drop_dirs(const struct hd_undo_setup *undo, const struct hd_record *record)
{
	for (size_t i = record->n_dirs; i-- > 0;) {
		const char *path = record->dirs[i];
		_cleanup_(hd_close) int fd = hd_swap_parent(undo->store->root, path);

		if (fd >= 0 && unlinkat(fd, basename(path), AT_REMOVEDIR) == 0)
			(void)fsync(fd);
	}
}

/* A value that is neither ours nor the one between is a reboot's or somebody else's. */
static int restore_values(const struct hd_undo_setup *undo, const struct hd_record *record,
			  struct hd_error *err)
{
	int result = 0;

	for (size_t i = record->changes.n_values; i-- > 0;) {
		const struct hd_value_change *v = &record->changes.values[i];
		struct hd_error ignored;
		const char *now;

		if (hd_transaction_value(undo->transaction, v, &now, &ignored) < 0 ||
		    !strcmp(now, v->old) ||
		    (strcmp(now, v->value) != 0 && !(v->between && !strcmp(now, v->between))))
			continue;
		if (hd_transaction_write(undo->transaction, v, v->old, err) < 0)
			result = err->code;
		else
			hd_transaction_say(undo->transaction, "/%s is %s again", v->path, v->old);
	}
	return result;
}

static int take_back(const struct hd_undo_setup *undo, const struct hd_record *record,
		     struct hd_error *err)
{
	int rc = put_back(undo, record, err);

	if (rc == 0)
		rc = restore_values(undo, record, err);
	if (rc == 0)
		drop_dirs(undo, record);
	return rc;
}

/* Each only once, though several applications wanted it. */
static int run_commands(const struct hd_undo_setup *undo, struct hd_error *err)
{
	struct hd_changes once = { 0 };

	for (size_t i = 0; i < undo->n; i++) {
		const struct hd_changes *changes = &undo->records[i].changes;

		for (size_t k = changes->n_commands; undo->records[i].is_running && k-- > 0;) {
			const struct hd_command_change *c = &changes->commands[k];

			if (c->while_there &&
			    !hd_sysroot_has(undo->transaction->root, "%s", c->while_there))
				continue;
			hd_changes_command(&once, undo->store->arena,
					   &(struct hd_command_change){
						.argv = c->undo ? c->undo : c->argv });
		}
	}
	for (size_t i = 0; i < once.n_commands; i++) {
		int rc = hd_transaction_run(undo->transaction, once.commands[i].argv, err);

		if (rc < 0)
			return rc;
	}
	return 0;
}

static enum hd_exit forget_record(const struct hd_undo_setup *undo, struct hd_error *err)
{
	for (size_t i = 0; i < undo->n; i++)
		if (hd_store_remove(undo->store, undo->records[i].number, err) < 0)
			return HD_EXIT_STRANDED;
	return HD_EXIT_OK;
}

static enum hd_exit give_up(const struct hd_undo_setup *undo, size_t first)
{
	for (size_t i = first; i < undo->n; i++)
		for (size_t k = 0; k < undo->records[i].n_files; k++)
			hd_swap_tidy(undo->records[i].files[k].path, undo->store->root);
	return first ? HD_EXIT_STRANDED : HD_EXIT_HOST;
}

enum hd_exit hd_undo_setup(const struct hd_undo_setup *undo, struct hd_error *err)
{
	struct hd_error failed = { 0 };
	enum hd_exit code = hd_undo_setup_may(undo, err);

	if (code != HD_EXIT_OK)
		return code;
	for (size_t i = 0; i < undo->n; i++) {
		if (stage_files(undo, &undo->records[i], err) < 0)
			return give_up(undo, i);
		if (take_back(undo, &undo->records[i], err) < 0)
			return HD_EXIT_STRANDED;
	}
	if (run_commands(undo, &failed) < 0 && undo->must_run) {
		*err = failed;
		hd_wrap(err, "all files are as before, but not what is generated from them");
		return HD_EXIT_STRANDED;
	}
	return forget_record(undo, err);
}

size_t hd_undo_setup_pending(const struct hd_sysroot *root, const struct hd_record *records,
			     size_t n)
{
	size_t pending = 0;

	while (pending < n && records[pending].is_pending)
		pending++;
	for (size_t i = pending; i < n; i++)
		for (size_t k = 0; k < records[i].n_files; k++)
			hd_swap_tidy(records[i].files[k].path, root);
	return pending;
}
