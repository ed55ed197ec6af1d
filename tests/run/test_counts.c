/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_counts.c - what monitoring counts only grows, whoever counts at the same time. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/counts.h"
#include "tests/support/fakehost.h"
#include "tests/support/unit.h"

#define CHILDREN 4
#define EACH 50

static void counts(void **state)
{
	struct fake_host *host = *state;
	_cleanup_(hd_close) int fd = open(host->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	assert_int_equal(hd_count_read(fd, HD_COUNT_REFUSED), 0);
	hd_count(fd, HD_COUNT_REFUSED);
	hd_count(fd, HD_COUNT_REFUSED);
	hd_count(fd, HD_COUNT_FAILED);
	assert_int_equal(hd_count_read(fd, HD_COUNT_REFUSED), 2);
	assert_int_equal(hd_count_read(fd, HD_COUNT_FAILED), 1);
	assert_int_equal(hd_count_read(fd, HD_COUNT_STRANDED), 0);
}

static void many_at_once(void **state)
{
	struct fake_host *host = *state;
	_cleanup_(hd_close) int fd = open(host->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int status;

	for (int i = 0; i < CHILDREN; i++) {
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (pid)
			continue;
		for (int k = 0; k < EACH; k++)
			hd_count(fd, HD_COUNT_FAILED);
		_exit(0);
	}
	for (int i = 0; i < CHILDREN; i++)
		assert_true(wait(&status) > 0);
	assert_int_equal(hd_count_read(fd, HD_COUNT_FAILED), CHILDREN * EACH);
}

/* Somebody's link or pipe is not written to, waited for, or believed. */
static void strange_files(void **state)
{
	struct fake_host *host = *state;
	_cleanup_(hd_close) int fd = open(host->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	fake_file(host, "other", "text");
	assert_int_equal(symlinkat("other", fd, "count-refused"), 0);
	hd_count(fd, HD_COUNT_REFUSED);
	assert_int_equal(hd_count_read(fd, HD_COUNT_REFUSED), -EBADF);
	assert_int_equal(unlinkat(fd, "count-refused", 0), 0);
	assert_int_equal(mkfifoat(fd, "count-refused", 0600), 0);
	hd_count(fd, HD_COUNT_REFUSED);
	assert_int_equal(hd_count_read(fd, HD_COUNT_REFUSED), -EBADF);
	hd_count(-1, HD_COUNT_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(counts, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(many_at_once, fake_host_setup, fake_host_teardown),
		cmocka_unit_test_setup_teardown(strange_files, fake_host_setup, fake_host_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
