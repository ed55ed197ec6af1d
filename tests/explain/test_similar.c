/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_similar.c - is a known message found in other words, and no other one? */
#include "config.h"

#include <string.h>

#include "explain/log_search.h"
#include "explain/similar.h"
#include "tests/support/unit.h"

static void other_words_are_found(void **state)
{
	static const struct {
		const char *line, *id;	/* NULL: none */
	} lines[] = {
		{ "unable to inspect the device handle for GPU 7", "nvidia-card-not-started" },
		/* another error is another cause */
		{ "device handle for GPU 7: unable to determine: EIO", NULL },
		/* a row that sends to the lines around it says less than who speaks */
		{ "amdgpu: frob, fatal error during the GPU init", NULL },
		/* too few words, of the row or of the line, are the same */
		{ "unable to frob the handle", NULL }, { "", NULL }, { "GPU", NULL },
		{ "while somebody tried to frob the gizmo of another quux, it was unable to inspect the device "
		  "handle for GPU 7, which was rotated by the other gizmos before", NULL },
		/* no word that is in few messages */
		{ "Device 0000:01:00.0 is not bound to vfio-pci", NULL },
		/* a known message that is harmless, in other words, may be another one */
		{ "the GPU was left initialized by EFI, resetting", NULL },
	};
	struct hd_arena arena = { 0 };
	const struct hd_similar *similar = hd_similar_new(&arena);

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(lines); i++) {
		const struct hd_message *found = hd_similar_of(similar, lines[i].line, &arena);

		if (strcmp(found ? found->id : "none", lines[i].id ? lines[i].id : "none") != 0)
			fail_msg("%s: %s", found ? found->id : "none", lines[i].line);
		if (found)
			assert_int_equal(found->kind, HD_MESSAGE_GENERAL);
	}
	hd_arena_done(&arena);
}

/* Of the words of a row itself, never a harmless one, nor one that only its own pattern could fill. */
static void rows_have_their_fields(void **state)
{
	struct hd_arena arena = { 0 };
	const struct hd_similar *similar = hd_similar_new(&arena);
	const struct hd_message *row, *found;
	size_t n = 0;

	(void)state;
	for (size_t at = 0; (row = hd_message_next(&at));) {
		found = hd_similar_of(similar, row->patterns[0], &arena);
		if (!found)
			continue;
		n++;
		assert_false(hd_message_is_harmless(hd_message_find(found->id)));
		if (strstr(found->means, "{denial}") || strstr(found->remedy, "{module}"))
			fail_msg("%s needs its own fields", found->id);
	}
	assert_true(n > 100);
	hd_arena_done(&arena);
}

/* It is a general answer, and better than who speaks; a family that says what was tried is better. */
static void it_is_general(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_explanation found;

	(void)state;
	hd_explain_text(&found, &arena, "unable to inspect the device handle for GPU 7\n");
	assert_int_equal(found.n, 1);
	assert_string_equal(found.items[0].message->id, "nvidia-card-not-started");
	assert_int_equal(found.items[0].message->kind, HD_MESSAGE_GENERAL);
	assert_false(found.items[0].is_vague);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_words_are_found), cmocka_unit_test(rows_have_their_fields),
		cmocka_unit_test(it_is_general),
	};

	return cmocka_run_group_tests_name("similar", tests, NULL, NULL);
}
