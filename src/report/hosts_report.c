/* SPDX-License-Identifier: GPL-2.0-or-later */
/* hosts_report.c - what a command says of many hosts: one document, or lines that begin with the host. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "report/hosts_report.h"
#include "report/map.h"
#include "report/plan_words.h"
#include "report/report.h"
#include "report/report_json.h"

#define NAMED 3		/* of the hosts that say the same */

static const char *const statuses[] = {
	[HD_HOST_ANSWERED] = "answered", [HD_HOST_FAILED] = "failed", [HD_HOST_LATE] = "late",
};

void hd_hosts_json_begin(FILE *out, int timeout_s)
{
	(void)fprintf(out, "{\"api_level\": %d, \"timeout\": %d, \"hosts\": [\n", HD_API_LEVEL, timeout_s);
}

/* One line for each host, so that no more than one answer is in memory as JSON. */
int hd_hosts_json_add(FILE *out, const struct hd_host_answer *answer, bool is_first)
{
	_cleanup_(hd_json_free) json_t *object =
		json_pack("{s:o, s:o, s:s, s:o, s:o}", "host", hd_json_text(answer->label),
			  "source", hd_json_text(answer->host), "status", statuses[answer->status],
			  "exit", answer->exit < 0 ? json_null() : json_integer(answer->exit),
			  "result", answer->length ?
			  json_loadb(answer->body, answer->length, 0, NULL) : json_null());

	if (!object || (answer->error &&
			json_object_set_new(object, "error", hd_json_text(answer->error)) < 0))
		return -ENOMEM;
	if (!is_first)
		(void)fputc(',', out);
	return hd_json_write_line(out, object);
}

void hd_hosts_json_end(FILE *out)
{
	(void)fputs("]}\n", out);
}

int hd_hosts_width(const char *label)
{
	struct hd_arena arena = { 0 };
	int width;

	(void)hd_map_fit(&arena, label, 0, &width);
	hd_arena_done(&arena);
	return width;
}

void hd_hosts_put_lines(FILE *out, const char *label, int width, const char *text, size_t length)
{
	int blanks = width - hd_hosts_width(label);

	while (length) {
		const char *end = memchr(text, '\n', length);
		size_t line = end ? (size_t)(end - text) : length;

		(void)fprintf(out, "%s%*s", label, line ? blanks + 2 : 0, "");
		(void)fwrite(text, 1, line, out);
		(void)fputc('\n', out);
		line += end != NULL;
		text += line;
		length -= line;
	}
}

/* "h1, h2, h3 and 9 more", of those from number I on that say the same. */
static void put_alike(FILE *out, const struct hd_host_answer *answers, size_t n, size_t i)
{
	size_t alike = 0;

	for (size_t j = i; j < n; j++)
		if (hd_text_is_same(answers[j].notes, answers[i].notes) && ++alike <= NAMED)
			(void)fprintf(out, "%s%s", alike > 1 ? ", " : "", answers[j].label);
	if (alike > NAMED)
		(void)fprintf(out, " and %zu more", alike - NAMED);
}

static bool is_said(const struct hd_host_answer *answers, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (hd_text_is_same(answers[j].notes, answers[i].notes))
			return true;
	return false;
}

/* A note may name a file, and its name came from others: control characters are not printed. */
void hd_hosts_put_notes(FILE *out, const struct hd_host_answer *answers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!answers[i].notes || is_said(answers, i))
			continue;
		put_alike(out, answers, n, i);
		(void)fputs(":\n  ", out);
		hd_put_text(out, answers[i].notes, "  ");
		(void)fputc('\n', out);
	}
}

void hd_hosts_put_missing(FILE *out, const struct hd_host_answer *answers, size_t n)
{
	size_t missing = 0;

	for (size_t i = 0; i < n; i++)
		missing += answers[i].status != HD_HOST_ANSWERED;
	if (!missing)
		return;
	(void)fprintf(out, "hostdevctl: no answer from %zu of %zu hosts:\n", missing, n);
	for (size_t i = 0; i < n; i++) {
		if (answers[i].status == HD_HOST_ANSWERED)
			continue;
		(void)fprintf(out, "  %s: ", answers[i].label);
		hd_put_text(out, answers[i].error ? answers[i].error : "no reason is known", "    ");
		(void)fputc('\n', out);
	}
}
