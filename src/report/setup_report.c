/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup_report.c - what setup would change, for people. */
#include "config.h"

#include "base/text.h"
#include "report/setup_report.h"

#define SHOWN 400

static void put_why(FILE *out, struct hd_arena *arena, const char *why)
{
	if (why)
		(void)fprintf(out, "# %s\n", hd_text_printable(arena, why, SHOWN));
}

void hd_put_changes(FILE *out, struct hd_arena *arena, const struct hd_changes *changes,
		    bool colour)
{
	for (size_t i = 0; i < changes->n_files; i++) {
		const struct hd_file_change *f = &changes->files[i];

		put_why(out, arena, f->why);
		hd_put_diff(out, arena, f->path, f->old, f->text, colour);
	}
	for (size_t i = 0; i < changes->n_values; i++) {
		const struct hd_value_change *v = &changes->values[i];

		put_why(out, arena, v->why);
		(void)fprintf(out, "write: /%s: %s, was %s\n",
			      hd_text_printable(arena, v->path, SHOWN),
			      hd_text_printable(arena, v->value, SHOWN),
			      hd_text_printable(arena, v->old, SHOWN));
	}
	for (size_t i = 0; i < changes->n_commands; i++) {
		put_why(out, arena, changes->commands[i].why);
		(void)fprintf(out, "run: %s\n",
			      hd_changes_words(arena, changes->commands[i].argv));
	}
	for (size_t i = 0; i < changes->n_notes; i++)
		(void)fprintf(out, "note: %s\n",
			      hd_text_printable(arena, changes->notes[i], SHOWN));
}
