/* SPDX-License-Identifier: GPL-2.0-or-later */
/* recovery_json.c - what was given back after a crash, for programs. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "report/recovery_json.h"
#include "report/report.h"
#include "report/report_json.h"

/* A line of the text each. */
static json_t *notes_of(struct hd_arena *arena, const char *text)
{
	const struct hd_column lines = { .is_list = true };
	size_t length = text ? strlen(text) : 0;

	return hd_json_cell_value(&lines, length ? hd_strndup(arena, text, length - 1) : NULL);
}

int hd_recovery_json(FILE *out, struct hd_arena *arena, const struct hd_recovery *recovery,
		     const struct hd_error *err)
{
	_cleanup_(hd_json_free) json_t *object =
		json_pack("{s:i, s:I, s:I, s:o, s:o}", "api_level", HD_API_LEVEL,
			  "given_back", (json_int_t)recovery->n_given_back,
			  "in_use", (json_int_t)recovery->n_busy,
			  "steps", hd_json_steps(&recovery->plan),
			  "notes", notes_of(arena, recovery->text));
	int bad = !object;

	if (err->code)
		bad |= json_object_set_new(object, "error", hd_json_text(err->text));
	return bad ? -ENOMEM : hd_json_write(out, object);
}
