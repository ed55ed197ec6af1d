/* SPDX-License-Identifier: GPL-2.0-or-later */
/* document_json.c - what does a text in JSON say? jansson reads it, and limits its depth itself. */
#include "config.h"

#include <errno.h>
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>

#include "scheduler/document.h"

struct counted {
	struct hd_arena *arena;
	struct hd_error *err;
	size_t n;
};

static int take_value(struct hd_doc *ret, struct counted *all, const json_t *from, unsigned depth);

static void free_json(json_t **value)
{
	json_decref(*value);
}

static const char *text_of(struct hd_arena *arena, const json_t *from)
{
	const char *copy;
	char *dump;

	if (json_is_null(from))
		return NULL;
	if (json_is_string(from))
		return hd_strdup(arena, json_string_value(from));
	dump = json_dumps(from, JSON_ENCODE_ANY);
	if (!dump)
		hd_oom();
	copy = hd_strdup(arena, dump);
	free(dump);
	return copy;
}

static int take_list(struct hd_doc *ret, struct counted *all, const json_t *from, unsigned depth)
{
	const json_t *item;
	size_t i;

	ret->kind = HD_DOC_LIST;
	json_array_foreach(from, i, item) {
		struct hd_doc value = { .kind = HD_DOC_TEXT };
		int rc = take_value(&value, all, item, depth);

		if (rc < 0)
			return rc;
		hd_push(all->arena, &ret->items, &ret->n, value);
	}
	return 0;
}

static int take_map(struct hd_doc *ret, struct counted *all, json_t *from, unsigned depth)
{
	const char *key;
	json_t *item;

	ret->kind = HD_DOC_MAP;
	json_object_foreach(from, key, item) {
		struct hd_doc value = { .key = hd_strdup(all->arena, key) };
		int rc = take_value(&value, all, item, depth);

		if (rc < 0)
			return rc;
		hd_push(all->arena, &ret->items, &ret->n, value);
	}
	return 0;
}

static int take_value(struct hd_doc *ret, struct counted *all, const json_t *from, unsigned depth)
{
	if (depth >= HD_DOCUMENT_DEPTH)
		return hd_fail(all->err, -EINVAL, "nested more than %d levels deep", HD_DOCUMENT_DEPTH);
	if (all->n++ >= HD_DOCUMENT_VALUES)
		return hd_fail(all->err, -EINVAL, "more than %d values", HD_DOCUMENT_VALUES);
	if (json_is_array(from))
		return take_list(ret, all, from, depth + 1);
	if (json_is_object(from))
		return take_map(ret, all, (json_t *)(uintptr_t)from, depth + 1);
	ret->text = text_of(all->arena, from);
	return 0;
}

int hd_document_json(struct hd_doc *ret, struct hd_arena *arena, const char *text, size_t length,
		     struct hd_error *err)
{
	struct counted all = { .arena = arena, .err = err };
	json_error_t why;
	_cleanup_(free_json) json_t *root = json_loadb(text, length,
						     JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);

	*ret = (struct hd_doc){ .kind = HD_DOC_TEXT };
	if (!root)
		return hd_fail(err, -EINVAL, "line %d: not JSON: %s", why.line, why.text);
	return take_value(ret, &all, root, 0);
}
