/* SPDX-License-Identifier: GPL-2.0-or-later */
/* xml.c - the border to libxml2: documents, elements, and its errors as ours. */
#include "config.h"

#include <errno.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <stdint.h>
#include <string.h>

#include "domain/xml.h"
#include "domain/xml_bounds.h"

#define BLANKS " \t\r\n"
/* The encoding was looked at before; libxml2 need not guess another. */
#define OPTIONS (XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_IGNORE_ENC | \
		 XML_PARSE_COMPACT)

#if LIBXML_VERSION >= 21200
#define CONST_ERROR const xmlError
#else
#define CONST_ERROR xmlError
#endif

static void free_context(xmlParserCtxtPtr *ctxt)
{
	xmlFreeParserCtxt(*ctxt);
}

static void free_buffer(xmlBufferPtr *buffer)
{
	xmlBufferFree(*buffer);
}

void hd_xml_free_text(xmlChar **text)
{
	if (*text)
		xmlFree(*text);
}

/* Neither takes anything away from the tree: libvirt reads such a domain too. */
static bool is_harmless(CONST_ERROR *error)
{
	return error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE ||
	       error->domain == XML_FROM_VALID;
}

/* The first error counts: those after it come from the parser's confusion. */
static void note_error(void *data, CONST_ERROR *error)
{
	struct hd_error *err = data;
	const char *text = error->message ? error->message : "unknown error";
	size_t length = strcspn(text, "\n");

	if (err->code || is_harmless(error))
		return;
	(void)hd_fail(err, -EINVAL, "line %d: not well-formed XML: %.*s", error->line,
		      (int)(length < 300 ? length : 300), text);
}

static void refuse_doctype(void *data, const xmlChar *name, const xmlChar *external,
			   const xmlChar *system)
{
	xmlParserCtxtPtr ctxt = data;
	struct hd_error *err = ctxt->_private;

	(void)name;
	(void)external;
	(void)system;
	if (!err->code)
		(void)hd_fail(err, -EINVAL,
			      "line %d: <!DOCTYPE>: not allowed (no entities)",
			      ctxt->input ? ctxt->input->line : 1);
	xmlStopParser(ctxt);
}

static xmlDocPtr parse(const char *xml, int length, struct hd_error *err)
{
	_cleanup_(free_context) xmlParserCtxtPtr ctxt = xmlNewParserCtxt();
	xmlStructuredErrorFunc handler = xmlStructuredError;
	void *context = xmlStructuredErrorContext;
	xmlDocPtr doc;

	if (!ctxt)
		hd_oom();
	ctxt->_private = err;
	ctxt->sax->internalSubset = refuse_doctype;
	xmlSetStructuredErrorFunc(err, note_error);
	doc = xmlCtxtReadMemory(ctxt, xml, length, NULL, NULL, OPTIONS);
	xmlSetStructuredErrorFunc(context, handler);
	return doc;
}

int hd_xml_read(struct _xmlDoc **ret, const char *xml, size_t length,
		struct hd_error *err)
{
	_cleanup_(hd_xml_free) xmlDocPtr doc = NULL;
	struct hd_error problem = { 0 };
	int rc;

	if (length > HD_XML_MAX)
		return hd_fail(err, -E2BIG, "the XML has %zu bytes, more than %u", length,
			       HD_XML_MAX);
	rc = hd_plain_check(xml, length, err);
	if (rc < 0)
		return rc;
	doc = parse(xml, (int)length, &problem);
	if (problem.code)
		return hd_fail(err, problem.code, "%s", problem.text);
	if (!doc || !xmlDocGetRootElement(doc))
		return hd_fail(err, -EINVAL, "the XML has no element");
	*ret = doc;
	doc = NULL;
	return 0;
}

void hd_xml_free(struct _xmlDoc **doc)
{
	if (*doc)
		xmlFreeDoc(*doc);
}

static const xmlNode *element_from(const xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}

const struct _xmlNode *hd_xml_root(const struct _xmlDoc *doc)
{
	return xmlDocGetRootElement(doc);
}

const struct _xmlNode *hd_xml_first(const struct _xmlNode *parent)
{
	return parent ? element_from(parent->children) : NULL;
}

const struct _xmlNode *hd_xml_next(const struct _xmlNode *node)
{
	return node ? element_from(node->next) : NULL;
}

bool hd_xml_is(const struct _xmlNode *node, const char *name)
{
	return node && !node->ns && !strcmp((const char *)node->name, name);
}

const struct _xmlNode *hd_xml_child(const struct _xmlNode *parent, const char *name)
{
	const struct _xmlNode *node = hd_xml_first(parent);

	while (node && !hd_xml_is(node, name))
		node = hd_xml_next(node);
	return node;
}

const char *hd_xml_name(const struct _xmlNode *node)
{
	return node ? (const char *)node->name : "";
}

const char *hd_xml_namespace(const struct _xmlNode *node)
{
	return node && node->ns && node->ns->href ? (const char *)node->ns->href : "";
}

unsigned hd_xml_line(const struct _xmlNode *node)
{
	long line = node ? xmlGetLineNo(node) : 0;

	return line > 0 ? (unsigned)line : 0;
}

const char *hd_xml_attr(struct hd_arena *arena, const struct _xmlNode *node,
			const char *name)
{
	_cleanup_(hd_xml_free_text) xmlChar *value = NULL;

	if (node)
		value = xmlGetNoNsProp(node, (const xmlChar *)name);
	return value ? hd_strdup(arena, (const char *)value) : NULL;
}

bool hd_xml_attr_is(const struct _xmlNode *node, const char *name, const char *value)
{
	_cleanup_(hd_xml_free_text) xmlChar *found = NULL;

	if (node)
		found = xmlGetNoNsProp(node, (const xmlChar *)name);
	return found && !strcmp((const char *)found, value);
}

static bool is_in(const char *const *names, const char *name)
{
	for (; *names; names++)
		if (!strcmp(*names, name))
			return true;
	return false;
}

const char *hd_xml_stray_attr(struct hd_arena *arena, const struct _xmlNode *node,
			      const char *const *known)
{
	const xmlAttr *attr = node ? node->properties : NULL;

	for (; attr; attr = attr->next)
		if (attr->ns || !is_in(known, (const char *)attr->name))
			return hd_strdup(arena, (const char *)attr->name);
	return NULL;
}

const char *hd_xml_text(struct hd_arena *arena, const struct _xmlNode *node)
{
	_cleanup_(hd_xml_free_text) xmlChar *content = NULL;
	const char *text;
	size_t length;

	if (!node)
		return NULL;
	content = xmlNodeGetContent(node);
	if (!content)
		hd_oom();
	text = (const char *)content + strspn((const char *)content, BLANKS);
	length = strlen(text);
	while (length && strchr(BLANKS, text[length - 1]))
		length--;
	return hd_strndup(arena, text, length);
}

const char *hd_xml_dump(struct hd_arena *arena, const struct _xmlNode *node)
{
	_cleanup_(free_buffer) xmlBufferPtr buffer = xmlBufferCreate();

	/* It wants the node without const, and changes nothing. */
	if (!buffer || xmlNodeDump(buffer, node->doc, (xmlNode *)(uintptr_t)node, 0, 0) < 0)
		hd_oom();
	return hd_strdup(arena, (const char *)xmlBufferContent(buffer));
}
