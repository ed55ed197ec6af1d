/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_compose.c - is the answer to a line of no family composed of who speaks and how it ended? */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "explain/composed.h"
#include "explain/log_search.h"
#include "explain/subject.h"
#include "tests/support/unit.h"

/* A line for each outcome, in their order. */
static const char *const ends[] = {
	"frobd: read 0xffffffff", "frobd: so not binding it", "frobd: no carrier", "frobd: gizmo is not a device",
	"frobd: gizmo is not bound to vfio",
	"frobd: 7 gizmos are more than it has, too many", "frobd: gizmo has another version",
	"frobd: gizmo is not supported", "frobd: gizmo is not installed", "frobd: unknown gizmo",
	"frobd: gizmo is taken", "frobd: gizmo is denied", "frobd: gizmo closed it", "frobd: watchdog of gizmo",
	"frobd: no free gizmo", "frobd: gizmo not found", "frobd: checksum of gizmo", "frobd: gizmo to driver quux",
	"frobd: assertion of gizmo: panic", "frobd: gizmo's microcode", "frobd: gizmo exited", "frobd: gizmo setup",
};

static const struct hd_message *composed(const char *line, unsigned signs, struct hd_arena *arena)
{
	struct hd_fields fields = { .n = 0 };

	hd_subject_fields(&fields, line, arena);
	return hd_compose(line, hd_subject_reason(line, arena), &fields, signs, arena);
}

static void each_outcome_is_reached(void **state)
{
	struct hd_arena arena = { 0 };
	size_t n = 0;

	(void)state;
	for (const struct hd_outcome *row = hd_outcomes; row->words; row++, n++) {
		const struct hd_message *answer;

		assert_true(n < HD_ARRAY_SIZE(ends));
		answer = composed(ends[n], 0, &arena);
		assert_non_null(answer);
		if (!strstr(answer->means, row->means) || !strstr(answer->remedy, row->step))
			fail_msg("%s: %s", ends[n], answer->means);
	}
	assert_int_equal(n, HD_ARRAY_SIZE(ends));
	hd_arena_done(&arena);
}

/* A word of COMPONENT that no row before it has: its first ones, of which "x*" is the word itself. */
static const char *word_of(const char *words, size_t nth, struct hd_arena *arena)
{
	for (; nth && words; nth--)
		words = strchr(words, '|') ? strchr(words, '|') + 1 : NULL;
	return words ? hd_strndup(arena, words, strcspn(words, "|*")) : NULL;
}

static bool is_reached(const struct hd_component *row, struct hd_arena *arena)
{
	const char *word;

	for (size_t i = 0; (word = word_of(row->words, i, arena)); i++) {
		const struct hd_message *answer = composed(hd_printf(arena, "%s: gizmo", word), 1, arena);

		if (answer && hd_text_starts_with(answer->means, row->name) && strstr(answer->remedy, row->look))
			return true;
	}
	return false;
}

static void each_component_is_reached(void **state)
{
	static const struct hd_component *const tables[] = { hd_components_foreign, hd_components };
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t k = 0; k < HD_ARRAY_SIZE(tables); k++)
		for (const struct hd_component *row = tables[k]; row->words; row++) {
			if (!is_reached(row, &arena))
				fail_msg("earlier rows take all words of %s", row->name);
			assert_int_equal(hd_component_is_foreign(word_of(row->words, 0, &arena), &arena), k == 0);
		}
	hd_arena_done(&arena);
}

static void two_signs_are_enough(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	assert_non_null(composed("testpmd: gizmo is taken", 2, &arena));
	assert_null(composed("frobd: gizmo is taken", 2, &arena));
	assert_null(composed("virsh: gizmo", 2, &arena));
	assert_null(composed("virsh: gizmo setup", 2, &arena));	/* what so many say is not a sign */
	assert_non_null(composed("testpmd: gizmo", 2, &arena));	/* nobody else knows it */
	assert_non_null(composed("frobd: /dev/gizmo is taken", 2, &arena));
	assert_null(composed("frobd: gizmo", 1, &arena));
	assert_non_null(composed("frobd: gizmo", 0, &arena));
	hd_arena_done(&arena);
}

/* Words of a name count, and what the line names is looked at. */
static void names_are_read(void **state)
{
	static const struct {
		const char *line, *text;
	} lines[] = {
		{ "frobd: GizmoNotFoundError /run/gizmo", "is not there, has another name" },
		{ "frobd: FROB_E_GIZMO_NOT_INSTALLED", "not installed, or not there yet" },
		{ "frobd: ERROR_GIZMO_TIMEOUT", "gave no answer in time" },
		{ "frobd: /dev/gizmo is taken", "ls -lL {path}" },
		{ "frobd: gizmo.service is taken", "journalctl -b -u {unit}" },
		{ "frobd 0000:01:00.0: gizmo is taken", "hostdevctl check {address}" },
		{ "frobd 0000:01:00.0: gizmo is taken", "the driver {driver} says" },
		{ "frobd: gizmo is taken", "somebody whom the line does not name" },
	};
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++) {
		const struct hd_message *answer = composed(lines[i].line, 0, &arena);

		if (!strstr(answer->means, lines[i].text) && !strstr(answer->remedy, lines[i].text))
			fail_msg("%s: %s; %s", lines[i].line, answer->means, answer->remedy);
	}
	hd_arena_done(&arena);
}

static const char *first_id(const char *line, struct hd_arena *arena, bool is_log)
{
	struct hd_explanation found;

	if (is_log)
		hd_explain_text(&found, arena, line);
	else
		hd_explain_question(&found, arena, line);
	return found.n ? found.items[0].message->id : "nothing";
}

/* It stands where families know less, and never for a line of which nobody says that it failed. */
static void it_is_asked_last(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	assert_string_equal(first_id("testpmd: gizmo is taken, error", &arena, true), "general-composed");
	assert_string_equal(first_id("VERR_GIZMO_NOT_FOUND", &arena, false), "general-composed");
	assert_string_equal(first_id("frobnicate: gizmo failed", &arena, false), "general-composed");
	assert_string_equal(first_id("frobnicate: gizmo failed", &arena, true), "nothing");
	assert_string_equal(first_id("frobnicate: gizmo", &arena, false), "nothing");
	assert_string_equal(first_id("vppctl: gizmo", &arena, false), "nothing");
	assert_string_equal(first_id("nouveau 0000:01:00.0: cannot load firmware frob: No such file or directory",
				     &arena, true), "general-nvidia-firmware");
	hd_arena_done(&arena);
}

/* The same of two lines is said once. */
static void the_same_is_said_once(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	hd_explain_text(&found, &arena, "testpmd: gizmo is taken, error\ntestpmd: quux is taken, error\n"
			"testpmd: quux is denied, error");
	assert_int_equal(found.n, 2);
	assert_int_equal(found.items[0].count, 2);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_outcome_is_reached), cmocka_unit_test(each_component_is_reached),
		cmocka_unit_test(two_signs_are_enough), cmocka_unit_test(names_are_read),
		cmocka_unit_test(it_is_asked_last), cmocka_unit_test(the_same_is_said_once),
	};

	return cmocka_run_group_tests_name("compose", tests, NULL, NULL);
}
