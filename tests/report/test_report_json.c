/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_report_json.c - the published form of the report: members, types, values. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/report.h"
#include "report/report_json.h"
#include "tests/support/sample.h"
#include "tests/support/unit.h"

static json_t *parsed(const struct hd_report *report)
{
	char *text = sample_print(hd_report_json, report);
	json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(object);
	free(text);
	return object;
}

static void expect_text(json_t *object, const char *key, const char *want)
{
	json_t *value = json_object_get(object, key);

	assert_non_null(value);
	if (want)
		assert_string_equal(json_string_value(value), want);
	else
		assert_true(json_is_null(value));
}

static void findings(void **state)
{
	struct hd_report report = { .title = "guest win11", .findings = &sample_findings };
	json_t *object = parsed(&report), *items, *item, *list;

	(void)state;
	assert_int_equal(json_integer_value(json_object_get(object, "api_level")), 1);
	assert_true(json_is_false(json_object_get(object, "ready")));
	items = json_object_get(object, "findings");
	assert_int_equal(json_array_size(items), sample_findings.n);
	assert_int_equal(json_object_size(object), 3);
	item = json_array_get(items, 2);
	assert_int_equal(json_object_size(item), 10);
	expect_text(item, "id", "storage-free");
	expect_text(item, "scope", "device");
	expect_text(item, "subject", "0000:02:00.0");
	expect_text(item, "severity", "error");
	expect_text(item, "verdict", "fail");
	expect_text(item, "evidence", "nvme0n1 -> nvme0n1p1: mounted on /srv\nand swap");
	expect_text(item, "remedy", "umount /srv");
	list = json_object_get(item, "commands");
	assert_int_equal(json_array_size(list), 2);
	assert_string_equal(json_string_value(json_array_get(list, 1)), "swapoff -a");
	expect_text(item, "allowed_by", NULL);
	expect_text(item, "allow_with", "--allow storage-free=0000:02:00.0");
	expect_text(json_array_get(items, 3), "allowed_by", "metadata");
	item = json_array_get(items, 0);
	expect_text(item, "scope", "host");
	expect_text(item, "verdict", "pass");
	expect_text(item, "evidence", NULL);
	expect_text(item, "remedy", NULL);
	expect_text(json_array_get(items, 1), "verdict", "unknown");
	json_decref(object);
}

static void steps(void **state)
{
	static const char *const notes[] = { "a note" };
	struct hd_report report = { .findings = &sample_good, .plan = &sample_plan,
				    .notes = notes, .n_notes = 1 };
	json_t *object = parsed(&report), *item;

	(void)state;
	assert_true(json_is_true(json_object_get(object, "ready")));
	assert_int_equal(json_array_size(json_object_get(object, "steps")), 3);
	assert_string_equal(json_string_value(json_array_get(json_object_get(object, "notes"), 0)),
			    "a note");
	item = json_array_get(json_object_get(object, "steps"), 1);
	assert_int_equal(json_object_size(item), 8);
	assert_int_equal(json_integer_value(json_object_get(item, "stage")), 1);
	expect_text(item, "knob", "pci-driver");
	expect_text(item, "target", "0000:01:00.0");
	expect_text(item, "from", "nouveau");
	expect_text(item, "to", "vfio-pci:vfio-pci");
	expect_text(item, "why", "requested");
	expect_text(item, "state", "planned");
	expect_text(item, "error", NULL);
	json_decref(object);
}

static void an_error_is_not_ready(void **state)
{
	struct hd_error err = { .code = -EIO, .text = "bad \xff byte" };
	struct hd_report report = { .error = &err };
	json_t *object = parsed(&report);

	(void)state;
	assert_true(json_is_false(json_object_get(object, "ready")));
	assert_int_equal(json_array_size(json_object_get(object, "findings")), 0);
	expect_text(object, "error", "bad ? byte");
	json_decref(object);
}

static void full_disk(void **state)
{
	struct hd_report report = { .findings = &sample_findings };
	FILE *full = fopen("/dev/full", "we");

	(void)state;
	if (!full)
		skip();
	assert_int_equal(setvbuf(full, NULL, _IONBF, 0), 0);
	assert_int_equal(hd_report_json(full, &report), -EIO);
	(void)fclose(full);
}

/* What parses it gets each character; who prints it gets none that a terminal obeys. */
static void what_is_not_shown_is_escaped(void **state)
{
	static const char odd[] = "a\xc2\x9b" "2Jb\xe2\x80\xae" "c\xf3\xa0\x81\x81" "d\xc3\xa4\177";
	const char *const notes[] = { odd, "\x9b\xc3\xa4\xff" };
	struct hd_report report = { .findings = &sample_findings, .notes = notes, .n_notes = 2 };
	char *text = sample_print(hd_report_json, &report);
	json_t *object = parsed(&report), *items = json_object_get(object, "notes");

	(void)state;
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		assert_true(hd_text_is_shown(line));
	assert_string_equal(json_string_value(json_array_get(items, 0)), odd);
	assert_string_equal(json_string_value(json_array_get(items, 1)), "?\xc3\xa4?");
	json_decref(object);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings), cmocka_unit_test(steps),
		cmocka_unit_test(an_error_is_not_ready), cmocka_unit_test(full_disk),
		cmocka_unit_test(what_is_not_shown_is_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
