/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_remedy_commands.c - which commands of a remedy can be copied and run as they are? */
#include "config.h"

#include <string.h>

#include "base/text.h"
#include "check/remedy_commands.h"
#include "tests/support/unit.h"

#define HOSTILE "x` or `reboot"

static const struct {
	const char *remedy, *shown, *commands[3];
} rows[] = {
	{ "reboot", "reboot", { NULL } },
	{ "see `dmesg`", "see `dmesg`", { NULL } },
	{ HD_COMMAND("umount /srv"), "`umount /srv`", { "umount /srv" } },
	{ "stop it: " HD_COMMAND("kill 7") "; then " HD_COMMAND("rm -f /run/lock") ", if nobody uses it",
	  "stop it: `kill 7`; then `rm -f /run/lock`, if nobody uses it",
	  { "kill 7", "rm -f /run/lock" } },
	/* names from outside have no marks */
	{ "ask " HOSTILE "; " HD_COMMAND("virsh shutdown '" HOSTILE "'"),
	  "ask " HOSTILE "; `virsh shutdown '" HOSTILE "'`", { "virsh shutdown '" HOSTILE "'" } },
	/* marks without their pair */
	{ HD_COMMAND_BEGIN "kill 7", "`kill 7", { NULL } },
	{ "kill 7" HD_COMMAND_END, "kill 7`", { NULL } },
	{ HD_COMMAND_BEGIN "a " HD_COMMAND("b"), "`a `b`", { "b" } },
};

static void commands(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_arena arena = { 0 };
		struct hd_finding finding = { .remedy = hd_strdup(&arena, rows[i].remedy) };
		size_t n = 0;

		print_message("%s\n", rows[i].shown);
		hd_remedy_commands(&arena, &finding);
		assert_string_equal(finding.remedy, rows[i].shown);
		for (; rows[i].commands[n]; n++) {
			assert_true(n < finding.n_commands);
			assert_string_equal(finding.commands[n], rows[i].commands[n]);
		}
		assert_int_equal(finding.n_commands, n);
		hd_arena_done(&arena);
	}
}

/* Of each row, as the manual and explain have it: marks come in pairs, and nobody sees them. */
static void rows_are_shown_with_backticks(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (const struct hd_check *const *check = hd_checks; *check; check++) {
		const char *shown = hd_remedy_shown(&arena, (*check)->remedy);
		size_t n = 0;

		assert_null(strpbrk(shown, HD_COMMAND_BEGIN HD_COMMAND_END));
		for (const char *at = shown; (at = strchr(at, '`')); at++)
			n++;
		if (n % 2)
			fail_msg("%s: a backtick without its pair: %s", (*check)->id, shown);
	}
	hd_arena_done(&arena);
}

static void no_remedy(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_finding finding = { .remedy = NULL };

	(void)state;
	hd_remedy_commands(&arena, &finding);
	assert_null(finding.remedy);
	assert_int_equal(finding.n_commands, 0);
}

/* What is printed of names has no marks, and so no name makes a command. */
static void names_have_no_marks(void **state)
{
	struct hd_arena arena = { 0 };
	const char *name = "g" HD_COMMAND("reboot");

	(void)state;
	assert_null(strpbrk(hd_text_printable(&arena, name, 64), HD_COMMAND_BEGIN HD_COMMAND_END));
	assert_null(strpbrk(hd_shell_word(&arena, name), HD_COMMAND_BEGIN HD_COMMAND_END));
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands),
		cmocka_unit_test(rows_are_shown_with_backticks),
		cmocka_unit_test(no_remedy),
		cmocka_unit_test(names_have_no_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
