/* SPDX-License-Identifier: GPL-2.0-or-later */
/* boot_changes.c - which changes give the next boot kernel parameters. */
#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "setup/boot_changes.h"

const char *hd_boot_text(const struct hd_changes *changes, const char *path, const char *text)
{
	const struct hd_file_change *change = hd_changes_find(changes, path);

	return change ? change->text : text;
}

struct words {
	struct hd_word *items;
	size_t n;
};

static struct words split_words(struct hd_arena *arena, const char *text)
{
	struct words words = { NULL, 0 };

	hd_words_split(&words.items, &words.n, arena, text, 0, strlen(text), 0);
	return words;
}

/* How the words of TEXT, a command line, differ from the wish. */
static void judge_text(struct hd_word_edits *ret, struct hd_arena *arena,
		       const struct hd_boot_wish *wish, const char *text)
{
	const struct words words = split_words(arena, text);

	hd_parameters_judge(ret, arena, wish->params, wish->n, words.items, words.n);
}

void hd_boot_commands(struct hd_changes *changes, struct hd_arena *arena,
		      const struct hd_boot_config *config)
{
	for (size_t i = 0; i < config->n_commands; i++) {
		const struct hd_command_change command = {
			.argv = config->commands[i],
			.why = "generates the boot loader's configuration",
		};

		hd_changes_command(changes, arena, &command);
	}
}

static void change_file(struct hd_changes *changes, struct hd_arena *arena, const char *path,
			const char *old, const char *text, const char *why)
{
	hd_changes_file(changes, arena, &(struct hd_file_change){ .path = path, .old = old,
								  .text = text, .why = why });
}

/* TEXT with the edits, and what is added at END of the text before them. */
static const char *edited(struct hd_arena *arena, const char *text, size_t end,
			  const struct hd_word_edits *edits)
{
	if (edits->added)
		text = hd_printf(arena, "%.*s%s%s%s", (int)end, text,
				 end && !isspace((unsigned char)text[end - 1]) ? " " : "",
				 edits->added, text + end);
	return hd_words_edited(arena, text, 0, edits);
}

static int plan_cmdline(struct hd_changes *changes, struct hd_arena *arena,
			const struct hd_boot_config *config, const struct hd_boot_wish *wish,
			struct hd_error *err)
{
	const char *text = hd_boot_text(changes, HD_BOOT_CMDLINE_FILE, config->cmdline);
	struct hd_word_edits edits;
	size_t end;

	if (!text)
		text = config->cmdline_default ?
		       hd_printf(arena, "%s\n", config->cmdline_default) : "\n";
	if (text[strspn(text, " \t\n")] == '#' || strstr(text, "\n#"))
		return hd_fail(err, -EINVAL, "/" HD_BOOT_CMDLINE_FILE " has comments: it "
			       "is not edited; remove them first");
	judge_text(&edits, arena, wish, text);
	end = strlen(text);
	while (end && isspace((unsigned char)text[end - 1]))
		end--;
	if (!edits.n && !edits.added)
		return 0;
	change_file(changes, arena, HD_BOOT_CMDLINE_FILE, config->cmdline,
		    edited(arena, text, end, &edits), wish->why);
	hd_boot_commands(changes, arena, config);
	return 0;
}

static int plan_entries(struct hd_changes *changes, struct hd_arena *arena,
			const struct hd_boot_config *config, const struct hd_boot_wish *wish,
			struct hd_error *err)
{
	(void)err;
	for (size_t i = 0; i < config->n_entries; i++) {
		const struct hd_boot_file *entry = &config->entries[i];
		const char *text = hd_boot_text(changes, entry->path, entry->text);
		struct hd_word_edits edits;
		struct hd_word *words = NULL;
		size_t n = 0, end = hd_boot_entry_words(&words, &n, arena, text);

		hd_parameters_judge(&edits, arena, wish->params, wish->n, words, n);
		if (!edits.n && !edits.added)
			continue;
		if (end)
			text = edited(arena, text, end, &edits);
		else
			text = hd_printf(arena, "%s%soptions %s\n", text,
					 hd_text_ends_with(text, "\n") ? "" : "\n", edits.added);
		change_file(changes, arena, entry->path, entry->text, text, wish->why);
	}
	return 0;
}

/* The words to add by hand, where we know nothing that could be changed. */
static int plan_by_hand(struct hd_changes *changes, struct hd_arena *arena,
			const struct hd_boot_config *config, const struct hd_boot_wish *wish,
			struct hd_error *err)
{
	const char *now = config->cmdline_default ? config->cmdline_default : "";
	struct hd_word_edits edits;

