/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_handover_crash.c - killed at any system call of a hand-over, the screen comes back.
 *
 * Each row is run again and again, killed some system calls later each time.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/fakecard.h"
#include "tests/support/tracer.h"
#include "tests/support/unit.h"
#include "tests/support/valgrind.h"

#define CALLS_MAX 20000

/* HD_CRASH_ALL=1 tries every call. */
#define STRIDE 11

static int run_apply(void *arg)
{
	struct hd_error err;

	return (int)fake_card_apply(arg, &err);
}

static int run_recover(void *arg)
{
	struct hd_recovery recovery;

	fake_card_recover(arg, &recovery);
	return (int)recovery.result;
}

static void ready_to_fail(struct fake_card *card)
{
	fake_card_reset(card);
	atomic_store(&card->faults->fail_at, 10);
}

static void ready_to_stop_slowly(struct fake_card *card)
{
	fake_card_reset(card);
	atomic_store(&card->faults->stop_is_slow, 1);
}

static void ready_to_give_back(struct fake_card *card)
{
	struct hd_error err;

	fake_card_reset(card);
	assert_int_equal(fake_card_apply(card, &err), HD_EXIT_OK);
	fake_card_kill_guest(card);
}

static const struct row {
	const char *name;
	void (*ready)(struct fake_card *card);
	int (*run)(void *arg);
	enum tracer_victim victim;
	enum hd_exit result;		/* of a run that is not killed */
} rows[] = {
	{ "apply, all die", fake_card_reset, run_apply, TRACER_ALL, HD_EXIT_OK },
	{ "apply, the parent dies", fake_card_reset, run_apply, TRACER_FIRST, HD_EXIT_OK },
	{ "apply, a child dies", fake_card_reset, run_apply, TRACER_CHILD, HD_EXIT_OK },
	{ "undo, all die", ready_to_fail, run_apply, TRACER_ALL, HD_EXIT_HOST },
	{ "a slow stop, all die", ready_to_stop_slowly, run_apply, TRACER_ALL, HD_EXIT_HOST },
	{ "recover, all die", ready_to_give_back, run_recover, TRACER_ALL, HD_EXIT_OK },
	{ "recover, a child dies", ready_to_give_back, run_recover, TRACER_CHILD, HD_EXIT_OK },
};

static void check_recovery(struct fake_card *card)
{
	struct hd_recovery recovery;

	(void)fake_plan_journals(&card->plan);
	atomic_store(&card->faults->fail_at, 0);
	fake_card_recover(card, &recovery);
	if (recovery.result != HD_EXIT_OK || recovery.n_busy)
		fail_msg("recover: %d, %zu busy: %s", recovery.result, recovery.n_busy,
			 recovery.text);
	assert_int_equal(fake_plan_journals(&card->plan), 0);
	fake_card_settle(card);
	fake_card_assert(card, false, NULL);
	fake_card_recover(card, &recovery);
	assert_string_equal(recovery.text, "");
}

static void killed_everywhere(void **state)
{
	const int stride = getenv("HD_CRASH_ALL") ? 1 : STRIDE;
	const struct row *row = *state;
	struct fake_card card;
	struct tracer_result result = { .is_killed = true };
	int kill_at = 0;

	if (is_under_valgrind() || !tracer_works()) {
		print_message("system calls cannot be traced here\n");
		skip();
	}
	fake_card_make(&card);
	while (result.is_killed && kill_at < CALLS_MAX) {
		row->ready(&card);
		kill_at += stride;
		tracer_run(row->run, &card, row->victim, kill_at, &result);
		if (result.forks_unsynced)
			fail_msg("a child was started before the journal was on disk");
		check_recovery(&card);
	}
	print_message("%s: killed at %d places\n", row->name, kill_at / stride - 1);
	assert_false(result.is_killed);
	assert_int_equal(result.exit_code, row->result);
	assert_true(kill_at > 20);
	fake_card_remove(&card);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].name, killed_everywhere, NULL, NULL,
						(void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("hand-over", tests, NULL, NULL);
}
