/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_judgement.c - does a verdict on an answer end with the words that it was said of? */
#include "config.h"

#include "tests/explain/judgement.h"
#include "tests/explain/records.h"

/* The mark of MESSAGE as an answer to "usb-01", if these words were judged as "partly". */
static enum mark mark_after(struct hd_arena *arena, const struct hd_message *judged_words,
			    const struct hd_message *message, bool *ret_lapsed)
{
	const char *judged = hd_printf(arena, "# comment\nusb-01 other %s right\nusb-01 %s %s partly\n",
				       answer_digest(arena, judged_words), judged_words->id,
				       answer_digest(arena, judged_words));

	return judgement_of(arena, judged, "usb-01", message, ret_lapsed);
}

static void a_verdict_ends_with_its_words(void **state)
{
	static const struct hd_message old = { .id = "a", .means = "it is off", .remedy = "turn it on" };
	static const struct hd_message others[] = {
		{ .id = "a", .means = "it is on", .remedy = "turn it on" },
		{ .id = "a", .means = "it is off", .remedy = "turn it off" },
		{ .id = "a", .means = "it is off\nturn", .remedy = "it on" },
	};
	static const struct hd_message unjudged = { .id = "b", .means = "it is off", .remedy = "turn it on" };
	struct hd_arena arena = { 0 };
	bool has_lapsed;

	(void)state;
	assert_int_equal(mark_after(&arena, &old, &old, &has_lapsed), PARTLY);
	assert_false(has_lapsed);
	for (size_t i = 0; i < HD_ARRAY_SIZE(others); i++) {
		assert_int_equal(mark_after(&arena, &old, &others[i], &has_lapsed), MARKS);
		assert_true(has_lapsed);
	}
	assert_int_equal(mark_after(&arena, &old, &unjudged, &has_lapsed), MARKS);
	assert_false(has_lapsed);
	assert_int_equal(judgement_of(&arena, "usb-01 a right\n", "usb-01", &old, &has_lapsed), MARKS);
	assert_true(has_lapsed);	/* said before there were digests */
	hd_arena_done(&arena);
}

/* An answer that is composed has the same id in other words. */
static void a_record_has_several_answers_of_an_id(void **state)
{
	static const struct hd_message first = { .id = "a", .means = "it is off", .remedy = "turn it on" };
	static const struct hd_message second = { .id = "a", .means = "it is gone", .remedy = "look for it" };
	struct hd_arena arena = { 0 };
	const char *judged = hd_printf(&arena, "usb-01 a %s wrong\nusb-01 a %s right\n",
				       answer_digest(&arena, &first), answer_digest(&arena, &second));
	bool has_lapsed;

	(void)state;
	assert_int_equal(judgement_of(&arena, judged, "usb-01", &first, &has_lapsed), WRONG);
	assert_int_equal(judgement_of(&arena, judged, "usb-01", &second, &has_lapsed), RIGHT);
	assert_false(has_lapsed);
	hd_arena_done(&arena);
}

/* Is there a record of that id in one of the files? */
static bool has_record(struct hd_arena *arena, const char *const files[], size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(files[i], hd_printf(arena, "\nid: %s\n", id)))
			return true;
	return false;
}

static void verdicts_are_of_records_and_answers(void **state)
{
	static const char *const names[] = { "fresh2.txt", "held.txt",  "held2.txt",
					     "held3.txt",  "held4.txt", "held5.txt", "held6.txt" };
	struct hd_arena arena = { 0 };
	const char *judged = records_read(&arena, "judged.txt"), *at = judged, *line;
	const char *files[HD_ARRAY_SIZE(names)];

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		files[i] = records_read(&arena, names[i]);
	while ((line = hd_text_next_line(&arena, &at))) {
		char record[64], id[64], digest[9];
		const char *start;
		int end;

		if (!*line || *line == '#')
			continue;
		end = judgement_split(line, record, id, digest);
		if (!end || strlen(digest) != 8 || mark_of_name(line + end) == MARKS)
			fail_msg("not RECORD ANSWER DIGEST MARK: %s", line);
		if (!has_record(&arena, files, HD_ARRAY_SIZE(names), record))
			fail_msg("judged.txt has %s, which is in no file", record);
		start = hd_printf(&arena, "%s %s %s ", record, id, digest);
		if (strcmp(hd_text_line_value(&arena, judged, start), line + strlen(start)) != 0)
			fail_msg("judged.txt has two verdicts on %s for %s", id, record);
	}
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verdict_ends_with_its_words),
		cmocka_unit_test(a_record_has_several_answers_of_an_id),
		cmocka_unit_test(verdicts_are_of_records_and_answers),
	};

	return cmocka_run_group_tests_name("judgement", tests, NULL, NULL);
}
