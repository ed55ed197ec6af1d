/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_grub.c - kernel parameters in etc/default/grub.
 *
 * New words go into a drop-in of ours where the host's grub-mkconfig reads drop-ins:
 * the administrator's file, about which the package asks when it has changed, stays as
 * it is, and undoing removes one file.  They go to GRUB_CMDLINE_LINUX_DEFAULT, which
 * the recovery entries do not use: these boot without them.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "facts/boot/grub_default.h"
#include "setup/boot_changes.h"

/* The last one by name: it is read after what others set. */
#define DROP_IN HD_BOOT_GRUB_DROP_INS "/zz-hostdevctl.cfg"
#define HEAD "# Made by `hostdevctl setup`, removed by `hostdevctl setup --revert`.\n"

struct draft {
	struct hd_arena *arena;
	const struct hd_boot_wish *wish;
	struct hd_boot_file *files;	/* as they will be */
	size_t n;
	struct hd_grub grub;
	struct hd_word *words;		/* that the usual entries get of them */
	size_t n_words;
	struct hd_word_edits edits;	/* what is still wrong with them */
	struct hd_error *err;
};

static const char *words_of(const struct draft *d)
{
	const char *text = "";

	for (size_t i = 0; i < d->wish->n; i++)
		if (d->wish->params[i].value)
			text = hd_printf(d->arena, "%s%s%s=%s", text, *text ? " " : "",
					 d->wish->params[i].name, d->wish->params[i].value);
	return text;
}

static int judge_variables(struct draft *d)
{
	d->words = NULL;
	d->n_words = 0;
	if (hd_grub_read(&d->grub, d->arena, d->files, d->n, d->err) < 0)
		return hd_fail(d->err, d->err->code, "%s: it is not edited; add %s to the "
			       "command line by hand",
			       hd_strdup(d->arena, d->err->text), words_of(d));
	hd_grub_words(&d->words, &d->n_words, d->arena, &d->grub);
	hd_parameters_judge(&d->edits, d->arena, d->wish->params, d->wish->n, d->words,
			    d->n_words);
	return 0;
}

static int replace_words(struct draft *d)
{
	for (size_t i = 0; i < d->edits.n; i++) {
		const struct hd_word_edit *e = &d->edits.items[i];

		if (!e->is_safe && e->is_end)
			return hd_fail(d->err, -EINVAL, "/%s:%u: \"%s\" is written in pieces: add "
				       "%s before it by hand", d->files[e->file].path, e->line,
				       hd_text_printable(d->arena, e->was, 100), d->edits.wanted);
		if (!e->is_safe)
			return hd_fail(d->err, -EINVAL, "/%s:%u: %s is put together from "
				       "pieces: %s it%s%s by hand", d->files[e->file].path, e->line,
				       hd_text_printable(d->arena, e->was, 100),
				       *e->text ? "change" : "remove", *e->text ? " to " : "",
				       e->text);
	}
	for (size_t i = 0; i < d->n; i++)
		d->files[i].text = hd_words_edited(d->arena, d->files[i].text, i, &d->edits);
	return 0;
}

static struct hd_boot_file *find_file(struct draft *d, const char *path)
{
	for (size_t i = 0; i < d->n; i++)
		if (!strcmp(d->files[i].path, path))
			return &d->files[i];
	return NULL;
}

static struct hd_boot_file *find_or_add(struct draft *d, const char *path, const char *text)
{
	struct hd_boot_file *file = find_file(d, path);

	if (file)
		return file;
	file = hd_append(d->arena, &d->files, &d->n, sizeof(*file));
	*file = (struct hd_boot_file){ path, text };
	return file;
}

static const char *with_line(struct hd_arena *arena, const char *text, const char *line)
{
	return hd_printf(arena, "%s%s%s\n", text,
			 *text && !hd_text_ends_with(text, "\n") ? "\n" : "", line);
}

static void add_words(struct draft *d, const char *words, bool has_drop_ins)
{
	const struct hd_grub_value *v = &d->grub.values[HD_GRUB_DEFAULT];
	const char *path = has_drop_ins ? DROP_IN : HD_BOOT_GRUB_FILE;
	struct hd_boot_file *file;

	if (!has_drop_ins && !v->is_set)
		v = &d->grub.values[HD_GRUB_LINUX];
	if (v->is_set && (!has_drop_ins || !strcmp(d->files[v->file].path, DROP_IN))) {
		file = &d->files[v->file];
		file->text = hd_grub_append(d->arena, file->text, v, words);
		return;
	}
	file = find_or_add(d, path, has_drop_ins ? HEAD : "");
	file->text = with_line(d->arena, file->text,
			       hd_printf(d->arena, has_drop_ins ?
					 "GRUB_CMDLINE_LINUX_DEFAULT=\"$GRUB_CMDLINE_LINUX_DEFAULT %s\"" :
					 "GRUB_CMDLINE_LINUX_DEFAULT=\"%s\"", words));
}

/* One variable may be in the value of the other: what comes behind it joins its next word. */
static bool keeps_others(const struct draft *d, const struct hd_word *before, size_t n)
{
	return hd_parameters_keep_others(d->wish->params, d->wish->n, before, n, d->words,
					 d->n_words);
}

static int mend_default(struct draft *d, bool has_drop_ins)
{
	const struct hd_word *before = d->words;
	const size_t n_before = d->n_words;
	const char *added = d->edits.added;
	int rc = replace_words(d);

	if (rc == 0 && added) {
		rc = judge_variables(d);
		if (rc == 0)
			add_words(d, added, has_drop_ins);
	}
	if (rc == 0)
		rc = judge_variables(d);
	if (rc == 0 && (d->edits.n || d->edits.added))
		rc = hd_fail(d->err, -EINVAL, "/%s cannot be edited safely: a later line "
			     "removes the parameters again; add to the command line by hand: %s",
			     HD_BOOT_GRUB_FILE, words_of(d));
	if (rc == 0 && !keeps_others(d, before, n_before))
		rc = hd_fail(d->err, -EINVAL, "/%s cannot be edited safely: other "
			     "parameters would change as well; add to the command line by hand: %s",
			     HD_BOOT_GRUB_FILE, words_of(d));
	return rc;
}

static const char *old_text(const struct hd_boot_config *config, const char *path)
{
	for (size_t i = 0; i < config->n_grub; i++)
		if (!strcmp(config->grub[i].path, path))
			return config->grub[i].text;
	return NULL;
}

int hd_boot_plan_grub(struct hd_changes *changes, struct hd_arena *arena,
		      const struct hd_boot_config *config, const struct hd_boot_wish *wish,
		      struct hd_error *err)
{
	struct draft d = { .arena = arena, .wish = wish, .err = err };
	int rc;

	for (size_t i = 0; i < config->n_grub; i++) {
		const char *path = config->grub[i].path;
		const char *text = hd_boot_text(changes, path, config->grub[i].text);

		(void)find_or_add(&d, path, text);
	}
	/* A drop-in that is only planned so far is the last one. */
	if (hd_changes_find(changes, DROP_IN))
		(void)find_or_add(&d, DROP_IN, hd_boot_text(changes, DROP_IN, ""));
	rc = judge_variables(&d);
	if (rc < 0 || (!d.edits.n && !d.edits.added))
		return rc;
	rc = mend_default(&d, config->tools.reads_drop_ins);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < d.n; i++)
		hd_changes_file(changes, arena, &(struct hd_file_change){
			.path = d.files[i].path, .old = old_text(config, d.files[i].path),
			.text = d.files[i].text, .why = wish->why });
	hd_boot_commands(changes, arena, config);
	return 0;
}
