/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_crash.c - killed at any system call, the host is as before or recover makes it so.
 *
 * Every row is run again and again, killed one system call later each time,
 * until it comes to its end.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/fakeplan.h"
#include "tests/support/tracer.h"
#include "tests/support/unit.h"
#include "tests/support/valgrind.h"

#define CALLS_MAX 5000

/* Starting processes is slow under sanitizers; the plain build tries every call. */
#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 7
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STRIDE 7
#endif
#endif
#ifndef STRIDE
#define STRIDE 1
#endif

static int run_apply(void *arg)
{
	struct hd_error err;

	return (int)fake_plan_apply(arg, &err);
}

static int run_recover(void *arg)
{
	struct hd_recovery recovery;

	fake_plan_recover(arg, &recovery);
	return (int)recovery.result;
}

static void ready(struct fake_plan *fake)
{
	fake_plan_reset(fake, true);
}

static void ready_in_stages(struct fake_plan *fake)
{
	fake_plan_reset(fake, true);
	fake_plan_serialise(fake);
}

/* The last write but one fails: all is taken back again. */
static void ready_to_fail(struct fake_plan *fake)
{
	ready_in_stages(fake);
	atomic_store(&fake->kernel.faults->fail_at, 6);
}

static void ready_to_give_back(struct fake_plan *fake)
{
	struct hd_error err;

	fake_plan_reset(fake, true);
	assert_int_equal(fake_plan_apply(fake, &err), HD_EXIT_OK);
}

static const struct row {
	const char *name;
	void (*ready)(struct fake_plan *fake);
	int (*run)(void *arg);
	enum tracer_victim victim;
	enum hd_exit result;		/* of a run that is not killed */
} rows[] = {
	{ "apply, all die", ready, run_apply, TRACER_ALL, HD_EXIT_OK },
	{ "apply, the parent dies", ready, run_apply, TRACER_FIRST, HD_EXIT_OK },
	{ "apply, a child dies", ready, run_apply, TRACER_CHILD, HD_EXIT_OK },
	{ "apply in stages, all die", ready_in_stages, run_apply, TRACER_ALL, HD_EXIT_OK },
	{ "undo, all die", ready_to_fail, run_apply, TRACER_ALL, HD_EXIT_HOST },
	{ "undo, the parent dies", ready_to_fail, run_apply, TRACER_FIRST, HD_EXIT_HOST },
	{ "undo, a child dies", ready_to_fail, run_apply, TRACER_CHILD, HD_EXIT_HOST },
	{ "recover, all die", ready_to_give_back, run_recover, TRACER_ALL, HD_EXIT_OK },
	{ "recover, the parent dies", ready_to_give_back, run_recover, TRACER_FIRST, HD_EXIT_OK },
	{ "recover, a child dies", ready_to_give_back, run_recover, TRACER_CHILD, HD_EXIT_OK },
};

/* What apply said must be true, before anybody recovers. */
static void check_word(struct fake_plan *fake, const struct row *row,
		       const struct tracer_result *result)
{
	if (row->run != run_apply || result->exit_code < 0)
		return;
	if (result->exit_code == HD_EXIT_OK)
		fake_plan_assert_all(fake, FAKE_ON_VFIO);
	if (result->exit_code == HD_EXIT_HOST)
		fake_plan_assert_all(fake, FAKE_ON_HOST);
	if ((fake_plan_journals(fake) == 0) != (result->exit_code == HD_EXIT_HOST))
		fail_msg("exit code %d with %zu journals", result->exit_code,
			 fake_plan_journals(fake));
}

static void check_recovery(struct fake_plan *fake)
{
	struct hd_recovery recovery;
	int sets;

	(void)fake_plan_journals(fake);
	atomic_store(&fake->kernel.faults->fail_at, 0);
	fake_plan_recover(fake, &recovery);
	if (recovery.result != HD_EXIT_OK || recovery.n_busy)
		fail_msg("recover: %d, %zu busy: %s", recovery.result, recovery.n_busy,
			 recovery.text);
	fake_plan_assert_all(fake, FAKE_ON_HOST);
	assert_int_equal(fake_plan_journals(fake), 0);
	sets = atomic_load(&fake->kernel.faults->sets);
	fake_plan_recover(fake, &recovery);
	assert_string_equal(recovery.text, "");
	assert_int_equal(atomic_load(&fake->kernel.faults->sets), sets);
}

static void killed_everywhere(void **state)
{
	const struct row *row = *state;
	struct fake_plan fake;
	struct tracer_result result = { .is_killed = true };
	int kill_at = 0;

	if (is_under_valgrind() || !tracer_works()) {
		print_message("system calls cannot be traced here\n");
		skip();
	}
	fake_plan_make(&fake, 2);
	while (result.is_killed && kill_at < CALLS_MAX) {
		row->ready(&fake);
		kill_at += STRIDE;
		tracer_run(row->run, &fake, row->victim, kill_at, &result);
		if (result.forks_unsynced)
			fail_msg("a child was started before the journal was on disk");
		check_word(&fake, row, &result);
		check_recovery(&fake);
	}
	print_message("%s: killed at %d places\n", row->name, kill_at / STRIDE - 1);
	assert_false(result.is_killed);
	assert_int_equal(result.exit_code, row->result);
	assert_true(kill_at > 20);
	fake_plan_remove(&fake);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows)];

	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		tests[i] = (struct CMUnitTest){ rows[i].name, killed_everywhere, NULL, NULL,
						(void *)(uintptr_t)&rows[i] };
	return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
