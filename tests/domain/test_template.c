/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_template.c - templates are filled in as trees, or refused with file and line. */
#include "config.h"

#include <errno.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include "base/text.h"
#include "domain/template.h"
#include "tests/support/unit.h"

#define HEAD "<hostdev type='pci'>\n"
#define TAIL "</hostdev>"

static const struct hd_template_value values[] = {
	{ "slot", "0x01" }, { "bus", "0x00" }, { "boot", NULL }, { "mac", NULL },
	{ "evil", "'/><x a=\"&lt;\">" }, { "bad", "a\x01" }, { "latin", "\xe9" },
	{ "surrogate", "\xed\xa0\x80" }, { "tail", "[x]\xb7\xb5" }, { "long", "\xe0\x9f\xbf" },
	{ "turned", "a\xe2\x80\xae" }, { "blank", "a\nb" }, { "greek", "\xce\xb1" }, { NULL, NULL },
};

static int fill(const char **ret, struct hd_arena *arena, const char *text, struct hd_error *err)
{
	const struct hd_template template = { "t.xml", "hostdev", text, strlen(text) };

	return hd_template_fill(ret, arena, &template, values, err);
}

static const struct row {
	const char *name, *text, *want;
} good[] = {
	{ "values", HEAD "<address slot='{slot}' bus='{bus}'/>" TAIL,
	  HEAD "  <address slot='0x01' bus='0x00'/>\n" TAIL "\n" },
	{ "order and quotes are kept and made one",
	  "<hostdev  type=\"pci\"\n  mode =\"{slot}\" ></hostdev>",
	  "<hostdev type='pci' mode='0x01'/>\n" },
	{ "declaration and comments go", "<?xml version='1.0'?><!-- {nope} --><hostdev><!--x-->"
	  "<a/></hostdev>", "<hostdev>\n  <a/>\n</hostdev>\n" },
	{ "an attribute goes", HEAD "<a b='1' c='{boot?}'/><d e='{slot}' f='{mac?}'/>" TAIL,
	  HEAD "  <d e='0x01'/>\n" TAIL "\n" },
	{ "an element goes with all below it",
	  HEAD "<vlan><tag id='{mac?}' x='{boot?}'/></vlan><a b='{bus}'/>" TAIL,
	  HEAD "  <a b='0x00'/>\n" TAIL "\n" },
	{ "one value keeps it", HEAD "<vlan y='1'><tag id='{mac?}'/><tag id='{slot?}'/></vlan>" TAIL,
	  HEAD "  <vlan y='1'>\n    <tag id='0x01'/>\n  </vlan>\n" TAIL "\n" },
	{ "a required one keeps it", HEAD "<a b='{mac?}'><c d='{slot}'/></a>" TAIL,
	  HEAD "  <a>\n    <c d='0x01'/>\n  </a>\n" TAIL "\n" },
	{ "text", HEAD "<a>\n  {slot}:{bus} &amp; <![CDATA[<]]>\n</a>" TAIL,
	  HEAD "  <a>0x01:0x00 &amp; &lt;</a>\n" TAIL "\n" },
	{ "text goes", HEAD "<a b='{slot?}'>{mac?}</a><c>{mac?}</c>" TAIL,
	  HEAD "  <a b='0x01'/>\n" TAIL "\n" },
	{ "braces", HEAD "<a b='{{{slot}}}{{'/>" TAIL, HEAD "  <a b='{0x01}{'/>\n" TAIL "\n" },
	{ "a value is not markup", HEAD "<a b='{evil}'>{evil}</a>" TAIL,
	  HEAD "  <a b='&apos;/&gt;&lt;x a=&quot;&amp;lt;&quot;&gt;'>&apos;/&gt;&lt;x "
	  "a=&quot;&amp;lt;&quot;&gt;</a>\n" TAIL "\n" },
	{ "a value is not expanded again", HEAD "<a b='{greek}{{slot}}'/>" TAIL,
	  HEAD "  <a b='\xce\xb1{slot}'/>\n" TAIL "\n" },
	{ "what turns a line around is escaped", HEAD "<a b='{turned}'/>" TAIL,
	  HEAD "  <a b='a&#x202E;'/>\n" TAIL "\n" },
}, bad[] = {
	{ "unknown", HEAD "\n<a b='{nope}'/>" TAIL, "t.xml: line 3: <a>: unknown placeholder {nope}" },
	{ "unknown and optional", HEAD "<a b='{nope?}'/>" TAIL,
	  "t.xml: line 2: <a>: unknown placeholder {nope?}" },
	{ "empty", HEAD "<a b='{}'/>" TAIL, "t.xml: line 2: <a>: unknown placeholder {}" },
	{ "unknown below what is left out", HEAD "<a b='{mac?}'><c d='{nope?}'/></a>" TAIL,
	  "t.xml: line 2: <c>: unknown placeholder {nope?}" },
	{ "without value", HEAD "<a b='{mac}'/>" TAIL,
	  "t.xml: line 2: <a>: {mac} has no value; write {mac?} if it may be empty" },
	{ "open brace", HEAD "<a b='{slot'/>" TAIL,
	  "t.xml: line 2: <a>: a single '{'; braces are written {{ and }}" },
	{ "brace in a name", HEAD "<a b='{sl{ot}'/>" TAIL,
	  "t.xml: line 2: <a>: a single '{'; braces are written {{ and }}" },
	{ "close brace", HEAD "<a>slot}</a>" TAIL,
	  "t.xml: line 2: <a>: a single '}'; braces are written {{ and }}" },
	{ "control character", HEAD "<a b='{bad}'/>" TAIL,
	  "t.xml: line 2: <a>: the value of {bad} has a character that XML cannot hold" },
	{ "newline", HEAD "<a b='{blank}'/>" TAIL,
	  "t.xml: line 2: <a>: the value of {blank} has a character that XML cannot hold" },
	{ "no UTF-8", HEAD "<a b='{latin}'/>" TAIL,
	  "t.xml: line 2: <a>: the value of {latin} has a character that XML cannot hold" },
	{ "surrogate", HEAD "<a b='{surrogate}'/>" TAIL,
	  "t.xml: line 2: <a>: the value of {surrogate} has a character that XML cannot hold" },
	{ "no UTF-8, two bytes", HEAD "<a b='{tail}'/>" TAIL,
	  "t.xml: line 2: <a>: the value of {tail} has a character that XML cannot hold" },
	{ "no UTF-8, too long a form", HEAD "<a b='{long}'/>" TAIL,
	  "t.xml: line 2: <a>: the value of {long} has a character that XML cannot hold" },
	{ "another element", "<disk/>", "t.xml: line 1: <disk>: the template must be a <hostdev>" },
	{ "nothing is left", "<hostdev a='{mac?}'><b/></hostdev>",
	  "t.xml: line 1: <hostdev>: none of its placeholders has a value" },
	{ "text next to elements", HEAD "<a>x<b/></a>" TAIL,
	  "t.xml: line 2: <a>: text next to elements" },
	{ "a name that cannot be shown", HEAD "<a\xe2\x80\x8d/>" TAIL,
	  "t.xml: line 2: <a?>: its name cannot be shown" },
	{ "an attribute's", HEAD "<a b\xef\xbb\xbf='1'/>" TAIL,
	  "t.xml: line 2: <a>: has an attribute whose name cannot be shown" },
	{ "namespace", HEAD "<a xmlns='urn:x'/>" TAIL, "t.xml: line 2: <a>: has a namespace" },
	{ "namespace of an attribute", HEAD "<a xml:id='x'/>" TAIL,
	  "t.xml: line 2: <a>: has a namespace" },
	{ "processing instruction", HEAD "<a><?php x?></a>" TAIL,
	  "t.xml: line 2: <a>: has something other than elements, text and comments" },
	{ "broken", HEAD "<a>\n</b>" TAIL, "t.xml: line 3: not well-formed XML: " },
	{ "cut", HEAD "<a", "t.xml: line 2: not well-formed XML: " },
	{ "twice", HEAD "<a b='1' b='2'/>" TAIL, "t.xml: line 2: not well-formed XML: " },
	{ "nothing", "", "t.xml: " },
	{ "entity bomb", "<?xml version='1.0'?>\n<!DOCTYPE lolz [\n<!ENTITY lol 'lol'>\n"
	  "<!ENTITY lol2 '&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;'>\n]>\n"
	  "<hostdev>&lol2;</hostdev>", "t.xml: line 2: <!DOCTYPE>: not allowed (no entities)" },
	{ "entity of a file", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>\n"
	  "<hostdev>&e;</hostdev>", "t.xml: line 1: <!DOCTYPE>: not allowed (no entities)" },
	{ "unknown entity", HEAD "<a>&lol;</a>" TAIL, "t.xml: line 2: not well-formed XML: " },
};