	(void)err;
	judge_text(&edits, arena, wish, now);
	for (size_t i = 0; i < edits.n; i++)
		if (!edits.items[i].is_end)
			hd_changes_note(changes, arena, "the boot loader is unknown: %s "
					"%s%s%s on the kernel's command line by hand",
					*edits.items[i].text ? "change" : "remove",
					edits.items[i].was, *edits.items[i].text ? " to " : "",
					edits.items[i].text);
	if (edits.wanted)
		hd_changes_note(changes, arena, "the boot loader is unknown: add to the "
				"kernel's command line by hand%s: %s", edits.added ? "" :
				hd_printf(arena, ", before \"%s\" (the kernel does not read what is "
					  "behind it)", hd_text_printable(arena, edits.before, 100)),
				edits.wanted);
	changes->is_incomplete |= edits.n || edits.added;
	return 0;
}

/*
 * What is changed: all words that come or go in any entry.
 *
 * grubby(8) --update-kernel=ALL adds words to all entries and to GRUB_CMDLINE_LINUX, from
 * which the entries of later kernels are generated; removing them from all entries would also
 * remove what an administrator had in some of them.  So each entry that differs from the default
 * gets a command that sets what it has now.  It changes nothing when it is applied; as commands
 * are undone in reverse order, it then comes last.
 */
struct draft {
	struct hd_arena *arena;
	const char *program;
	const char *gone, *come;
	struct words default_words;	/* those of GRUB_CMDLINE_LINUX, or of "$kernelopts" */
};

static const char *add_words(struct hd_arena *arena, const char *words, const char *more)
{
	if (!more || !*more || (words && hd_text_has_word(words, more)))
		return words;
	return words ? hd_printf(arena, "%s %s", words, more) : more;
}

static void add_edits(struct hd_arena *arena, const char **gone, const char **come,
		      const struct hd_word_edits *edits)
{
	for (size_t i = 0; i < edits->n; i++) {
		*gone = add_words(arena, *gone, edits->items[i].was);
		*come = add_words(arena, *come, edits->items[i].text);
	}
	*come = add_words(arena, *come, edits->added);
}

static bool has_word(const struct words *words, const char *word)
{
	for (size_t i = 0; i < words->n && strcmp(words->items[i].text, "--") != 0; i++)
		if (!strcmp(words->items[i].text, word))
			return true;
	return false;
}

static struct words words_of(struct hd_arena *arena, const struct hd_boot_config *config,
			     const struct hd_boot_file *entry)
{
	struct words words = { NULL, 0 };

	hd_boot_entry_all_words(&words.items, &words.n, arena, config, entry);
	return words;
}

/* What the entries of later kernels will get, as far as we know. */
static struct words read_default(struct hd_arena *arena, const struct hd_boot_config *config)
{
	const char *text = config->kernelopts ? config->kernelopts :
						config->grub_values[HD_GRUB_LINUX];

