/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_json.c - what a message means, for programs. */
#include "config.h"

#include <errno.h>

#include "check/remedy_commands.h"
#include "report/explain.h"
#include "report/report.h"
#include "report/report_json.h"

static json_t *check_object(const struct hd_check *check, struct hd_arena *arena)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}",
			 "id", check->id,
			 "scope", hd_scope_name(check->scope),
			 "severity", hd_severity_name(check->severity),
			 "title", check->title,
			 "doc", check->doc,
			 "remedy", hd_remedy_shown(arena, check->remedy));
}

static json_t *message_object(const struct hd_message *message, const struct hd_fields *fields,
			      struct hd_arena *arena)
{
	return json_pack("{s:s, s:s, s:b, s:b, s:b, s:o, s:o, s:o}",
			 "id", message->id,
			 "speaker", hd_speaker_name(message->speaker),
			 "harmless", message->kind == HD_MESSAGE_HARMLESS,
			 "general", message->kind == HD_MESSAGE_GENERAL,
			 "certain", !*hd_message_sureness(message),
			 "means", hd_json_text(hd_message_fill(message->means, fields, arena)),
			 "remedy", hd_json_text(hd_message_remedy(message, fields, arena)),
			 "checks", hd_json_texts(message->checks, HD_MESSAGE_CHECKS));
}

static json_t *page_object(const struct hd_message *message, struct hd_arena *arena)
{
	const struct hd_fields none = { .n = 0 };
	json_t *object = message_object(message, &none, arena);

	if (json_object_set_new(object, "patterns",
				hd_json_texts(message->patterns, HD_MESSAGE_PATTERNS)) < 0)
		hd_json_free(&object);
	return object;
}

static json_t *fields_object(const struct hd_fields *fields)
{
	json_t *object = json_object();

	for (size_t i = 0; i < fields->n; i++)
		if (json_object_set_new(object, fields->items[i].name,
					hd_json_text(fields->items[i].value)) < 0)
			hd_json_free(&object);
	return object;
}

static json_t *also_array(const struct hd_explained *what)
{
	const char *ids[HD_EXPLAINED_ALSO];

	for (size_t i = 0; i < what->n_also; i++)
		ids[i] = what->also[i]->id;
	return hd_json_texts(ids, what->n_also);
}

static json_t *state_object(const struct hd_message_state *state, struct hd_arena *arena)
{
	json_t *object = message_object(state->what->message, &state->what->fields, arena);
	int bad = json_object_set_new(object, "line", hd_json_text(state->what->line));

	bad |= json_object_set_new(object, "reason", hd_json_text(state->what->reason));
	bad |= json_object_set_new(object, "count", json_integer((json_int_t)state->what->count));
	bad |= json_object_set_new(object, "partial", json_boolean(state->what->is_partial));
	bad |= json_object_set_new(object, "asked", json_boolean(state->what->is_asked));
	bad |= json_object_set_new(object, "warning",
				   json_boolean(state->what->tone == HD_TONE_MILD));
	if (state->what->is_partial)
		bad |= json_object_set_new(object, "certain", json_false());
	bad |= json_object_set_new(object, "fields", fields_object(&state->what->fields));
	bad |= json_object_set_new(object, "also", also_array(state->what));
	bad |= json_object_set_new(object, "subject", hd_json_text(state->subject));
	bad |= json_object_set_new(object, "problem", hd_json_text(state->problem));
	bad |= json_object_set_new(object, "now", hd_json_findings(&state->now));
	bad |= json_object_set_new(object, "gone", json_boolean(state->is_gone));
	bad |= json_object_set_new(object, "left", hd_json_texts(state->left, state->n_left));
	if (bad)
		hd_json_free(&object);
	return object;
}

static json_t *states_array(const struct hd_explain_report *report)
{
	json_t *array = json_array();

	for (size_t i = 0; i < report->n_states; i++)
		if (json_array_append_new(array, state_object(&report->states[i],
							      report->arena)) < 0)
			hd_json_free(&array);
	return array;
}

static json_t *named_array(const struct hd_explain_report *report)
{
	json_t *array = json_array();

	for (size_t i = 0; i < report->n_named; i++)
		if (json_array_append_new(array, json_pack("{s:s, s:o, s:b, s:o}",
				"kind", report->named[i].kind,
				"value", hd_json_text(report->named[i].value),
				"here", report->named[i].is_here,
				"state", hd_json_text(report->named[i].state))) < 0)
			hd_json_free(&array);
	return array;
}

static json_t *unknown_array(const struct hd_explanation *found)
{
	json_t *array = json_array();

	for (size_t i = 0; i < found->n_unknown; i++)
		if (json_array_append_new(array, json_pack("{s:o, s:o, s:o}",
				"line", hd_json_text(found->unknown[i].line),
				"reason", hd_json_text(found->unknown[i].reason),
				"fields", fields_object(&found->unknown[i].fields))) < 0)
			hd_json_free(&array);
	return array;
}

int hd_explain_report_json(FILE *out, const struct hd_explain_report *report)
{
	_cleanup_(hd_json_free) json_t *object = json_pack("{s:i}", "api_level", HD_API_LEVEL);
	int bad = !object;

	if (report->check)
		bad |= json_object_set_new(object, "check", check_object(report->check, report->arena));
	if (report->message)
		bad |= json_object_set_new(object, "message",
					   page_object(report->message, report->arena));
	if (!report->check && !report->message) {
		bad |= json_object_set_new(object, "wrong", hd_json_findings(&report->wrong));
		bad |= json_object_set_new(object, "named", named_array(report));
		bad |= json_object_set_new(object, "explanations", states_array(report));
		bad |= json_object_set_new(object, "not_understood",
					   unknown_array(report->found));
		bad |= json_object_set_new(object, "recovered",
					   hd_json_text(report->found->recovered));
		bad |= json_object_set_new(object, "not_shown",
					   json_integer((json_int_t)report->found->n_more));
		bad |= json_object_set_new(object, "nearest",
					   hd_json_texts(report->nearest, report->n_nearest));
	}
	return bad ? -ENOMEM : hd_json_write(out, object);
}