static void fills(void **state)
{
	const struct row *row = *state;
	struct hd_error err = { 0 };
	struct hd_arena arena = { 0 };
	const char *xml = NULL, *again = NULL;

	if (fill(&xml, &arena, row->text, &err) < 0)
		fail_msg("%s", err.text);
	assert_string_equal(xml, row->want);
	assert_int_equal(fill(&again, &arena, row->text, &err), 0);
	assert_string_equal(xml, again);
	hd_arena_done(&arena);
}

static void refuses(void **state)
{
	const struct row *row = *state;
	struct hd_error err = { 0 };
	struct hd_arena arena = { 0 };
	const char *xml = NULL;

	assert_true(fill(&xml, &arena, row->text, &err) < 0);
	assert_null(xml);
	if (!hd_text_starts_with(err.text, row->want))
		fail_msg("%s\nnot: %s", err.text, row->want);
	hd_arena_done(&arena);
}

static void size_is_bounded(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	const char *xml = NULL;
	char *text = hd_alloc(&arena, HD_TEMPLATE_MAX + 2);

	(void)state;
	memset(text, ' ', HD_TEMPLATE_MAX + 1);
	memcpy(text, "<hostdev/>", 10);
	assert_int_equal(fill(&xml, &arena, text, &err), -E2BIG);
	assert_string_equal(err.text, "t.xml: line 1: has 65537 bytes, more than 65536");
	text[HD_TEMPLATE_MAX] = '\0';
	assert_int_equal(fill(&xml, &arena, text, &err), 0);
	hd_arena_done(&arena);
}

