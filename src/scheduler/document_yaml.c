/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * document_yaml.c - what does a text in YAML say? libyaml reads it, event by event.
 *
 * Events and not its documents: an alias is then seen before anything is multiplied by it.
 */
#include "config.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "scheduler/document.h"

#ifdef HAVE_LIBYAML
#include <yaml.h>

struct reader {
	yaml_parser_t parser;
	struct hd_arena *arena;
	struct hd_error *err;
	size_t n;
};

static int take_value(struct hd_doc *ret, struct reader *reader, const yaml_event_t *event, unsigned depth);

static unsigned line_of(const yaml_mark_t *mark)
{
	return (unsigned)mark->line + 1;
}

static int next_event(yaml_event_t *ret, struct reader *reader)
{
	const yaml_parser_t *parser = &reader->parser;

	if (yaml_parser_parse(&reader->parser, ret))
		return 0;
	if (parser->error == YAML_MEMORY_ERROR)
		hd_oom();
	return hd_fail(reader->err, -EINVAL, "line %u: not YAML: %s%s%s", line_of(&parser->problem_mark),
		       parser->context ? parser->context : "", parser->context ? ": " : "",
		       parser->problem ? parser->problem : "unknown error");
}

static int refuse_event(struct reader *reader, const yaml_event_t *event, const char *why)
{
	return hd_fail(reader->err, -EINVAL, "line %u: %s", line_of(&event->start_mark), why);
}

/* In YAML 1.1 and its JSON schema, plain scalars alone are null. */
static bool is_null(const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;

	return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       (!*text || !strcmp(text, "~") || !strcmp(text, "null"));
}

static int take_text(struct hd_doc *ret, struct reader *reader, const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;

	if (strlen(text) != event->data.scalar.length)
		return refuse_event(reader, event, "a text with a NUL");
	ret->text = is_null(event) ? NULL : hd_strdup(reader->arena, text);
	return 0;
}

/* The values up to the event END. */
static int take_list(struct hd_doc *ret, struct reader *reader, yaml_event_type_t end, unsigned depth)
{
	yaml_event_t event;
	bool is_last = false;
	int rc = 0;

	ret->kind = HD_DOC_LIST;
	while (rc == 0 && !is_last) {
		struct hd_doc value = { .kind = HD_DOC_TEXT };

		rc = next_event(&event, reader);
		if (rc < 0)
			return rc;
		is_last = event.type == end;
		if (!is_last && event.type != YAML_DOCUMENT_START_EVENT &&
		    event.type != YAML_DOCUMENT_END_EVENT) {
			rc = take_value(&value, reader, &event, depth);
			hd_push(reader->arena, &ret->items, &ret->n, value);
		}
		yaml_event_delete(&event);
	}
	return rc;
}

static int take_key(struct hd_doc *ret, struct reader *reader, const struct hd_doc *map,
		    const yaml_event_t *event)
{
	const char *key = (const char *)event->data.scalar.value;

	if (event->type != YAML_SCALAR_EVENT || strlen(key) != event->data.scalar.length)
		return refuse_event(reader, event, "the name of a member is not a text");
	/* YAML 1.1 puts the members of its value in its place. */
	if (!strcmp(key, "<<"))
		return refuse_event(reader, event, "a merge (<<) is not read here: write the members themselves");
	if (map->n >= HD_DOCUMENT_MEMBERS)
		return hd_fail(reader->err, -EINVAL, "line %u: more than %d members in one object",
			       line_of(&event->start_mark), HD_DOCUMENT_MEMBERS);
	if (hd_doc_member(map, key))
		return hd_fail(reader->err, -EINVAL, "line %u: member '%.64s' is given twice",
			       line_of(&event->start_mark), key);
	ret->key = hd_strdup(reader->arena, key);
	return 0;
}

static int take_member(struct hd_doc *map, struct reader *reader, const yaml_event_t *key, unsigned depth)
{
	struct hd_doc value = { .kind = HD_DOC_TEXT };
	yaml_event_t event;
	int rc = take_key(&value, reader, map, key);

	if (rc == 0)
		rc = next_event(&event, reader);
	if (rc < 0)
		return rc;
	rc = take_value(&value, reader, &event, depth);
	yaml_event_delete(&event);
	hd_push(reader->arena, &map->items, &map->n, value);
	return rc;
}

static int take_map(struct hd_doc *ret, struct reader *reader, unsigned depth)
{
	yaml_event_t event;
	bool is_last = false;
	int rc = 0;

	ret->kind = HD_DOC_MAP;
	while (rc == 0 && !is_last) {
		rc = next_event(&event, reader);
		if (rc < 0)
			return rc;
		is_last = event.type == YAML_MAPPING_END_EVENT;
		if (!is_last)
			rc = take_member(ret, reader, &event, depth);
		yaml_event_delete(&event);
	}
	return rc;
}

static int take_value(struct hd_doc *ret, struct reader *reader, const yaml_event_t *event, unsigned depth)
{
	ret->line = line_of(&event->start_mark);
	if (event->type == YAML_ALIAS_EVENT)
		return refuse_event(reader, event, "an alias (*name) is not read here: write the value itself");
	if (depth >= HD_DOCUMENT_DEPTH)
		return hd_fail(reader->err, -EINVAL, "line %u: nested more than %d levels deep", ret->line,
			       HD_DOCUMENT_DEPTH);
	if (reader->n++ >= HD_DOCUMENT_VALUES)
		return hd_fail(reader->err, -EINVAL, "line %u: more than %d values", ret->line,
			       HD_DOCUMENT_VALUES);
	if (event->type == YAML_SEQUENCE_START_EVENT)
		return take_list(ret, reader, YAML_SEQUENCE_END_EVENT, depth + 1);
	if (event->type == YAML_MAPPING_START_EVENT)
		return take_map(ret, reader, depth + 1);
	if (event->type == YAML_SCALAR_EVENT)
		return take_text(ret, reader, event);
	return 0;	/* the start of the stream */
}

int hd_document_yaml(struct hd_doc *ret, struct hd_arena *arena, const char *text, size_t length,
		     struct hd_error *err)
{
	struct reader reader = { .arena = arena, .err = err };
	yaml_event_t event;
	int rc;

	*ret = (struct hd_doc){ .kind = HD_DOC_TEXT };
	if (!yaml_parser_initialize(&reader.parser))
		hd_oom();
	yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text, length);
	rc = next_event(&event, &reader);	/* the start of the stream */
	if (rc == 0) {
		yaml_event_delete(&event);
		rc = take_list(ret, &reader, YAML_STREAM_END_EVENT, 0);
	}
	yaml_parser_delete(&reader.parser);
	return rc;
}

#else

int hd_document_yaml(struct hd_doc *ret, struct hd_arena *arena, const char *text, size_t length,
		     struct hd_error *err)
{
	(void)arena;
	(void)text;
	(void)length;
	*ret = (struct hd_doc){ .kind = HD_DOC_TEXT };
	return hd_fail(err, -ENOTSUP, "YAML cannot be read: hostdevctl was built without libyaml; give it "
		       "JSON (kubectl get -o json)");
}
#endif
