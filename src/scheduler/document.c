/* SPDX-License-Identifier: GPL-2.0-or-later */
/* document.c - which member of an object has this name? */
#include "config.h"

#include <string.h>

#include "scheduler/document.h"

const struct hd_doc *hd_doc_member(const struct hd_doc *map, const char *key)
{
	for (size_t i = 0; map && map->kind == HD_DOC_MAP && i < map->n; i++)
		if (!strcmp(map->items[i].key, key))
			return &map->items[i];
	return NULL;
}

const char *hd_doc_text(const struct hd_doc *map, const char *key)
{
	const struct hd_doc *member = hd_doc_member(map, key);

	return member && member->kind == HD_DOC_TEXT ? member->text : NULL;
}
