/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_lines.c - large files line by line, in a fixed buffer. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/lines.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

struct seen {
	size_t n, bytes, longest;
	const char *stop_at;
	char last[32];
};

static bool each(void *data, const char *line)
{
	struct seen *seen = data;
	size_t length = strlen(line);

	seen->n++;
	seen->bytes += length;
	seen->longest = length > seen->longest ? length : seen->longest;
	(void)snprintf(seen->last, sizeof(seen->last), "%s", line);
	return !seen->stop_at || strcmp(line, seen->stop_at) != 0;
}

static void lines(void **state)
{
	struct fake_host host;
	struct seen seen = { 0 };

	(void)state;
	fake_host_make(&host);
	fake_file(&host, "f", "a\n\nbc\nlast");
	assert_int_equal(hd_lines_scan(&host.root, each, &seen, "f"), 0);
	assert_int_equal(seen.n, 4);
	assert_int_equal(seen.bytes, 7);
	assert_string_equal(seen.last, "last");
	seen = (struct seen){ .stop_at = "bc" };
	assert_int_equal(hd_lines_scan(&host.root, each, &seen, "f"), 0);
	assert_int_equal(seen.n, 3);
	assert_int_equal(hd_lines_scan(&host.root, each, &seen, "none"), -ENOENT);
	fake_host_remove(&host);
}

/* Lines of many lengths, so that each possible place of a buffer's end is met. */
static void across_reads(void **state)
{
	struct fake_host host;
	struct seen seen = { 0 };
	size_t size = 0, want = 0;
	char *text;

	(void)state;
	fake_host_make(&host);
	text = hd_alloc(&host.arena, 1 << 20);
	for (size_t i = 0; i < 1400; i++) {
		memset(text + size, 'x', i);
		size += i;
		want += i;
		text[size++] = '\n';
	}
	fake_bytes(&host, "f", text, size);
	assert_int_equal(hd_lines_scan(&host.root, each, &seen, "f"), 0);
	assert_int_equal(seen.n, 1400);
	assert_int_equal(seen.bytes, want);
	assert_int_equal(seen.longest, 1399);
	fake_host_remove(&host);
}

static void long_lines_are_cut(void **state)
{
	struct fake_host host;
	struct seen seen = { 0 };
	char *text;

	(void)state;
	fake_host_make(&host);
	text = hd_alloc(&host.arena, 400001);
	memset(text, 'x', 400000);
	memcpy(text + 300000, "\nafter\n", 7);
	fake_file(&host, "f", text);
	seen.stop_at = "after";
	assert_int_equal(hd_lines_scan(&host.root, each, &seen, "f"), 0);
	assert_int_equal(seen.n, 2);
	assert_true(seen.longest >= HD_LINES_MAX_LINE && seen.longest < 300000);
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(across_reads),
		cmocka_unit_test(long_lines_are_cut),
	};

	return cmocka_run_group_tests_name("lines", tests, NULL, NULL);
}
