/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_address_pattern.c - which functions does an address of Nova or Proxmox VE mean? */
#include "config.h"

#include <string.h>

#include "scheduler/address_pattern.h"
#include "tests/support/unit.h"

static const char *const functions[] = {
	"0000:00:0a.0", "0000:0a:00.0", "0000:0a:00.1", "0000:1a:00.0", "0001:0a:00.0", "10000:0a:00.0",
};

/* WANT: the numbers of the functions that it means; "!" and a part of the error. */
static const struct row {
	const char *name, *address, *want;
} rows[] = {
	{ "one", "\"0000:0a:00.1\"", "2" },
	{ "in capitals", "\"0000:0A:00.1\"", "2" },
	{ "anything", "\"*:*:*.*\"", "012345" },
	{ "all functions", "\"0000:0a:00.*\"", "12" },
	{ "without its function", "\"0000:0a:00\"", "12" },
	{ "without its domain", "\":0a:00.0\"", "145" },
	{ "without domain and bus", "\"0a.0\"", "0" },
	{ "empty fields", "\"::00.1\"", "2" },
	{ "blanks", "\" * : 0a : 00 . 1 \"", "2" },
	{ "four parts", "\"0:0:0:0.0\"", "!is not DOMAIN:BUS:SLOT.FUNCTION" },
	{ "two functions", "\"0000:0a:00.0.1\"", "!is not DOMAIN:BUS:SLOT.FUNCTION" },
	{ "a function that none has", "\"0000:0a:00.8\"", "!function '8' of the address" },
	{ "a bus that none has", "\"0000:100:00.0\"", "!bus '100' of the address" },
	{ "no number", "\"0000:0x0a:00.0\"", "!bus '0x0a' of the address" },
	{ "part of an expression", "\"0000:0*:00.0\"", "!bus '0*' of the address" },
	{ "expressions", "{\"domain\": \".*\", \"bus\": \"0a\", \"slot\": \"00\", \"function\": \"[0-1]\"}", "1245" },
	{ "without members", "{}", "012345" },
	{ "from the beginning", "{\"bus\": \"1\"}", "3" },
	{ "of several", "{\"bus\": \"1a|00\"}", "03" },
	{ "and not to the end", "{\"domain\": \"1000\"}", "5" },
	{ "braces", "{\"bus\": \"0{1,250}\"}", "!cannot be judged" },
	{ "a reference back", "{\"bus\": \"(0)\\\\1\"}", "!cannot be judged" },
	{ "Python's own", "{\"bus\": \"(?=0)\"}", "!cannot be judged" },
	{ "not closed", "{\"bus\": \"[0\"}", "!is not a regular expression; name the functions by addresses" },
	{ "too long", "{\"bus\": \"00000000000000000000000000000000000000000000000000000000000000000\"}",
	  "!cannot be judged" },
	{ "repeated", "{\"bus\": \"0+a?|1.*\", \"slot\": \"[0-9]+(a)?\"}", "012345" },
	{ "repeated lists", "{\"bus\": \"[0-9]*a\", \"slot\": \"0+a\"}", "" },
	{ "repeated again and again", "{\"bus\": \"0++++++++++++++++++++++++++++++\"}",
	  "!behind one character or [...] only" },
	{ "repeated twice", "{\"bus\": \".**\"}", "!behind one character or [...] only" },
	{ "a repetition of nothing", "{\"bus\": \"*a\"}", "!behind one character or [...] only" },
	{ "of another alternative", "{\"bus\": \"0|+\"}", "!behind one character or [...] only" },
	{ "loops in loops", "{\"bus\": \"((|0*)*(|0*)*(|0*)*)*((|0*)*(|0*)*(|0*)*)*((|0*)*)*\"}",
	  "!behind one character or [...] only" },
	{ "groups in groups", "{\"bus\": \"((((((0?)+)+)+)+)+)+\"}", "!behind one character or [...] only" },
	{ "a number", "{\"bus\": [1]}", "!bus of the address is not a text" },
	{ "a list", "[]", "!neither a text nor an object" },
};

