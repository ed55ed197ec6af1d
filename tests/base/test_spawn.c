/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_spawn.c - one program's lines, its end, and its deadline. */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/spawn.h"
#include "tests/support/unit.h"

static void start(struct hd_spawn *spawn, const char *script)
{
	const char *const argv[] = { "/bin/sh", "-c", script, NULL };
	struct hd_error err = { 0 };

	assert_int_equal(hd_spawn_start(spawn, argv, &err), 0);
}

static void lines_and_status(void **state)
{
	int64_t deadline = hd_now_ms() + PATIENT_MS;
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
	int64_t deadline = hd_now_ms() + PATIENT_MS;
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

/* The SCRIPT's first line is the number of a process of it. */
static pid_t start_and_learn(struct hd_spawn *spawn, const char *script)
{
	char line[HD_SPAWN_LINE];

	start(spawn, script);
	assert_int_equal(hd_spawn_line(spawn, line, hd_now_ms() + PATIENT_MS), 1);
	return (pid_t)strtol(line, NULL, 10);
}

static bool is_gone(pid_t pid)
{
	return kill(pid, 0) < 0 && errno == ESRCH;
}

/* Its own session, and its parent is gone: it is ended all the same. */
static void what_it_left_is_killed(void **state)
{
	static const struct { const char *script; int rc; } rows[] = {
		{ "(setsid sh -c 'echo $$; exec sleep 60' &); exec sleep 60", -ETIMEDOUT },
		{ "(setsid sh -c '(sh -c \"echo \\$\\$; exec sleep 60\" &)' &); exec sleep 60",
		  -ETIMEDOUT },
		{ "setsid sh -c 'echo $$; exec sleep 60' & exit 3", 3 },
	};

	(void)state;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++) {
		struct hd_spawn spawn;
		pid_t pid = start_and_learn(&spawn, rows[i].script);
		bool is_late = rows[i].rc == -ETIMEDOUT;

		assert_true(pid > 1);
		assert_int_equal(hd_spawn_end(&spawn, hd_now_ms() + (is_late ? 50 : PATIENT_MS)),
				 rows[i].rc);
		assert_true(is_gone(pid));
	}
}

/* What a program leaves that has done its work is its own affair. */
static void a_good_one_may_leave_others(void **state)
{
	struct hd_spawn spawn;
	pid_t pid;

	(void)state;
	pid = start_and_learn(&spawn, "(setsid sh -c 'echo $$; exec sleep 60' &)");
	assert_int_equal(hd_spawn_end(&spawn, hd_now_ms() + PATIENT_MS), 0);
	assert_false(is_gone(pid));
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* As if the kernel held it: who is traced so does not end by a signal. */
static void what_does_not_end_is_told(void **state)
{
	struct hd_spawn spawn;
	pid_t pid;

	(void)state;
	pid = start_and_learn(&spawn, "(setsid sh -c 'echo $$; exec sleep 60' &); exec sleep 60");
	if (ptrace(PTRACE_SEIZE, pid, NULL, (void *)PTRACE_O_TRACEEXIT) < 0) {
		print_message("# skipped: processes cannot be traced here\n");
		skip();
	}
	assert_int_equal(hd_spawn_end(&spawn, hd_now_ms() + 50), -EBUSY);
	assert_int_equal(spawn.left.pid, pid);
	assert_string_equal(spawn.left.name, "sleep");
	assert_int_equal(ptrace(PTRACE_DETACH, pid, NULL, NULL), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
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
		cmocka_unit_test(what_it_left_is_killed),
		cmocka_unit_test(a_good_one_may_leave_others),
		cmocka_unit_test(what_does_not_end_is_told),
		cmocka_unit_test(a_missing_program_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
