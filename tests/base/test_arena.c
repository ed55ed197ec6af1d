/* SPDX-License-Identifier: GPL-2.0-or-later */
/* test_arena.c - memory of a run: zeroed, movable arrays, an orderly end without memory. */
#include "config.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/exit.h"
#include "tests/support/unit.h"

static void zeroed_and_aligned(void **state)
{
	struct hd_arena arena = { 0 };

	(void)state;
	for (size_t size = 0; size < 300; size++) {
		char *block = hd_alloc(&arena, size);

		assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(block[i], 0);
		memset(block, 0xff, size);
	}
	hd_arena_done(&arena);
	assert_null(arena.blocks);
	hd_arena_done(&arena);
}

static void texts(void **state)
{
	struct hd_arena arena = { 0 };
	char source[] = { 'a', 'b', 'c' };

	(void)state;
	assert_string_equal(hd_strdup(&arena, "name"), "name");
	assert_string_equal(hd_strdup(&arena, ""), "");
	assert_string_equal(hd_strndup(&arena, source, sizeof(source)), "abc");
	assert_string_equal(hd_strndup(&arena, "ab\0c", 4), "ab");
	assert_string_equal(hd_printf(&arena, "%s-%04x", "vf", 0x1f), "vf-001f");
	assert_int_equal(strlen(hd_printf(&arena, "%*s", 100000, "x")), 100000);
	hd_arena_done(&arena);
}

static void arrays_grow(void **state)
{
	struct hd_arena arena = { 0 };
	struct pair {
		size_t index;
		char rest[24];
	} *pairs = NULL;
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		struct pair *pair = hd_append(&arena, &pairs, &n, sizeof(*pair));

		assert_int_equal(pair->index, 0);
		assert_int_equal(pair->rest[23], 0);
		pair->index = i;
		memset(pair->rest, 0xff, sizeof(pair->rest));
	}
	assert_int_equal(n, 1000);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(pairs[i].index, i);
	hd_arena_done(&arena);
}

/* Texts grow past every size at which they move, and end with a NUL each time. */
static void texts_grow(void **state)
{
	struct hd_arena arena = { 0 };
	char *text = NULL;
	size_t n = 0;

	(void)state;
	hd_append_text(&arena, &text, &n, "", 0);
	assert_string_equal(text, "");
	for (size_t i = 0; i < 1000; i++) {
		hd_append_text(&arena, &text, &n, "abcdef", i % 2 ? 6 : 3);
		assert_int_equal(strlen(text), n);
	}
	assert_int_equal(n, 4500);
	for (size_t i = 0; i < n; i += 9)
		assert_memory_equal(text + i, "abcabcdef", 9);
	hd_arena_done(&arena);
}

/* A size that cannot be had ends the process, with its own code. */
static void out_of_memory(void **state)
{
	struct hd_arena arena = { 0 };
	int status = 0;
	pid_t pid = fork();

	(void)state;
	assert_true(pid >= 0);
	if (pid == 0) {
		(void)close(STDERR_FILENO);
		(void)hd_alloc(&arena, SIZE_MAX - 1);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), HD_EXIT_MEMORY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zeroed_and_aligned),
		cmocka_unit_test(texts),
		cmocka_unit_test(arrays_grow),
		cmocka_unit_test(texts_grow),
		cmocka_unit_test(out_of_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
