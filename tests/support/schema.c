/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * schema.c - is this what libvirt's own schema takes?
 *
 * A bare element has no schema of its own, so a small grammar includes
 * domainoverrides.rng and starts at the elements of <devices> that we write.
 */
#include "config.h"

#include <glob.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/schema.h"
#include "tests/support/unit.h"

#define ROOM 2048

static const char grammar[] =
	"<grammar xmlns='http://relaxng.org/ns/structure/1.0' "
	"datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>"
	"<include href='%s/domainoverrides.rng'/>"
	"<start><element name='all'><zeroOrMore><choice><ref name='hostdev'/><ref name='disk'/>"
	"<ref name='serial'/><ref name='interface'/><ref name='controller'/></choice>"
	"</zeroOrMore></element></start></grammar>";

void schema_open(struct schema *ret, const char *pattern)
{
	xmlRelaxNGParserCtxtPtr ctxt;
	char text[ROOM];
	glob_t found;

	ret->grammar = NULL;
	if (glob(pattern, 0, NULL, &found) == 0) {
		(void)snprintf(text, sizeof(text), grammar, found.gl_pathv[0]);
		ctxt = xmlRelaxNGNewMemParserCtxt(text, (int)strlen(text));
		ret->grammar = xmlRelaxNGParse(ctxt);
		xmlRelaxNGFreeParserCtxt(ctxt);
		assert_non_null(ret->grammar);
	}
	globfree(&found);
}

void schema_close(struct schema *schema)
{
	if (schema->grammar)
		xmlRelaxNGFree(schema->grammar);
	schema->grammar = NULL;
}

void schema_check(const struct schema *schema, const char *elements)
{
	xmlRelaxNGValidCtxtPtr valid = xmlRelaxNGNewValidCtxt(schema->grammar);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	xmlDocPtr doc;
	int rc;

	assert_non_null(out);
	(void)fprintf(out, "<all>\n%s</all>\n", elements);
	assert_int_equal(fclose(out), 0);
	doc = xmlReadMemory(text, (int)size, "elements", NULL, XML_PARSE_NONET);
	assert_non_null(doc);
	rc = xmlRelaxNGValidateDoc(valid, doc);
	xmlRelaxNGFreeValidCtxt(valid);
	xmlFreeDoc(doc);
	if (rc)
		print_message("%s", text);
	free(text);
	assert_int_equal(rc, 0);
}
