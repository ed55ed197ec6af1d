/* SPDX-License-Identifier: GPL-2.0-or-later */
/* setup_report.c - what setup would change, for people and for programs. */
#include "config.h"

#include <errno.h>

#include "base/text.h"
#include "report/report.h"
#include "report/report_json.h"
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

static json_t *path_text(struct hd_arena *arena, const char *path)
{
	return hd_json_text(hd_printf(arena, "/%s", path));
}

static json_t *change_object(struct hd_arena *arena, const char *path, const char *old,
			     const char *new, const char *why)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "path", path_text(arena, path),
			 "old", hd_json_text(old), "new", hd_json_text(new),
			 "why", hd_json_text(why));
}

static json_t *files_array(struct hd_arena *arena, const struct hd_changes *changes, int *bad)
{
	json_t *array = json_array();

	for (size_t i = 0; i < changes->n_files; i++) {
		const struct hd_file_change *f = &changes->files[i];

		*bad |= json_array_append_new(array, change_object(arena, f->path, f->old, f->text,
								   f->why));
	}
	return array;
}

static json_t *values_array(struct hd_arena *arena, const struct hd_changes *changes, int *bad)
{
	json_t *array = json_array();

	for (size_t i = 0; i < changes->n_values; i++) {
		const struct hd_value_change *v = &changes->values[i];

		*bad |= json_array_append_new(array, change_object(arena, v->path, v->old, v->value,
								   v->why));
	}
	return array;
}

static json_t *commands_array(const struct hd_changes *changes, int *bad)
{
	json_t *array = json_array();

	for (size_t i = 0; i < changes->n_commands; i++) {
		const struct hd_command_change *c = &changes->commands[i];
		size_t n = 0;

		while (c->argv[n])
			n++;
		*bad |= json_array_append_new(array, json_pack("{s:o, s:o}", "argv",
							       hd_json_texts(c->argv, n),
							       "why", hd_json_text(c->why)));
	}
	return array;
}

int hd_setup_json(FILE *out, struct hd_arena *arena, const struct hd_setup_report *report)
{
	const struct hd_changes *changes = report->changes;
	int bad = 0;
	_cleanup_(hd_json_free) json_t *object = json_pack(
		"{s:i, s:b, s:b, s:o, s:o, s:o, s:o, s:o, s:o}", "api_level", HD_API_LEVEL,
		"applied", report->is_applied, "complete", !changes->is_incomplete,
		"files", files_array(arena, changes, &bad),
		"values", values_array(arena, changes, &bad),
		"commands", commands_array(changes, &bad),
		"notes", hd_json_texts(changes->notes, changes->n_notes),
		"findings", hd_json_findings(report->findings),
		"done", hd_json_texts(report->done, report->n_done));

	bad |= !object;
	if (report->error && report->error->code)
		bad |= json_object_set_new(object, "error", hd_json_text(report->error->text));
	return bad ? -ENOMEM : hd_json_write(out, object);
}
