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

/* Text of others (a mount point, a process) may hold any bytes; jansson takes UTF-8 only. */
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

int hd_json_put(FILE *out, const json_t *value)
{
	return json_dump_callback(value, put_piece, out, JSON_INDENT(2) | JSON_ENCODE_ANY) < 0 ?
	       -EIO : 0;
}

int hd_json_write(FILE *out, const json_t *object)
{
	return hd_json_put(out, object) < 0 || fputc('\n', out) == EOF ? -EIO : 0;
}

/* Both steal VALUE and return how many members could not be added. */
static int put(json_t *object, const char *key, json_t *value)
{
	return json_object_set_new(object, key, value) < 0;
}

static int add(json_t *array, json_t *value)
{
	return json_array_append_new(array, value) < 0;
}

json_t *hd_json_finding(const struct hd_finding *finding)
{
	json_t *object = json_object();
	int bad = 0;

	bad += put(object, "id", hd_json_text(finding->check->id));
	bad += put(object, "scope", hd_json_text(hd_scope_name(finding->check->scope)));
	bad += put(object, "subject", hd_json_text(finding->subject));
	bad += put(object, "severity", hd_json_text(hd_severity_name(finding->severity)));
	bad += put(object, "verdict", hd_json_text(hd_verdict_name(finding->verdict)));
	bad += put(object, "evidence", hd_json_text(finding->evidence));
	bad += put(object, "remedy", hd_json_text(finding->remedy));
	bad += put(object, "allowed_by", hd_json_text(hd_allower_name(finding->allowed_by)));
	bad += put(object, "allow_with", hd_json_text(finding->allow_with));
	if (bad)
		hd_json_free(&object);
	return object;
}

static json_t *step_object(const struct hd_step *step)
{
	json_t *object = json_object();
	int bad = 0;

	bad += put(object, "stage", json_integer(step->stage));
	bad += put(object, "knob", hd_json_text(step->knob->name));
	bad += put(object, "target", hd_json_text(step->target));
	bad += put(object, "from", hd_json_text(step->from));
	bad += put(object, "to", hd_json_text(step->to));
	bad += put(object, "why", hd_json_text(step->why));
	bad += put(object, "state", hd_json_text(hd_step_state_name(step->state)));
	bad += put(object, "error", hd_json_text(step->error.code ? step->error.text : NULL));
	if (bad)
		hd_json_free(&object);
	return object;
}

int hd_json_put_findings(json_t *object, const struct hd_findings *findings)
{
	json_t *array = json_array();
	int bad = put(object, "findings", array);

	for (size_t i = 0; findings && !bad && i < findings->n; i++)
		bad += add(array, hd_json_finding(&findings->items[i]));
	return bad;
}

static int put_steps(json_t *object, const struct hd_plan *plan)
{
	json_t *array = json_array();
	int bad = put(object, "steps", array);

	for (size_t i = 0; !bad && i < plan->n; i++)
		bad += add(array, step_object(&plan->steps[i]));
	return bad;
}

static int put_notes(json_t *object, const struct hd_report *report)
{
	json_t *array = json_array();
	int bad = put(object, "notes", array);

	for (size_t i = 0; !bad && i < report->n_notes; i++)
		bad += add(array, hd_json_text(report->notes[i]));
	return bad;
}

static bool is_ready(const struct hd_report *report)
{
	if (report->error && report->error->code)
		return false;
	return !report->findings || report->findings->is_ready;
}

int hd_report_json(FILE *out, const struct hd_report *report)
{
	_cleanup_(hd_json_free) json_t *object = json_object();
	int bad = 0;

	bad += put(object, "api_level", json_integer(HD_API_LEVEL));
	bad += put(object, "ready", json_boolean(is_ready(report)));
	bad += hd_json_put_findings(object, report->findings);
	if (report->plan)
		bad += put_steps(object, report->plan);
	if (report->n_notes)
		bad += put_notes(object, report);
	if (report->error && report->error->code)
		bad += put(object, "error", hd_json_text(report->error->text));
	return bad ? -ENOMEM : hd_json_write(out, object);
}
