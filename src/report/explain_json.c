/* SPDX-License-Identifier: GPL-2.0-or-later */
/* explain_json.c - what a message means, for programs. */
#include "config.h"

#include <errno.h>

#include "report/explain.h"
#include "report/report.h"
#include "report/report_json.h"

static json_t *ids_array(const char *const *ids, size_t n)
{
	json_t *array = json_array();
	int bad = 0;

	for (size_t i = 0; i < n; i++)
		bad += json_array_append_new(array, hd_json_text(ids[i])) < 0;
	if (bad)
		hd_json_free(&array);
	return array;
}

/* Steals VALUE; returns how many members could not be added. */
static int put(json_t *object, const char *key, json_t *value)
{
	return json_object_set_new(object, key, value) < 0;
}

static json_t *check_object(const struct hd_check *check)
{
	json_t *object = json_object();
	int bad = 0;

	bad += put(object, "id", hd_json_text(check->id));
	bad += put(object, "scope", hd_json_text(hd_scope_name(check->scope)));
	bad += put(object, "severity", hd_json_text(hd_severity_name(check->severity)));
	bad += put(object, "title", hd_json_text(check->title));
	bad += put(object, "doc", hd_json_text(check->doc));
	bad += put(object, "remedy", hd_json_text(check->remedy));
	if (bad)
		hd_json_free(&object);
	return object;
}

static int put_message(json_t *object, const struct hd_message *message,
		       const struct hd_fields *fields, struct hd_arena *arena)
{
	size_t n = 0;
	int bad = 0;

	while (n < HD_MESSAGE_CHECKS && message->checks[n])
		n++;
	bad += put(object, "id", hd_json_text(message->id));
	bad += put(object, "speaker", hd_json_text(hd_speaker_name(message->speaker)));
	bad += put(object, "harmless", json_boolean(message->is_harmless));
	bad += put(object, "means", hd_json_text(hd_message_fill(message->means, fields, arena)));
	bad += put(object, "remedy",
		   hd_json_text(hd_message_fill(message->remedy, fields, arena)));
	bad += put(object, "checks", ids_array(message->checks, n));
	return bad;
}

static json_t *message_object(const struct hd_message *message, struct hd_arena *arena)
{
	const struct hd_fields none = { .n = 0 };
	json_t *object = json_object();
	size_t n = 0;

	while (n < HD_MESSAGE_PATTERNS && message->patterns[n])
		n++;
	if (put_message(object, message, &none, arena) +
	    put(object, "patterns", ids_array(message->patterns, n)))
		hd_json_free(&object);
	return object;
}

static json_t *fields_object(const struct hd_fields *fields)
{
	json_t *object = json_object();
	int bad = 0;

	for (size_t i = 0; i < fields->n; i++)
		bad += put(object, fields->items[i].name, hd_json_text(fields->items[i].value));
	if (bad)
		hd_json_free(&object);
	return object;
}

static json_t *findings_array(const struct hd_findings *findings)
{
	json_t *array = json_array();
	int bad = 0;

	for (size_t i = 0; i < findings->n; i++)
		bad += json_array_append_new(array, hd_json_finding(&findings->items[i])) < 0;
	if (bad)
		hd_json_free(&array);
	return array;
}

static json_t *also_array(const struct hd_explained *what)
{
	const char *ids[HD_EXPLAINED_ALSO];

	for (size_t i = 0; i < what->n_also; i++)
		ids[i] = what->also[i]->id;
	return ids_array(ids, what->n_also);
}

static json_t *state_object(const struct hd_message_state *state, struct hd_arena *arena)
{
	json_t *object = json_object();
	int bad = put_message(object, state->what->message, &state->what->fields, arena);

	bad += put(object, "line", hd_json_text(state->what->line));
	bad += put(object, "count", json_integer((json_int_t)state->what->count));
	bad += put(object, "fields", fields_object(&state->what->fields));
	bad += put(object, "also", also_array(state->what));
	bad += put(object, "subject", hd_json_text(state->subject));
	bad += put(object, "problem", hd_json_text(state->problem));
	bad += put(object, "now", findings_array(&state->now));
	bad += put(object, "left", ids_array(state->left, state->n_left));
	if (bad)
		hd_json_free(&object);
	return object;
}

static json_t *states_array(const struct hd_explain_report *report)
{
	json_t *array = json_array();
	int bad = 0;

	for (size_t i = 0; i < report->n_states; i++)
		bad += json_array_append_new(array,
					     state_object(&report->states[i], report->arena)) < 0;
	if (bad)
		hd_json_free(&array);
	return array;
}

int hd_explain_report_json(FILE *out, const struct hd_explain_report *report)
{
	_cleanup_(hd_json_free) json_t *object = json_object();
	int bad = put(object, "api_level", json_integer(HD_API_LEVEL));

	if (report->check)
		bad += put(object, "check", check_object(report->check));
	if (report->message)
		bad += put(object, "message", message_object(report->message, report->arena));
	if (!report->check && !report->message) {
		bad += put(object, "explanations", states_array(report));
		bad += put(object, "nearest", ids_array(report->nearest, report->n_nearest));
	}
	return bad ? -ENOMEM : hd_json_write(out, object);
}
