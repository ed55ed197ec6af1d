/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * template.c - one element of libvirt's XML, made of a template and values.
 *
 * The filled tree is complete before its first byte is written.
 */
#include "config.h"

#include <errno.h>
#include <libxml/chvalid.h>
#include <libxml/tree.h>
#include <libxml/xmlstring.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/template.h"
#include "domain/xml.h"
#include "domain/xml_value.h"

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

static FILE *stream_open(char **buf, size_t *size)
{
	FILE *out = open_memstream(buf, size);

	if (!out)
		hd_oom();
	return out;
}

static const char *stream_text(struct hd_arena *arena, FILE *out, char **buf)
{
	if (fclose(out) != 0)
		hd_oom();
	return hd_strdup(arena, *buf);
}

const char *hd_element_text(struct hd_arena *arena, const struct hd_element_node *root)
{
	_cleanup_(hd_freep) char *buf = NULL;
	size_t size = 0;
	FILE *out = stream_open(&buf, &size);

	write_node(out, root, 0);
	return stream_text(arena, out, &buf);
}

#define MAX_NAME 32		/* of a placeholder, as shown in messages */

struct fill {
	struct hd_xml_job job;
	const struct hd_template_value *values;
};

/* The placeholders of one attribute, text or element. */
struct tally {
	unsigned required, given, absent;	/* the last two: of {name?} */
};

/* Every character that XML 1.0 has, but no control character: nothing here needs one. */
static bool is_good_value(const char *value)
{
	size_t left = strlen(value), n;

	for (; left; value += n, left -= n) {
		int c = hd_utf8_next(value, left, &n);

		if (c < 0x20 || (c >= 0x7f && c < 0xa0) || !xmlIsCharQ((unsigned)c))
			return false;
	}
	return true;
}

static const struct hd_template_value *find_value(const struct hd_template_value *values,
						  const char *name, size_t length)
{
	for (; values->name; values++)
		if (strlen(values->name) == length && !strncmp(values->name, name, length))
			return values;
	return NULL;
}

static int check_value(const struct fill *fill, const struct _xmlNode *node,
		       const struct hd_template_value *value, bool is_optional)
{
	if (!value->value && !is_optional)
		return hd_element_bad(&fill->job, node,
				      "{%s} has no value; write {%s?} if it may be "
				      "empty", value->name,
				      value->name);
	if (value->value && !is_good_value(value->value))
		return hd_element_bad(&fill->job, node,
				      "the value of {%s} has a character that XML cannot hold",
				      value->name);
	return 0;
}

/* The placeholder whose name starts at NAME: counted, and its value or "". */
static int look_up(const struct fill *fill, const struct _xmlNode *node, const char *name,
		   size_t length, struct tally *tally, const char **ret)
{
	bool is_optional = length && name[length - 1] == '?';
	const struct hd_template_value *value =
		find_value(fill->values, name, length - (is_optional ? 1 : 0));

	if (!value)
		return hd_element_bad(&fill->job, node, "unknown placeholder {%.*s}",
				      (int)(length < MAX_NAME ? length : MAX_NAME), name);
	if (check_value(fill, node, value, is_optional) < 0)
		return fill->job.err->code;
	tally->required += !is_optional;
	tally->given += is_optional && value->value;
	tally->absent += !value->value;
	*ret = value->value ? value->value : "";
	return 0;
}

/* Writes TEXT with its placeholders replaced. */
static int expand_to(const struct fill *fill, FILE *out, const struct _xmlNode *node,
		     const char *text, struct tally *tally)
{
	for (;;) {
		size_t plain = strcspn(text, "{}");
		const char *value, *end;

		(void)fwrite(text, 1, plain, out);
		text += plain;
		if (!*text)
			return 0;
		if (text[1] == text[0]) {
			(void)fputc(*text, out);
			text += 2;
			continue;
		}
		end = text + 1 + strcspn(text + 1, "{}");
		if (*text == '}' || *end != '}')
			return hd_element_bad(&fill->job, node,
					      "a single '%c'; braces are written {{ and }}",
					      *text);
		if (look_up(fill, node, text + 1, (size_t)(end - text - 1), tally, &value) < 0)
			return fill->job.err->code;
		(void)fputs(value, out);
		text = end + 1;
	}
}

/* Adds to TALLY; *ret is NULL for a text without the value that it may be without. */
static int expand(const struct fill *fill, const struct _xmlNode *node, const char *text,
		  struct tally *tally, const char **ret)
{
	_cleanup_(hd_freep) char *buf = NULL;
	size_t size = 0;
	struct tally own = { 0 };
	FILE *out = stream_open(&buf, &size);
	int rc = expand_to(fill, out, node, text, &own);
	const char *done = stream_text(fill->job.arena, out, &buf);

	if (rc < 0)
		return rc;
	tally->required += own.required;
	tally->given += own.given;
	tally->absent += own.absent;
	*ret = own.absent ? NULL : done;
	return 0;
}

