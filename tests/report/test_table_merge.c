/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_table_merge.c - the tables of many hosts become one, in which each row has its host. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/host_answer.h"
#include "report/table_merge.h"
#include "tests/support/unit.h"

static const struct hd_column all[] = {
	{ .title = "ADDRESS" }, { .title = "GROUP", .is_number = true },
	{ .title = "HIDDEN", .json_only = true }, { .title = "DRIVER" },
};
static const struct hd_column few[] = { { .title = "ADDRESS" }, { .title = "DRIVER" } };

/* What TABLE is for its merger; free(3) it. */
static char *part_of(const struct hd_table *table, size_t *ret_length)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, ret_length);

	assert_non_null(out);
	assert_int_equal(hd_table_part(out, table), 0);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void add(struct hd_merged *merged, const char *host, const struct hd_table *table)
{
	size_t length;
	char *text = part_of(table, &length);

	assert_int_equal(hd_merge_add(merged, host, text, length), 0);
	free(text);
}

static void shows(struct hd_merged *merged, const char *wanted)
{
	struct hd_table table = { .key = "x" };
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	assert_non_null(out);
	hd_merge_fill(&table, merged);
	assert_int_equal(hd_table_text(out, &table), 0);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, wanted);
	free(text);
	hd_arena_done(merged->arena);
}

/* The host whose libvirt knows less comes first; one host has nothing. */
static void flat(void **state)
{
	static const char *remote[] = { "02:00.0", NULL };
	static const char *full[] = { "01:00.0", "12", "no", "nvme", "01:00.1", NULL, "no", "e\n\xff" };
	struct hd_arena arena = { 0 };
	struct hd_merged merged = { .arena = &arena };

	(void)state;
	add(&merged, "remote", &(struct hd_table){ .columns = few, .n_columns = 2, .cells = remote,
						   .n_rows = 1 });
	add(&merged, "none", &(struct hd_table){ .columns = all, .n_columns = 4 });
	add(&merged, "full", &(struct hd_table){ .columns = all, .n_columns = 4, .cells = full,
						 .n_rows = 2 });
	shows(&merged, "HOST   ADDRESS GROUP DRIVER\n"
	      "remote 02:00.0     - -\n"
	      "full   01:00.0    12 nvme\n"
	      "full   01:00.1     - e, ?\n");
}

static void tree(void **state)
{
	static const char *cells[] = { "group 1", "", "01:00.0", "nvme" };
	static const size_t parents[] = { 0, 1 };
	const struct hd_table table = { .columns = few, .n_columns = 2, .cells = cells, .n_rows = 2,
					.parents = parents };
	struct hd_arena arena = { 0 };
	struct hd_merged merged = { .arena = &arena };
	struct hd_table got = { .key = "x" };
	static const size_t wanted[] = { 0, 1, 2, 0, 4, 5 };

	(void)state;
	add(&merged, "h1", &table);
	add(&merged, "h2", &table);
	hd_merge_fill(&got, &merged);
	assert_int_equal(got.n_rows, 6);
	assert_string_equal(got.columns[0].title, "ADDRESS");
	assert_memory_equal(got.parents, wanted, sizeof(wanted));
	assert_string_equal(got.cells[0], "h1");
	assert_string_equal(got.cells[6], "h2");
	hd_arena_done(&arena);
}

static void damaged(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_merged merged = { .arena = &arena };
	struct hd_host_answer answer = { .host = NULL };

	(void)state;
	assert_int_equal(hd_merge_add(&merged, "x", "{\"columns\": [", 13), -EINVAL);
	assert_int_equal(merged.n, 0);
	assert_int_equal(hd_host_answer_read(&answer, &arena, "{\"exit\": 0}", 11), -EINVAL);
	assert_int_equal(hd_host_answer_read(&answer, &arena, "\n", 1), -EINVAL);
	hd_arena_done(&arena);
}

/* What a process says of its host arrives as it was: any bytes of the body, and the texts. */
static void carried(void **state)
{
	const struct hd_host_answer said = { .exit = 1, .error = "why\nnot", .notes = "",
					     .has_table = true, .body = "a\0b\n", .length = 4 };
	struct hd_host_answer heard = { .host = "h" };
	struct hd_arena arena = { 0 };
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	(void)state;
	assert_non_null(out);
	assert_int_equal(hd_host_answer_write(out, &said), 0);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(hd_host_answer_read(&heard, &arena, text, length), 0);
	assert_string_equal(heard.host, "h");
	assert_int_equal(heard.exit, 1);
	assert_string_equal(heard.error, "why\nnot");
	assert_null(heard.notes);
	assert_true(heard.has_table);
	assert_int_equal(heard.length, 4);
	assert_memory_equal(heard.body, "a\0b\n", 4);
	free(text);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flat),
		cmocka_unit_test(tree),
		cmocka_unit_test(damaged),
		cmocka_unit_test(carried),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
