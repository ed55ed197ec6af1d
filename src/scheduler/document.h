/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * document.h - the objects of Kubernetes, or values of nova.conf, that somebody wrote as JSON or YAML.
 *
 * One tree for both.  Scalars stay the text that was written: what is compared with a device is text,
 * and "046d" must not become a number.  Aliases and merges of YAML are refused, as kubectl never writes
 * them.
 */
#pragma once

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

enum hd_doc_kind {
	HD_DOC_TEXT,
	HD_DOC_LIST,
	HD_DOC_MAP,
};

struct hd_doc {
	enum hd_doc_kind kind;
	unsigned line;			/* where it begins, from 1; 0: unknown (jansson does not say it) */
	const char *key;		/* of a member of a map, else NULL */
	const char *text;		/* of HD_DOC_TEXT; NULL: null */
	struct hd_doc *items;		/* of a list or map, in its order */
	size_t n;
};

/* Deeper, larger and wider ones are refused; kubectl's have some 15 levels. */
#define HD_DOCUMENT_DEPTH 32
#define HD_DOCUMENT_VALUES 100000
#define HD_DOCUMENT_MEMBERS 1024

/*
 * TEXT of LENGTH bytes, which is one value of JSON.  Returns 0, or -EINVAL with ERR, which names line and
 * reason.  What is read belongs to ARENA.
 */
int hd_document_json(struct hd_doc *ret, struct hd_arena *arena, const char *text, size_t length,
		     struct hd_error *err) _nonnull_(1, 2, 3, 5) _must_check_;

/*
 * The documents of YAML in TEXT of LENGTH bytes, as a list.  Returns as hd_document_json(); -ENOTSUP with
 * ERR if this program was built without libyaml.
 */
int hd_document_yaml(struct hd_doc *ret, struct hd_arena *arena, const char *text, size_t length,
		     struct hd_error *err) _nonnull_(1, 2, 3, 5) _must_check_;

/* The member of MAP with this KEY, or NULL: it is not a map, or does not have it. */
const struct hd_doc *hd_doc_member(const struct hd_doc *map, const char *key) _nonnull_(2);

/* The text of the member, or NULL: there is none, or it is not a text. */
const char *hd_doc_text(const struct hd_doc *map, const char *key) _nonnull_(2);
