/* SPDX-License-Identifier: GPL-2.0-or-later */
/* event_report.c - what happens on the host, one line for each thing. */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "report/event_report.h"
#include "report/report.h"
#include "report/report_json.h"

static const struct {
	const char *word, *text;
} sources[HD_EVENT_SOURCES] = {
	[HD_EVENTS_OF_DEVICES] = { "devices", "devices" },
	[HD_EVENTS_OF_GUESTS] = { "guests", "guests" },
	[HD_EVENTS_OF_HELD] = { "held", "held devices" },
};

static const struct {
	const char *action, *text;
} texts[] = {
	{ "add", "was added" }, { "remove", "was removed" }, { "unbind", "has lost its driver" },
	{ "bind", "has a driver" }, { "change", "has changed" },
};

static int write_line(FILE *out, json_t *object)
{
	int rc = object ? hd_json_write_line(out, object) : -ENOMEM;

	json_decref(object);
	return rc;
}

static json_t *event_object(const struct hd_host_event *event)
{
	if (event->is_lost || event->failed)
		return json_pack("{s:s, s:s}", "event", event->is_lost ? "lost" : "unwatched",
				 "source", sources[event->source].word);
	if (event->source == HD_EVENTS_OF_HELD)
		return json_pack("{s:s}", "event", "held");
	if (event->source == HD_EVENTS_OF_GUESTS)
		return json_pack("{s:s, s:o, s:s}", "event", "guest", "name",
				 hd_json_text(event->name), "state", event->action);
	return json_pack("{s:s, s:s, s:s, s:o, s:o}", "event", "device", "action", event->action,
			 "kind", event->kind, "address", hd_json_text(event->name), "driver",
			 hd_json_text(*event->driver ? event->driver : NULL));
}

static const char *action_text(const char *action)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(texts); i++)
		if (!strcmp(texts[i].action, action))
			return texts[i].text;
	return action;
}

static void put_device(FILE *out, const struct hd_host_event *event)
{
	char name[sizeof(event->name)], driver[sizeof(event->driver)];

	(void)fprintf(out, "%s %s", hd_text_shown(name, sizeof(name), event->name, ""),
		      action_text(event->action));
	if (*event->driver)
		(void)fprintf(out, ": %s", hd_text_shown(driver, sizeof(driver), event->driver, ""));
	(void)fputc('\n', out);
}

static void put_guest(FILE *out, const struct hd_host_event *event)
{
	char name[sizeof(event->name)];

	(void)fprintf(out, "guest %s: %s\n", hd_text_shown(name, sizeof(name), event->name, ""),
		      event->action);
}

static void put_time(FILE *out)
{
	time_t now = time(NULL);
	char text[16] = "";
	struct tm parts;

	if (localtime_r(&now, &parts))
		(void)strftime(text, sizeof(text), "%H:%M:%S  ", &parts);
	(void)fputs(text, out);
}

static void put_failed(FILE *out, enum hd_event_source source, int failed)
{
	(void)fprintf(out, "%s cannot be watched: %s\n", sources[source].text, strerror(-failed));
}

static void put_text(FILE *out, const struct hd_host_event *event)
{
	put_time(out);
	if (event->failed)
		put_failed(out, event->source, event->failed);
	else if (event->is_lost)
		(void)fprintf(out, "changes of %s were lost\n", sources[event->source].text);
	else if (event->source == HD_EVENTS_OF_HELD)
		(void)fputs("what is held has changed\n", out);
	else if (event->source == HD_EVENTS_OF_GUESTS)
		put_guest(out, event);
	else
		put_device(out, event);
}

/* Who reads must not wait for the next one. */
static int flush_line(FILE *out)
{
	return fflush(out) < 0 ? -EIO : 0;
}

int hd_event_put(FILE *out, bool is_json, const struct hd_host_event *event)
{
	int rc = 0;

	if (is_json)
		rc = write_line(out, event_object(event));
	else
		put_text(out, event);
	return rc < 0 ? rc : flush_line(out);
}

static int put_ready_json(FILE *out, const int failed[static HD_EVENT_SOURCES])
{
	json_t *unwatched = json_array();

	for (int i = 0; i < HD_EVENT_SOURCES; i++)
		if (failed[i] && json_array_append_new(unwatched, json_string(sources[i].word)) < 0)
			hd_json_free(&unwatched);
	return write_line(out, json_pack("{s:s, s:i, s:o}", "event", "ready", "api_level",
					 HD_API_LEVEL, "unwatched", unwatched));
}

int hd_event_ready(FILE *out, bool is_json, const int failed[static HD_EVENT_SOURCES])
{
	int rc = is_json ? put_ready_json(out, failed) : 0;

	for (int i = 0; !is_json && i < HD_EVENT_SOURCES; i++)
		if (failed[i])
			put_failed(out, (enum hd_event_source)i, failed[i]);
	if (!is_json)
		(void)fputs("waiting for changes; end it with Ctrl-C\n", out);
	return rc < 0 ? rc : flush_line(out);
}
