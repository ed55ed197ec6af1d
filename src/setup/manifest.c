/* SPDX-License-Identifier: GPL-2.0-or-later */
/* manifest.c - the manifest of an application of setup, as text and back. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/record.h"
#include "base/text.h"
#include "setup/applied_store.h"

#define HEAD "hostdevctl-setup 1"
#define MAX_WORDS 64
#define MAX_ID 0xfffffffeu

static const char *encode_text(struct hd_arena *arena, const char *text)
{
	size_t size = 3 * strlen(text) + 3;

	return hd_record_encode(hd_alloc(arena, size), size, text);
}

static const char *put_words(struct hd_arena *arena, const char *text, const char *key,
			     const char *const argv[])
{
	text = hd_printf(arena, "%s%s", text, key);
	for (size_t i = 0; argv[i]; i++)
		text = hd_printf(arena, "%s %s", text, encode_text(arena, argv[i]));
	return hd_printf(arena, "%s\n", text);
}

const char *hd_manifest_text(struct hd_arena *arena, const struct hd_record *record)
{
	const struct hd_changes *changes = &record->changes;
	const char *text = HEAD "\n";

	for (size_t i = 0; i < record->n_dirs; i++)
		text = hd_printf(arena, "%sdir %s\n", text, encode_text(arena, record->dirs[i]));
	for (size_t i = 0; i < record->n_files; i++) {
		const struct hd_swap *f = &record->files[i];

		text = hd_printf(arena, "%sfile %d %d %u %u %u %s\n", text, f->old != NULL,
				 f->text != NULL, f->mode, f->uid, f->gid,
				 encode_text(arena, f->path));
	}
	for (size_t i = 0; i < changes->n_values; i++) {
		const struct hd_value_change *v = &changes->values[i];
		const char *const words[] = { v->path, v->old, v->value,
					      v->between ? v->between : "", NULL };

		text = put_words(arena, text, "value", words);
	}
	for (size_t i = 0; i < changes->n_commands; i++) {
		text = put_words(arena, text, "run", changes->commands[i].argv);
		if (changes->commands[i].undo)
			text = put_words(arena, text, "undo", changes->commands[i].undo);
		if (changes->commands[i].while_there)
			text = hd_printf(arena, "%swhile %s\n", text,
					 encode_text(arena, changes->commands[i].while_there));
	}
	return hd_printf(arena, "%send\n", text);
}

struct words {
	char *items[MAX_WORDS + 1];	/* NULL-terminated */
	size_t n;			/* without the key */
};

/* A line's words behind its key, decoded. */
static bool split_line(struct words *ret, char *line)
{
	char *rest = NULL;

	ret->n = 0;
	for (char *w = strtok_r(line, " ", &rest); w; w = strtok_r(NULL, " ", &rest)) {
		if (ret->n == MAX_WORDS || !hd_record_decode(w))
			return false;
		ret->items[ret->n++] = w;
	}
	ret->items[ret->n] = NULL;
	return true;
}

static bool take_dir(struct hd_record *record, struct hd_arena *arena, const struct words *words)
{
	if (words->n != 1 || !hd_swap_path_is_valid(words->items[0]))
		return false;
	hd_push(arena, &record->dirs, &record->n_dirs, words->items[0]);
	return true;
}

static bool take_file(struct hd_record *record, struct hd_arena *arena,
		      const struct words *words)
{
	static const uint64_t most[] = { 1, 1, 07777, MAX_ID, MAX_ID };
	uint64_t numbers[HD_ARRAY_SIZE(most)];

	if (words->n != 6 || !hd_swap_path_is_valid(words->items[5]))
		return false;
	for (size_t i = 0; i < HD_ARRAY_SIZE(numbers); i++)
		if (!hd_text_u64(words->items[i], &numbers[i]) || numbers[i] > most[i])
			return false;
	hd_push(arena, &record->files, &record->n_files,
		(struct hd_swap){ .path = words->items[5], .old = numbers[0] ? "" : NULL,
				  .text = numbers[1] ? "" : NULL, .mode = (mode_t)numbers[2],
				  .uid = (uid_t)numbers[3], .gid = (gid_t)numbers[4] });
	return true;
}

static bool take_value(struct hd_record *record, struct hd_arena *arena,
		       const struct words *words)
{
	struct hd_value_change value;

	if (words->n != 4 || !hd_swap_path_is_valid(words->items[0]))
		return false;
	value = (struct hd_value_change){ .path = words->items[0], .old = words->items[1],
					  .value = words->items[2], .between = words->items[3] };
	if (!*value.between)
		value.between = NULL;
	hd_changes_value(&record->changes, arena, &value);
	return true;
}

static const char *const *keep_words(struct hd_arena *arena, const struct words *words)
{
	size_t size = (words->n + 1) * sizeof(words->items[0]);

	return memcpy(hd_alloc(arena, size), words->items, size);
}

static bool take_run(struct hd_record *record, struct hd_arena *arena, const struct words *words)
{
	const struct hd_command_change command = { .argv = keep_words(arena, words) };

	if (!words->n || words->items[0][0] != '/')
		return false;
	hd_changes_command(&record->changes, arena, &command);
	return true;
}

static bool take_undo(struct hd_record *record, struct hd_arena *arena,
		      const struct words *words)
{
	if (!words->n || words->items[0][0] != '/' || !record->changes.n_commands)
		return false;
	record->changes.commands[record->changes.n_commands - 1].undo = keep_words(arena, words);
	return true;
}

static bool take_while(struct hd_record *record, struct hd_arena *arena,
		       const struct words *words)
{
	(void)arena;
	if (words->n != 1 || !hd_swap_path_is_valid(words->items[0]) ||
	    !record->changes.n_commands)
		return false;
	record->changes.commands[record->changes.n_commands - 1].while_there = words->items[0];
	return true;
}

static const struct {
	const char *key;
	bool (*take)(struct hd_record *record, struct hd_arena *arena,
		     const struct words *words);
} keys[] = {
	{ "dir ", take_dir }, { "file ", take_file }, { "value ", take_value },
	{ "run ", take_run }, { "undo ", take_undo }, { "while ", take_while },
};

static bool take_line(struct hd_record *record, struct hd_arena *arena, const char *line)
{
	struct words words;

	for (size_t i = 0; i < HD_ARRAY_SIZE(keys); i++)
		if (hd_text_starts_with(line, keys[i].key))
			return split_line(&words, hd_strdup(arena, line + strlen(keys[i].key))) &&
			       keys[i].take(record, arena, &words);
	return false;
}

int hd_manifest_parse(struct hd_record *ret, struct hd_arena *arena, const char *text,
		      struct hd_error *err)
{
	const char *line = hd_text_next_line(arena, &text);
	struct hd_record record = { 0 };
	size_t number = 1;

	if (!line || strcmp(line, HEAD) != 0)
		return hd_fail(err, -EBADMSG, "its first line is not '" HEAD "'");
	while ((line = hd_text_next_line(arena, &text)) && strcmp(line, "end") != 0) {
		number++;
		if (!take_line(&record, arena, line))
			return hd_fail(err, -EBADMSG, "line %zu cannot be parsed", number);
	}
	if (!line)
		return hd_fail(err, -EBADMSG, "its end is missing");
	*ret = record;
	return 0;
}
