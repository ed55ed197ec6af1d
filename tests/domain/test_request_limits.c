/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_request_limits.c - text that is too much, not XML, or not UTF-8: an answer, and soon. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "domain/request.h"
#include "domain/xml_bounds.h"
#include "tests/support/domains.h"
#include "tests/support/unit.h"

#define HEAD "<domain><name>t</name><devices>"
#define TAIL "</devices></domain>"
#define MIB (1u << 20)

/* Of the processor: the machine may be busy, and sanitizers and valgrind are slow. */
#define SECONDS_MAX 30
#define HOSTDEVS 10000

struct text {
	char *data;
	size_t length, room;
};

static void put(struct text *text, const char *piece)
{
	size_t n = strlen(piece);

	if (!n)
		return;
	if (text->length + n > text->room) {
		text->room = (text->length + n) * 2;
		text->data = realloc(text->data, text->room);
		assert_non_null(text->data);
	}
	memcpy(text->data + text->length, piece, n);
	text->length += n;
}

/* Answers with 0 or a negative errno, which is then told in words, within a bounded time. */
static int parse(struct hd_arena *arena, const struct text *text, struct hd_request *ret,
		 struct hd_error *err)
{
	clock_t start = clock();
	int rc = hd_request_parse(ret, arena, text->data, text->length, err);

	assert_true((clock() - start) / CLOCKS_PER_SEC < SECONDS_MAX);
	assert_int_equal(rc, err->code);
	return rc;
}

static void ten_thousand_hostdevs(void **state)
{
	struct text text = { 0 };
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };

	put(&text, HEAD);
	for (unsigned i = 0; i < HOSTDEVS; i++)
		put(&text, hd_printf(*state, "<hostdev type='pci' managed='yes'>\n<source><address "
				     "domain='%u' bus='%u' slot='%u'/></source></hostdev>\n",
				     i >> 13, (i >> 5) & 0xff, i & 0x1f));
	put(&text, TAIL);
	assert_int_equal(parse(*state, &text, &request, &err), 0);
	assert_int_equal(request.n_hostdevs, HOSTDEVS);
	for (size_t i = 0; i < HOSTDEVS; i++)
		assert_ptr_equal(hd_request_pci(&request, &request.hostdevs[i].addr),
				 &request.hostdevs[i]);
	assert_int_equal(request.hostdevs[HOSTDEVS - 1].line, 2 * HOSTDEVS - 1);
	free(text.data);
}

/* A line number beyond 65535 is reported as closely as libxml2 knows it. */
static void late_line(void **state)
{
	struct text text = { 0 };
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };

	put(&text, HEAD);
	for (unsigned i = 0; i < 100000; i++)
		put(&text, "\n");
	put(&text, "<hostdev type='pci'>\n<source>\n<address slot='x'/>\n</source></hostdev>" TAIL);
	assert_int_equal(parse(*state, &text, &request, &err), -EINVAL);
	assert_non_null(strstr(err.text, ": <address slot='x'>: not a number"));
	assert_in_range(strtoul(err.text + 5, NULL, 10), 100001, 100005);
	free(text.data);
}

#define LONG "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

struct row {
	const char *name;
	const char *head, *piece, *tail;
	size_t total;			/* of the repeated pieces, in bytes */
	const char *error;		/* a part of it; NULL: it is fine; "": libxml2's choice */
};

