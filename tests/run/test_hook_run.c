/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_hook_run.c - a hook that is run as the daemon runs it. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>

#include "run/hook_trial.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

static struct hd_hook_run run(struct fake_host *host, const char *text)
{
	struct hd_hook_run got;

	fake_script(host, "hook", text);
	hd_hook_run(&got, &host->arena, hd_printf(&host->arena, "%s/hook", host->path));
	assert_true(got.was_run);
	return got;
}

static void statuses_are_told(void **state)
{
	struct fake_host host;
	struct hd_hook_run got;

	(void)state;
	fake_host_make(&host);
	got = run(&host, "#!/bin/sh\nif grep -q 0xffff; then echo no\033such >&2; echo more; exit 1; fi\n");
	assert_int_equal(got.plain_status, 0);
	assert_int_equal(got.refused_status, 1);
	assert_string_equal(got.says, "no?such");
	got = run(&host, "#!/bin/sh\nexec kill -9 $$\n");
	assert_int_equal(got.plain_status, -ECANCELED);
	assert_null(got.says);
	got = run(&host, "#!/nowhere\n");
	assert_int_equal(got.plain_status, -ENOENT);
	fake_host_remove(&host);
}

/* libvirt's words, directory and environment, and nothing of ours. */
static void is_as_the_daemon_does_it(void **state)
{
	struct fake_host host;
	struct hd_hook_run got;

	(void)state;
	assert_int_equal(setenv("HD_TEST_SECRET", "1", 1), 0);
	fake_host_make(&host);
	got = run(&host, "#!/bin/sh\necho \"$(pwd) $* $LC_ALL $HD_TEST_SECRET\" >&2\nexit 1\n");
	assert_string_equal(got.says, "/ hostdevctl-doctor prepare begin - C ");
	fake_host_remove(&host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statuses_are_told),
		cmocka_unit_test(is_as_the_daemon_does_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
