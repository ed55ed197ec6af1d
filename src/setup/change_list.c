/* SPDX-License-Identifier: GPL-2.0-or-later */
/* change_list.c - what setup would change: a list that says each thing once. */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "setup/change_list.h"

#define SHOWN 400

struct hd_file_change *hd_changes_find(const struct hd_changes *changes, const char *path)
{
	for (size_t i = 0; i < changes->n_files; i++)
		if (!strcmp(changes->files[i].path, path))
			return &changes->files[i];
	return NULL;
}

static void drop_file(struct hd_changes *changes, struct hd_file_change *file)
{
	size_t behind = (size_t)(changes->files + changes->n_files - file) - 1;

	memmove(file, file + 1, behind * sizeof(*file));
	changes->n_files--;
}

void hd_changes_file(struct hd_changes *changes, struct hd_arena *arena,
		     const struct hd_file_change *file)
{
	struct hd_file_change *there = hd_changes_find(changes, file->path);

	if (there) {
		there->text = file->text;
		there->why = file->why ? file->why : there->why;
		if (hd_text_is_same(there->old, there->text))
			drop_file(changes, there);
		return;
	}
	if (hd_text_is_same(file->old, file->text))
		return;
	hd_push(arena, &changes->files, &changes->n_files, *file);
}

void hd_changes_value(struct hd_changes *changes, struct hd_arena *arena,
		      const struct hd_value_change *value)
{
	if (hd_text_is_same(value->old, value->value))
		return;
	hd_push(arena, &changes->values, &changes->n_values, *value);
}

static bool has_same_words(const char *const *a, const char *const *b)
{
	while (*a && *b && !strcmp(*a, *b)) {
		a++;
		b++;
	}
	return !*a && !*b;
}

void hd_changes_command(struct hd_changes *changes, struct hd_arena *arena,
			const struct hd_command_change *command)
{
	for (size_t i = 0; i < changes->n_commands; i++)
		if (has_same_words(changes->commands[i].argv, command->argv))
			return;
	hd_push(arena, &changes->commands, &changes->n_commands, *command);
}

void hd_changes_note(struct hd_changes *changes, struct hd_arena *arena, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	text = hd_vprintf(arena, fmt, args);
	va_end(args);
	hd_push(arena, &changes->notes, &changes->n_notes, text);
}

bool hd_changes_is_empty(const struct hd_changes *changes)
{
	return !changes->n_files && !changes->n_values && !changes->n_commands;
}

static bool is_plain(const char *word)
{
	return *word && hd_text_has_only(word, "_-./:=,+@%");
}

const char *hd_changes_words(struct hd_arena *arena, const char *const argv[])
{
	const char *line = "";

	for (size_t i = 0; argv[i]; i++) {
		const char *quote = is_plain(argv[i]) ? "" : strchr(argv[i], '\'') ? "\"" : "'";

		line = hd_printf(arena, "%s%s%s%s%s", line, i ? " " : "", quote,
				 hd_text_printable(arena, argv[i], SHOWN), quote);
	}
	return line;
}