	return split_words(arena, text ? text : "");
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

/* The command after which KERNEL has those of our words that are in WORDS, and no others. */
static const char *const *restored(const struct draft *d, const char *kernel,
				   const struct words *words)
{
	const struct words ours = split_words(d->arena, hd_printf(d->arena, "%s %s",
							     d->come ? d->come : "",
							     d->gone ? d->gone : ""));
	const char *gone = NULL, *come = NULL;

	for (size_t i = 0; i < ours.n; i++)
		if (has_word(words, ours.items[i].text))
			come = add_words(d->arena, come, ours.items[i].text);
		else
			gone = add_words(d->arena, gone, ours.items[i].text);
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

static bool has_same_args(const char *const *a, const char *const *b)
{
	size_t i = 2;	/* behind the program and the kernel */

	while (a[i] && b[i] && !strcmp(a[i], b[i]))
		i++;
	return !a[i] && !b[i];
}

static void keep_entry(struct hd_changes *changes, const struct draft *d,
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

	if (kernel && !has_same_args(command.argv, usual))
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

static int plan_grubby(struct hd_changes *changes, struct hd_arena *arena,
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
		add_edits(arena, &d.gone, &d.come, &edits);
	}
	if (!d.gone && !d.come)
		return 0;
	command.argv = grubby(&d, "ALL", d.gone, d.come);
	command.undo = restored(&d, "ALL", &d.default_words);
	for (size_t i = 0; i < config->n_entries; i++)
		keep_entry(changes, &d, config, &config->entries[i], command.undo);
	hd_changes_command(changes, arena, &command);
	return 0;
}

static const char *const *kargs(struct hd_arena *arena, const char *program, const char *gone,
				const char *come)
{
	const struct words leave = split_words(arena, gone ? gone : "");
	const struct words enter = split_words(arena, come ? come : "");
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
static int plan_ostree(struct hd_changes *changes, struct hd_arena *arena,
		       const struct hd_boot_config *config, const struct hd_boot_wish *wish,
		       struct hd_error *err)
{
	static const struct hd_boot_file running = { "proc/cmdline", "" };
	const struct hd_boot_file *entry = config->n_entries ?
		&config->entries[config->n_entries - 1] : &running;
	const struct words words = config->n_entries ? words_of(arena, config, entry) :
		split_words(arena, config->cmdline_default ? config->cmdline_default : "");
	struct hd_command_change command = { .why = wish->why };
	const char *gone = NULL, *come = NULL;
	struct hd_word_edits edits;

	hd_parameters_judge(&edits, arena, wish->params, wish->n, words.items, words.n);
	if (refuse_end(entry, &edits, err) < 0)
		return err->code;
	add_edits(arena, &gone, &come, &edits);
	if (!gone && !come)
		return 0;
	command.argv = kargs(arena, config->commands[0][0], gone, come);
	command.undo = kargs(arena, config->commands[0][0], come, gone);
	hd_changes_command(changes, arena, &command);
	return 0;
}

static int plan_image(struct hd_changes *changes, struct hd_arena *arena,
		      const struct hd_boot_config *config, const struct hd_boot_wish *wish,
		      struct hd_error *err)
{
	const char *now = config->cmdline_default ? config->cmdline_default : "";
	struct hd_word_edits edits;
	const char *come = NULL;

	(void)changes;
	judge_text(&edits, arena, wish, now);
	for (size_t i = 0; i < edits.n; i++)
		if (!edits.items[i].is_end)
			come = add_words(arena, come, *edits.items[i].text ? edits.items[i].text :
				   hd_printf(arena, "(without %s)", edits.items[i].was));
	come = add_words(arena, come, edits.wanted);
	if (!come)
		return 0;
	return hd_fail(err, -EINVAL, "this host runs an ostree image, but has no "
		       "rpm-ostree to change its kernel parameters: add %s to a file in "
		       "/usr/lib/bootc/kargs.d of the image (kargs = [...]), build it, and "
		       "run 'bootc upgrade'", come);
}

static int (*const ways[])(struct hd_changes *changes, struct hd_arena *arena,
			   const struct hd_boot_config *config, const struct hd_boot_wish *wish,
			   struct hd_error *err) = {
	[HD_BOOT_BY_HAND] = plan_by_hand,
	[HD_BOOT_BY_GRUB] = hd_boot_plan_grub,
	[HD_BOOT_BY_CMDLINE] = plan_cmdline,
	[HD_BOOT_BY_GRUBBY] = plan_grubby,
	[HD_BOOT_BY_ENTRIES] = plan_entries,
	[HD_BOOT_BY_OSTREE] = plan_ostree,
	[HD_BOOT_BY_IMAGE] = plan_image,
};

/* Are all words written, but not yet in what the boot loader reads? */
static bool is_unmade(const struct hd_boot_config *config, struct hd_arena *arena,
		      const struct hd_boot_wish *wish)
{
	const struct hd_boot_source *next = hd_boot_next(config->sources, config->n_sources);
	struct hd_word_edits edits;

	if (!next)
		return false;
	judge_text(&edits, arena, wish, next->words);
	return edits.n || edits.added;
}

int hd_boot_plan(struct hd_changes *changes, struct hd_arena *arena,
		 const struct hd_boot_config *config, const struct hd_boot_wish *wish,
		 struct hd_error *err)
{
	size_t n_files = changes->n_files, n_commands = changes->n_commands;
	int rc = ways[config->way](changes, arena, config, wish, err);
	bool is_made_of_files = config->way == HD_BOOT_BY_GRUB ||
				config->way == HD_BOOT_BY_CMDLINE;

	if (rc == 0 && n_files == changes->n_files && is_made_of_files &&
	    is_unmade(config, arena, wish))
		hd_boot_commands(changes, arena, config);
	if (rc == 0 && (n_files != changes->n_files || n_commands != changes->n_commands))
		hd_changes_note(changes, arena, "kernel parameters take effect at the next boot");
	return rc;
}
