/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * xml.h - the border to libxml2: nothing else includes it to read a domain.
 *
 * Elements of libvirt are those without a namespace; NULL stands for an
 * element that is not there, and every function takes it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/pciaddr.h"

struct _xmlDoc;
struct _xmlNode;

/* Where text goes that outlives the document, and where the error goes. */
struct hd_xml_job {
	struct hd_arena *arena;
	struct hd_error *err;
};

/* No document is larger. */
#define HD_XML_MAX (32u << 20)

/*
 * Reads a document of LENGTH bytes: no network, no document type (and so no
 * entities), nothing printed.  The caller frees it.  Returns 0, -E2BIG or
 * -EINVAL with the line.
 */
int hd_xml_read(struct _xmlDoc **ret, const char *xml, size_t length,
		struct hd_error *err)
	_nonnull_(1, 2, 4) _must_check_;
void hd_xml_free(struct _xmlDoc **doc) _nonnull_(1);
void hd_xml_free_text(unsigned char **text) _nonnull_(1);	/* of libxml2 */


/* Elements: the document's, a parent's first child, the next sibling, of any name. */
const struct _xmlNode *hd_xml_root(const struct _xmlDoc *doc);
const struct _xmlNode *hd_xml_first(const struct _xmlNode *parent);
const struct _xmlNode *hd_xml_next(const struct _xmlNode *node);

/* The first child of this name without a namespace. */
const struct _xmlNode *hd_xml_child(const struct _xmlNode *parent, const char *name);

bool hd_xml_is(const struct _xmlNode *node, const char *name);
const char *hd_xml_name(const struct _xmlNode *node);
const char *hd_xml_namespace(const struct _xmlNode *node);	/* "" if it has none */

/* From 1; exact below 65535, and as near as libxml2 knows beyond. */
unsigned hd_xml_line(const struct _xmlNode *node);

/* An attribute without a namespace, owned by ARENA, or NULL. */
const char *hd_xml_attr(struct hd_arena *arena, const struct _xmlNode *node,
			const char *name);
bool hd_xml_attr_is(const struct _xmlNode *node, const char *name, const char *value);

/* The name of an attribute that is not in KNOWN (NULL-ended), owned by ARENA, or NULL. */
const char *hd_xml_stray_attr(struct hd_arena *arena, const struct _xmlNode *node,
			      const char *const *known);

/* The whole element as text, owned by ARENA. */
const char *hd_xml_dump(struct hd_arena *arena, const struct _xmlNode *node)
	_nonnull_(1, 2) _returns_nonnull_;

/* An element's text without blanks at its ends, owned by ARENA; NULL without element. */
const char *hd_xml_text(struct hd_arena *arena, const struct _xmlNode *node);
