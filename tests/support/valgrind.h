/* SPDX-License-Identifier: GPL-2.0-or-later */
/* valgrind.h - is the test run by valgrind, which is slow and makes fork(2) of vfork(2)? */
#pragma once

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static inline bool is_under_valgrind(void)
{
	const char *preload = getenv("LD_PRELOAD");

	return preload && strstr(preload, "vgpreload");
}
