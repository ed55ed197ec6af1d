/* SPDX-License-Identifier: GPL-2.0-or-later */
/* template_text.c - the text of a filled tree: the one form that it is written in. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/template_tree.h"

#define INDENT 2

/* What is not shown (base/utf8.h) stays what it is for who parses it. */
static void write_escaped(FILE *out, const char *text)
{
	static const struct {
		char c;
		const char *as;
	} marks[] = {
		{ '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" },
		{ '\'', "&apos;" }, { '"', "&quot;" },
	};

	size_t left = strlen(text), n;

	for (; left; text += n, left -= n) {
		int c = hd_utf8_next(text, left, &n);
		size_t i = 0;

		while (i < HD_ARRAY_SIZE(marks) && marks[i].c != c)
			i++;
		if (i < HD_ARRAY_SIZE(marks))
			(void)fputs(marks[i].as, out);
		else if (hd_char_is_shown(c))
			(void)fwrite(text, 1, n, out);
		else
			(void)fprintf(out, "&#x%X;", (unsigned)c);
	}
}

static void write_node(FILE *out, const struct hd_element_node *node, int depth)
{
	if (node->is_comment) {
		(void)fprintf(out, "%*s<!--%s-->\n", depth * INDENT, "", node->text);
		return;
	}
	(void)fprintf(out, "%*s<%s", depth * INDENT, "", node->name);
	for (size_t i = 0; i < node->n_attrs; i++) {
		(void)fprintf(out, " %s='", node->attrs[i].name);
		write_escaped(out, node->attrs[i].value);
		(void)fputc('\'', out);
	}
	if (!node->text && !node->n_children) {
		(void)fputs("/>\n", out);
		return;
	}
	(void)fputs(node->n_children ? ">\n" : ">", out);
	if (node->text)
		write_escaped(out, node->text);
	for (size_t i = 0; i < node->n_children; i++)
		write_node(out, node->children[i], depth + 1);
	(void)fprintf(out, "%*s</%s>\n", node->n_children ? depth * INDENT : 0, "", node->name);
}

const char *hd_element_text(struct hd_arena *arena, const struct hd_element_node *root)
{
	_cleanup_(hd_freep) char *buf = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&buf, &size);

	if (!out)
		hd_oom();
	write_node(out, root, 0);
	if (fclose(out) != 0)
		hd_oom();
	return hd_strdup(arena, buf);
}
