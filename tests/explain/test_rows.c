/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_rows.c - does each message of messages/rows.txt lead to its row, and no healthy line to any?
 * And do the later held halves measure something: has nobody written a row from their threads?
 *
 * The file and not a table in C, because its messages are of several lines, as logs have them.
 */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "explain/log_search.h"
#include "tests/explain/records.h"

/* TEXT leads to row ID, and has no line that is not understood. */
static void check_record(struct hd_arena *arena, const char *id, const char *text)
{
	struct hd_explanation found;
	const char *ids = "";
	bool has = false;

	hd_explain_text(&found, arena, text);
	for (size_t i = 0; i < found.n; i++) {
		has |= !strcmp(found.items[i].message->id, id);
		ids = hd_printf(arena, "%s %s", ids, found.items[i].message->id);
	}
	if (!has)
		fail_msg("%s: found%s in\n%s", id, *ids ? ids : " nothing", text);
	if (found.n_unknown)
		fail_msg("%s: not understood: %s", id, found.unknown[0].line);
}

/* Records: the id, then the lines of the text after one "|" each, then an empty line. */
static void each_message_has_its_row(void **state)
{
	struct hd_arena arena = { 0 };
	const char *at = records_read(&arena, "rows.txt"), *line, *id = NULL, *text = "";
	size_t n = 0;

	(void)state;
	do {
		line = hd_text_next_line(&arena, &at);
		if (line && *line == '|') {
			text = hd_printf(&arena, "%s%s\n", text, line + 1);
		} else if (line && *line && *line != '#') {
			id = line;
		} else if (id) {
			check_record(&arena, id, text);
			n++;
			id = NULL;
			text = "";
		}
	} while (line);
	assert_true(n > 0);
	hd_arena_done(&arena);
}

/* Only good signs may be seen in lines of hosts where all is well. */
static void healthy_lines_raise_no_alarm(void **state)
{
	struct hd_arena arena = { 0 };
	const char *at = records_read(&arena, "healthy.txt"), *line;

	(void)state;
	while ((line = hd_text_next_line(&arena, &at))) {
		struct hd_explanation found;

		if (*line == '#')
			continue;
		hd_explain_text(&found, &arena, line);
		for (size_t i = 0; i < found.n; i++)
			if (!hd_message_is_harmless(found.items[i].message))
				fail_msg("%s: %s", found.items[i].message->id, line);
	}
	hd_arena_done(&arena);
}

/* HELD has no thread of the first N_OTHERS of the others. */
static void have_own_threads(const char *held, size_t n_others)
{
	static const char *const others[] = { "open.txt", "fresh.txt", "fresh2.txt", "fresh3.txt",
					      "fresh5.txt", "held.txt", "held2.txt", "fresh4.txt",
					      "held3.txt", "fresh6.txt", "fresh7.txt", "fresh8.txt",
					      "held4.txt", "fresh9.txt", "fresh10.txt", "fresh11.txt",
					      "fresh12.txt", "held5.txt" };
	struct hd_arena arena = { 0 };
	const char *at = records_read(&arena, held), *line, *texts[HD_ARRAY_SIZE(others)];
	size_t n = 0;

	for (size_t i = 0; i < n_others; i++)
		texts[i] = records_read(&arena, others[i]);
	while ((line = hd_text_next_line(&arena, &at))) {
		if (!hd_text_starts_with(line, "source: "))
			continue;
		n++;
		for (size_t i = 0; i < n_others; i++)
			if (strstr(texts[i], hd_printf(&arena, "\n%s\n", line)))
				fail_msg("%s has the thread, too: %s", others[i], line);
	}
	assert_true(n >= 90);
	hd_arena_done(&arena);
}

static void held_messages_have_threads_of_their_own(void **state)
{
	(void)state;
	have_own_threads("held2.txt", 6);
	have_own_threads("held3.txt", 8);
	have_own_threads("held4.txt", 12);
	have_own_threads("held5.txt", 17);
	have_own_threads("held6.txt", 18);
}

static bool has_pattern(const struct hd_message *row, const char *pattern)
{
	for (size_t i = 0; i < HD_MESSAGE_PATTERNS && row->patterns[i]; i++)
		if (!strcmp(row->patterns[i], pattern))
			return true;
	return false;
}

/* Of equal patterns one is never the answer; and so is a table that is listed twice. */
static void no_pattern_is_of_two_rows(void **state)
{
	static const struct hd_message *all[4096];
	size_t n = 0;

	(void)state;
	for (size_t at = 0; n < HD_ARRAY_SIZE(all) && (all[n] = hd_message_next(&at));)
		n++;
	assert_true(n < HD_ARRAY_SIZE(all));
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			for (size_t at = 0; at < HD_MESSAGE_PATTERNS && all[i]->patterns[at]; at++)
				if (has_pattern(all[k], all[i]->patterns[at]))
					fail_msg("%s and %s: %s", all[i]->id, all[k]->id, all[i]->patterns[at]);
}

/* What is not there may come later, and what only warns may be well: neither has one cause. */
static void what_may_pass_is_usual(void **state)
{
	static const char *const ids[] = {
		"qemu-usb-not-found", "libvirt-usb-missing", "libvirt-config-missing", "qemu-no-such-device",
		"shell-driver-missing", "libvirt-no-interface", "qemu-image-locked", "libvirt-device-gone",
		"libvirt-running-already", "qemu-no-reset", "qemu-reset-needs-group", "libvirt-bus-shared",
		"kernel-out-of-memory",
	};
	static const char *const on_condition[] = {
		"hda-not-operational", "i915-no-panel", "modprobe-not-loaded", "kernel-rmrr-not-reserved",
		"link-not-ready", "split-lock-slow",
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(ids); i++)
		if (strcmp(hd_message_sureness(hd_message_find(ids[i])), "usually: ") != 0)
			fail_msg("%s is certain", ids[i]);
	for (size_t i = 0; i < HD_ARRAY_SIZE(on_condition); i++)
		if (hd_message_find(on_condition[i])->kind != HD_MESSAGE_HARMLESS_IF)
			fail_msg("%s is harmless in any case", on_condition[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_message_has_its_row),
		cmocka_unit_test(healthy_lines_raise_no_alarm),
		cmocka_unit_test(held_messages_have_threads_of_their_own),
		cmocka_unit_test(what_may_pass_is_usual),
		cmocka_unit_test(no_pattern_is_of_two_rows),
	};

	return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
