/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_sources.c - does each message that was read in the source of a program have an answer of its class?
 *
 * messages/sources.txt has messages of every part of the drivers and programs.  A class is lost if none of its
 * messages reaches its family, or if one has only an answer that could be said of any line.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "explain/composed.h"
#include "explain/families.h"
#include "explain/log_search.h"
#include "tests/explain/records.h"

#define IDS_MAX 400
#define RECORDS_LEAST 200

struct answered {
	const char *ids[IDS_MAX];	/* of the first answers */
	size_t n;
};

static void check_record(struct hd_arena *arena, const char *id, const char *text, struct answered *answered)
{
	struct hd_explanation found;
	const struct hd_message *first;

	hd_explain_question(&found, arena, text);
	if (!found.n)
		fail_msg("%s: no answer", id);
	first = found.items[0].message;
	if (hd_is_composed(first))
		fail_msg("%s: no row or family knows it: %s", id, text);
	if (hd_text_starts_with(first->id, "general-typed-"))
		fail_msg("%s: %s, as of a sentence that somebody typed", id, first->id);
	assert_true(answered->n < IDS_MAX);
	answered->ids[answered->n++] = first->id;
}

static void take_records(struct hd_arena *arena, struct answered *answered)
{
	const char *at = records_read(arena, "sources.txt"), *line, *id = NULL, *text = "";

	do {
		line = hd_text_next_line(arena, &at);
		if (line && hd_text_starts_with(line, "id: ")) {
			id = line + strlen("id: ");
		} else if (line && *line == '|') {
			text = hd_printf(arena, "%s%s\n", text, line + 1);
		} else if (id && *text && (!line || !*line)) {
			check_record(arena, id, text, answered);
			text = "";
		}
	} while (line);
}

static void check_reached(const struct hd_family *row, const struct answered *answered)
{
	for (; row->answer.id; row++)
		if (!hd_text_is_any(row->answer.id, answered->ids, answered->n))
			fail_msg("%s: no message of sources.txt reaches it", row->answer.id);
}

static void each_class_is_answered(void **state)
{
	struct hd_arena arena = { 0 };
	struct answered answered = { .n = 0 };

	(void)state;
	take_records(&arena, &answered);
	assert_true(answered.n >= RECORDS_LEAST);
	check_reached(hd_families_source, &answered);
	check_reached(hd_families_source_manager, &answered);
	hd_arena_done(&arena);
}

/* The numbers of one row are told from those of another, and from longer ones. */
static void numbers_are_told_apart(void **state)
{
	static const struct {
		const char *line, *id;
	} rows[] = {
		{ "NVRM: Xid (PCI:0000:01:00): 31, pid=1, x", "nvidia-xid-program" },
		{ "NVRM: Xid (PCI:0000:01:00): 13, pid=1, x", "nvidia-xid-program" },
		{ "NVRM: Xid (0000:01:00): 31, Ch 0000000b", "nvidia-xid-program" },
		{ "NVRM: Xid (PCI:0000:01:00): 131, pid=1, x", "nvidia-xid-engine" },
		{ "NVRM: Xid (PCI:0000:01:00): 3, pid=1, x", "nvidia-xid" },
		{ "NVRM: Xid (PCI:0000:01:00): 1310, pid=1, x", "nvidia-xid" },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_arena arena = { 0 };
		struct hd_explanation found;

		hd_explain_question(&found, &arena, rows[i].line);
		assert_true(found.n > 0);
		assert_string_equal(found.items[0].message->id, rows[i].id);
		hd_arena_done(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_class_is_answered),
		cmocka_unit_test(numbers_are_told_apart),
	};

	return cmocka_run_group_tests_name("sources", tests, NULL, NULL);
}
