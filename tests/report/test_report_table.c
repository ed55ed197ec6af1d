/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_report_table.c - rows as a table and as JSON. */
#include "config.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "report/report_json.h"
#include "report/table.h"
#include "tests/support/unit.h"

static const struct hd_column columns[] = {
	{ .title = "ADDRESS", .key = "address" },
	{ .title = "GROUP", .key = "group", .is_number = true },
	{ .title = "NAME", .key = "name", .may_cut = true },
};

static void fill(struct hd_table *table, struct hd_arena *arena, size_t n)
{
	*table = (struct hd_table){ .key = "devices", .columns = columns,
				    .n_columns = HD_ARRAY_SIZE(columns) };
	for (size_t i = 0; i < n; i++) {
		const char **row = hd_table_row(table, arena);

		row[0] = hd_printf(arena, "0000:%02zx:00.0", i);
		row[1] = i ? hd_printf(arena, "%zu", i) : NULL;
		row[2] = "a name\n";
	}
}

static char *printed(int (*print)(FILE *out, const struct hd_table *table),
		     const struct hd_table *table)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_int_equal(print(out, table), 0);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void text(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_table table;
	char *got;

	(void)state;
	fill(&table, &arena, 12);
	got = printed(hd_table_text, &table);
	assert_non_null(strstr(got, "ADDRESS      GROUP NAME\n"));
	assert_non_null(strstr(got, "0000:00:00.0     - a name"));
	assert_non_null(strstr(got, "0000:0b:00.0    11 a name"));
	free(got);
	hd_arena_done(&arena);
}

static void json(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_table table;
	json_t *object, *rows;
	char *got;

	(void)state;
	fill(&table, &arena, 12);
	got = printed(hd_table_json, &table);
	object = json_loads(got, JSON_REJECT_DUPLICATES, NULL);
	assert_int_equal(json_integer_value(json_object_get(object, "api_level")), 1);
	rows = json_object_get(object, "devices");
	assert_int_equal(json_array_size(rows), 12);
	assert_true(json_is_null(json_object_get(json_array_get(rows, 0), "group")));
	assert_int_equal(json_integer_value(json_object_get(json_array_get(rows, 11), "group")),
			 11);
	assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 11),
							      "address")), "0000:0b:00.0");
	json_decref(object);
	free(got);
	hd_arena_done(&arena);
}

static void empty(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_table table;
	json_t *object;
	char *got;

	(void)state;
	fill(&table, &arena, 0);
	got = printed(hd_table_json, &table);
	object = json_loads(got, 0, NULL);
	assert_true(json_is_array(json_object_get(object, "devices")));
	json_decref(object);
	free(got);
	free(printed(hd_table_text, &table));
}

static const struct hd_column tree_columns[] = {
	{ .title = "ADDRESS", .key = "address" },
	{ .title = "USED BY", .key = "used_by", .is_list = true },
};

/* a, of which b and d hang, of b c; e */
static struct hd_table tree(struct hd_arena *arena)
{
	static const size_t parents[] = { 0, 1, 2, 1, 0 };
	static const char *const names[] = { "a", "b", "c", "d \"\\\xc3\xa4\xff", "e" };
	static const char *const notes[] = { "one", "two" };
	struct hd_table table = {
		.key = "devices", .columns = tree_columns, .n_columns = 2, .parents = parents,
		.notes = notes, .n_notes = 2,
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++) {
		const char **row = hd_table_row(&table, arena);

		row[0] = names[i];
		row[1] = i == 1 ? "x\ny" : NULL;
	}
	return table;
}

static void tree_as_text(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_table table = tree(&arena);
	char *got = printed(hd_table_text, &table);

	(void)state;
	assert_non_null(strstr(got, "|-b"));
	assert_non_null(strstr(got, "| `-c"));
	assert_non_null(strstr(got, "x, y"));
	assert_non_null(strstr(got, "note: one\nnote: two\n"));
	free(got);
	hd_arena_done(&arena);
}

static void tree_as_json(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_table table = tree(&arena);
	char *got = printed(hd_table_json, &table), *compact;
	json_t *object = json_loads(got, 0, NULL);

	(void)state;
	compact = json_dumps(object, JSON_COMPACT | JSON_ENSURE_ASCII);
	assert_string_equal(compact,
		"{\"api_level\":1,\"devices\":[{\"address\":\"a\",\"used_by\":[],\"children\":["
		"{\"address\":\"b\",\"used_by\":[\"x\",\"y\"],\"children\":["
		"{\"address\":\"c\",\"used_by\":[]}]},"
		"{\"address\":\"d \\\"\\\\\\u00E4?\",\"used_by\":[]}]},"
		"{\"address\":\"e\",\"used_by\":[]}],\"notes\":[\"one\",\"two\"]}");
	free(compact);
	json_decref(object);
	free(got);
	hd_arena_done(&arena);
}

