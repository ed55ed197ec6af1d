/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_spawn.c - one program's lines, its end, and its deadline. */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#include "base/clock.h"
#include "knob/spawn.h"
#include "tests/support/unit.h"

static void start(struct hd_spawn *spawn, const char *script)
{
	const char *const argv[] = { "/bin/sh", "-c", script, NULL };
	struct hd_error err = { 0 };

	assert_int_equal(hd_spawn_start(spawn, argv, &err), 0);
}

static void lines_and_status(void **state)
{
	int64_t deadline = hd_now_ms() + 5000;
	char line[HD_SPAWN_LINE];
	struct hd_spawn spawn;

	(void)state;
	start(&spawn, "echo one; echo two >&2; printf three; exit 7");
	assert_int_equal(hd_spawn_line(&spawn, line, deadline), 1);
	assert_string_equal(line, "one");
	assert_int_equal(hd_spawn_line(&spawn, line, deadline), 1);
	assert_string_equal(line, "two");
	assert_int_equal(hd_spawn_line(&spawn, line, deadline), 1);
	assert_string_equal(line, "three");
	assert_int_equal(hd_spawn_line(&spawn, line, deadline), 0);
	assert_int_equal(hd_spawn_end(&spawn, deadline), 7);
}

static void long_lines_are_cut(void **state)
{
	int64_t deadline = hd_now_ms() + 5000;
	char line[HD_SPAWN_LINE];
	struct hd_spawn spawn;

	(void)state;
	start(&spawn, "printf '%01000d\\n' 5");
	assert_int_equal(hd_spawn_line(&spawn, line, deadline), 1);
	assert_int_equal(strlen(line), HD_SPAWN_LINE - 1);
	assert_int_equal(hd_spawn_line(&spawn, line, deadline), 1);
	assert_int_equal(hd_spawn_end(&spawn, deadline), 0);
}

static void a_silent_one_is_killed(void **state)
{
	int64_t before = hd_now_ms();
	char line[HD_SPAWN_LINE];
	struct hd_spawn spawn;

	(void)state;
	start(&spawn, "exec sleep 60");
	assert_int_equal(hd_spawn_line(&spawn, line, before + 50), -ETIMEDOUT);
	assert_int_equal(hd_spawn_end(&spawn, before + 100), -ETIMEDOUT);
	assert_int_equal(kill(spawn.pid, 0), -1);
	assert_int_equal(errno, ESRCH);
}

static void a_missing_program_is_named(void **state)
{
	const char *const argv[] = { "/nonexistent/prog", NULL };
	struct hd_error err = { 0 };
	struct hd_spawn spawn;

	(void)state;
	assert_int_equal(hd_spawn_start(&spawn, argv, &err), -ENOENT);
	assert_non_null(strstr(err.text, "/nonexistent/prog"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_and_status),
		cmocka_unit_test(long_lines_are_cut),
		cmocka_unit_test(a_silent_one_is_killed),
		cmocka_unit_test(a_missing_program_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