static const struct row rows[] = {
	{ "20 MB of elements", HEAD, "<sound model='" LONG LONG "'><alias name='" LONG "'/></sound>\n",
	  TAIL, 20 * MIB, NULL },
	{ "20 MB of one text", HEAD "<x>", "0123456789abcde\n", "</x>" TAIL, 20 * MIB, "" },
	{ "20 MB of one comment", "<!--", "0123456789abcde\n", "-->" HEAD TAIL, 20 * MIB, "" },
	{ "9 MB of one text", HEAD "<x>", "0123456789abcde\n", "</x>" TAIL, 9 * MIB, NULL },
	{ "9 MB of character references", HEAD "<x>", "&#65;", "</x>" TAIL, 9 * MIB, NULL },
	{ "20 MB of CDATA", HEAD "<x>", "<![CDATA[0123456789]]>", "</x>" TAIL, 20 * MIB, NULL },
	{ "20 MB of tiny elements", HEAD, "<a/>", TAIL, 20 * MIB,
	  "line 1: more than 1000000 elements" },
	{ "40 MB", HEAD, "                                ", TAIL, 40 * MIB,
	  "bytes, more than 33554432" },
	{ "attributes without end", HEAD "\n<a", " b='c'", "/>" TAIL, 20 * MIB,
	  "line 2: more than 512 attributes in one element" },
	{ "attributes behind an error", HEAD "\n<a b=\"<a", " b='c'", "/>" TAIL, 20 * MIB,
	  "line 2: more than 512 attributes in one element" },
	{ "namespaces", HEAD, "<a:a xmlns:a='b'/>", TAIL, 1 * MIB,
	  "line 1: more than 256 namespace declarations" },
	{ "deep nesting", HEAD, "<a>", TAIL, 1 * MIB, "line 1: not well-formed XML: " },
	{ "deep images", HEAD "<disk>", "<backingStore>", "</disk>" TAIL, 1 * MIB,
	  "line 1: not well-formed XML: " },
	{ "one name without end", "<", "aaaaaaaaaaaaaaaa", "/>", 20 * MIB,
	  "line 1: not well-formed XML: " },
	{ "one value without end", HEAD "<a b='", "aaaaaaaaaaaaaaaa", "'/>" TAIL, 20 * MIB,
	  "line 1: not well-formed XML: " },
	{ "open brackets", "", "<", "", 1 * MIB, "line 1: " },
	{ "blanks", "", "                ", "", 20 * MIB, "line 1: " },
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct hd_arena arena = { 0 };
	struct text text = { 0 };
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };
	int rc;

	put(&text, row->head);
	while (text.length < row->total)
		put(&text, row->piece);
	put(&text, row->tail);
	rc = parse(&arena, &text, &request, &err);
	if (!row->error || row->error[0])
		assert_int_equal(rc == 0, !row->error);
	if (row->error && rc < 0 && !strstr(err.text, row->error))
		fail_msg("%s", err.text);
	hd_arena_done(&arena);
	free(text.data);
}

static void refused(struct hd_arena *arena, const char *xml, size_t length, const char *error)
{
	struct hd_request request = { 0 };
	struct hd_error err = { 0 };

	assert_int_equal(hd_request_parse(&request, arena, xml, length, &err), -EINVAL);
	if (strcmp(err.text, error) != 0)
		fail_msg("%s", err.text);
}

#define REFUSED(xml, error) refused(*state, xml, sizeof(xml) - 1, error)

static void encodings(void **state)
{
	static const char utf16[] = "\xff\xfe<\0d\0/\0>\0";
	const char *marked = "\xef\xbb\xbf<?xml version='1.0' encoding = \"utf-8\"?><domain/>";
	const char *named = "<domain><name>\xc3\xa4</name></domain>";
	struct hd_request request = { 0 };

	REFUSED("", "the XML is empty");
	REFUSED("hello\n", "it is not XML: it has no '<'");
	REFUSED(utf16, "the XML is not in UTF-8");
	REFUSED("<\0d\0/\0>\0", "the XML is not in UTF-8");
	REFUSED("\x4c\x6f\xa7\x94\x93", "the XML is not in UTF-8");
	REFUSED("<?xml version='1.0' encoding='UTF-16'?><domain/>", "the XML is not in UTF-8");
	REFUSED("<?xml version='1.0' encoding='IBM037'?><domain/>", "the XML is not in UTF-8");
	REFUSED("<?xml version='1.0' encoding=utf-8?><domain/>", "the XML is not in UTF-8");
	REFUSED("<?xml version='1.0'", "the XML is not in UTF-8");
	REFUSED("<domain>\n<name>\xff</name></domain>", "line 2: not well-formed XML: "
		"Input is not proper UTF-8, indicate encoding !");
	domain_parse(*state, marked, strlen(marked), &request);
	domain_parse(*state, named, strlen(named), &request);
	assert_string_equal(request.name, "\xc3\xa4");
}

