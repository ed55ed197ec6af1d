/* SPDX-License-Identifier: GPL-2.0-or-later */
/* template_tree.h - a template's tree once it is filled in, and its text. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"

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
