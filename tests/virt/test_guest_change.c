/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_guest_change.c - what came of a change, by the lines of the process that made it. */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "tests/support/unit.h"
#include "virt/bounded_work.h"
#include "virt/guest_change.h"

static const struct {
	const char *name, *text;
	bool is_late;
	int state;
	size_t at, n_done;
	const char *reason, *left;
} rows[] = {
	{ "all done", "connected\nbegin 0\ndone 0\nbegin 1\ndone 1\nend\n", false, HD_CHANGE_DONE,
	  1, 2, NULL, NULL },
	{ "no such guest", "refused Domain not found\n", false, HD_CHANGE_REFUSED, 0, 0,
	  "Domain not found", NULL },
	{ "nothing at all", "", false, HD_CHANGE_REFUSED, 0, 0, "the process that asked", NULL },
	{ "never connected", "", true, HD_CHANGE_REFUSED, 0, 0, "libvirt did not answer", NULL },
	{ "late before the first", "connected\n", true, HD_CHANGE_REFUSED, 0, 0,
	  "libvirt did not answer", NULL },
	{ "the first fails", "connected\nbegin 0\nfailed 0 it is bad\nend\n", false,
	  HD_CHANGE_FAILED, 0, 0, "it is bad", NULL },
	{ "the second fails", "connected\nbegin 0\ndone 0\nbegin 1\nfailed 1 bad\nback 0\nend\n",
	  false, HD_CHANGE_FAILED, 1, 1, "bad", NULL },
	{ "and the first stays", "connected\nbegin 0\ndone 0\nbegin 1\nfailed 1 bad\n"
	  "left 0 the guest\nend\n", false, HD_CHANGE_LEFT, 1, 1, "bad", "the guest" },
	{ "late in the second", "connected\nbegin 0\ndone 0\nbegin 1\n", true, HD_CHANGE_UNKNOWN,
	  1, 1, NULL, NULL },
	{ "ended in the second", "connected\nbegin 0\ndone 0\nbegin 1\n", false,
	  HD_CHANGE_UNKNOWN, 1, 1, NULL, NULL },
	{ "late while it is taken back", "connected\nbegin 0\ndone 0\nbegin 1\nfailed 1 bad\n",
	  true, HD_CHANGE_UNKNOWN, 1, 1, "bad", NULL },
	{ "the guest keeps it", "connected\nbegin 0\npending 0\nend\n", false, HD_CHANGE_PENDING,
	  0, 0, NULL, NULL },
	{ "no number", "connected\nbegin x\n", true, HD_CHANGE_REFUSED, 0, 0, NULL, NULL },
	{ "hostile words", "connected\nbegin 0\nfailed 0 \033[1m\nend\n", false, HD_CHANGE_FAILED,
	  0, 0, "?[1m", NULL },
};

static void outcomes(void **state)
{
	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_arena arena = { 0 };
		struct hd_guest_change change;

		hd_guest_change_parse(&change, &arena, rows[i].text, rows[i].is_late);
		if ((int)change.state != rows[i].state)
			fail_msg("%s: state %d, not %d", rows[i].name, (int)change.state,
				 rows[i].state);
		assert_int_equal(change.at, rows[i].at);
		assert_int_equal(change.n_done, rows[i].n_done);
		if (rows[i].reason)
			assert_non_null(strstr(change.reason, rows[i].reason));
		if (rows[i].left)
			assert_string_equal(change.left, rows[i].left);
		hd_arena_done(&arena);
	}
}

static int say_and_hang(int out, const void *data)
{
	(void)hd_bounded_write(out, data, strlen(data));
	return pause();
}

static int say_much(int out, const void *data)
{
	for (int i = 0; i < 100; i++)
		(void)hd_bounded_write(out, data, strlen(data));
	return 0;
}

static void given_up(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_bounded_answer reply;

	(void)state;
	assert_int_equal(hd_bounded_run(&reply, &arena, 1000, 200, say_and_hang, "so far\n"), 0);
	assert_true(reply.is_late);
	assert_string_equal(reply.text, "so far\n");
	hd_arena_done(&arena);
}

static void bounded(void **state)
{
	struct hd_arena arena = { 0 };
	struct hd_bounded_answer reply;

	(void)state;
	assert_true(hd_bounded_run(&reply, &arena, 99, 5000, say_much, "x") < 0);
	assert_int_equal(hd_bounded_run(&reply, &arena, 100, 5000, say_much, "x"), 0);
	assert_int_equal(reply.length, 100);
	assert_false(reply.is_late);
	hd_arena_done(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outcomes),
		cmocka_unit_test(given_up),
		cmocka_unit_test(bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
