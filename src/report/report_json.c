/* SPDX-License-Identifier: GPL-2.0-or-later */
/* report_json.c - a report for programs. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/plan_words.h"
#include "report/report.h"
#include "report/report_json.h"

void hd_json_free(json_t **value)
{
	json_decref(*value);
	*value = NULL;
}

/* Text from outside (a mount point, a process) may have any bytes; jansson takes only UTF-8. */
json_t *hd_json_text(const char *text)
{
	_cleanup_(hd_freep) char *copy = NULL;
	json_t *value;

	if (!text)
		return json_null();
	value = json_string(text);
	if (value)
		return value;
	copy = strdup(text);
	if (!copy)
		return NULL;
	for (size_t at = 0, left = strlen(copy), n; left; at += n, left -= n)
		if (hd_utf8_next(copy + at, left, &n) < 0)
			copy[at] = '?';
	return json_string(copy);
}

/* jansson's dump in pieces of whole characters; those that are not shown are escaped. */
static int put_piece(const char *piece, size_t size, void *data)
{
	FILE *out = data;

	for (size_t n; size; piece += n, size -= n) {
		int c = hd_utf8_next(piece, size, &n);

		if (c == '\n' || hd_char_is_shown(c))
			(void)fwrite(piece, 1, n, out);
		else if (c > 0xffff)
			(void)fprintf(out, "\\u%04x\\u%04x", 0xd7c0 + (c >> 10),
				      0xdc00 + (c & 0x3ff));
		else
			(void)fprintf(out, "\\u%04x", (unsigned)c);
	}
	return ferror(out) ? -1 : 0;
}

static int dump_object(FILE *out, const json_t *object, size_t flags)
{
	return json_dump_callback(object, put_piece, out, flags) < 0 ||
	       fputc('\n', out) == EOF ? -EIO : 0;
}

int hd_json_write(FILE *out, const json_t *object)
{
	return dump_object(out, object, JSON_INDENT(2));
}

int hd_json_write_line(FILE *out, const json_t *object)
{
	return dump_object(out, object, JSON_COMPACT);
}

json_t *hd_json_texts(const char *const *texts, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n && texts[i]; i++)
		if (json_array_append_new(array, hd_json_text(texts[i])) < 0)
			hd_json_free(&array);
	return array;
}

const char *hd_json_cell(struct hd_arena *arena, json_t *value)
{
	_cleanup_(hd_freep) char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

	json_decref(value);
	if (!text)
		hd_oom();
	return hd_strdup(arena, text);
}

static json_t *finding_object(const struct hd_finding *finding)
{
	return json_pack("{s:s, s:s, s:o, s:s, s:s, s:o, s:o, s:o, s:s?, s:o}",
			 "id", finding->check->id,
			 "scope", hd_scope_name(finding->check->scope),
			 "subject", hd_json_text(finding->subject),
			 "severity", hd_severity_name(finding->severity),
			 "verdict", hd_verdict_name(finding->verdict),
			 "evidence", hd_json_text(finding->evidence),
			 "remedy", hd_json_text(finding->remedy),
			 "commands", hd_json_texts(finding->commands, finding->n_commands),
			 "allowed_by", hd_allower_name(finding->allowed_by),
			 "allow_with", hd_json_text(finding->allow_with));
}

json_t *hd_json_findings(const struct hd_findings *findings)
{
	json_t *array = json_array();

	for (size_t i = 0; findings && i < findings->n; i++)
		if (json_array_append_new(array, finding_object(&findings->items[i])) < 0)
			hd_json_free(&array);
	return array;
}

static json_t *step_object(const struct hd_step *step)
{
	return json_pack("{s:i, s:s, s:o, s:o, s:o, s:o, s:s, s:o}",
			 "stage", step->stage,
			 "knob", step->knob->name,
			 "target", hd_json_text(step->target),
			 "from", hd_json_text(step->from),
			 "to", hd_json_text(step->to),
			 "why", hd_json_text(step->why),
			 "state", hd_step_state_name(step->state),
			 "error", hd_json_text(step->error.code ? step->error.text : NULL));
}

json_t *hd_json_steps(const struct hd_plan *plan)
{
	json_t *array = json_array();

	for (size_t i = 0; i < plan->n; i++)
		if (json_array_append_new(array, step_object(&plan->steps[i])) < 0)
			hd_json_free(&array);
	return array;
}

static bool is_ready(const struct hd_report *report)
{
	if (report->has_failed || (report->error && report->error->code))
		return false;
	return !report->findings || report->findings->is_ready;
}

int hd_report_json(FILE *out, const struct hd_report *report)
{
	_cleanup_(hd_json_free) json_t *object =
		json_pack("{s:i, s:b, s:o}", "api_level", HD_API_LEVEL, "ready", is_ready(report),
			  "findings", hd_json_findings(report->findings));
	int bad = !object;

	if (report->changed)
		bad |= json_object_set_new(object, "changed", json_boolean(*report->changed));
	if (report->plan)
		bad |= json_object_set_new(object, "steps", hd_json_steps(report->plan));
	if (report->handover)
		bad |= json_object_set(object, "handover", report->handover);
	if (report->n_notes)
		bad |= json_object_set_new(object, "notes",
					   hd_json_texts(report->notes, report->n_notes));
	if (report->error && report->error->code)
		bad |= json_object_set_new(object, "error", hd_json_text(report->error->text));
	return bad ? -ENOMEM : hd_json_write(out, object);
}
