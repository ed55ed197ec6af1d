/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * host_answer.c - what a command said of one of many hosts, on its way from its process to ours.
 *
 * One line of JSON, and the body as it is.
 */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "report/host_answer.h"
#include "report/report_json.h"

int hd_host_answer_write(FILE *out, const struct hd_host_answer *answer)
{
	_cleanup_(hd_json_free) json_t *head =
		json_pack("{s:i, s:o, s:o, s:b}", "exit", answer->exit,
			  "error", hd_json_text(answer->error),
			  "notes", hd_json_text(answer->notes), "table", answer->has_table);

	if (!head)
		return -ENOMEM;
	if (hd_json_write_line(out, head) < 0 ||
	    fwrite(answer->body, 1, answer->length, out) < answer->length)
		return -EIO;
	return 0;
}

static const char *member(struct hd_arena *arena, const json_t *head, const char *key)
{
	const char *text = json_string_value(json_object_get(head, key));

	return text && *text ? hd_strdup(arena, text) : NULL;
}

int hd_host_answer_read(struct hd_host_answer *ret, struct hd_arena *arena, const char *text,
			size_t length)
{
	const char *end = memchr(text, '\n', length);
	_cleanup_(hd_json_free) json_t *head =
		end ? json_loadb(text, (size_t)(end - text), 0, NULL) : NULL;

	if (!head)
		return -EINVAL;
	ret->exit = (int)json_integer_value(json_object_get(head, "exit"));
	ret->error = member(arena, head, "error");
	ret->notes = member(arena, head, "notes");
	ret->has_table = json_is_true(json_object_get(head, "table"));
	ret->body = end + 1;
	ret->length = length - (size_t)(ret->body - text);
	return 0;
}
