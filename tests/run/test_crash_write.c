/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_crash_write.c - any single write fails once, and the host is as before. */
#include "config.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/fakeplan.h"
#include "tests/support/unit.h"

#define WRITES_MAX 100

static void ready(struct fake_plan *fake, bool in_stages)
{
	fake_plan_reset(fake, true);
	if (in_stages)
		fake_plan_serialise(fake);
}

/* One row per way that a write can fail. */
static void each_host_write_fails_once(void **state)
{
	bool is_silent = *(const int *)*state & 1, in_stages = *(const int *)*state & 2;
	enum hd_exit result = HD_EXIT_HOST;
	struct fake_plan fake;
	struct hd_error err;
	int at = 0;

	fake_plan_make(&fake, 3);
	while (result != HD_EXIT_OK && at < WRITES_MAX) {
		ready(&fake, in_stages);
		atomic_store(&fake.kernel.faults->fail_at, ++at);
		atomic_store(&fake.kernel.faults->is_silent, is_silent);
		result = fake_plan_apply(&fake, &err);
		if (result == HD_EXIT_STRANDED)
			fail_msg("write %d: %s", at, err.text);
		fake_plan_assert_all(&fake, result == HD_EXIT_OK ? FAKE_ON_VFIO : FAKE_ON_HOST);
		assert_int_equal(fake_plan_journals(&fake), result == HD_EXIT_OK);
	}
	/* A module and three functions of three writes each. */
	assert_int_equal(at, 11);
	fake_plan_remove(&fake);
}

/* Nothing can be written any more: said so, and recover does it when it can. */
static void all_later_writes_fail(void **state)
{
	bool in_stages = *(const int *)*state & 2;
	enum hd_exit result = HD_EXIT_HOST;
	struct hd_recovery recovery;
	struct fake_plan fake;
	struct hd_error err;
	int at = 0, n_stranded = 0;

	fake_plan_make(&fake, 3);
	while (result != HD_EXIT_OK && at < WRITES_MAX) {
		ready(&fake, in_stages);
		atomic_store(&fake.kernel.faults->fail_from, ++at);
		result = fake_plan_apply(&fake, &err);
		n_stranded += result == HD_EXIT_STRANDED;
		if (result == HD_EXIT_HOST)
			fake_plan_assert_all(&fake, FAKE_ON_HOST);
		if (result == HD_EXIT_STRANDED) {
			assert_non_null(strstr(err.text, "could not be restored"));
			fake_plan_recover(&fake, &recovery);
			assert_int_equal(recovery.result, HD_EXIT_STRANDED);
		}
		assert_int_equal(fake_plan_journals(&fake), result != HD_EXIT_HOST);
		atomic_store(&fake.kernel.faults->fail_from, 0);
		fake_plan_recover(&fake, &recovery);
		assert_int_equal(recovery.result, HD_EXIT_OK);
		fake_plan_assert_all(&fake, FAKE_ON_HOST);
		assert_int_equal(fake_plan_journals(&fake), 0);
	}
	assert_true(n_stranded >= 5);
	fake_plan_remove(&fake);
}

static int apply_with_limit(struct fake_plan *fake, rlim_t bytes)
{
	struct rlimit limit = { bytes, bytes };
	struct hd_error err;
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		(void)signal(SIGXFSZ, SIG_IGN);
		_exit(setrlimit(RLIMIT_FSIZE, &limit) < 0 ? 99 :
							    (int)fake_plan_apply(fake, &err));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* The journal cannot grow beyond any of its bytes: writes fail or are cut short. */
static void journal_is_full_at_every_byte(void **state)
{
	struct fake_plan fake;
	int result = HD_EXIT_HOST;
	rlim_t bytes = 16;

	(void)state;
	fake_plan_make(&fake, 2);
	for (; result != HD_EXIT_OK && bytes < 2000; bytes++) {
		fake_plan_reset(&fake, false);
		result = apply_with_limit(&fake, bytes);
		if (result != HD_EXIT_OK && result != HD_EXIT_HOST)
			fail_msg("limit %lu: exit %d", (unsigned long)bytes, result);
		fake_plan_assert_all(&fake, result == HD_EXIT_OK ? FAKE_ON_VFIO : FAKE_ON_HOST);
		assert_int_equal(fake_plan_journals(&fake), result == HD_EXIT_OK);
	}
	assert_int_equal(result, HD_EXIT_OK);
	fake_plan_remove(&fake);
}

int main(void)
{
	static const int variants[] = { 0, 1, 2, 3 };
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(each_host_write_fails_once, (void *)(uintptr_t)&variants[0]),
		{ "each_host_write_is_lost_once", each_host_write_fails_once, NULL, NULL,
		  (void *)(uintptr_t)&variants[1] },
		{ "each_host_write_fails_once, in stages", each_host_write_fails_once, NULL, NULL,
		  (void *)(uintptr_t)&variants[2] },
		{ "each_host_write_is_lost_once, in stages", each_host_write_fails_once, NULL,
		  NULL, (void *)(uintptr_t)&variants[3] },
		cmocka_unit_test_prestate(all_later_writes_fail, (void *)(uintptr_t)&variants[0]),
		{ "all_later_writes_fail, in stages", all_later_writes_fail, NULL, NULL,
		  (void *)(uintptr_t)&variants[2] },
		cmocka_unit_test(journal_is_full_at_every_byte),
	};

	return cmocka_run_group_tests_name("crash_write", tests, NULL, NULL);
}
