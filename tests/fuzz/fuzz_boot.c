/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fuzz_boot.c - does any file of a boot loader crash the editing of kernel parameters, or
 * come out with another change than what was asked for?
 *
 * The first byte says how the host is booted, a NUL begins the next file.  Of what was
 * changed the words that are not ours are the same as before, and to ask for the same
 * once more changes nothing.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "facts/boot/grub_default.h"
#include "setup/boot_changes.h"
#include "tests/fuzz/fuzz.h"

#define FILES_MAX 3

static const char *const off[] = { "off", NULL }, *const no_pt[] = { "off", "nopt", NULL };
static const struct hd_parameter params[] = {
	{ .name = "intel_iommu", .value = "on", .is_list = true, .bad = off },
	{ .name = "iommu", .value = "pt", .is_list = true, .bad = no_pt },
};
static const struct hd_boot_wish wish = { params, HD_ARRAY_SIZE(params), "why" };
static const char *const program[] = { "/bin/true", NULL }, *const *const commands[] = { program };

struct words {
	struct hd_word *items;
	size_t n;
};

/* '-' and '_' are equal in names; the kernel takes a quote before a word off. */
static bool is_ours(const char *word)
{
	word += *word == '"';
	for (size_t i = 0; i < HD_ARRAY_SIZE(params); i++) {
		const char *name = params[i].name;
		size_t at = 0;

		while (name[at] && (name[at] == word[at] || (name[at] == '_' && word[at] == '-')))
			at++;
		if (!name[at] && (word[at] == '=' || !word[at]))
			return true;
	}
	return false;
}

static void grub_words(struct words *ret, struct hd_arena *arena, const struct hd_boot_config *config)
{
	struct hd_error err = { 0 };
	struct hd_grub grub;

	if (hd_grub_read(&grub, arena, config->grub, config->n_grub, &err) == 0)
		hd_grub_words(&ret->items, &ret->n, arena, &grub);
}

/* All words that the next boot gets. */
static struct words words_of(struct hd_arena *arena, const struct hd_boot_config *config)
{
	struct words words = { 0 };

	if (config->way == HD_BOOT_BY_GRUB)
		grub_words(&words, arena, config);
	if (config->way == HD_BOOT_BY_CMDLINE && config->cmdline)
		hd_words_split(&words.items, &words.n, arena, config->cmdline, 0,
			       strlen(config->cmdline), 0);
	for (size_t i = 0; config->way == HD_BOOT_BY_ENTRIES && i < config->n_entries; i++)
		(void)hd_boot_entry_words(&words.items, &words.n, arena, config->entries[i].text);
	return words;
}

static size_t next_of_others(const struct words *words, size_t at)
{
	while (at < words->n && is_ours(words->items[at].text))
		at++;
	return at;
}

static void others_are_the_same(const struct words *before, const struct words *after)
{
	size_t a = next_of_others(before, 0), b = next_of_others(after, 0);

	while (a < before->n && b < after->n) {
		must(!strcmp(before->items[a].text, after->items[b].text));
		a = next_of_others(before, a + 1);
		b = next_of_others(after, b + 1);
	}
	must(a == before->n && b == after->n);
}

static void apply_to(struct hd_boot_file *file, const struct hd_changes *changes)
{
	const struct hd_file_change *change = hd_changes_find(changes, file->path);

	must(!change || change->text);
	if (change)
		file->text = change->text;
}

static void apply(struct hd_boot_config *config, const struct hd_changes *changes)
{
	const struct hd_file_change *change = hd_changes_find(changes, HD_BOOT_CMDLINE_FILE);

	if (change)
		config->cmdline = change->text;
	for (size_t i = 0; i < config->n_grub; i++)
		apply_to(&config->grub[i], changes);
	for (size_t i = 0; i < config->n_entries; i++)
		apply_to(&config->entries[i], changes);
	for (size_t i = 0; i < changes->n_files; i++)
		if (config->way == HD_BOOT_BY_GRUB && !changes->files[i].old)
			config->grub[config->n_grub++] = (struct hd_boot_file){
				changes->files[i].path, changes->files[i].text };
}

static void plan(struct hd_arena *arena, struct hd_boot_config *config)
{
	struct hd_changes changes = { 0 }, again = { 0 };
	struct hd_error err = { 0 };
	struct words before = words_of(arena, config), after;

	if (hd_boot_plan(&changes, arena, config, &wish, &err) < 0) {
		must(err.code == -22 && err.text[0] && fuzz_is_shown(err.text));
		return;
	}
	if (config->way == HD_BOOT_BY_GRUBBY)
		return;
	apply(config, &changes);
	after = words_of(arena, config);
	others_are_the_same(&before, &after);
	must(hd_boot_plan(&again, arena, config, &wish, &err) == 0 && again.n_files == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const grub_paths[] = {
		HD_BOOT_GRUB_FILE, HD_BOOT_GRUB_DROP_INS "/50-x.cfg", HD_BOOT_GRUB_DROP_INS "/60-x.cfg",
	};
	struct hd_boot_file grub[FILES_MAX + 1], entries[FILES_MAX];
	struct hd_arena arena = { 0 };
	const char *end = (const char *)data + size, *from = (const char *)data + 1;
	struct hd_boot_config config = {
		.way = HD_BOOT_BY_GRUB + (size ? data[0] % 4 : 0), .grub = grub, .entries = entries,
		.tools.reads_drop_ins = size && data[0] & 0x40,
		.commands = (const char *const **)commands, .n_commands = 1,
	};

	for (size_t i = 0; i < FILES_MAX && from < end; i++) {
		const char *text = hd_strndup(&arena, from, (size_t)(end - from));

		from += strlen(text) + 1;
		grub[i] = (struct hd_boot_file){ grub_paths[i], text };
		entries[i] = (struct hd_boot_file){ hd_printf(&arena, "boot/loader/entries/%zu.conf", i),
						    text };
		config.cmdline = text;
		config.n_entries = i + 1;
		config.n_grub = config.tools.reads_drop_ins ? i + 1 : 1;
	}
	plan(&arena, &config);
	hd_arena_done(&arena);
	return 0;
}