/* Whatever a value is, the parsed result has the same nodes, and the value is in its place. */
static void any_value_stays_one(void **state)
{
	static const char text[] = "<hostdev><a b='x{v}y'/><c>x{v}y</c></hostdev>";
	const struct hd_template template = { "t.xml", "hostdev", text, sizeof(text) - 1 };

	(void)state;
	for (unsigned c = 1; c < 0x300; c++) {
		char v[] = { (char)(c < 0x80 ? c : 0xc0 | c >> 6),
			     (char)(c < 0x80 ? '<' : 0x80 | (c & 0x3f)), '&', '\0' };
		const struct hd_template_value one[] = { { "v", v }, { NULL, NULL } };
		struct hd_arena arena = { 0 };
		struct hd_error err = { 0 };
		const char *xml = NULL, *want = hd_printf(&arena, "x%sy", v);
		int rc = hd_template_fill(&xml, &arena, &template, one, &err);
		xmlDocPtr doc;
		xmlChar *got;

		assert_true(rc < 0 ? c < 0x20 || (c >= 0x7f && c < 0xa0) : c >= 0x20);
		if (rc == 0) {
			doc = xmlReadMemory(xml, (int)strlen(xml), NULL, NULL, XML_PARSE_NOBLANKS);
			assert_non_null(doc);
			got = xmlGetProp(xmlDocGetRootElement(doc)->children, BAD_CAST "b");
			assert_string_equal((const char *)got, want);
			xmlFree(got);
			got = xmlNodeGetContent(xmlDocGetRootElement(doc)->children->next);
			assert_string_equal((const char *)got, want);
			xmlFree(got);
			assert_null(xmlDocGetRootElement(doc)->children->next->next);
			xmlFreeDoc(doc);
		}
		hd_arena_done(&arena);
	}
}

#define N_ROWS (HD_ARRAY_SIZE(good) + HD_ARRAY_SIZE(bad))

int main(void)
{
	struct CMUnitTest rows[N_ROWS + 2] = {
		cmocka_unit_test(size_is_bounded), cmocka_unit_test(any_value_stays_one),
	};

	for (size_t i = 0; i < N_ROWS; i++) {
		bool is_good = i < HD_ARRAY_SIZE(good);
		const struct row *row = is_good ? &good[i] : &bad[i - HD_ARRAY_SIZE(good)];

		rows[i + 2] = (struct CMUnitTest){
			.name = row->name,
			.test_func = is_good ? fills : refuses,
			.initial_state = (void *)(uintptr_t)row,
		};
	}
	return cmocka_run_group_tests(rows, NULL, NULL);
}