static void document_types(void **state)
{
	static const char refusal[] = "line 2: <!DOCTYPE>: not allowed (no entities)";

	REFUSED("<?xml version='1.0'?>\n<!DOCTYPE domain>\n<domain/>", refusal);
	REFUSED("\n<!DOCTYPE d [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><d>&c;</d>", refusal);
	REFUSED("\n<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><d>&a;</d>", refusal);
	REFUSED("\n<!DOCTYPE d SYSTEM 'http://127.0.0.1/x'><d/>", refusal);
	REFUSED("\n<!DOCTYPE d [<!ATTLIST disk type CDATA 'nvme'>]><d/>", refusal);
	REFUSED("<domain><name>&unheard;</name></domain>",
		"line 1: not well-formed XML: Entity 'unheard' not defined");
}

/* The parser goes on and finds more, which only confuses. */
static void first_error(void **state)
{
	REFUSED("<domain>\n<name>a</nam>\n</domain>\n</x>", "line 2: not well-formed XML: "
		"Opening and ending tag mismatch: name line 2 and nam");
}

static void truncated(void **state)
{
	size_t length = 0;
	const char *xml = domain_file(*state, "desktop-gpu.xml", &length);
	struct hd_request request;
	struct hd_error err;

	for (size_t n = 0; n + 2 < length; n++) {
		char *exact = malloc(n + 1);

		assert_non_null(exact);
		memcpy(exact, xml, n);
		err = (struct hd_error){ 0 };
		assert_int_equal(hd_request_parse(&request, *state, exact, n, &err), -EINVAL);
		assert_true(err.text[0] != '\0');
		free(exact);
	}
}

/* libxml2 prints to standard error unless another handler is set. */
static void nothing_printed(void **state)
{
	char path[] = "/tmp/hostdevctl-stderr-XXXXXX";
	int saved = dup(STDERR_FILENO), file = mkstemp(path);
	off_t printed;

	assert_true(saved >= 0 && file >= 0);
	assert_true(dup2(file, STDERR_FILENO) >= 0);
	REFUSED("<domain>", "line 1: not well-formed XML: "
		"Premature end of data in tag domain line 1");
	REFUSED("<domain>\xc3</domain>", "line 1: not well-formed XML: "
		"Input is not proper UTF-8, indicate encoding !");
	printed = lseek(file, 0, SEEK_END);
	assert_true(dup2(saved, STDERR_FILENO) >= 0);
	assert_int_equal(close(saved) | close(file) | unlink(path), 0);
	assert_int_equal(printed, 0);
}

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

int main(void)
{
	struct CMUnitTest tests[N_ROWS + 7] = {
		[N_ROWS] = DOMAIN_TEST(ten_thousand_hostdevs),
		[N_ROWS + 1] = DOMAIN_TEST(late_line),
		[N_ROWS + 2] = DOMAIN_TEST(encodings),
		[N_ROWS + 3] = DOMAIN_TEST(document_types),
		[N_ROWS + 4] = DOMAIN_TEST(truncated),
		[N_ROWS + 5] = DOMAIN_TEST(nothing_printed),
		[N_ROWS + 6] = DOMAIN_TEST(first_error),
	};

	for (size_t i = 0; i < N_ROWS; i++)
		tests[i] = (struct CMUnitTest){ .name = rows[i].name, .test_func = run_row,
						.initial_state = (void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
