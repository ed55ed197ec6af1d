/* SPDX-License-Identifier: GPL-2.0-or-later */
/* fuzz_template.c - does any template or value crash, or come out as anything but XML? */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "domain/template.h"
#include "domain/xml.h"
#include "tests/fuzz/fuzz.h"

/*
 * What was written is one element of the right name, by the reader of domains, and commands
 * no terminal.
 */
static void is_element(struct hd_arena *arena, const char *xml)
{
	_cleanup_(hd_xml_free) struct _xmlDoc *doc = NULL;
	struct hd_error err = { 0 };

	must(hd_xml_read(&doc, xml, strlen(xml), &err) == 0);
	must(hd_xml_is(hd_xml_root(doc), "hostdev"));
	for (; *xml; xml += strcspn(xml, "\n") + 1)
		must(hd_text_is_shown(hd_strndup(arena, xml, strcspn(xml, "\n"))));
}

/* The first line is a value, the rest a template. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = memchr(data, '\n', size);
	size_t length = end ? (size_t)(end - data) : 0, start = end ? length + 1 : 0;
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	const char *value = hd_strndup(&arena, (const char *)data, length);
	const struct hd_template_value values[] = {
		{ "v", value }, { "slot", "0x01" }, { "none", NULL }, { NULL, NULL },
	};
	const struct hd_template template = {
		.file = "t", .element = "hostdev", .text = (const char *)data + start,
		.length = size - start,
	};
	const char *xml = NULL, *again = NULL;

	if (hd_template_fill(&xml, &arena, &template, values, &err) == 0) {
		must(hd_template_fill(&again, &arena, &template, values, &err) == 0);
		must(!strcmp(xml, again));
		is_element(&arena, xml);
	} else {
		must(!xml && !strncmp(err.text, "t: ", 3));
	}
	hd_arena_done(&arena);
	return 0;
}