static int fill_attributes(const struct fill *fill, const xmlNode *node, struct tally *tally,
			   struct hd_element_node *ret)
{
	for (const xmlAttr *attr = node->properties; attr; attr = attr->next) {
		_cleanup_(hd_xml_free_text) xmlChar *raw =
			xmlNodeListGetString(attr->doc, attr->children, 1);
		const char *value;
		struct hd_element_attr *own;

		if (attr->ns)
			return hd_element_bad(&fill->job, node, "has a namespace");
		if (!hd_text_is_shown((const char *)attr->name))
			return hd_element_bad(&fill->job, node,
					      "has an attribute whose name cannot be shown");
		if (expand(fill, node, raw ? (const char *)raw : "", tally, &value) < 0)
			return fill->job.err->code;
		if (!value)
			continue;
		own = hd_append(fill->job.arena, &ret->attrs, &ret->n_attrs, sizeof(*own));
		*own = (struct hd_element_attr){ (const char *)attr->name, value };
	}
	return 0;
}

static bool is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

/* Blanks around a text do not count; text beside elements is refused. */
static int fill_text(const struct fill *fill, const xmlNode *node, struct tally *tally,
		     struct hd_element_node *ret)
{
	const char *text;

	if (hd_xml_first(node)) {
		for (const xmlNode *child = node->children; child; child = child->next)
			if (is_text(child) && !xmlIsBlankNode(child))
				return hd_element_bad(&fill->job, node, "text next to elements");
		return 0;
	}
	text = hd_xml_text(fill->job.arena, node);
	return *text ? expand(fill, node, text, tally, &ret->text) : 0;
}

/* No namespace, and nothing below it but elements, texts and comments. */
static int check_node(const struct fill *fill, const xmlNode *node)
{
	if (node->ns || node->nsDef)
		return hd_element_bad(&fill->job, node, "has a namespace");
	if (!hd_text_is_shown((const char *)node->name))
		return hd_element_bad(&fill->job, node, "its name cannot be shown");
	for (const xmlNode *child = node->children; child; child = child->next)
		if (!is_text(child) && child->type != XML_ELEMENT_NODE &&
		    child->type != XML_COMMENT_NODE)
			return hd_element_bad(&fill->job, node,
					      "has something other than elements, text and "
					      "comments");
	return 0;
}

/* Adds to TALLY what is in the element and below it; *ret is NULL if it is left out. */
static int fill_node(const struct fill *fill, const xmlNode *node, struct tally *tally,
		     struct hd_element_node **ret)
{
	struct hd_element_node *own = hd_alloc(fill->job.arena, sizeof(*own));
	struct tally in = { 0 };

	own->name = (const char *)node->name;
	if (check_node(fill, node) < 0 || fill_attributes(fill, node, &in, own) < 0 ||
	    fill_text(fill, node, &in, own) < 0)
		return fill->job.err->code;
	for (const xmlNode *child = hd_xml_first(node); child; child = hd_xml_next(child)) {
		struct hd_element_node *filled;

		if (fill_node(fill, child, &in, &filled) < 0)
			return fill->job.err->code;
		if (filled)
			hd_push(fill->job.arena, &own->children, &own->n_children, filled);
	}
	tally->required += in.required;
	tally->given += in.given;
	tally->absent += in.absent;
	*ret = in.absent && !in.given && !in.required ? NULL : own;
	return 0;
}

static int fill_document(const struct fill *fill, const struct hd_template *template,
			 const char **ret)
{
	_cleanup_(hd_xml_free) struct _xmlDoc *doc = NULL;
	struct hd_error *err = fill->job.err;
	struct tally tally = { 0 };
	const struct _xmlNode *root;
	struct hd_element_node *filled;

	if (template->length > HD_TEMPLATE_MAX)
		return hd_fail(err, -E2BIG, "line 1: has %zu bytes, more than %u", template->length,
			       HD_TEMPLATE_MAX);
	if (hd_xml_read(&doc, template->text, template->length, err) < 0)
		return err->code;
	root = hd_xml_root(doc);
	if (!hd_xml_is(root, template->element))
		return hd_element_bad(&fill->job, root, "the template must be a <%s>",
				      template->element);
	if (fill_node(fill, root, &tally, &filled) < 0)
		return err->code;
	if (!filled)
		return hd_element_bad(&fill->job, root, "none of its placeholders has a value");
	*ret = hd_element_text(fill->job.arena, filled);
	return 0;
}

int hd_template_fill(const char **ret, struct hd_arena *arena,
		     const struct hd_template *template,
		     const struct hd_template_value *values, struct hd_error *err)
{
	const struct fill fill = { .job = { .arena = arena, .err = err }, .values = values };

	if (fill_document(&fill, template, ret) == 0)
		return 0;
	return hd_wrap(err, "%s", template->file);
}
