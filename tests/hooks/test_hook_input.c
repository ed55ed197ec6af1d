/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_hook_input.c - is what libvirt writes read whole, and within bounds? */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "hooks/hook.h"
#include "tests/support/unit.h"

#define LIMIT_MS 300		/* for what never ends */

/* A pipe that a child fills with N bytes in pieces of PIECE, and then HOLDS open. */
static int filled_pipe(size_t n, size_t piece, bool holds, pid_t *ret_child)
{
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	*ret_child = fork();
	if (!*ret_child) {
		char *text = malloc(piece);

		(void)alarm(2 * PATIENT_S);
		memset(text, 'x', piece);
		for (size_t at = 0; at < n; at += piece)
			if (write(ends[1], text, n - at < piece ? n - at : piece) < 0)
				_exit(1);
		if (holds)
			(void)pause();
		_exit(0);
	}
	(void)close(ends[1]);
	return ends[0];
}

static const struct row {
	const char *name;
	size_t n, piece, max;
	bool holds;
	int want;
} rows[] = {
	{ "one piece", 100, 100, 1000, false, 0 },
	{ "byte by byte", 300, 1, 1000, false, 0 },
	{ "just as much as allowed", 100000, 4096, 100000, false, 0 },
	{ "one more", 100001, 4096, 100000, false, -EFBIG },
	{ "far more", 1000000, 65536, 100000, false, -EFBIG },
	{ "nothing", 0, 1, 1000, false, -ENODATA },
	{ "never ends", 10, 10, 1000, true, -ETIMEDOUT },
	{ "never begins", 0, 1, 1000, true, -ETIMEDOUT },
};

static void reads_within_bounds(void **state)
{
	const struct row *row = *state;
	struct hd_input input = { 0 };
	int64_t start = hd_now_ms();
	pid_t child;
	int fd = filled_pipe(row->n, row->piece, row->holds, &child);

	assert_int_equal(hd_input_read(&input, fd, row->max, row->holds ? LIMIT_MS : PATIENT_MS),
			 row->want);
	assert_int_equal(input.length, row->want ? 0 : row->n);
	assert_true(hd_now_ms() - start < PATIENT_MS);
	for (size_t i = 0; i < input.length; i++)
		assert_int_equal(input.text[i], 'x');
	hd_input_free(&input);
	(void)close(fd);
	(void)kill(child, SIGKILL);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

static void endless_device(void **state)
{
	struct hd_input input = { 0 };
	int fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_int_equal(hd_input_read(&input, fd, 1u << 20, LIMIT_MS), -EFBIG);
	(void)close(fd);
	assert_int_equal(hd_input_read(&input, -1, 10, LIMIT_MS), -ETIMEDOUT);
}

int main(void)
{
	struct CMUnitTest tests[HD_ARRAY_SIZE(rows) + 1];
	size_t n = 0;

	for (; n < HD_ARRAY_SIZE(rows); n++)
		tests[n] = (struct CMUnitTest){ rows[n].name, reads_within_bounds, NULL, NULL,
						(void *)&rows[n] };
	tests[n] = (struct CMUnitTest)cmocka_unit_test(endless_device);
	return _cmocka_run_group_tests("hook_input", tests, n + 1, NULL, NULL);
}