static void deep_tree(void **state)
{
	struct hd_arena arena = { 0 };
	size_t parents[40];
	struct hd_table table = { .key = "devices", .columns = tree_columns, .n_columns = 2,
				  .parents = parents };
	json_t *object, *rows;
	size_t depth = 0;
	char *got;

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(parents); i++) {
		parents[i] = i;
		hd_table_row(&table, &arena);
	}
	got = printed(hd_table_json, &table);
	object = json_loads(got, 0, NULL);
	for (rows = json_object_get(object, "devices"); json_array_size(rows) == 1; depth++)
		rows = json_object_get(json_array_get(rows, 0), "children");
	assert_int_equal(depth, HD_ARRAY_SIZE(parents));
	json_decref(object);
	free(got);
	hd_arena_done(&arena);
}

static const struct hd_column wide_columns[] = {
	{ .title = "ADDRESS", .key = "address" },
	{ .title = "NAME", .key = "name", .may_cut = true },
	{ .title = "GROUP", .key = "group", .is_number = true, .rank = 1 },
	{ .title = "RESET", .key = "reset", .rank = 3 },
	{ .title = "USED BY", .key = "used_by", .may_cut = true, .is_list = true, .rank = 2 },
	{ .title = "VERDICT", .key = "verdict", .may_wrap = true },
};
#define LONG_VERDICT "needs vf-parent-up, iommu-group-exclusive"

static const struct {
	int width;
	bool is_chosen;
	const char *want;
} fits[] = {
	{ 0, false,
	  "ADDRESS      NAME                                GROUP USED BY             VERDICT\n"
	  "0000:01:00.0 Intel I350 Gigabit Network Connecti    20 /srv: mounted, swap "
	  LONG_VERDICT "\n"
	  "0000:02:00.0 short                                   - -                   ready\n" },
	{ 80, false,
	  "ADDRESS      NAME             GROUP USED BY  VERDICT\n"
	  "0000:01:00.0 Intel I350 Giga…    20 /srv: m… needs vf-parent-up,\n"
	  "                                             iommu-group-exclusive\n"
	  "0000:02:00.0 short                - -        ready\n" },
	{ 60, false,
	  "ADDRESS      NAME             GROUP VERDICT\n"
	  "0000:01:00.0 Intel I350 Giga…    20 needs vf-parent-up,\n"
	  "                                    iommu-group-exclusive\n"
	  "0000:02:00.0 short                - ready\n"
	  "note: no room for used_by; --output shows them\n" },
	{ 60, true,
	  "ADDRESS      NAME         GROUP RESET USED BY  VERDICT\n"
	  "0000:01:00.0 Intel I350 …    20 -     /srv: m… needs vf-parent-up,\n"
	  "                                               iommu-group-exclusive\n"
	  "0000:02:00.0 short            - -     -        ready\n" },
};

static void fits_a_terminal(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_table table = { .key = "devices", .columns = wide_columns,
				  .n_columns = HD_ARRAY_SIZE(wide_columns) };
	const char **row;

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	row = hd_table_row(&table, &arena);
	row[0] = "0000:01:00.0";
	row[1] = "Intel I350 Gigabit Network Connecti";
	row[2] = "20";
	row[4] = "/srv: mounted\nswap";
	row[5] = LONG_VERDICT;
	row = hd_table_row(&table, &arena);
	row[0] = "0000:02:00.0";
	row[1] = "short";
	row[5] = "ready";
	for (size_t i = 0; i < HD_ARRAY_SIZE(fits); i++) {
		char *got;

		table.width = fits[i].width;
		table.is_chosen = fits[i].is_chosen;
		got = printed(hd_table_text, &table);
		assert_string_equal(got, fits[i].want);
		free(got);
	}
	assert_non_null(setlocale(LC_CTYPE, "C"));
	hd_arena_done(&arena);
}

/* One mediated device must not take the room of all that others have. */
static void breaks_a_uuid(void **state)
{
	static const struct hd_column uuid_columns[] = {
		{ .title = "ADDRESS", .key = "address", .may_break = true },
		{ .title = "NAME", .key = "name", .may_cut = true },
		{ .title = "VERDICT", .key = "verdict", .may_wrap = true },
	};
	static const struct {
		int width;
		const char *first, *second;
	} rows[] = {
		{ 0, "c2177883-f1bb-47f0-914d-32a22e3a8804 a name of several words ready\n", "" },
		{ 80, "c2177883-f1bb-47f0-914d-32a22e3a8804 a name of several words ready\n", "" },
		{ 60, "c2177883-f1bb-47f0- a name of several words ready\n", "\n914d-32a22e3a8804" },
	};
	struct hd_arena arena = { 0 };
	struct hd_table table = { .key = "devices", .columns = uuid_columns,
				  .n_columns = HD_ARRAY_SIZE(uuid_columns) };
	const char **row = hd_table_row(&table, &arena);

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
	row[0] = "c2177883-f1bb-47f0-914d-32a22e3a8804";
	row[1] = "a name of several words";
	row[2] = "ready";
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		char *got;

		table.width = rows[i].width;
		got = printed(hd_table_text, &table);
		assert_non_null(strstr(got, rows[i].first));
		assert_non_null(strstr(got, rows[i].second));
		free(got);
	}
	assert_non_null(setlocale(LC_CTYPE, "C"));
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text), cmocka_unit_test(json), cmocka_unit_test(empty),
		cmocka_unit_test(tree_as_text), cmocka_unit_test(tree_as_json),
		cmocka_unit_test(deep_tree), cmocka_unit_test(fits_a_terminal),
		cmocka_unit_test(breaks_a_uuid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