static void run(void **state)
{
	const struct row *row = *state;
	char got[HD_ARRAY_SIZE(functions) + 1] = "";
	struct hd_address_matcher matcher;
	struct hd_address_pattern pattern;
	struct hd_arena arena = { 0 };
	struct hd_error err = { 0 };
	struct hd_doc value;
	size_t n = 0;
	int rc;

	assert_int_equal(hd_document_json(&value, &arena, row->address, strlen(row->address), &err), 0);
	rc = hd_address_pattern_nova(&pattern, &arena, &value, &err);
	assert_int_equal(rc < 0, *row->want == '!');
	if (rc < 0) {
		if (!strstr(err.text, row->want + 1))
			fail_msg("%s", err.text);
		hd_arena_done(&arena);
		return;
	}
	hd_address_matcher_open(&matcher, &pattern);
	for (size_t i = 0; i < HD_ARRAY_SIZE(functions); i++) {
		struct hd_pci_addr addr;

		assert_true(hd_pci_addr_parse(functions[i], &addr));
		if (hd_address_matches(&matcher, &addr))
			got[n++] = (char)('0' + i);
	}
	hd_address_matcher_close(&matcher);
	assert_string_equal(got, row->want);
	hd_arena_done(&arena);
}

static void paths(void **state)
{
	struct hd_address_pattern pattern;
	struct hd_pci_addr addr;

	(void)state;
	assert_true(hd_address_pattern_path(&pattern, "0000:0a:00.1"));
	assert_true(hd_address_pattern_is_single(&pattern, &addr));
	assert_int_equal(addr.fn, 1);
	assert_true(hd_address_pattern_path(&pattern, "10000:0a:00"));
	assert_false(hd_address_pattern_is_single(&pattern, &addr));
	assert_int_equal(pattern.parts[0].value, 0x10000);
	assert_false(hd_address_pattern_path(&pattern, "0000:0a"));
	assert_false(hd_address_pattern_path(&pattern, "0a:00.1"));
	assert_false(hd_address_pattern_path(&pattern, "0000:0a:00."));
	assert_false(hd_address_pattern_path(&pattern, "*:0a:00"));
	assert_false(hd_address_pattern_path(&pattern, "00000000000000000000000000:0a:00"));
}

/* What Nova takes for one function, whose virtual functions it takes as well. */
static void numbers(void **state)
{
	static const struct {
		const char *address;
		bool is_single;
	} maps[] = {
		{ "{\"domain\": \"0001\", \"bus\": \"0a\", \"slot\": \"1f\", \"function\": \"7\"}", true },
		{ "{\"domain\": \"001\", \"bus\": \"0a\", \"slot\": \"1f\", \"function\": \"7\"}", false },
		{ "{\"domain\": \"0001\", \"bus\": \"0A\", \"slot\": \"1f\", \"function\": \"7\"}", false },
		{ "{\"domain\": \"0001\", \"bus\": \"0a\", \"slot\": \"20\", \"function\": \"7\"}", false },
		{ "{\"domain\": \"0001\", \"bus\": \"0a\", \"slot\": \"1f\", \"function\": \".\"}", false },
		{ "{\"domain\": \"0001\", \"bus\": \"0a\", \"slot\": \"1f\"}", false },
	};
	const struct hd_pci_addr want = { .domain = 1, .bus = 0x0a, .slot = 0x1f, .fn = 7 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(maps); i++) {
		struct hd_address_pattern pattern;
		struct hd_arena arena = { 0 };
		struct hd_error err = { 0 };
		struct hd_pci_addr addr;
		struct hd_doc value;

		assert_int_equal(hd_document_json(&value, &arena, maps[i].address, strlen(maps[i].address), &err), 0);
		assert_int_equal(hd_address_pattern_nova(&pattern, &arena, &value, &err), 0);
		assert_int_equal(hd_address_pattern_is_single(&pattern, &addr), maps[i].is_single);
		if (maps[i].is_single)
			assert_int_equal(hd_pci_addr_compare(&addr, &want), 0);
		hd_arena_done(&arena);
	}
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 2] = { cmocka_unit_test(paths), cmocka_unit_test(numbers) };

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i + 2] = (struct CMUnitTest){ rows[i].name, run, NULL, NULL, (void *)&rows[i] };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
