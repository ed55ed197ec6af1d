/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * test_log.c - does a message reach the system's log, and does nobody ever wait for it?
 *
 * Each row runs in a child that has a root directory of its own, with its /dev/log.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define MESSAGES 1000		/* more than any socket takes */

static int open_log(const struct fake_host *host, int type)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	(void)snprintf(addr.sun_path, sizeof(addr.sun_path), "%.80s" HD_LOG_SOCKET, host->path);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&addr, sizeof(addr)) < 0 ||
	    (type == SOCK_STREAM && listen(fd, 1) < 0))
		fail_msg("%s: %s", addr.sun_path, strerror(errno));
	return fd;
}

static void log_there(const struct fake_host *host, int n)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		(void)alarm(PATIENT_S);
		if (chroot(host->path) < 0)
			_exit(125);
		hd_log(LOG_ERR, "before it is opened");
		hd_log_open("prog");
		for (int i = 0; i < n; i++)
			hd_log(LOG_WARNING, "guest '%s': %d", "g", i);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		fail_msg("it still waits after %d s", PATIENT_S);
	assert_int_equal(status, 0);
}

static struct fake_host *need(void **state)
{
	if (geteuid() != 0) {
		print_message("# skipped: a root directory of our own needs root\n");
		skip();
	}
	fake_dir(*state, "dev");
	return *state;
}

/* What comes after "<28>prog[PID]": the daemon's facility, a warning. */
static void assert_message(const char *text, ssize_t n)
{
	static const char head[] = "<28>prog[", tail[] = "]: guest 'g': 0";

	assert_true(n > 0);
	assert_memory_equal(text, head, strlen(head));
	text = strchr(text, ']');
	assert_non_null(text);
	assert_string_equal(text, tail);
}

static void datagrams_arrive(void **state)
{
	const struct fake_host *host = need(state);
	_cleanup_(hd_close) int fd = open_log(host, SOCK_DGRAM);
	char text[4096] = "";

	log_there(host, 1);
	assert_message(text, recv(fd, text, sizeof(text) - 1, 0));
	assert_int_equal(recv(fd, text, sizeof(text), 0), -1);
}

/* Some daemons listen for streams; their messages end with a NUL. */
static void streams_arrive(void **state)
{
	const struct fake_host *host = need(state);
	_cleanup_(hd_close) int fd = open_log(host, SOCK_STREAM), one = -1;
	char text[4096] = "";
	ssize_t n;

	log_there(host, 1);
	one = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
	n = recv(one, text, sizeof(text) - 1, 0);
	assert_message(text, n);
	assert_int_equal(n, strlen(text) + 1);
}

static void nobody_waits(void **state)
{
	static const int types[] = { SOCK_DGRAM, SOCK_STREAM };

	for (size_t i = 0; i < HD_ARRAY_SIZE(types); i++) {
		const struct fake_host *host = need(state);
		_cleanup_(hd_close) int fd = open_log(host, types[i]);

		assert_true(fd >= 0);
		log_there(host, MESSAGES);
		assert_int_equal(unlink(hd_printf(&((struct fake_host *)*state)->arena,
						  "%s" HD_LOG_SOCKET, host->path)), 0);
	}
}

/* No socket, one that nobody has, and a file in its place. */
static void a_missing_log_is_no_error(void **state)
{
	struct fake_host *host = need(state);
	int fd;

	log_there(host, 1);
	fd = open_log(host, SOCK_DGRAM);
	hd_close(&fd);
	log_there(host, 1);
	assert_int_equal(unlink(hd_printf(&host->arena, "%s" HD_LOG_SOCKET, host->path)), 0);
	fake_file(host, &HD_LOG_SOCKET[1], "");
	log_there(host, 1);
}

#define ROW(test) cmocka_unit_test_setup_teardown(test, fake_host_setup, fake_host_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(datagrams_arrive), ROW(streams_arrive), ROW(nobody_waits),
		ROW(a_missing_log_is_no_error),
	};

	return _cmocka_run_group_tests("log", tests, HD_ARRAY_SIZE(tests), NULL, NULL);
}
