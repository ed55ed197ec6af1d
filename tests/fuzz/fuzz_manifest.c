/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_manifest.c - does any record of setup crash, or mean another thing once it is written again? */
#include "config.h"

#include <string.h>

#include "setup/applied_store.h"
#include "tests/fuzz/fuzz.h"

static void record_holds(const struct hd_record *record)
{
	for (size_t i = 0; i < record->n_files; i++)
		must(hd_swap_path_is_valid(record->files[i].path));
	for (size_t i = 0; i < record->n_dirs; i++)
		must(hd_swap_path_is_valid(record->dirs[i]));
	for (size_t i = 0; i < record->changes.n_values; i++)
		must(record->changes.values[i].path && record->changes.values[i].old &&
		     record->changes.values[i].value);
	for (size_t i = 0; i < record->changes.n_commands; i++)
		must(record->changes.commands[i].argv && record->changes.commands[i].argv[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	struct hd_record record = { 0 }, again = { 0 };
	const char *written;

	if (hd_manifest_parse(&record, &arena, hd_strndup(&arena, (const char *)data, size), &err) < 0) {
		must(err.text[0] && fuzz_is_shown(err.text));
	} else {
		record_holds(&record);
		written = hd_manifest_text(&arena, &record);
		must(hd_manifest_parse(&again, &arena, written, &err) == 0);
		must(!strcmp(hd_manifest_text(&arena, &again), written));
	}
	hd_arena_done(&arena);
	return 0;
}
