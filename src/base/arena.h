/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * arena.h - memory that lives as long as one run.
 *
 * Every string and array of a run belongs to one arena and is freed with it.
 * Each object is a malloc block of its own, so that ASan and valgrind see
 * every overflow.  Out of memory ends the process with HD_EXIT_MEMORY: safe,
 * because applying a plan allocates nothing.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

#include "base/macro.h"

struct hd_arena_block;

/* Ready for use when zeroed. */
struct hd_arena {
	struct hd_arena_block *blocks;
};

/* Frees everything; the arena is empty and usable afterwards. */
void hd_arena_done(struct hd_arena *arena) _nonnull_(1);

/* SIZE zeroed bytes, owned by the arena. */
void *hd_alloc(struct hd_arena *arena, size_t size) _nonnull_(1) _returns_nonnull_;

char *hd_strdup(struct hd_arena *arena, const char *text) _nonnull_(1, 2) _returns_nonnull_;
char *hd_strndup(struct hd_arena *arena, const char *text, size_t n)
	_nonnull_(1, 2) _returns_nonnull_;
char *hd_printf(struct hd_arena *arena, const char *fmt, ...)
	_nonnull_(1, 2) _returns_nonnull_ _printf_(2, 3);
char *hd_vprintf(struct hd_arena *arena, const char *fmt, va_list args)
	_nonnull_(1, 2) _returns_nonnull_ _printf_(2, 0);

/*
 * Appends one zeroed element of SIZE bytes to the array that *ARRAY points to
 * and that has *N elements; *ARRAY may move.  Start with NULL and 0.
 * Use as: struct thing *t = hd_append(a, &things, &n_things, sizeof(*t));
 */
void *hd_append(struct hd_arena *arena, void *array, size_t *n, size_t size)
	_nonnull_(1, 2, 3) _returns_nonnull_;

/* Appends a copy of the value to the array; ARRAY and N as above. */
#define hd_push(arena, array, n, ...) \
	((void)(*(__typeof__(*(array)))hd_append((arena), (array), (n), sizeof(**(array))) = \
		(__VA_ARGS__)))

/*
 * Appends the first LENGTH bytes of MORE to the text of *N bytes at *TEXT, which
 * may move and ends with a NUL that *N does not count.  Start with NULL and 0.
 */
void hd_append_text(struct hd_arena *arena, char **text, size_t *n, const char *more,
		    size_t length) _nonnull_(1, 2, 3, 4);

/* Prints "out of memory" and ends the process with HD_EXIT_MEMORY. */
void hd_oom(void) _noreturn_;
