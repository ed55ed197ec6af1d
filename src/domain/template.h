/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * template.h - one element of libvirt's XML, made of a template and values.
 *
 * A template is an XML document.  In its attribute values and texts {name}
 * stands for a value, {{ and }} for braces:
 *
 *   {name}   must have a value
 *   {name?}  may be without: then the attribute (or text) is left out, and so
 *            is an element all of whose placeholders are of this form and
 *            without value, its own and those of its children
 *
 * A value is put into the tree, never into its text: whatever it holds, it stays
 * one value.  The result is canonical: attributes in the template's order and in
 * single quotes, two blanks per level, no declaration, no comments.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

/* No template is larger. */
#define HD_TEMPLATE_MAX (64u << 10)

struct hd_template {
	const char *file;	/* for messages */
	const char *element;	/* the root that it must have: "hostdev" */
	const char *text;
	size_t length;
};

struct hd_template_value {
	const char *name;
	const char *value;	/* NULL: known, but without value */
};

/*
 * VALUES ends with a NULL name; it lists every placeholder that may occur.  *RET
 * is the element with a newline at its end, owned by ARENA.  Returns 0, or
 * -EINVAL or -E2BIG with "FILE: line N: reason": a document that is broken, has a
 * document type, a processing instruction or a namespace; an unknown placeholder,
 * or one that must have a value and has none; a value that XML cannot hold.
 */
int hd_template_fill(const char **ret, struct hd_arena *arena,
		     const struct hd_template *template,
		     const struct hd_template_value *values, struct hd_error *err)
	_nonnull_(1, 2, 3, 4, 5) _must_check_;

/* A template's tree once it is filled in. */
struct hd_element_attr {
	const char *name, *value;
};

struct hd_element_node {
	const char *name, *text;	/* text is NULL where there are children */
	bool is_comment;		/* TEXT alone, which an XML parser took for one */
	struct hd_element_attr *attrs;
	size_t n_attrs;
	struct hd_element_node **children;
	size_t n_children;
};

/*
 * As XML, canonical (template.h), with a newline at its end; owned by ARENA.  Names and
 * texts are UTF-8 that XML can hold.
 */
const char *hd_element_text(struct hd_arena *arena, const struct hd_element_node *root)
	_nonnull_(1, 2) _returns_nonnull_;
