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

void hd_boot_judge(struct hd_word_edits *ret, struct hd_arena *arena,
		   const struct hd_boot_wish *wish, const char *text)
{
	struct hd_word *words = NULL;
	size_t n = 0;

	hd_words_split(&words, &n, arena, text, 0, strlen(text), 0);
	hd_parameters_judge(ret, arena, wish->params, wish->n, words, n);
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
	hd_boot_judge(&edits, arena, wish, text);
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

/* The words for a person, where there is nothing that we know to change. */
static int plan_by_hand(struct hd_changes *changes, struct hd_arena *arena,
			const struct hd_boot_config *config, const struct hd_boot_wish *wish,
			struct hd_error *err)
{
	const char *now = config->cmdline_default ? config->cmdline_default : "";
	struct hd_word_edits edits;

	(void)err;
	hd_boot_judge(&edits, arena, wish, now);
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

static hd_boot_way *const ways[] = {
	[HD_BOOT_BY_HAND] = plan_by_hand,
	[HD_BOOT_BY_GRUB] = hd_boot_plan_grub,
	[HD_BOOT_BY_CMDLINE] = plan_cmdline,
	[HD_BOOT_BY_GRUBBY] = hd_boot_plan_grubby,
	[HD_BOOT_BY_ENTRIES] = plan_entries,
	[HD_BOOT_BY_OSTREE] = hd_boot_plan_ostree,
	[HD_BOOT_BY_IMAGE] = hd_boot_plan_image,
};

/* Is all written, and only the boot loader does not read it yet? */
static bool is_unmade(const struct hd_boot_config *config, struct hd_arena *arena,
		      const struct hd_boot_wish *wish)
{
	const struct hd_boot_source *next = hd_boot_next(config->sources, config->n_sources);
	struct hd_word_edits edits;

	if (!next)
		return false;
	hd_boot_judge(&edits, arena, wish, next->words);
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
