/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * boot_entries.c - kernel parameters by a tool that changes the boot loader's entries.
 *
 * grubby(8) --update-kernel=ALL adds words to all entries and to GRUB_CMDLINE_LINUX, from
 * which those of later kernels are made; taking them from all again would also take what
 * an administrator had in some before.  So each entry that is not as the default is gets a
 * command that tells what it has now: it changes nothing, and as commands are taken back in
 * reverse order, it comes last then.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "setup/boot_changes.h"

struct words {
	struct hd_word *items;
	size_t n;
};

/* What is changed: all words that come or go in any entry. */
struct draft {
	struct hd_arena *arena;
	const char *program;
	const char *gone, *come;
	struct words default_words;	/* those of GRUB_CMDLINE_LINUX, or of "$kernelopts" */
};

static const char *add(struct hd_arena *arena, const char *words, const char *more)
{
	if (!more || !*more || (words && hd_text_has_word(words, more)))
		return words;
	return words ? hd_printf(arena, "%s %s", words, more) : more;
}

static bool has(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->n && strcmp(words->items[i].text, "--") != 0; i++)
		if (!strcmp(words->items[i].text, word))
			return true;
	return false;
}

static struct words split(struct hd_arena *arena, const char *text)
{
	struct words words = { NULL, 0 };

	hd_words_split(&words.items, &words.n, arena, text, 0, strlen(text), 0);
	return words;
}

static struct words words_of(struct hd_arena *arena, const struct hd_boot_config *config,
			     const struct hd_boot_file *entry)
{
	struct words words = { NULL, 0 };

	hd_boot_entry_all_words(&words.items, &words.n, arena, config, entry);
	return words;
}

/* What the entries of later kernels get, as far as it can be told. */
static struct words read_default(struct hd_arena *arena, const struct hd_boot_config *config)
{
	struct hd_error ignored = { 0 };
	struct hd_grub grub;

	if (config->kernelopts)
		return split(arena, config->kernelopts);
	if (hd_grub_read(&grub, arena, config->grub, config->n_grub, &ignored) < 0)
		return split(arena, "");
	return split(arena, hd_grub_text(arena, &grub.values[HD_GRUB_LINUX]));
}

static const char *const *grubby(const struct draft *d, const char *kernel, const char *gone,
				 const char *come)
{
	const char **argv = hd_alloc(d->arena, 5 * sizeof(*argv));
	size_t n = 0;

	argv[n++] = d->program;
	argv[n++] = hd_printf(d->arena, "--update-kernel=%s", kernel);
	if (gone)
		argv[n++] = hd_printf(d->arena, "--remove-args=%s", gone);
	if (come)
		argv[n++] = hd_printf(d->arena, "--args=%s", come);
	return argv;
}

/* What makes KERNEL have those of our words that are among WORDS, and no other. */
static const char *const *restored(const struct draft *d, const char *kernel,
				   const struct words *words)
{
	const struct words ours = split(d->arena, hd_printf(d->arena, "%s %s",
							     d->come ? d->come : "",
							     d->gone ? d->gone : ""));
	const char *gone = NULL, *come = NULL;

	for (size_t i = 0; i < ours.n; i++)
		if (has(words, ours.items[i].text))
			come = add(d->arena, come, ours.items[i].text);
		else
			gone = add(d->arena, gone, ours.items[i].text);
	return grubby(d, kernel, gone, come);
}

/* "/boot/vmlinuz-6.1" as grubby takes it, also where the entry says "/vmlinuz-6.1"; or NULL. */
static const char *kernel_of(struct hd_arena *arena, const struct hd_boot_file *entry)
{
	const char *text = entry->text, *line;

	while ((line = hd_text_next_line(arena, &text))) {
		const char *path;

		if (!hd_text_starts_with(line, "linux ") && !hd_text_starts_with(line, "linux\t"))
			continue;
		path = line + strlen("linux ");
		path += strspn(path, " \t");
		path = hd_strndup(arena, path, strcspn(path, " \t"));
		return strrchr(path, '/') == path ? hd_printf(arena, "/boot%s", path) : path;
	}
	return NULL;
}

static bool is_same(const char *const *a, const char *const *b)
{
	size_t i = 2;	/* behind the program and the kernel */

	while (a[i] && b[i] && !strcmp(a[i], b[i]))
		i++;
	return !a[i] && !b[i];
}

static void keep(struct hd_changes *changes, const struct draft *d,
		 const struct hd_boot_config *config, const struct hd_boot_file *entry,
		 const char *const *usual)
{
	const struct words words = words_of(d->arena, config, entry);
	const char *kernel = kernel_of(d->arena, entry);
	const struct hd_command_change command = {
		.argv = kernel ? restored(d, kernel, &words) : NULL,
		.while_there = entry->path,
		.why = "the entry as it is now, for --revert",
	};

	if (kernel && !is_same(command.argv, usual))
		hd_changes_command(changes, d->arena, &command);
}

