/* SPDX-License-Identifier: GPL-2.0-or-later */
/* macro.h - the few macros that every file uses. */
#pragma once

#include <dirent.h>

/* Runs FUNC(&variable) when the variable leaves its scope. */
#define _cleanup_(func) __attribute__((cleanup(func)))
#define _printf_(fmt, args) __attribute__((format(printf, fmt, args)))
#define _nonnull_(...) __attribute__((nonnull(__VA_ARGS__)))
#define _returns_nonnull_ __attribute__((returns_nonnull))
#define _must_check_ __attribute__((warn_unused_result))
#define _noreturn_ __attribute__((noreturn))

#define HD_ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* qsort(3) of N elements, of which there may be none, and then no array. */
#define HD_SORT(array, n, order) \
	((n) ? qsort((array), (n), sizeof(*(array)), (order)) : (void)0)

void hd_close(int *fd);		/* for _cleanup_(): closes *fd if it is >= 0; keeps errno */
void hd_close_dir(DIR **dir);	/* for _cleanup_(): closes *dir if there is one; keeps errno */
void hd_freep(void *ptr);	/* for _cleanup_(): frees *(void **)ptr */