/* Words behind "--" are init's, and a tool adds all at the end. */
static int refuse_end(const struct hd_boot_file *entry, const struct hd_word_edits *edits,
		      struct hd_error *err)
{
	for (size_t i = 0; i < edits->n; i++)
		if (edits->items[i].is_end)
			return hd_fail(err, -EINVAL, "/%s: the kernel does not read what is behind "
				       "\"%s\": add %s before it by hand", entry->path,
				       edits->before, edits->wanted);
	return 0;
}

int hd_boot_plan_grubby(struct hd_changes *changes, struct hd_arena *arena,
			const struct hd_boot_config *config, const struct hd_boot_wish *wish,
			struct hd_error *err)
{
	struct draft d = { .arena = arena, .program = config->commands[0][0],
			   .default_words = read_default(arena, config) };
	struct hd_command_change command = { .why = wish->why };

	for (size_t i = 0; i < config->n_entries; i++) {
		const struct words words = words_of(arena, config, &config->entries[i]);
		struct hd_word_edits edits;

		hd_parameters_judge(&edits, arena, wish->params, wish->n, words.items, words.n);
		if (refuse_end(&config->entries[i], &edits, err) < 0)
			return err->code;
		for (size_t k = 0; k < edits.n; k++) {
			d.gone = add(arena, d.gone, edits.items[k].was);
			d.come = add(arena, d.come, edits.items[k].text);
		}
		d.come = add(arena, d.come, edits.added);
	}
	if (!d.gone && !d.come)
		return 0;
	command.argv = grubby(&d, "ALL", d.gone, d.come);
	command.undo = restored(&d, "ALL", &d.default_words);
	for (size_t i = 0; i < config->n_entries; i++)
		keep(changes, &d, config, &config->entries[i], command.undo);
	hd_changes_command(changes, arena, &command);
	return 0;
}

static const char *const *kargs(struct hd_arena *arena, const char *program, const char *gone,
				const char *come)
{
	const struct words leave = split(arena, gone ? gone : "");
	const struct words enter = split(arena, come ? come : "");
	const char **argv = hd_alloc(arena, (leave.n + enter.n + 3) * sizeof(*argv));
	size_t n = 0;

	argv[n++] = program;
	argv[n++] = "kargs";
	for (size_t i = 0; i < leave.n; i++)
		argv[n++] = hd_printf(arena, "--delete-if-present=%s", leave.items[i].text);
	for (size_t i = 0; i < enter.n; i++)
		argv[n++] = hd_printf(arena, "--append-if-missing=%s", enter.items[i].text);
	return argv;
}

/* The last entry is the deployment of the next boot; rpm-ostree makes another one of it. */
int hd_boot_plan_ostree(struct hd_changes *changes, struct hd_arena *arena,
			const struct hd_boot_config *config, const struct hd_boot_wish *wish,
			struct hd_error *err)
{
	static const struct hd_boot_file running = { "proc/cmdline", "" };
	const struct hd_boot_file *entry = config->n_entries ?
		&config->entries[config->n_entries - 1] : &running;
	const struct words words = config->n_entries ? words_of(arena, config, entry) :
		split(arena, config->cmdline_default ? config->cmdline_default : "");
	struct hd_command_change command = { .why = wish->why };
	const char *gone = NULL, *come = NULL;
	struct hd_word_edits edits;

	hd_parameters_judge(&edits, arena, wish->params, wish->n, words.items, words.n);
	if (refuse_end(entry, &edits, err) < 0)
		return err->code;
	for (size_t i = 0; i < edits.n; i++) {
		gone = add(arena, gone, edits.items[i].was);
		come = add(arena, come, edits.items[i].text);
	}
	come = add(arena, come, edits.added);
	if (!gone && !come)
		return 0;
	command.argv = kargs(arena, config->commands[0][0], gone, come);
	command.undo = kargs(arena, config->commands[0][0], come, gone);
	hd_changes_command(changes, arena, &command);
	return 0;
}

int hd_boot_plan_image(struct hd_changes *changes, struct hd_arena *arena,
		       const struct hd_boot_config *config, const struct hd_boot_wish *wish,
		       struct hd_error *err)
{
	const char *now = config->cmdline_default ? config->cmdline_default : "";
	struct hd_word_edits edits;
	const char *come = NULL;

	(void)changes;
	hd_boot_judge(&edits, arena, wish, now);
	for (size_t i = 0; i < edits.n; i++)
		if (!edits.items[i].is_end)
			come = add(arena, come, *edits.items[i].text ? edits.items[i].text :
				   hd_printf(arena, "(without %s)", edits.items[i].was));
	come = add(arena, come, edits.wanted);
	if (!come)
		return 0;
	return hd_fail(err, -EINVAL, "this host runs an ostree image, but has no "
		       "rpm-ostree to change its kernel parameters: add %s to a file in "
		       "/usr/lib/bootc/kargs.d of the image (kargs = [...]), build it, and "
		       "run 'bootc upgrade'", come);
}
